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
from charterbook.i18n import Translator, translator
from charterbook.log import (
    ItemHistories,
    Snapshot,
    Story,
    StoryEntry,
    changed_items,
    headline,
    list_events,
    moments,
    reason_of,
    sentences,
)
from charterbook.problems import escape_terminal
from charterbook.versions import DRAFT

#: How long a line of text may be, in characters, and how far entries stand from the edge.
_WIDTH, _INDENT = 110, "  "


def item_histories(history: History, severity: Mapping[str, Any]) -> tuple[ItemHistories, str]:
    """The stories of a history with its draft, and the language in which they are told."""
    found = list(moments(history.versions))
    if history.draft is not None:
        found.append(Snapshot(DRAFT, None, history.draft.charter))
    language = found[-1].charter.language if found else "en"
    return ItemHistories(list_events(found, severity, language), language), language


def render(story: Story, language: str, format: str = "text") -> str:  # noqa: A002
    """A story in one of `FORMATS`, each line ended. Raises KeyError for another format."""
    return FORMATS[format](story, translator(language))


def _text(story: Story, t: Translator) -> str:
    return "".join(f"{line.rstrip()}\n" for line in _lines(story, t))


def _lines(story: Story, t: Translator) -> Iterator[str]:
    yield escape_terminal(_title(story))
    for version, entries in groupby(reversed(story.entries), key=lambda entry: entry.moment.version):
        yield ""
        yield escape_terminal(_version(version, t))
        for entry in entries:
            yield from _wrapped(" · ".join(_facts(entry, t)), _INDENT)
            yield from (
                line for said in _entry_sentences(entry, story, t) for line in _wrapped(said, f"{_INDENT}  ")
            )


def _title(story: Story) -> str:
    return f"{story.name} ({story.subject})"


def _version(version: str, t: Translator) -> str:
    return t.gettext("In the draft, not in force") if version == DRAFT else version


def _facts(entry: StoryEntry, t: Translator) -> list[str]:
    """Who, when, which commit, which request, why."""
    revision = entry.moment.revision
    if revision is None:
        return [t.gettext("not committed yet")]
    reason = reason_of(revision.message)
    number = [f"#{reason.number}"] if reason.number else []
    day = t.date(revision.date.date())
    return [day, revision.short, revision.author, *number, reason.subject]


def _entry_sentences(entry: StoryEntry, story: Story, t: Translator) -> Iterator[str]:
    """What happened, a line for each."""
    if entry.act != "changed":
        yield headline(entry, story, t)
    yield from (f"- {sentence}" for sentence in sentences(entry, story))
    changed = changed_items(entry, story).values()
    if changed:
        yield t.gettext("Changed: %(names)s") % {"names": ", ".join(changed)}


def _wrapped(text: str, start: str) -> list[str]:
    """A text in lines, the later ones a little further in."""
    indent = f"{start}  "
    return textwrap.wrap(
        escape_terminal(text), _WIDTH, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
    )


def _markdown(story: Story, t: Translator) -> str:
    return "".join(f"{line}\n" for line in _marked(story, t))


def _marked(story: Story, t: Translator) -> Iterator[str]:
    yield f"## {escaped(_title(story))}"
    for version, entries in groupby(reversed(story.entries), key=lambda entry: entry.moment.version):
        yield from ("", f"### {escaped(_version(version, t))}")
        for entry in entries:
            yield from ("", escaped(" · ".join(_facts(entry, t))), "")
            yield from (f"- {escaped(said.removeprefix('- '))}" for said in _entry_sentences(entry, story, t))


def _json(story: Story, t: Translator) -> str:
    subject = {"kind": story.kind, "id": story.id, "name": escape_terminal(story.name)}
    entries = [_entry(entry, t.language) for entry in reversed(story.entries)]
    return dumped({"subject": subject, "language": t.language, "entries": entries})


def _entry(entry: StoryEntry, language: str) -> dict[str, Any]:
    return {
        "version": entry.moment.version,
        "draft": entry.moment.version == DRAFT,
        "act": entry.act,
        "name": escape_terminal(entry.name),
        **_commit(entry.moment.revision),
        "changes": _changes(entry.statements, language),
    }


def _commit(revision: Revision | None) -> dict[str, Any]:
    if revision is None:
        return dict.fromkeys(("commit", "date", "author", "message", "request"))
    return {
        "commit": revision.commit,
        "date": revision.date.isoformat(),
        "author": escape_terminal(revision.author),
        "message": "\n".join(map(escape_terminal, revision.message.splitlines())),
        "request": reason_of(revision.message).number,
    }


def _changes(statements: tuple[Statement, ...], language: str) -> Any:
    """The statements as a comparison lists them."""
    nobody = Side("", "")
    return document(Comparison(nobody, nobody, language, statements))["changes"]


FORMATS: Mapping[str, Callable[[Story, Translator], str]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
}
