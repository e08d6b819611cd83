"""Redirect pages at former addresses: they lead to the present page, or explain its removal."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from markupsafe import Markup

from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.settings import Names
from charterbook.site.edition import CHANGES, Edition
from charterbook.site.incremental.manifest import leads_outside
from charterbook.site.moved_pages import MovedPages
from charterbook.site.output.content_policy import of_own_page
from charterbook.site.output.root_files import page_source
from charterbook.site.render.environment import environment
from charterbook.versions import DRAFT, LATEST, NamedBy, bounds, is_version_name

#: Reason for a missing page: its subject was moved, was split, has ended, or was in no version, or
#: the version was renamed.
Reason = Literal["moved", "split", "ended", "unpublished", "version"]

_COMPARISON = re.compile(r"(.*/)?([^/]+)/")


@dataclass(frozen=True)
class RedirectTarget:
    """Target of a redirect: an address relative to the root of the site, and its title."""

    address: str
    title: str


@dataclass(frozen=True)
class Redirect:
    """Redirect of a former address. `version` is the last one with the page, or the one of the target."""

    reason: Reason
    targets: tuple[RedirectTarget, ...]
    version: str

    @property
    def at_once(self) -> RedirectTarget | None:
        """Immediate target; None if there are several, or none."""
        return self.targets[0] if self.reason in ("moved", "version") and len(self.targets) == 1 else None


class Redirects:
    """Redirects of a site. Addresses are relative to its root: `latest/services/old/`."""

    def __init__(
        self, found: Sequence[Edition], moved: MovedPages, fiscal_year: tuple[int, NamedBy] = (1, "end")
    ) -> None:
        self._moved, self._fiscal_year = moved, fiscal_year
        self._names = [edition.name for edition in found if edition.state != "draft"]
        latest = [edition.name for edition in found if edition.is_latest and edition.state != "draft"]
        self._latest = next(iter(latest), self._names[-1] if self._names else "")

    @property
    def former_addresses(self) -> Iterator[str]:
        """Former addresses from the history: those of latest/, and of renamed pages of docs/."""
        if self._names:
            begun = self._names.index(self._latest) + 1
            for url in sorted(self._moved.all_addresses):
                had = [index for index, name in enumerate(self._names) if self._moved.has(url, name)]
                if begun - 1 not in had and not (had and min(had) >= begun):
                    yield f"{LATEST}/{url}"
        for name in [*self._names, *([LATEST] if self._names else [])]:
            yield from (f"{name}/{url}" for url in sorted(self._moved.aliases))

    def of(self, address: str) -> Redirect | None:
        """Redirect at an address without a page, None if its target is unknown."""
        folder, _, url = address.partition("/")
        if not self._names or folder == DRAFT:
            return None
        if folder == LATEST or folder in self._names:
            return self._within(folder, url)
        covering = self._covering(folder) if is_version_name(folder) else None
        return None if covering is None else self._other_version(covering, url)

    def _within(self, folder: str, url: str) -> Redirect | None:
        name = self._latest if folder == LATEST else folder
        there = self._moved.counterparts(url, name)
        if there:
            return Redirect("moved" if len(there) == 1 else "split", self._targets(folder, name, there), name)
        if (other := self._other_comparison(url)) != url:
            return Redirect("version", self._targets(folder, name, self._comparison(other, name)), name)
        last = self._moved.last_with(url)
        if last is not None:
            return Redirect("ended", self._targets(last, last, self._moved.counterparts(url, last)), last)
        if self._moved.is_known(url):
            return Redirect("unpublished", (RedirectTarget(f"{folder}/", folder),), name)
        return None

    def _other_version(self, name: str, url: str) -> Redirect:
        """The same page in the version that covers the days of a renamed version."""
        there: Sequence[str] = self._moved.counterparts(url, name)
        if not there and (other := self._other_comparison(url)) != url:
            there = self._comparison(other, name)
        return Redirect("version", self._targets(name, name, there or [""]), name)

    def _comparison(self, url: str, name: str) -> Sequence[str]:
        """Addresses for a comparison of a version: itself, else its page of changes, else its home page."""
        return self._moved.counterparts(url, name) or self._moved.counterparts(CHANGES, name) or [""]

    def _other_comparison(self, url: str) -> str:
        """Address of a comparison with an older version that was renamed."""
        match = _COMPARISON.fullmatch(url)
        if match is None or match[2] in self._names or not is_version_name(match[2]):
            return url
        return f"{match[1] or ''}{self._covering(match[2])}/"

    def _targets(self, folder: str, name: str, urls: Sequence[str]) -> tuple[RedirectTarget, ...]:
        return tuple(RedirectTarget(f"{folder}/{url}", self._moved.title(url, name) or name) for url in urls)

    def _covering(self, name: str) -> str | None:
        """Version that covers the period of a version: the shortest that contains it, else the last to begin before
        its end.
        """
        first, end = self._bounds(name)
        known = [(self._bounds(other), other) for other in self._names]
        containing = [
            (theirs[1] - theirs[0], other)
            for theirs, other in known
            if theirs[0] <= first and end <= theirs[1]
        ]
        if containing:
            return min(containing)[1]
        begun = [other for theirs, other in known if theirs[0] < end]
        return begun[-1] if begun else None

    def _bounds(self, name: str) -> tuple[datetime.date, datetime.date]:
        return bounds(name, *self._fiscal_year)


def write_redirect(
    root: Path,
    address: str,
    forward: Redirect,
    language: str,
    site_url: str | None,
    policy: Names | None = (),
) -> str | None:
    """Write a redirect page, and return its path; None if there is already a file at that path."""
    path = unquote(address) + ("index.html" if address.endswith("/") else "")
    if leads_outside(path) or "\\" in path or not path.isprintable() or not path.endswith(".html"):
        return None
    file = root / path
    if file.exists() or any(parent.is_file() for parent in file.parents):
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    page = of_own_page(_page(path, forward, language, site_url), policy)
    file.write_text(page, encoding="utf-8", newline="\n")
    return path


def _page(path: str, forward: Redirect, language: str, site_url: str | None) -> str:
    template = environment(language).get_template("root/moved.html")
    return template.render(
        forward=forward,
        w=translator(language),
        up="../" * path.count("/"),
        site_url=site_url,
        style=Markup(page_source("plain.css")),
    )
