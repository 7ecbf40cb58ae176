"""What readers can download: the list on a page, of files that stand beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.opendata.files import MEDIA, DataFile


@dataclass(frozen=True, slots=True)
class Download:
    """A file."""

    title: str
    """What is in it."""
    address: str
    """Below the site's root."""
    size: int | None = None
    """In bytes; None when the page is made before it."""

    @property
    def file(self) -> str:
        """Its name, which says where it is from a page beside it."""
        return self.address.rpartition("/")[2]

    @property
    def kind(self) -> str:
        """As readers call it: CSV."""
        return MEDIA[self._suffix][0]

    @property
    def media_type(self) -> str:
        """text/csv."""
        return MEDIA[self._suffix][1]

    @property
    def name(self) -> str:
        """Title and kind."""
        return f"{self.title}（{self.kind}）"

    @property
    def shown_size(self) -> str:
        """For readers: 12 KB; "" when it is not known."""
        return "" if self.size is None else shown_size(self.size)

    @property
    def _suffix(self) -> str:
        return self.file.rpartition(".")[2]


def grouped(downloads: Iterable[Download]) -> list[tuple[str, list[Download]]]:
    """By titles, in their order."""
    groups: dict[str, list[Download]] = {}
    for each in downloads:
        groups.setdefault(each.title, []).append(each)
    return list(groups.items())


def shown_size(size: int) -> str:
    """A number of bytes for readers: 1 KB at least."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


def of_files(address: str, files: Iterable[DataFile]) -> tuple[Download, ...]:
    """Files in the folder of a page, of sizes that are not known yet."""
    return tuple(Download(file.title, address + file.name) for file in files)
