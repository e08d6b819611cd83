"""Facts about a version for all of its papers: its name, its days, its commit, and the address of its page."""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.papers.inert_text import inert_line
from charterbook.papers.paper_source import PaperSource

#: Characters of a commit that are shown.
SHORT_COMMIT = 8


def subtitle(source: PaperSource) -> str:
    """The organisation, the version, and the audience if the paper is for one."""
    charter = source.charter
    parts = [charter.organisation or "", version_name(source)]
    parts += [source.label(("audiences",), source.audience)] if source.audience else []
    return " · ".join(inert_line(part) for part in parts if part)


def version_name(source: PaperSource) -> str:
    """The name of the version, or that it is a draft."""
    return source.t.gettext("Draft") if source.is_draft else source.version


def version_facts(source: PaperSource) -> Iterator[str]:
    """The days, the commit and the address of the version, each in a line."""
    t = source.t
    if source.is_draft:
        yield t.gettext("This is a draft. It is not in force.")
    elif source.begins and source.ends:
        yield t.gettext("For %(days)s") % {"days": t.days(source.begins, source.ends)}
    elif source.begins:
        yield t.gettext("In force from %(day)s until the next version") % {"day": t.date(source.begins)}
    if source.commit:
        yield t.gettext("Commit %(commit)s") % {"commit": source.commit[:SHORT_COMMIT]}
    link = link_of(source)
    if link:
        yield link


def footer(source: PaperSource) -> str:
    """The version and the commit, for each page."""
    commit = source.commit[:SHORT_COMMIT]
    return " · ".join(
        part for part in (inert_line(source.charter.title), version_name(source), commit) if part
    )


def link_of(source: PaperSource) -> str | None:
    """The address of the page with the same subject: the version, or an audience in it."""
    if source.audience:
        return source.item_link("audiences", source.audience) or source.base
    return source.base
