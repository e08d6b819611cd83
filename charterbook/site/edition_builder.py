"""Builder of the editions of a site from its history."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from charterbook.charter import Charter
from charterbook.history import History, Version
from charterbook.pages import DocsPage, Pages, has_promise_results, pages_of
from charterbook.review_date import planned_review
from charterbook.site.edition import (
    CHANGES,
    Edition,
    PastVersion,
    State,
    Successor,
    Upcoming,
    VersionLineage,
    digest,
    label_in,
)
from charterbook.versions import DRAFT


def editions(
    history: History,
    docs: Sequence[DocsPage],
    today: datetime.date,
    lines: Mapping[str, int] | None = None,
    zone: datetime.tzinfo = datetime.UTC,
) -> list[Edition]:
    """All editions of a site, oldest first; the draft, if there is one, is the last.

    `today` and the first days of versions are days in the time zone `zone`.
    """
    past: list[PastVersion] = []
    kept = False
    for version in history.versions:
        past.append(_past(version, docs, _readable(past), kept_before=kept))
        kept = kept or (version.charter is not None and has_promise_results(version.charter))
    past = list(_followed(past))
    builder = _EditionBuilder(history, docs, past, today, lines or {}, zone)
    found = [builder.published(place) for place in range(len(builder.readable))]
    if history.draft is not None:
        draft = history.draft.charter
        pages = pages_of(draft, docs, _readable(past), kept_before=kept)
        found.append(builder.draft(PastVersion(DRAFT, draft, (), None, pages, digest(history.draft.data))))
    return found


class _EditionBuilder:
    """Builder of the editions of a history from its versions, oldest first."""

    def __init__(
        self,
        history: History,
        docs: Sequence[DocsPage],
        past: Sequence[PastVersion],
        today: datetime.date,
        lines: Mapping[str, int],
        zone: datetime.tzinfo,
    ) -> None:
        self.docs, self.past, self.today, self.lines, self.zone = docs, past, today, lines, zone
        self.readable = [index for index, version in enumerate(past) if version.charter is not None]
        self.is_shallow = history.shallow
        in_force = history.in_force
        self.at = next((n for n, i in enumerate(self.readable) if history.versions[i] == in_force), -1)
        self.begun = in_force is not None and not in_force.upcoming

    def published(self, place: int) -> Edition:
        """The edition of the readable version at this index."""
        own, following = self.past[self.readable[place]], self._version(place + 1)
        if place < self.at and following is not None:
            return self._edition(own, "superseded", successor=_successor(own, following))
        state: State = "current" if place == self.at and self.begun else "upcoming"
        return replace(
            self._edition(own, state),
            is_latest=place == self.at,
            next=self._upcoming(own, following),
            version_in_force=self._holds if state == "upcoming" else None,
            moment=self._moment(own) if state == "upcoming" else "",
        )

    def draft(self, own: PastVersion) -> Edition:
        """The edition of the draft."""
        return replace(self._edition(own, "draft", past=self.past), version_in_force=self._holds)

    @property
    def _holds(self) -> str | None:
        return self.past[self.readable[self.at]].name if self.readable and self.begun else None

    def _version(self, place: int) -> PastVersion | None:
        return self.past[self.readable[place]] if place < len(self.readable) else None

    def _upcoming(self, own: PastVersion, following: PastVersion | None) -> Upcoming | None:
        if following is None or following.begins is None:
            return None
        after = _successor(own, following)
        return Upcoming(after.name, after.urls, following.begins, self._moment(following))

    def _moment(self, version: PastVersion) -> str:
        """Moment at which the first day of a version begins; empty if unknown."""
        if version.begins is None:
            return ""
        return datetime.datetime.combine(version.begins, datetime.time(), self.zone).isoformat()

    def _edition(
        self,
        own: PastVersion,
        state: State,
        *,
        past: Sequence[PastVersion] | None = None,
        successor: Successor | None = None,
    ) -> Edition:
        assert own.charter is not None
        latest = self._version(self.at) if self.readable else None
        return Edition(
            name=own.name,
            state=state,
            charter=own.charter,
            pages=own.pages,
            own=own,
            past=tuple(self.past[: self.past.index(own)] if past is None else past),
            successor=successor,
            canonical=_same(own.pages) & latest.pages.urls if latest and state != "draft" else frozenset(),
            review_overdue=successor is None and _is_overdue(own.charter, self.today),
            today=own.shown.date.date() if successor and own.shown else self.today,
            lines={} if successor else self.lines,
            lacks=lacks(own.pages, self.docs),
            absent=frozenset(page.source for page in self.docs) - own.pages.by_uri.keys(),
            is_shallow=self.is_shallow,
        )


def _is_overdue(charter: Charter, today: datetime.date) -> bool:
    day = planned_review(charter).day
    return day is not None and day < today


def _successor(own: PastVersion, following: PastVersion) -> Successor:
    """The next version. The page of an item that was split leads to the pages of all its parts."""
    descent = VersionLineage([own, following])
    urls: dict[str, Mapping[str, str]] = {url: {url: ""} for url in own.pages.urls & following.pages.urls}
    for page in own.pages.pages:
        if page.kind and page.item:
            counterparts = descent.counterparts((page.kind, page.item), own.name, following.name)
            there = {
                url: label_in(following, counterpart)
                for counterpart in counterparts
                if (url := following.pages.item_url(*counterpart))
            }
            if there:
                urls[page.url] = there if len(there) > 1 else dict.fromkeys(there, "")
    return Successor(following.name, urls)


def _readable(past: Sequence[PastVersion]) -> list[str]:
    """The names of the versions that have pages, oldest first."""
    return [version.name for version in past if version.charter is not None]


def _past(
    version: Version, docs: Sequence[DocsPage], older: Sequence[str], *, kept_before: bool
) -> PastVersion:
    charter = version.charter
    pages = pages_of(charter, docs, older, kept_before=kept_before) if charter else Pages(())
    return PastVersion(
        name=version.name,
        charter=charter,
        revisions=version.revisions,
        shown=version.shown,
        pages=pages,
        content=digest(version.data),
        charters=version.charters,
        begins=version.begins,
        ends=version.ends,
        is_open=version.is_open,
    )


def lacks(pages: Pages, docs: Sequence[DocsPage]) -> frozenset[str]:
    """Pages of docs/ that the version does not publish; empty if one of its pages can include other files."""
    had = {page.source for page in pages.pages}
    if any(page.includes for page in docs if page.source in had):
        return frozenset()
    return frozenset(page.source for page in docs if page.source not in had)


def _followed(past: Sequence[PastVersion]) -> Iterator[PastVersion]:
    """Set on each version the first day in force of the next one, unless that is not later than its own."""
    ahead = [version.first_day for version in past if version.first_day]
    for version in past:
        first = version.first_day
        if first is None:
            yield version
            continue
        ahead = ahead[1:]
        yield replace(version, followed=ahead[0] if ahead and first < ahead[0] else None)


def _same(pages: Pages) -> frozenset[str]:
    """Addresses that have the same meaning in every version, unlike the page of changes."""
    return frozenset(page.url for page in pages.pages if page.older is None and page.url != CHANGES)
