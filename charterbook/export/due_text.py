"""The next review in words, as JSON, or as outputs of a step in a GitHub workflow.

The words are in the charter's language. Text of a charter is never markup in them, and mentions nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Literal

from charterbook.charter import Charter
from charterbook.export.changes_markdown import escaped
from charterbook.i18n import Translator, translator
from charterbook.problems import escape_terminal
from charterbook.review_date import Due

Format = Literal["text", "markdown", "json", "github"]


def render(charter: Charter, due: Due, within: bool, format: Format = "text") -> str:  # noqa: A002
    """The text about the next review, with a final newline. `within` says whether a reminder is due.

    For a GitHub workflow, the outputs `title` and `body` of an issue, and nothing without a reminder.
    """
    t = translator(charter.language)
    if format == "json":
        return _json(due, within, _title(due, t))
    lines = [_state(due, t), *_rest(charter, due, t)] if within else [_state(due, t)]
    if format == "text":
        return "".join(f"{escape_terminal(line)}\n" for line in lines)
    body = "\n".join(f"{escaped(line)}\n" for line in lines)
    if format == "markdown":
        return f"# {escaped(_title(due, t))}\n\n{body}"
    return _outputs(_title(due, t), body) if within else ""


def _title(due: Due, t: Translator) -> str:
    """The title, which is stable for a day: reminders are identified by it."""
    if due.day is None:
        return t.gettext("The charter’s next review has no date")
    return t.gettext("Review of the charter: %(day)s") % {"day": t.date(due.day)}


def _state(due: Due, t: Translator) -> str:
    if due.day is None or due.left is None:
        return t.gettext("The charter does not say when its next review is.")
    values = {"day": t.date(due.day), "n": t.number(abs(due.left))}
    if due.left == 0:
        return t.gettext("The review of the charter is due today, on %(day)s.") % values
    if due.left > 0:
        return (
            t.ngettext(
                "The review of the charter is due in %(n)s day, on %(day)s.",
                "The review of the charter is due in %(n)s days, on %(day)s.",
                due.left,
            )
            % values
        )
    return (
        t.ngettext(
            "The review of the charter was due %(n)s day ago, on %(day)s.",
            "The review of the charter was due %(n)s days ago, on %(day)s.",
            -due.left,
        )
        % values
    )


def _rest(charter: Charter, due: Due, t: Translator) -> Iterator[str]:
    """The reviewers, and the keys to update afterwards."""
    review = charter.review
    if due.reckoned:
        yield t.gettext(
            "The charter gives no date; this one is calculated from the last review and the cadence."
        )
    if review is not None and review.body:
        yield t.gettext("Reviewed by: %(body)s.") % {"body": review.body.rstrip(".")}
    labels = {item.id: item.label for item in (*charter.audiences, *charter.roles)}
    if review is not None and review.participants:
        named = ", ".join(labels.get(name, name) for name in review.participants)
        yield t.gettext("Participants: %(names)s.") % {"names": named}
    yield t.gettext(
        "After the review, enter its date in charter.yml as last under review, and the date of the next one as next."
    )


def _json(due: Due, within: bool, title: str) -> str:
    document = {
        "due": within,
        "day": due.day.isoformat() if due.day else None,
        "days_left": due.left,
        "reckoned": due.reckoned,
        "title": title,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _outputs(title: str, body: str) -> str:
    """Text for $GITHUB_OUTPUT. The delimiter is a hash of the body, so that the body cannot contain it."""
    delimiter = f"end-{sha256(body.encode()).hexdigest()}"
    return f"title={escape_terminal(title)}\nbody<<{delimiter}\n{body}{delimiter}\n"
