"""The history of an item or a section as text, Markdown or JSON, newest first, safe to print.

The JSON document contains:

- `subject`: `kind` (null for a section), `id`, `name`; `language`: that of the sentences
- `entries`: objects with
    - `version`; `draft`: whether it is in the draft
    - `act`: introduced, returned, renamed, split, merged, moved, retired, reinstated, changed or removed
    - `name`: its name at that time
    - `commit`, `date` (ISO 8601), `author`, `message`: null for an uncommitted change
    - `request`: the number of the pull or merge request in the message, or null
    - `changes`: as in `charterbook diff --format json`
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from charterbook.commit_reason import lines_of
from charterbook.compare import Comparison, Side, Statement, in_one_line
from charterbook.export.changes_json import document, dumped
from charterbook.export.changes_markdown import escaped
from charterbook.history import History, Revision
from charterbook.i18n import Translator, translator
from charterbook.log import (
    HistoryEntry,
    ItemHistories,
    ItemHistory,
    Snapshot,
    changed_items,
    headline,
    list_events,
    moments,
    reason_of,
    sentences,
)
from charterbook.problems import escape_terminal
from charterbook.version_reasons import version_reasons
from charterbook.versions import DRAFT

#: Maximum length of a line of text in characters, and the indent of entries.
_WIDTH, _INDENT = 110, "  "


def item_histories(history: History, severity: Mapping[str, Any]) -> tuple[ItemHistories, str]:
    """The item histories of a charter's history with its draft, and their language."""
    found = list(moments(history.versions))
    if history.draft is not None:
        found.append(Snapshot(DRAFT, None, history.draft.charter))
    language = found[-1].charter.language if found else "en"
    return ItemHistories(list_events(found, severity, language), language, severity), language


def render(item_history: ItemHistory, language: str, format: str = "text") -> str:  # noqa: A002
    """The history of an item in one of `FORMATS`, with a final newline. Raises KeyError for an unknown format."""
    return FORMATS[format](item_history, translator(language))


def _text(item_history: ItemHistory, t: Translator) -> str:
    return "".join(f"{line.rstrip()}\n" for line in _lines(item_history, t))


def _lines(item_history: ItemHistory, t: Translator) -> Iterator[str]:
    yield escape_terminal(_title(item_history))
    reasons = _reasons(item_history)
    for version, entries in groupby(reversed(item_history.entries), key=lambda entry: entry.moment.version):
        yield ""
        yield escape_terminal(_version(version, t))
        if version in reasons:
            yield from _wrapped(f"{t.gettext('Why this version')}: {reasons[version]}", _INDENT)
        for entry in entries:
            yield from _wrapped(" · ".join(_facts(entry, t)), _INDENT)
            yield from (
                line
                for phrase in _entry_sentences(entry, item_history, t)
                for line in _wrapped(phrase, f"{_INDENT}  ")
            )


def _title(item_history: ItemHistory) -> str:
    return f"{item_history.name} ({item_history.subject})"


def _reasons(item_history: ItemHistory) -> dict[str, str]:
    """The reasons of the versions with an entry in one line, by the name of the version."""
    states = [(entry.moment.version, entry.moment.charter.change_note) for entry in item_history.entries]
    return {name: in_one_line(note) for name, note in version_reasons([("", None), *states])}


def _version(version: str, t: Translator) -> str:
    return t.gettext("In the draft, not in force") if version == DRAFT else version


def _facts(entry: HistoryEntry, t: Translator) -> list[str]:
    """Date, commit, author, change request and reason of an entry."""
    revision = entry.moment.revision
    if revision is None:
        return [t.gettext("not committed yet")]
    reason = reason_of(revision.message)
    number = [f"#{reason.number}"] if reason.number else []
    day = t.date(revision.date.date())
    return [day, *filter(None, [revision.short, revision.author]), *number, *filter(None, [reason.subject])]


def _entry_sentences(entry: HistoryEntry, item_history: ItemHistory, t: Translator) -> Iterator[str]:
    """The sentences of an entry, a line for each."""
    if entry.act != "changed":
        yield headline(entry, item_history, t)
    yield from (f"- {sentence}" for sentence in sentences(entry, item_history))
    changed = changed_items(entry, item_history).values()
    if changed:
        yield t.gettext("Changed: %(names)s") % {"names": ", ".join(changed)}


def _wrapped(text: str, start: str) -> list[str]:
    """Wrap a text, with later lines indented further."""
    indent = f"{start}  "
    return textwrap.wrap(
        escape_terminal(text), _WIDTH, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
    )


def _markdown(item_history: ItemHistory, t: Translator) -> str:
    return "".join(f"{line}\n" for line in _marked(item_history, t))


def _marked_facts(entry: HistoryEntry, t: Translator) -> str:
    """The facts of an entry. The id of its own commit is not escaped, so that forges link it."""
    revision = entry.moment.revision
    commit = revision.short if revision else None
    return " · ".join(fact if fact == commit else escaped(fact) for fact in _facts(entry, t))


def _marked(item_history: ItemHistory, t: Translator) -> Iterator[str]:
    yield f"## {escaped(_title(item_history))}"
    reasons = _reasons(item_history)
    for version, entries in groupby(reversed(item_history.entries), key=lambda entry: entry.moment.version):
        yield from ("", f"### {escaped(_version(version, t))}")
        if version in reasons:
            yield from ("", f"**{t.gettext('Why this version')}:** {escaped(reasons[version])}")
        for entry in entries:
            yield from ("", _marked_facts(entry, t), "")
            yield from (
                f"- {escaped(phrase.removeprefix('- '))}"
                for phrase in _entry_sentences(entry, item_history, t)
            )


def _json(item_history: ItemHistory, t: Translator) -> str:
    subject = {"kind": item_history.kind, "id": item_history.id, "name": escape_terminal(item_history.name)}
    entries = [_entry(entry, t.language) for entry in reversed(item_history.entries)]
    return dumped({"subject": subject, "language": t.language, "entries": entries})


def _entry(entry: HistoryEntry, language: str) -> dict[str, Any]:
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
        "message": "\n".join(map(escape_terminal, lines_of(revision.message))),
        "request": reason_of(revision.message).number,
    }


def _changes(statements: tuple[Statement, ...], language: str) -> Any:
    """The statements as in the JSON of a comparison."""
    no_side = Side("", "")
    return document(Comparison(no_side, no_side, language, statements))["changes"]


FORMATS: Mapping[str, Callable[[ItemHistory, Translator], str]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
}
