"""What a build is asked for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from generator.site.progress import Advance

Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""(what is done, how many in all) -> a context that takes how many more are done."""


DATA = "data"
ATTACHMENTS = ("docx", "xlsx", "pdf")
DOWNLOADS = (DATA, *ATTACHMENTS)
"""What can be made for readers to download: the data, and each attachment as files of a kind."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for."""

    data: Path
    jobs: int | None = None
    """Worker processes; None for one a processor."""
    search: bool = True
    downloads: tuple[str, ...] = ()
    """Of `DOWNLOADS`, in that order: attachments only with the data."""
    preview: bool = False
    """Also show records that are not public, marked as such, and whatever is wrong."""
    cluster: str = ""
    """Address of a Dask scheduler whose workers make the regions; "" for this machine alone."""
