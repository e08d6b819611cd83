"""Differences between a handbook and plain MkDocs with Material.

`guide/mkdocs.md` has the same table. A build names the rows that concern settings of the author.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.site.macros import macro_names
from charterbook.site.mkdocs_compat.user_config import is_set


def _never(config: MkDocsConfig, charter: Charter) -> bool:
    return False


@dataclass(frozen=True)
class Difference:
    """One decision: the setting or part that it concerns, the handbook's behaviour, and the reason.

    `overrides` marks changes of the effect of an author's setting. Other rows are defaults, or concern
    no setting. The texts are Markdown.
    """

    subject: str
    instead: str
    why: str
    overrides: Callable[[MkDocsConfig, Charter], bool] = _never


def messages(config: MkDocsConfig, charter: Charter) -> list[str]:
    """One line for each setting of the author that has a different effect from plain MkDocs.

    `config` is as the author wrote it; `charter` is the charter of the version that MkDocs builds.
    """
    rows = [row for row in DIFFERENCES if row.overrides(config, charter)]
    return [f"{row.subject}: {row.instead}".replace("`", "") for row in rows]


def _other_title(config: MkDocsConfig, charter: Charter) -> bool:
    return str(config.site_name) != charter.title


def _other_language(config: MkDocsConfig, charter: Charter) -> bool:
    return is_set(config, "theme", "language") and config.theme["language"] != charter.language


def _other_provider(config: MkDocsConfig, charter: Charter) -> bool:
    version = config.extra.get("version")
    return isinstance(version, dict) and version.get("provider", "mike") != "mike"


def _hidden_macro(config: MkDocsConfig, charter: Charter) -> bool:
    return not macro_names().isdisjoint(config.extra)


def _plugin_settings(config: MkDocsConfig, name: str) -> Any:
    """Settings of one of Material's plugins; None without it."""
    plugins: Mapping[str, Any] = config.plugins
    return next((plugins[one].config for one in (name, f"material/{name}") if one in plugins), None)


def _optimizes(config: MkDocsConfig, charter: Charter) -> bool:
    optimize = _plugin_settings(config, "optimize")
    return optimize is not None and bool(optimize.enabled and optimize.optimize)


def _loads_mermaid(config: MkDocsConfig, charter: Charter) -> bool:
    """Whether Material's script can load Mermaid, although the plugin privacy is to prevent that."""
    privacy = _plugin_settings(config, "privacy")
    if privacy is None or not (privacy.enabled and privacy.assets and privacy.assets_fetch):
        return False
    given = config.plugins["charterbook"].config["content_security_policy"]
    allows = given is False or "unpkg.com" in str((given or {}).get("script-src"))
    return allows and not any("mermaid" in str(script) for script in config.extra_javascript)


def _own_template(name: str) -> Callable[[MkDocsConfig, Charter], bool]:
    def has_own(config: MkDocsConfig, charter: Charter) -> bool:
        own = config.theme.custom_dir
        return bool(own) and Path(str(own), name).is_file()

    return has_own


#: All such decisions, by setting or part.
DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "`404.html`",
        "the page from `custom_dir` replaces Charterbook's, which lists the versions that have the requested page. "
        "Charterbook's is made for the root: hooks can add text before and after it.",
        "An author's own page has priority.",
        _own_template("404.html"),
    ),
    Difference(
        "`<link rel=canonical>`",
        "it names the same page under `latest/`, if that exists. A page that a plugin renders by itself after the others, such as that of "
        "print-site, names its own version.",
        "Search engines show what is in force, not a superseded version.",
    ),
    Difference(
        "`<title>`",
        "it ends with the name of the version.",
        "Tabs, bookmarks and search results show which version a page is from.",
    ),
    Difference(
        "`assets/`",
        "theme files, including those of `custom_dir`, are at the root of the site, once for all versions; those in "
        "folders of `custom_dir` are also in each version. Charterbook's styles and scripts have a hash in their name.",
        "Otherwise each version would have its own copy. A page always loads the files that it was built with.",
    ),
    Difference(
        "`assets/stylesheets/`",
        "pages load one stylesheet: first all of Material's, then Charterbook's. `extra_css` comes after it. Unless your "
        "scripts, hooks or plugins can add parts to a page later, it loads a smaller one without rules for parts that "
        "it does not have, and Material's script without the parts that copy code, draw diagrams and switch tabs of content.",
        "The first view waits for one request instead of eight.",
    ),
    Difference(
        "`base.html`",
        "the template from `custom_dir` also replaces Charterbook's: pages lose its styles, notices and scripts.",
        "Both are in the same place. `main.html` can change each block and keep the rest.",
        _own_template("base.html"),
    ),
    Difference(
        "`extra`",
        "a variable with the name of one of Charterbook's macros, such as `history`, hides it: pages that call the macro "
        "end the build. So do variables of `include_yaml` and macros.py, and, on their page, keys of front matter; a "
        "warning names the key. `charter` is always the handbook's, except for a key of front matter. A macro of your own "
        "replaces Charterbook's of the same name; a message says where it is.",
        "In pages, mkdocs-macros prefers variables to macros. What an author defines has priority.",
        _hidden_macro,
    ),
    Difference(
        "`extra.generator`",
        'the note "Made with Material" is shown only if this is `true`.',
        "Its contrast is too low for accessible text.",
    ),
    Difference(
        "`extra.version`",
        "`provider` is always `mike`. Everything else is as set.",
        "It is the only list of versions that Material's selector can read.",
        _other_provider,
    ),
    Difference(
        "`plugins.privacy`",
        "Material's script is not changed: it loads Mermaid from unpkg.com if `content_security_policy` allows that. A "
        "copy of Mermaid in `extra_javascript` is used instead.",
        "Files of the theme are at the root of the site, once for all versions.",
        _loads_mermaid,
    ),
    Difference(
        "`plugins.optimize`",
        "it optimizes images of docs/, not those of the theme, such as its favicon.",
        "Files of the theme are at the root of the site, once for all versions.",
        _optimizes,
    ),
    Difference(
        "`plugins.search.lang`",
        "search knows the word forms of the charter's language and of English unless this or another "
        "`theme.language` is set.",
        "Charters in any language have English words in them.",
    ),
    Difference(
        "`search/search_index.json`",
        "its configuration also contains names, synonyms and ignored words; results are ranked by them.",
        "The page that a reader means comes first.",
    ),
    Difference(
        "`plugins.search.separator`",
        "words end at all punctuation unless this is set.",
        "Search finds words by their beginnings.",
    ),
    Difference(
        "`repo_url`",
        "the link to the repository shows no stars, forks or releases.",
        "By default, pages make no requests to other hosts. Your own copy of Material's `partials/source.html` "
        "brings them back.",
    ),
    Difference(
        "`site_description`",
        "it describes all pages except those about an item, which show the item's summary. Without it, pages show the "
        "mission.",
        "Search engines show what a page is about.",
    ),
    Difference(
        "`site_dir`",
        "a folder inside `docs_dir`, which a plugin such as same-dir allows, ends the build.",
        "A site consists of several versions, which would be sources of the next build.",
    ),
    Difference(
        "`site_name`",
        "headers and page titles show the title of the charter instead. If it differs, it is at the top of each page.",
        "Each version has the title that its charter had at the time.",
        _other_title,
    ),
    Difference(
        "`theme.features`",
        "`navigation.indexes`, `navigation.prune`, `navigation.sections`, `navigation.top` and `toc.follow` are "
        "always on. Exceptions: `navigation.expand` turns `navigation.prune` off, and `toc.integrate` turns "
        "`navigation.indexes` off.",
        "Pages stay small and easy to navigate in a charter with hundreds of items.",
    ),
    Difference(
        "`theme.font`",
        "pages use the reader's system fonts unless this is set.",
        "By default, pages make no requests to other hosts.",
    ),
    Difference(
        "`theme.language`",
        "only Material's words are in this language; Charterbook's are in the charter's. Without it, all are in the "
        "charter's.",
        "Charterbook's words appear among those of the charter.",
        _other_language,
    ),
    Difference(
        "`theme.palette`",
        "pages have Charterbook's colours, light, dark or like the reader's system as the reader chooses, unless this is set. "
        "Links, focus and the header have readable shades of the colours that are set by name.",
        "A new handbook looks finished. Material's shades have a contrast of 1.4:1 and more; the guide promises 7:1.",
    ),
    Difference(
        "`theme.favicon`",
        "the icon is the first letter of `site_name` on the primary colour, unless this or an icon in the place of "
        "Material's is set.",
        "Tabs of several handbooks can be told apart.",
    ),
    Difference(
        "`<meta>`",
        "pages name their theme colour, and have Open Graph tags for previews. Tags of the same name in your block "
        "`extrahead` replace them.",
        "A shared link shows what it leads to.",
    ),
    Difference(
        "`service-worker.js`",
        "the root has a service worker for reading without a connection, unless `docs/` has a file of this name or "
        "`offline: false` is set.",
        "A handbook that was opened once can be read anywhere.",
    ),
    Difference(
        "`validation.links.anchors`",
        "links to missing headings are warnings unless this is set.",
        "Without a warning, a link into a section that a version lacks would go unnoticed.",
    ),
    Difference(
        "`assets/javascripts/`",
        "Material's source maps and its search files for unused languages are omitted.",
        "They are most of the theme's files, and no reader loads them.",
    ),
    Difference(
        "`docs/`",
        "files at its top that are not pages, and hidden folders, are at the root of the site as well as in each "
        "version. Files in other folders are in versions only. So is a file with the name of one that Charterbook has "
        "there; a warning names it.",
        "Hosts look for files such as `CNAME` and `.well-known/` at the root.",
    ),
    Difference(
        "`hooks`",
        "`on_config` of a hook runs before that of plugins listed after charterbook, unless it uses `config.plugins`.",
        "The settings that it changes apply to the whole site.",
    ),
    Difference(
        "`nav`",
        "without it, pages about the charter are in groups by its sections, before other pages in their folders, unless a "
        "plugin such as awesome-nav, awesome-pages or literate-nav arranges them.",
        "The navigation of a new handbook is the same regardless of the names of folders.",
    ),
    Difference(
        "addresses",
        "two pages of docs/ with the same address, such as `a.md` and `a/index.md`, end the build.",
        "MkDocs publishes one of them, and the other goes unnoticed.",
    ),
    Difference(
        "`plugins.macros`",
        "`on_undefined` is `strict`, and `on_error_fail` is true except while serving, unless these are set. A plugin "
        "that replaces its own names in double braces, such as git-authors, needs `on_undefined: keep`. An error on a page "
        "ends `charterbook build` with exit code 1, and `mkdocs build` with that of mkdocs-macros, 100, if it is in the newest "
        "version. With `render_by_default: false`, a warning names calls that a page shows as text.",
        "A misspelt name on a page would otherwise go unnoticed.",
    ),
    Difference(
        "`plugins`, `hooks`",
        "all events, also `on_startup`, `on_config` and `on_shutdown`, run for each version that is built, with the folder "
        "of the version as `site_dir`: a file that a hook appends to gets a line for each. Variables in the modules of hooks have "
        "their initial values in each version; what `on_startup` or `on_config` changes in libraries or in installed plugins "
        "is changed again. No events run when nothing has changed, or for cached versions. Versions are built in parallel, "
        "unless a plugin or hook "
        "writes files into the handbook, outside `site_dir` and `.cache`.",
        "Each version is a complete build, and a finished version need not be built again.",
    ),
    Difference(
        "pages",
        "each has a Content-Security-Policy, unless `content_security_policy: false` is set. A build warns about what it "
        "blocks: scripts and styles in the text of a page, attributes such as `style` and `onclick`, and what is loaded from "
        "hosts that mkdocs.yml does not name, also by `extra.analytics`.",
        "Text that somehow became markup could neither run nor send anything.",
    ),
    Difference(
        "`sitemap.xml`",
        "the root has that of `latest/`, with the date of the version; each version has its own. "
        "Entries from your template, your hook or a file of docs/ are preserved.",
        "Search engines show what is in force, and the selector knows the pages of each version.",
    ),
    Difference(
        "`use_directory_urls`",
        "it is always on; if something turns it off, a warning says so. `charterbook offline` rewrites links so that they name files.",
        "Addresses of pages and feeds are the same in each version.",
    ),
    Difference(
        "front matter",
        "invalid YAML ends the build, with its place.",
        "Without its front matter, a page can appear in versions that lack its section.",
    ),
)
