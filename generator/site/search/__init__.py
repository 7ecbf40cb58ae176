"""Chinese full-text search: records in, Pagefind bundles out. See README.md in this folder."""

from generator.site.search.entry import Entry, shard_name, shard_of
from generator.site.search.index import write_index

__all__ = ["Entry", "shard_name", "shard_of", "write_index"]
