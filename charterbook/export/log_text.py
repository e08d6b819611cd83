"""The story of an item or a section as text, Markdown or JSON, the newest first. All of it is harmless to print.

The JSON document holds:

- `subject`: `kind` (null for a section), `id`, `name`; `language`: that of the sentences
- `entries`: objects with
    - `version`; `draft`: whether it is not in force yet
    - `act`: introduced, returned, renamed, split, merged, moved, retired, reinstated, changed or removed
    - `name`: what it was called then
    - `commit`, `date` (ISO 8601), `author`, `message`: null where nothing is committed
    - `request`: the number of the pull or merge request that the message names, or null
    - `changes`: as `charterbook diff --format json` has them
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from charterbook.compare import Comparison, Side, Statement
from charterbook.export.changes_json import document, dumped
from charterbook.export.changes_markdown import escaped
from charterbook.history import History, Revision
from charterbook.i18n import Words, words
from charterbook.log import (
    Chronicle,
    Entry,
    Moment,
    Story,
    changed_items,
    headline,
    list_events,
    moments,
    reason_of,
    sentences,
)
from charterbook.problems import inert
from charterbook.versions import DRAFT

#: How long a line of text may be, in characters, and how far entries stand from the edge.
_WIDTH, _INDENT = 110, "  "


def chronicle_of(history: History, severity: Mapping[str, Any]) -> tuple[Chronicle, str]:
    """The stories of a history with its draft, and the language in which they are told."""
    found = list(moments(history.versions))
    if history.draft is not None:
        found.append(Moment(DRAFT, None, history.draft.charter))
    language = found[-1].charter.language if found else "en"
    return Chronicle(list_events(found, severity, language), language), language


def render(story: Story, language: str, format: str = "text") -> str:  # noqa: A002
    """A story in one of `FORMATS`, each line ended. Raises KeyError for another format."""
    return FORMATS[format](story, words(language))


def _text(story: Story, own: Words) -> str:
    return "".join(f"{line.rstrip()}\n" for line in _lines(story, own))


def _lines(story: Story, own: Words) -> Iterator[str]:
    yield inert(_title(story))
    for version, entries in groupby(reversed(story.entries), key=lambda entry: entry.moment.version):
        yield ""
        yield inert(_version(version, own))
        for entry in entries:
            yield from _wrapped(" · ".join(_facts(entry, own)), _INDENT)
            yield from (line for said in _said(entry, story, own) for line in _wrapped(said, f"{_INDENT}  "))


def _title(story: Story) -> str:
    return f"{story.name} ({story.subject})"


def _version(version: str, own: Words) -> str:
    return own.gettext("In the draft, not in force") if version == DRAFT else version


def _facts(entry: Entry, own: Words) -> list[str]:
    """Who, when, which commit, which request, why."""
    revision = entry.moment.revision
    if revision is None:
        return [own.gettext("not committed yet")]
    reason = reason_of(revision.message)
    number = [f"#{reason.number}"] if reason.number else []
    day = own.date(revision.date.date())
    return [day, revision.short, revision.author, *number, reason.subject]


def _said(entry: Entry, story: Story, own: Words) -> Iterator[str]:
    """What happened, a line for each."""
    if entry.act != "changed":
        yield headline(entry, story, own)
    yield from (f"- {sentence}" for sentence in sentences(entry, story))
    changed = changed_items(entry, story).values()
    if changed:
        yield own.gettext("Changed: %(names)s") % {"names": ", ".join(changed)}


def _wrapped(text: str, start: str) -> list[str]:
    """A text in lines, the later ones a little further in."""
    indent = f"{start}  "
    return textwrap.wrap(
        inert(text), _WIDTH, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
    )


def _markdown(story: Story, own: Words) -> str:
    return "".join(f"{line}\n" for line in _marked(story, own))


def _marked(story: Story, own: Words) -> Iterator[str]:
    yield f"## {escaped(_title(story))}"
    for version, entries in groupby(reversed(story.entries), key=lambda entry: entry.moment.version):
        yield from ("", f"### {escaped(_version(version, own))}")
        for entry in entries:
            yield from ("", escaped(" · ".join(_facts(entry, own))), "")
            yield from (f"- {escaped(said.removeprefix('- '))}" for said in _said(entry, story, own))


def _json(story: Story, own: Words) -> str:
    subject = {"kind": story.kind, "id": story.id, "name": inert(story.name)}
    entries = [_entry(entry, own.language) for entry in reversed(story.entries)]
    return dumped({"subject": subject, "language": own.language, "entries": entries})


def _entry(entry: Entry, language: str) -> dict[str, Any]:
    return {
        "version": entry.moment.version,
        "draft": entry.moment.version == DRAFT,
        "act": entry.act,
        "name": inert(entry.name),
        **_commit(entry.moment.revision),
        "changes": _changes(entry.statements, language),
    }


def _commit(revision: Revision | None) -> dict[str, Any]:
    if revision is None:
        return dict.fromkeys(("commit", "date", "author", "message", "request"))
    return {
        "commit": revision.commit,
        "date": revision.date.isoformat(),
        "author": inert(revision.author),
        "message": "\n".join(map(inert, revision.message.splitlines())),
        "request": reason_of(revision.message).number,
    }


def _changes(statements: tuple[Statement, ...], language: str) -> Any:
    """The statements as a comparison lists them."""
    nobody = Side("", "")
    return document(Comparison(nobody, nobody, language, statements))["changes"]


FORMATS: Mapping[str, Callable[[Story, Words], str]] = {"text": _text, "markdown": _markdown, "json": _json}
