"""What MkDocs makes of a site: the pages written by hand, the assets, and the frames.

It takes a second or more, so what it made is kept while nothing changes that it reads.
"""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.site.frame import Frame, Frames
from generator.site.keys import digest, digest_of_folder, program
from generator.site.manifest import Part
from generator.site.output import File

BASE = "base"
"""Name of the part in the manifest."""

_READS_MORE = re.compile(r"^(?:INHERIT|hooks)\b|!ENV|!relative", re.MULTILINE)
"""Settings by which MkDocs reads files, or the environment, that we do not look at."""


@dataclass(frozen=True, slots=True)
class About:
    """What mkdocs.yml says of the site and its data, for files that leave it."""

    name: str = ""
    licence: str = ""
    """Under what the data may be used: CC-BY-4.0; "" when it does not say."""
    licence_url: str = ""


NOTHING_SAID = About()


@dataclass(frozen=True, slots=True)
class Base:
    """A site before any disclosure is in it."""

    frames: Frames
    site_url: str
    """Where the site will stand; "" when that is not known."""
    jobs: int | None
    """Worker processes, as mkdocs.yml has it."""
    search: bool
    """Whether mkdocs.yml wants a search index."""
    downloads: tuple[str, ...]
    """What mkdocs.yml wants for readers to download."""
    about: About
    folders: tuple[str, ...] = ()
    """What MkDocs read, besides its settings."""


def key_of(config: Path, folders: tuple[str, ...]) -> str:
    """Names what MkDocs reads; "" when that cannot be known."""
    settings = config.read_bytes()
    if _READS_MORE.search(settings.decode(errors="replace")):
        return ""
    read = [digest_of_folder(Path(folder)) for folder in folders]
    return digest(program(), settings, *read)


def part_of(base: Base, config: Path, files: tuple[File, ...]) -> Part:
    """What a manifest keeps of it."""
    plain = {
        "by_depth": [[depth, *_plain(frame)] for depth, frame in base.frames.by_depth.items()],
        "hand_written": [[kind, *_plain(each)] for kind, each in base.frames.hand_written.items()],
        "site_url": base.site_url,
        "jobs": base.jobs,
        "search": base.search,
        "downloads": base.downloads,
        "about": asdict(base.about),
        "folders": base.folders,
    }
    value = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return Part(BASE, key_of(config, base.folders), files, value)


def base_of(part: Part) -> Base:
    """Back from `part_of`."""
    plain = json.loads(part.value)
    return Base(
        Frames.of(
            {depth: _frame(literals, names) for depth, literals, names in plain["by_depth"]},
            {kind: _frame(literals, names) for kind, literals, names in plain["hand_written"]},
        ),
        plain["site_url"],
        plain["jobs"],
        plain["search"],
        tuple(plain["downloads"]),
        About(**plain["about"]),
        tuple(plain["folders"]),
    )


def _plain(frame: Frame) -> tuple[list[str], list[str]]:
    return list(frame.literals), list(frame.names)


def _frame(literals: list[str], names: list[str]) -> Frame:
    return Frame(tuple(literals), tuple(names))
