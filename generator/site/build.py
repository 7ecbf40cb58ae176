"""The whole way from records to a site, which is replaced whole, left as it is, or not touched.

    data/ --(making.py)--> a folder beside the site, and a manifest of what each file was made from
                           --> both take their places when all is written and verified
                       --> or a release in a store of objects, which is current from then on

Any problem that stops makes the whole build fail, with all problems of all files, and the old site
stays. Where a new site would be the old one, nothing is made.
"""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.checks.day import this_day
from generator.errors import BuildError, Problem
from generator.site.base import BASE, Base, base_of, key_of, part_of
from generator.site.bucket import Bucket
from generator.site.manifest import Manifest, creating
from generator.site.notices import notices_of
from generator.site.options import Options, Progress
from generator.site.output import File, Folder, Output
from generator.site.progress import no_progress
from generator.site.replace import MARKER, locked, replaced
from generator.site.reuse import (
    Last,
    Reuse,
    is_current,
    manifest_of,
    new_manifest,
    open_last,
    settle,
)


@dataclass(frozen=True, slots=True)
class Built:
    """A build that went well."""

    pages: int
    changed: bool
    """False when the site that stood there was the right one, and was left alone."""
    notices: tuple[Problem, ...]
    """提示 that did not stop it: what is not shown, how much else was found."""


def build_site(
    config: Path, site: Path, options: Options, progress: Progress = no_progress
) -> Built:
    """Build the site that `config` (mkdocs.yml) and the data describe at `site`, or leave it.

    On a cluster all is made again.

    Raises:
        DataError: something in the data cannot be published; with every problem found.
        BuildError: anything else; the old site is as it was.
    """
    options = _for_all_machines(options)
    with locked(site, keep=[options.data, config]) as place:
        manifest = manifest_of(place)
        last = None if options.cluster else open_last(place, manifest, options.data)
        try:
            return _build(config, place, options, last, progress)
        except sqlite3.OperationalError as error:
            raise BuildError(_CANNOT_KEEP.format(error)) from error
        except sqlite3.DatabaseError:
            if not last:
                raise
            # It could be opened, but not be read to its end.
            return _build(config, place, options, None, progress)
        finally:
            if last:
                last.manifest.close()


def build_release(
    config: Path, bucket: Bucket, options: Options, progress: Progress = no_progress
) -> Built:
    """Build the site as a new release in a store of objects, with a cluster; others stay.

    Raises:
        DataError: something in the data cannot be published; with every problem found.
        BuildError: anything else; readers see the release that they saw before.
    """
    # It brings the library for S3, which only this needs.
    from generator.site.objects import Release

    options = _for_all_machines(options)
    release = Release.new(bucket)
    try:
        with TemporaryDirectory(prefix="gongkai-") as folder:
            manifest = Path(folder) / "manifest"
            built, identity = _make(config, release, manifest, options, None, progress)
    except BaseException:
        release.delete()
        raise
    release.make_current(identity)
    return built


def _for_all_machines(options: Options) -> Options:
    """Workers of a cluster have other working folders."""
    return replace(options, data=options.data.absolute()) if options.cluster else options


_CANNOT_KEEP = "网站的清单写不下去（{}），网站没有生成，原来的网站没有变；请检查磁盘空间后重试"


def write_disclosures(
    config: Path, site: Path, base: Base, options: Options, last_site: Path | None
) -> tuple[Problem, ...]:
    """Write every page that comes from data into `site`, where MkDocs has made all others.

    Args:
        config: mkdocs.yml, by which MkDocs has made them.
        last_site: folder that the last build's pages were moved to, which may be linked.

    Returns:
        提示 that did not stop it.

    Raises:
        DataError: something in the data cannot be published; with every problem found.
        BuildError: anything else.
    """
    from generator.site.making import Making

    manifest = manifest_of(site)
    last = open_last(last_site, manifest, options.data) if last_site else None
    try:
        with creating(
            new_manifest(manifest), options.data, last.manifest.path if last else None
        ) as new:
            new.put_part(part_of(base, config, _made_in(Folder(site))))
            making = Making(base, options, Folder(site), new, last, no_progress)
            making.disclosures()
            notices = notices_of(new, options.data)
            making.finish()
    finally:
        if last:
            last.manifest.close()
    settle(manifest)
    return notices


def _build(
    config: Path, site: Path, options: Options, last: Last | None, progress: Progress
) -> Built:
    if last and is_current(last, config, options, this_day().isoformat()):
        pages = int(last.manifest.about("pages"))
        return Built(pages, False, notices_of(last.manifest, options.data))
    manifest = manifest_of(site)
    with replaced(site, lasting=not options.preview) as spare:
        output = Folder(spare)
        built, _ = _make(config, output, new_manifest(manifest), options, last, progress)
    settle(manifest)
    return built


def _make(
    config: Path,
    output: Output,
    manifest: Path,
    options: Options,
    last: Last | None,
    progress: Progress,
) -> tuple[Built, str]:
    """Make all files, and a manifest of them; with what names the site."""
    # Not before: it brings all other layers, which takes longer than to see that nothing changed.
    from generator.site.making import Making

    with creating(manifest, options.data, last.manifest.path if last else None) as new:
        base = _base(config, output, new, last, options.data)
        jobs, search = options.jobs or base.jobs, options.search and base.search
        downloads = tuple(each for each in options.downloads if each in base.downloads)
        asked = replace(options, jobs=jobs, search=search, downloads=downloads)
        making = Making(base, asked, output, new, last, progress)
        making.disclosures()
        notices = notices_of(new, options.data)
        pages = making.finish()
        return Built(pages, True, notices), new.about("id")


def _base(config: Path, output: Output, manifest: Manifest, last: Last | None, data: Path) -> Base:
    """What MkDocs makes, made now or taken from the last site."""
    reuse = Reuse(last, output, manifest)
    if (part := reuse.known_part(BASE)) and part.key:
        base = base_of(part)
        if part.key == key_of(config, base.folders):
            reuse.take_part(part)
            return base
    from generator.site.mkdocs import make_base

    if isinstance(output, Folder):
        output.clear()  # MkDocs does, but for what is hidden
        base = make_base(config, output.root, data)
        files = _made_in(output)
    else:
        with TemporaryDirectory(prefix="gongkai-") as name:
            folder = Folder(Path(name))
            base = make_base(config, folder.root, data)
            files = tuple(output.take(file, folder) for file in _made_in(folder))
    manifest.put_part(part_of(base, config, files))
    return base


def _made_in(folder: Folder) -> tuple[File, ...]:
    return tuple(file for file in folder.files() if file.path != MARKER)
