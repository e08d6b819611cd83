"""The rows of the registry: each thing that Charterbook relies on and a library does not document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

TITLES = {
    "jinja2": "Jinja",
    "mkdocs": "MkDocs",
    "mkdocs-macros-plugin": "mkdocs-macros",
    "mkdocs-material": "Material for MkDocs",
    "properdocs": "ProperDocs",
}


@dataclass(frozen=True)
class Reliance:
    """One thing that a library does not document.

    `module` is where Charterbook relies on it, below `charterbook.site`. `tested` is the series of versions that it was
    tested with: `1.6` stands for 1.6 and 1.6.x. `targets` are dotted names in the library. `otherwise` says what
    happens with another version.
    """

    module: str
    library: str
    tested: str
    targets: tuple[str, ...]
    access: Literal["undocumented", "private"]
    why: str
    otherwise: str


@dataclass(frozen=True)
class Requirement(Reliance):
    """A function or an attribute that Charterbook cannot do without."""


@dataclass(frozen=True)
class Patch(Reliance):
    """A replacement for speed.

    `gain` is what `build` takes longer without it, in percent of the processor's time, measured on the day `measured`
    (YYYY-MM-DD); for file events it is the time from an edit to the page.
    """

    title: str
    gain: float
    build: str
    measured: str


#: What gains were measured with.
WHOLE = "12 versions of 30 pages"
NOTHING = "a build that finds nothing changed"
SERVING = "one edit while serving"

_FORBIDDEN = "pyproject.toml forbids it: pip does not install such a version together with Charterbook."
_SLOWER = "It steps aside: "

PATCHES: Mapping[str, Patch] = {
    "theme-files": Patch(
        module="mkdocs_compat.theme_files",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.theme.Theme.get_env", "mkdocs.theme.Theme.dirs"),
        access="undocumented",
        why="MkDocs lists 12,000 icons of Material for every version, before any event has the environment.",
        otherwise=_SLOWER + "MkDocs lists all files, and drops the icons itself.",
        title="the short list of theme files",
        gain=20,
        build=WHOLE,
        measured="2026-11-28",
    ),
    "fragments": Patch(
        module="mkdocs_compat.fragments",
        library="mkdocs-material",
        tested="9.8",
        targets=("material/templates/partials",),
        access="undocumented",
        why="Header, palette, search form and navigation are the same on all pages of a folder's depth.",
        otherwise=_SLOWER + "Material's own partials are rendered on each page.",
        title="the cache of page fragments",
        gain=8,
        build=WHOLE,
        measured="2026-11-28",
    ),
    "text-templates": Patch(
        module="mkdocs_compat.text_templates",
        library="jinja2",
        tested="3.1",
        targets=("jinja2.Environment.compile",),
        access="undocumented",
        why="mkdocs-macros compiles each page of docs/ for every version, and Jinja's cache knows only files.",
        otherwise=_SLOWER + "each page is compiled again.",
        title="the cache of compiled pages",
        gain=19,
        build=WHOLE,
        measured="2026-11-28",
    ),
    "jinja-calls": Patch(
        module="mkdocs_compat.jinja_calls",
        library="jinja2",
        tested="3.1",
        targets=(
            "jinja2.runtime.Context.call",
            "jinja2.runtime.Macro",
            "jinja2.Environment.make_globals",
            "jinja2.Environment.cache",
        ),
        access="undocumented",
        why="Jinja asks by exceptions whether a macro or a function wants the context, and copies globals slowly.",
        otherwise=_SLOWER + "Jinja asks.",
        title="the fast macro calls",
        gain=8,
        build=WHOLE,
        measured="2026-11-28",
    ),
    "search-index": Patch(
        module="mkdocs_compat.search_index",
        library="mkdocs-material",
        tested="9.8",
        targets=("material.plugins.search.plugin.SearchIndex", "material.plugins.search.plugin.void"),
        access="undocumented",
        why="Material's parser looks at the whole path to an element for each of its parts.",
        otherwise=_SLOWER + "Material reads the pages.",
        title="the fast search parser",
        gain=17,
        build=WHOLE,
        measured="2026-11-28",
    ),
    "git-info": Patch(
        module="mkdocs_compat.git_info",
        library="mkdocs-macros-plugin",
        tested="1.5",
        targets=("mkdocs_macros.context.get_git_info",),
        access="undocumented",
        why="mkdocs-macros starts a dozen git processes for every version, whether a page shows `git` or not.",
        otherwise=_SLOWER + "mkdocs-macros asks git for every version.",
        title="the deferred git query",
        gain=14,
        build=WHOLE,
        measured="2026-11-28",
    ),
    "plugin-events": Patch(
        module="mkdocs_compat.plugin_events",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.plugins.PluginCollection.events",),
        access="undocumented",
        why="mkdocs-macros turns all variables into JSON before each version; where no page is made, plugins miss theirs.",
        otherwise=_SLOWER
        + "mkdocs-macros lists its variables, and a handbook with other plugins or hooks is built though nothing changed.",
        title="the skipped plugin events",
        gain=5,
        build=NOTHING,
        measured="2026-11-28",
    ),
    "unchanged-pages": Patch(
        module="mkdocs_compat.serve_cache",
        library="mkdocs-material",
        tested="9.8",
        targets=("jinja2.Environment.template_class", "material/templates"),
        access="undocumented",
        why="While a handbook is served, most pages are unchanged after an edit.",
        otherwise=_SLOWER + "every page is rendered after each edit.",
        title="the cache of served pages",
        gain=18,
        build=SERVING,
        measured="2026-11-28",
    ),
    "file-events": Patch(
        module="mkdocs_compat.file_watcher",
        library="mkdocs",
        tested="1.6",
        targets=(
            "mkdocs.livereload.LiveReloadServer.observer",
            "mkdocs.livereload.LiveReloadServer.build_delay",
            "mkdocs.livereload.LiveReloadServer._watched_paths",
            "mkdocs.livereload.LiveReloadServer._watch_refs",
            "mkdocs.livereload.LiveReloadServer._rebuild_cond",
            "mkdocs.livereload.LiveReloadServer._want_rebuild",
        ),
        access="private",
        why="MkDocs checks all files twice a second; the system reports an edit at once.",
        otherwise=_SLOWER + "MkDocs looks at all files.",
        title="file events",
        gain=28,
        build=SERVING,
        measured="2026-11-28",
    ),
}

NEEDS: tuple[Requirement, ...] = (
    Requirement(
        module="mkdocs_compat.hooks",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.plugins.PluginCollection.events", "mkdocs.plugins.CombinedEvent"),
        access="undocumented",
        why="What a hook's `on_config` sets counts for the whole site, and MkDocs runs hooks after all plugins.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.builds",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.commands.build.build", "mkdocs.config.load_config", "mkdocs.__main__.State"),
        access="undocumented",
        why="Each version is a complete MkDocs build, in this process or in a worker.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.logs",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.utils.CountHandler",),
        access="undocumented",
        why="A strict build that has warned must not put its site in place, and MkDocs gives up only after all events.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.toc",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.structure.toc.get_toc", "mkdocs.structure.pages.Page.present_anchor_ids"),
        access="undocumented",
        why="Blocks bring headings and anchors that are not in a page's Markdown.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.urls",
        library="mkdocs",
        tested="1.6",
        targets=(
            "mkdocs.utils.get_relative_url",
            "mkdocs.utils.is_error_template",
            "mkdocs.utils.normalize_url",
            "mkdocs.utils.templates.script_tag_filter",
        ),
        access="undocumented",
        why="Addresses in blocks and on error pages follow the same rules as the filter `url`.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.settings_yaml",
        library="mkdocs",
        tested="1.6",
        targets=(
            "mkdocs.config.base.ValidationError",
            "mkdocs.structure.files.get_files",
            "mkdocs.utils.yaml.get_yaml_loader",
        ),
        access="undocumented",
        why="A setting that mkdocs-macros refuses is told with its place; what MkDocs itself reads is no input of a page.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.inclusion",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.structure.files.set_exclusions", "mkdocs.structure.files.InclusionLevel"),
        access="undocumented",
        why="Pages of docs/ are planned before MkDocs has looked at `exclude_docs` and `draft_docs`.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.index_pages",
        library="mkdocs",
        tested="1.6",
        targets=("mkdocs.structure.pages.Page.is_index", "mkdocs.structure.pages.Page.__class__"),
        access="undocumented",
        why="Material gives a group the title of its index page, and Charterbook's groups have titles of their own.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.material_templates",
        library="mkdocs-material",
        tested="9.8",
        targets=("material/templates",),
        access="undocumented",
        why="Charterbook's base.html extends Material's, which has the same name.",
        otherwise="Templates are looked for beside the package, as in all versions since 4.",
    ),
    Requirement(
        module="mkdocs_compat.theme_files",
        library="mkdocs",
        tested="1.6",
        targets=(
            "mkdocs.theme.Theme.get_env",
            "mkdocs.theme.Theme.dirs",
            "mkdocs.theme.Theme.static_templates",
        ),
        access="undocumented",
        why="Plugins that render pages of their own ask the theme for another environment than that of `on_env`.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.user_config",
        library="mkdocs",
        tested="1.6",
        targets=(
            "mkdocs.config.base.Config.user_configs",
            "mkdocs.config.base.ValidationError",
            "mkdocs.utils.yaml.get_yaml_loader",
        ),
        access="undocumented",
        why="Defaults of a handbook count only where the author's mkdocs.yml sets nothing.",
        otherwise=_FORBIDDEN,
    ),
    Requirement(
        module="mkdocs_compat.macros_environment",
        library="mkdocs-macros-plugin",
        tested="1.5",
        targets=("mkdocs_macros.plugin.MacrosPlugin.env",),
        access="undocumented",
        why="Pages of docs/ share compiled code with those of the other versions.",
        otherwise=_FORBIDDEN,
    ),
)
