"""What of the last site can be taken over: files that still stand as they were written."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from generator.git import tip_of
from generator.site.base import BASE, base_of, key_of
from generator.site.fonts import NO_FONTS, has_fonts
from generator.site.keys import digest, read_inputs, signature_of
from generator.site.manifest import Known, Manifest, Part, files_of, of_records
from generator.site.options import Options
from generator.site.output import File, Folder, Output
from generator.site.replace import beside, forget_spare, mark_of


@dataclass(frozen=True, slots=True)
class Last:
    """The last site, and what is known of it."""

    site: Folder
    manifest: Manifest


def manifest_of(site: Path) -> Path:
    """Where the manifest of a site is kept."""
    return beside(site, "manifest")


def forget_manifest(site: Path) -> None:
    """A site is gone, or will be, and so is what was known of it, and what it was before."""
    forget_spare(site)
    for path in (manifest_of(site), beside(site, "lock")):
        path.unlink(missing_ok=True)


def new_manifest(manifest: Path) -> Path:
    """Where one is made that is to take a manifest's place."""
    return manifest.with_name(f"{manifest.name}.new")


def settle(manifest: Path) -> None:
    """The new site is in place: so is its manifest."""
    new_manifest(manifest).replace(manifest)


def open_last(site: Path, manifest: Path, data: Path) -> Last | None:
    """The site that stands at `site`, if there is a manifest that is of this very one.

    A build that was killed just after it had put its site in place has left the right manifest
    under the name of the new one.
    """
    identity = mark_of(site)
    for path in (new_manifest(manifest), manifest):
        found = Manifest.open(path, data) if identity else None
        if found and found.about("id") == identity:
            if path != manifest:
                path.replace(manifest)
                found.path = manifest
            return Last(Folder(site), found)
        if found:
            found.close()
    new_manifest(manifest).unlink(missing_ok=True)
    return None


class Reuse:
    """Takes over what is unchanged, into the site and the manifest that are being made."""

    def __init__(self, last: Last | None, output: Output, manifest: Manifest) -> None:
        self._last = last
        self._output = output
        self._manifest = manifest
        self.taken: set[int] = set()
        """Hashes of the paths of all files that were taken over."""

    def known_unit(self, region: str, unit: str) -> Known | None:
        """What the last site has of a unit, whether or not its files still stand there."""
        return self._last.manifest.unit(region, unit) if self._last else None

    def is_whole(self, region: str, unit: str, known: Known) -> bool:
        """Whether all files of a unit stand in the last site as they were written."""
        assert self._last  # noqa: S101 - it is known from there
        parts = self._last.manifest.parts(of_records(region, unit))
        return all(map(self._last.site.has, _files_of(known, parts)))

    def take_unit(self, region: str, unit: str, signature: str, known: Known) -> bool:
        """Take a unit's pages, and what belongs to them; False when some no longer stand in the
        last site as they were written, and the unit is to be made."""
        assert self._last  # noqa: S101 - it is known from there
        parts = self._last.manifest.parts(of_records(region, unit))
        files = _files_of(known, parts)
        try:
            for file in files:
                self._output.take(file, self._last.site)
        except FileNotFoundError:
            return False
        self.taken.update(hash(file.path) for file in files)
        for part in parts:
            self._manifest.put_part(part)
        self._manifest.take_unit(region, unit, signature)
        return True

    def known_part(self, name: str) -> Part | None:
        """A part of the last site, if all its files stand there as they were written."""
        if not self._last:
            return None
        part = self._last.manifest.part(name)
        return part if part and all(map(self._last.site.has, part.files)) else None

    def known_parts(self, prefix: str) -> dict[str, Part]:
        """Such parts by their names, of those whose names begin so."""
        if not self._last:
            return {}
        parts = self._last.manifest.parts(prefix)
        return {each.name: each for each in parts if all(map(self._last.site.has, each.files))}

    def take_part(self, part: Part) -> None:
        """Take a part's files."""
        assert self._last  # noqa: S101 - it is known from there
        for file in part.files:
            self._output.take(file, self._last.site)
            self.taken.add(hash(file.path))
        self._manifest.put_part(part)

    def units_in(self, region: str) -> int:
        """How many units of a region had records in the last site."""
        return self._last.manifest.units_in(region) if self._last else 0


def _files_of(known: Known, parts: Iterable[Part]) -> tuple[File, ...]:
    """A unit's pages, and what belongs to them."""
    return (*known.files, *(file for part in parts for file in part.files))


def is_current(last: Last, config: Path, options: Options, day: str) -> bool:
    """Whether a new site would be the last one, file for file; nothing but digests is read."""
    manifest = last.manifest
    base = manifest.part(BASE)
    if not base or not base.key:
        return False
    made = base_of(base)
    try:
        if base.key != key_of(config, made.folders):
            return False
        search = options.search and made.search
        downloads = tuple(each for each in options.downloads if each in made.downloads)
        inputs = read_inputs(options.data, options.preview, search, downloads)
    except OSError:
        return False
    if manifest.about("inputs") != inputs.all or manifest.about("day") > day:
        return False
    if manifest.about("fonts") == NO_FONTS and has_fonts():
        return False
    if manifest.days() - {day}:
        return False
    if manifest.about("commit") != tip_of(options.data / "records"):
        return False
    found = _signatures(options.data / "records")
    if not _same(found, manifest.signatures()):
        return False
    return all(last.site.has(file) for files in manifest.files() for file in files_of(files))


def _same(found: Iterator[tuple[str, str, str]], known: Iterator[tuple[str, str, str]]) -> bool:
    with suppress(OSError):  # a folder that is gone, or cannot be read
        return all(one == other and one[2] for one, other in zip_longest(found, known))
    return False


_EMPTY = digest()


def _signatures(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Region, unit and signature of every folder in which a unit's records may be, sorted."""
    for region in _names(folder):
        for unit in _names(folder / region):
            signature = signature_of(folder / region / unit)
            if signature != _EMPTY:
                yield region, unit, signature


def _names(folder: Path) -> list[str]:
    with os.scandir(folder) as found:
        return sorted(entry.name for entry in found if not entry.name.startswith("."))
