"""MkDocs as a library, for our own command line."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.errors import BuildError, GongkaiError, os_reason
from generator.site.address import DEFAULT, Address, ensure_free
from generator.site.base import Base
from generator.site.plugin import GongkaiPlugin


def make_base(config: Path, site: Path, data: Path) -> Base:
    """Have MkDocs make what `config` (mkdocs.yml) describes, without disclosures, in `site`.

    Raises BuildError when it cannot.
    """
    with _as_library(logging.WARNING):
        options = _plugin_options(config, data, None, True)
        settings = load_config(str(config), site_dir=str(site.absolute()), plugins=options)
        plugin = settings.plugins["gongkai"]
        assert isinstance(plugin, GongkaiPlugin)  # noqa: S101 - its name is ours
        settings.plugins.on_startup(command="build", dirty=False)
        plugin.only_base()
        try:
            build(settings)
        finally:
            settings.plugins.on_shutdown()
        assert plugin.base  # noqa: S101 - made after every build
        return plugin.base


def run_mkdocs_serve(
    config: Path,
    data: Path | None = None,
    jobs: int | None = None,
    search: bool = True,
    address: Address = DEFAULT,
) -> None:
    """Serve the site and rebuild it at each change, until Ctrl+C.

    `data` and `jobs` stand for the plugin's settings where given; the search index is made when
    both `search` and the plugin's setting say so.

    Raises DataError when the data cannot be published at the start, BuildError for anything else,
    such as an address that is taken.
    """
    with _as_library(logging.INFO):
        options = _plugin_options(config, data, jobs, search)
        ensure_free(address)  # MkDocs would find out after the whole build
        serve(str(config), dev_addr=str(address), plugins=options)


def _plugin_options(
    config: Path, data: Path | None, jobs: int | None, search: bool
) -> dict[str, dict[str, Any]]:
    """The plugins of `config`, with our settings laid over those of `gongkai`.

    As options for `load_config`, since `serve` loads the file anew for each rebuild; and as a
    dict, since MkDocs empties a list while reading it.
    """
    if not config.is_file():
        raise BuildError(f"找不到网站的设置文件 {config}")
    raw = MkDocsConfig(str(config))
    with config.open("rb") as file:
        raw.load_file(file)
    plugins: dict[str, dict[str, Any]] = {}
    entries = raw["plugins"] or []
    for entry in [entries] if isinstance(entries, dict) else entries:
        plugins |= entry if isinstance(entry, dict) else {entry: {}}
    if "gongkai" not in plugins:
        raise BuildError(f"{config} 的 plugins 中缺少 gongkai")
    ours = dict(plugins["gongkai"] or {})
    if data is not None:
        ours["data"] = str(data.absolute())
    if jobs is not None:
        ours["jobs"] = jobs
    ours["search"] = search and ours.get("search", True)
    plugins["gongkai"] = ours
    return plugins


@contextmanager
def _as_library(level: int) -> Iterator[None]:
    """Errors of ours instead of MkDocs'; its warnings on stderr; no banner of the theme."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # read when the theme is loaded
    logger = logging.getLogger("mkdocs")
    before = logger.level
    handler = logging.StreamHandler()
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or "gongkai" in record.name)
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    except MkDocsException as error:
        if isinstance(error.__cause__, GongkaiError):
            raise error.__cause__ from None
        raise BuildError(f"网站没有生成：{error.format_message()}") from error
    except OSError as error:
        place = f"{error.filename}：" if error.filename else ""
        raise BuildError(f"网站没有生成：{place}{os_reason(error)}") from error
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)
