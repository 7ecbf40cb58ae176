"""The MkDocs plugin: MkDocs renders the hand-written pages and the frame, we pour the records."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import Dir, Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.templates import TemplateContext

from generator.errors import BuildError, DataError, GongkaiError, Problem
from generator.site.base import About, Base, key_of
from generator.site.frame import Frame, Frames
from generator.site.marks import Marks, read_marks
from generator.site.options import ATTACHMENTS, DATA, DOWNLOADS, Options
from generator.site.policy import allowing_live_reload, with_policy
from generator.site.rebuilds import Rebuilds, count_of
from generator.site.replace import mark
from generator.site.reuse import forget_manifest
from generator.site.watching import watch_at_once

log = get_plugin_logger("gongkai")

VIRTUAL = {"_page/index.md": 1, "_/_page/index.md": 2, "_/_/_page/index.md": 3}
"""Pages that exist only to be cut into frames, one for each depth of address."""
HAND_WRITTEN = {
    "index.md": "home",
    "search.md": "search",
    "rules.md": "rules",
    "data.md": "data",
}
"""Pages in content/ that are frames too: the build adds its part after their text."""
FRAMES: dict[str, str | int] = {**VIRTUAL, **HAND_WRITTEN}
UNUSED = (
    "assets/javascripts/",  # Material's: its search, 1 MB, and what it does for pages, 110 KB
    "assets/stylesheets/palette.",  # our colours are in theme/assets/
    "assets/images/favicon.png",
    "sitemap.xml",  # no longer a template, it would be copied as it stands
    "documents/",  # how PDF files are set, no page
)


STYLES = "assets/stylesheets/main."


@dataclass(frozen=True, slots=True)
class _Built:
    """A build of this command."""

    config: Path
    site: Path
    options: Options
    folders: tuple[str, ...]
    """What MkDocs read, besides its settings."""
    key: str
    """Names what it read."""


class GongkaiConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml: `data`, `jobs`, `search`, `downloads`."""

    data_ = Dir(exists=True, default="data")  # MkDocs drops the "_": Config has a `data` already
    jobs = Optional(Type(int))
    search = Type(bool, default=True)
    downloads = Type((bool, list), default=True)


class GongkaiPlugin(BasePlugin[GongkaiConfig]):  # type: ignore[no-untyped-call]
    """Adds the disclosures to a MkDocs site.

    Data that cannot be published ends the command; only while serving, the problems are printed
    and the last good pages stay.
    """

    def __init__(self) -> None:
        self._rebuilds = Rebuilds()
        """Of the running command: MkDocs keeps the plugin, even from one command to the next."""
        self._preview = False
        """Whether records are shown that are not public: on this machine only."""
        self._rendered: dict[str | int, str] = {}
        """Depth or kind of page -> what this build made of it, to be cut into a frame."""
        self._pours = True
        """Whether the disclosures are written after each build."""
        self._last: _Built | None = None
        """What was built last, with MkDocs."""
        self.base: Base | None = None
        """What the last build made, where no disclosures are written."""

    def only_base(self) -> None:
        """Leave the disclosures to the caller, who finds what was made in `base`."""
        self._pours = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Runs once a command; because it exists, MkDocs keeps the plugin between rebuilds."""
        self._rebuilds = Rebuilds()
        self._pours, self._last = True, None
        self._preview = command == "serve"
        if dirty:  # MkDocs would not render unchanged pages, and frames would be missing
            raise ConfigurationError("本站不能用 --dirty 生成，请去掉这个选项。")

    def on_config(self, config: MkDocsConfig) -> None:
        self._rendered = {}
        if not config.use_directory_urls:
            raise ConfigurationError("mkdocs.yml 中 use_directory_urls 应为 true。")
        wanted = self.config.downloads
        if isinstance(wanted, list) and (unknown := [x for x in wanted if x not in ATTACHMENTS]):
            raise ConfigurationError(
                f"mkdocs.yml 中 downloads 不认识 {unknown[0]}，可以写 true、false，"
                f"或 {'、'.join(ATTACHMENTS)} 中的几种。"
            )
        _marks(config)  # before anything is made
        # It carries the date of the build, and knows only MkDocs' pages; the build writes ours.
        config.theme.static_templates.discard("sitemap.xml")

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """MkDocs empties the folder next: put the last good pages aside, and make it ours."""
        site = Path(config.site_dir)
        self._rebuilds.begin(site)
        site.mkdir(parents=True, exist_ok=True)
        mark(site)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> None:
        for file in list(files):
            if file.src_uri.startswith(UNUSED) or file.src_uri.endswith(".map"):
                files.remove(file)
        for uri in VIRTUAL:
            files.append(
                File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            )

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Tell theme/main.html where Material's style sheet is: its name changes with its text; and
        what the site is marked with."""
        env.globals["marks"] = _marks(config)
        env.globals["material_css"] = next(
            file.url for file in files if file.src_uri.startswith(STYLES)
        )
        return env

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if kind := FRAMES.get(page.file.src_uri):
            variables: dict[str, Any] = {"frame_kind": kind}
            context.update(variables)  # type: ignore[typeddict-item]  # for theme/main.html
            # Material shows it in two places; a poured page brings its own.
            page.toc = TableOfContents([])
        return context

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Keep what is to be a frame; MkDocs writes no file for an empty answer."""
        output = _with_policy(output)
        kind = FRAMES.get(page.file.src_uri)
        if not kind:
            return output
        self._rendered[kind] = output
        return ""

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        return _with_policy(output) if template_name == "404.html" else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if not self._pours:
            self.base = self._base(config)
            return
        try:
            notices = self._write_disclosures(config)
        except GongkaiError as error:
            if not self._rebuilds.serving:
                raise Abort(_explain(error)) from error
            self._rebuilds.fail(error)
        else:
            self._rebuilds.succeed(notices)

    def on_build_error(self, *, error: Exception) -> None:
        """Something else went wrong, such as a template; MkDocs says what."""
        self._rebuilds.fail()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        watch_at_once(server, [config.docs_dir, config.config_file_path, *config.theme.dirs])
        server.watch(self.config.data_)
        if config.theme.custom_dir:
            server.watch(config.theme.custom_dir)
        self._rebuilds.serve()
        server.builder = partial(self._rebuild, builder)
        server.set_app(allowing_live_reload(server.serve_request))
        log.info("预览地址：%s（修改后自动刷新，按 Ctrl+C 结束）", server.url)
        log.info("预览里没有供下载的文件；要看这些文件，请生成网站（make site）。")
        return server

    def on_shutdown(self) -> None:
        self._rebuilds.forget()
        if self._last and self._rebuilds.serving:  # else the manifest is for the next build
            forget_manifest(self._last.site)

    def _rebuild(self, builder: Callable[..., Any]) -> None:
        """Something has changed while serving: leave MkDocs out when nothing of its has."""
        last = self._last
        if not last or not last.key or last.key != key_of(last.config, last.folders):
            builder()
            return
        from generator.site.build import build_site

        try:
            built = build_site(last.config, last.site, last.options)
        except GongkaiError as error:
            self._rebuilds.fail(error)
        else:
            self._rebuilds.succeed(built.notices)

    def _write_disclosures(self, config: MkDocsConfig) -> tuple[Problem, ...]:
        # MkDocs loads its plugins for every command, and the build needs all other layers.
        from generator.site.build import write_disclosures

        data = _as_typed(Path(self.config.data_))
        site, base = Path(config.site_dir), self._base(config)
        options = Options(data, base.jobs, base.search, base.downloads, self._preview)
        path = Path(config.config_file_path)
        notices = write_disclosures(path, site, base, options, self._rebuilds.last_good)
        self._last = _Built(path, site, options, base.folders, key_of(path, base.folders))
        return notices

    def _base(self, config: MkDocsConfig) -> Base:
        missing = [uri for uri, kind in HAND_WRITTEN.items() if kind not in self._rendered]
        if missing:
            raise BuildError(f"{config.docs_dir} 中缺少 {'、'.join(missing)}，网站没有生成")
        frames = {kind: Frame.cut(html) for kind, html in self._rendered.items()}
        read = [config.docs_dir, *([config.theme.custom_dir] if config.theme.custom_dir else [])]
        return Base(
            Frames.of(
                {depth: frame for depth, frame in frames.items() if isinstance(depth, int)},
                {kind: frame for kind, frame in frames.items() if isinstance(kind, str)},
            ),
            config.site_url or "",
            self.config.jobs,
            self.config.search,
            wanted_downloads(self.config.downloads, self._preview),
            About(
                config.site_name,
                str(config.extra.get("数据许可") or ""),
                str(config.extra.get("数据许可网址") or ""),
            ),
            tuple(read),
        )


def wanted_downloads(setting: Any, preview: bool) -> tuple[str, ...]:
    """What is made for readers to download, as mkdocs.yml has it.

    A preview has none: those of all records take longer than all else, and change as somebody
    types.
    """
    if setting is False or preview:
        return ()
    return DOWNLOADS if setting is True else (DATA, *(x for x in ATTACHMENTS if x in setting))


def _marks(config: MkDocsConfig) -> Marks:
    try:
        return read_marks(config.extra, config.site_url or "")
    except BuildError as error:
        raise ConfigurationError(str(error)) from error


def _with_policy(html: str) -> str:
    try:
        return with_policy(html)
    except BuildError as error:
        raise PluginError(str(error)) from error


def _as_typed(folder: Path) -> Path:
    """As a person in the working folder would write it, which is how problems are shown."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _explain(error: GongkaiError) -> str:
    return f"{error}\n{count_of(error)}" if isinstance(error, DataError) else str(error)
