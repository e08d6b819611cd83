"""Page renderer of Charterbook's blocks: each file of templates/blocks/ is one, under its name.

A block is HTML that never goes through Markdown: pages have a placeholder, filled after the conversion of Markdown.
So no charter text can be interpreted as Markdown, Jinja or HTML.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

from charterbook.charter import Item, all_items
from charterbook.compare import Comparison, Severity, compare, item_name
from charterbook.i18n import Translator, translator
from charterbook.log import ComparisonCache, ItemHistories
from charterbook.pages import Page
from charterbook.rules import Levels
from charterbook.settings import Settings
from charterbook.site import labels
from charterbook.site.author_errors import NO_PAGE, PageSource
from charterbook.site.edition import Edition
from charterbook.site.mkdocs_compat.toc import TocHeading, flat, nested
from charterbook.site.mkdocs_compat.urls import get_relative_url
from charterbook.site.render import safe_text, views
from charterbook.site.render.environment import TemplateState, environment
from charterbook.site.render.page_headings import flat_headings
from charterbook.site.timings import counted

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Id of the timeline's heading below the content of a page.
TIMELINE = "page-timeline"

_PATH = re.compile(r"[^?#]*")
_IN_OTHER_VERSION = re.compile(r"\.\./[^/]+/")
_SLOT = re.compile(r"(?:<p>\s*)?<div data-charterbook-slot=\"(\d+)\"></div>(?:\s*</p>)?")
_CLOSED = re.compile(r"(</(?:dd|div|dt|h[1-6]|li|p|t[dh])>|<br>)(?=\S)")


@cache
def block_names() -> tuple[str, ...]:
    """Names of all blocks, and thus of their macros."""
    folder = resources.files("charterbook.site") / "templates" / "blocks"
    return tuple(sorted(entry.name.removesuffix(".html") for entry in folder.iterdir()))


@dataclass
class PageRenderer:
    """Renderer of the blocks of one edition, page by page.

    `address` is that of the current page within the version. Plugins can publish a page elsewhere than its file says:
    `moved` has the addresses of such pages by the ones that follow from their files.
    `papers` are files with untranslated titles; `site_name` comes from mkdocs.yml; `asset_folder`
    has Charterbook's own styles and scripts, below the root of the site. `source` is the Markdown of the current page.
    """

    edition: Edition
    repository: views.ForgeLinks
    severity: Mapping[str, Severity] = field(default_factory=dict)
    rules: Levels = field(default_factory=dict)
    comparisons: ComparisonCache | None = None
    settings: Settings = field(default_factory=Settings)
    page: Page | None = None
    address: str = ""
    moved: Mapping[str, str] = field(default_factory=dict)
    papers: Sequence[tuple[str, str]] = ()
    site_name: str = ""
    asset_folder: str = ""
    source: PageSource = NO_PAGE
    _slots: list[Markup] = field(default_factory=list)
    _comparisons: dict[str, Comparison] = field(default_factory=dict)

    @property
    def words(self) -> Translator:
        """The words of the edition's language."""
        return translator(self.edition.charter.language)

    @property
    def title(self) -> str:
        """Title of the edition: the name of its version, or the word for a draft."""
        edition = self.edition
        return self.words.gettext("Draft") if edition.state == "draft" else edition.name

    @property
    def item(self) -> Item | None:
        """The item of the current page, None for other pages."""
        page = self.page
        if page is None or page.kind is None:
            return None
        return self._items.get((page.kind, page.item or ""))

    @cached_property
    def _items(self) -> Mapping[tuple[str, str], Item]:
        """All items by kind and id; the first of two with one id."""
        found: dict[tuple[str, str], Item] = {}
        for kind, item in all_items(self.edition.charter):
            found.setdefault((kind, item.id), item)
        return found

    @cached_property
    def strings(self) -> Markup:
        """Texts for scripts, the same on all pages."""
        return self.template("strings.html")

    @cached_property
    def header(self) -> Markup:
        """The version and its state, the same in the header of all pages."""
        return self.template("header-version.html")

    @cached_property
    def sheet(self) -> str:
        """The title, the version and its first day in force, for the margin of each printed sheet, as a CSS string."""
        since = views.in_force_since(self.edition)
        words = self.words
        named = f"{self.edition.charter.title} · {self.title}"
        day = since and words.gettext("in force from %(day)s") % {"day": words.date(since)}
        return safe_text.css_string(f"{named}, {day}" if day else named)

    def comparison(self, older: str) -> Comparison:
        """Comparison of an older version with this one; KeyError if there is no such readable version."""
        if older not in self._comparisons:
            charter = {past.name: past.charter for past in self.edition.readable_past}[older]
            assert charter is not None
            self._comparisons[older] = compare(
                charter,
                self.edition.charter,
                (older, self.title),
                severity=self.severity,
                between=views.charters_between(self.edition, older),
            )
        return self._comparisons[older]

    @cached_property
    def log(self) -> ItemHistories:
        """Histories of all items and sections, up to this version."""
        return views.log_of(self.edition, self.severity, self.comparisons)

    def contents(self, html: str, known: list[TocHeading], depths: range) -> list[TocHeading]:
        """The headings of the current page: from Markdown, from blocks in `html` between them, and from the timeline.

        Blocks add headings of the levels in `depths`.
        """
        found = self._with_blocks(html, known, depths)
        item_history = views.page_history(self.log, self.page)
        if item_history and item_history.entries:
            token: TocHeading = {
                "level": 2,
                "id": TIMELINE,
                "name": self.words.gettext("Timeline"),
                "children": [],
            }
            (found[0]["children"] if found and found[0]["level"] == 1 else found).append(token)
        return found

    def _with_blocks(self, html: str, known: list[TocHeading], depths: range) -> list[TocHeading]:
        """Headings of Markdown with those of blocks; an entry without a heading stays below the one before it."""
        added = [
            (slot.start(), heading)
            for slot in _SLOT.finditer(html)
            for heading in flat_headings(self._slots[int(slot[1])])
            if heading["level"] in depths
        ]
        if not added:
            return known
        found, at = [], 0
        for heading in flat(known):
            at = max(at, html.find(f'id="{heading["id"]}"', at))
            found.append((at, heading))
        return nested(heading for _, heading in sorted([*found, *added], key=itemgetter(0)))

    def open(self, page: Page | None, address: str | None = None) -> None:
        """Switch to a page, at its address unless another is given, and clear the placeholders of the previous one."""
        self.page = page
        self.address = address if address is not None else page.url if page else ""
        self._slots = []

    def slot(self, block: Markup) -> str:
        """Store a block, and return its placeholder for the page's Markdown."""
        self._slots.append(block)
        return f'\n\n<div data-charterbook-slot="{len(self._slots) - 1}"></div>\n\n'

    def fill(self, content: str) -> str:
        """The page's HTML with all placeholders filled."""
        return _SLOT.sub(lambda match: self._slots[int(match[1])], content)

    def block(self, name: str, **arguments: Any) -> Markup:
        """Render a block for the current page, with a space after each element that ends a line of words.

        The search index removes elements, and would otherwise join the words on both sides.
        """
        return Markup(_CLOSED.sub(r"\1 ", str(self.template(f"blocks/{name}.html", **arguments))))

    @counted("blocks")
    def template(self, path: str, **arguments: Any) -> Markup:
        """Render any of Charterbook's templates for the current page."""
        template = environment(self.edition.charter.language).get_template(path)
        return Markup(template.render(self._context, page=self.page, item=self.item, **arguments).strip())

    @cached_property
    def _context(self) -> Mapping[str, Any]:
        """Template variables of all pages of the version."""
        values = {
            "edition": self.edition,
            "charter": self.edition.charter,
            "href": self.href,
            "to_item": self.to_item,
            "to_section": self.to_section,
            "to_page": self.to_page,
            "asset": self.asset,
            "comparison": self.comparison,
            "log": self.log,
            "named": self.named,
            "prose": self._prose(safe_text.prose),
            "inline": self._prose(safe_text.prose_inline),
            "long": self._prose(safe_text.prose_of_section),
            "linked": lambda label, address: safe_text.linked(label, address, self.resolve),
            "papers": self.papers,
            "site_name": self.site_name,
            "repository": self.repository,
            "rules": self.rules,
            "severity": self.severity,
            "settings": self.settings,
        }
        return TemplateState(values).values

    def _prose(
        self, render: Callable[[str | None, safe_text.Resolve], Markup]
    ) -> Callable[[str | None], Markup]:
        table = self.words.gettext("Table: %(name)s")
        return lambda value: safe_text.name_tables(render(value, self.resolve), table)

    def href(self, url: str) -> str:
        """Relative link from the current page to an address within the same version (or `../` above it).

        A page that a plugin publishes elsewhere is there in other versions as well.
        """
        if self.moved or (self.page is not None and self.page.url != self.address):
            url = self._where_published(url)
        if url.startswith("../"):
            return "../" * self.address.count("/") + url
        return get_relative_url(url, self.address)

    def _where_published(self, url: str) -> str:
        """Address within this version or another one (`../2025-Q1/`), where a plugin publishes the page."""
        version = _IN_OTHER_VERSION.match(url)
        start = version.end() if version else 0
        if url.startswith("../") and not start:
            return url
        path = _PATH.match(url, start)[0]  # type: ignore[index] # it matches any text
        is_here = bool(start) and self.page is not None and path == self.page.url
        there = self.address if is_here else self.moved.get(path, path)
        return f"{url[:start]}{there}{url[start + len(path) :]}"

    def to_page(self, url: str) -> str | None:
        """Link to an address within this version, None if it has no such page."""
        return self.href(url) if url.partition("?")[0].partition("#")[0] in self.edition.pages.urls else None

    def asset(self, name: str) -> str:
        """Link to one of Charterbook's own files, shared by all versions."""
        return self.href(f"../{self.asset_folder}{name}")

    def to_section(self, section: str) -> str | None:
        """Link to a section's page, if this version has the page."""
        url = self.edition.pages.section_url(section)
        return None if url is None else self.href(url)

    def to_item(self, kind: str, item: str) -> str | None:
        """Link to an item, None if this version has no address for it."""
        if (kind, item) not in self._items:
            return None
        url = self.edition.pages.item_url(kind, item)
        return None if url is None else self.href(url)

    def resolve(self, target: str) -> str | None:
        """Link to the target of a link in a charter text: `services/onboarding` or `funding`."""
        kind, _, item = target.strip("/").partition("/")
        if not item:
            found = self.to_section(kind)
        elif kind in labels.KINDS:
            found = self.to_item(kind, item)
        else:
            found = None
        if found is None:
            log.warning("%s: a text links to %r, which does not exist here.", self.edition.name, target)
        return found

    def named(self, kinds: str | Iterable[str], reference: str | None) -> Markup | str:
        """Name of a referenced item, as a link if it has an address; plain text otherwise."""
        if not reference:
            return ""
        for kind in [kinds] if isinstance(kinds, str) else kinds:
            item = self._items.get((kind, reference))
            if item is not None:
                address, name = self.to_item(kind, item.id), item_name(item, self.words)
                return self._link(address, name) if address else safe_text.isolated(name, name)
        return reference

    def _link(self, address: str, label: str) -> Markup:
        return Markup(f'<a href="{escape(address)}">{escape(label)}</a>')
