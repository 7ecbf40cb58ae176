"""Chinese full-text search: entries in, files for the reader's browser out. See README.md here."""

from generator.site.search.entry import Entry, entry_digest, entry_file, entry_path
from generator.site.search.heads import region_head, region_path, regions_file, unit_initials
from generator.site.search.shard import Shard, describe_shard, shard_files

__all__ = [
    "Entry",
    "Shard",
    "describe_shard",
    "entry_digest",
    "entry_file",
    "entry_path",
    "region_head",
    "region_path",
    "regions_file",
    "shard_files",
    "unit_initials",
]
