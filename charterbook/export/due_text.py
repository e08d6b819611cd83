"""Due dates in words, as JSON, or as outputs of a step in a GitHub workflow.

The words are in the charter's language. Texts of a charter never become markup, and mention nobody.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from charterbook.charter import Charter
from charterbook.due_dates import DueDate
from charterbook.export.changes_markdown import escaped
from charterbook.export.due_words import headline, labels, roles_line, when
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.problems import escape_terminal
from charterbook.review_date import ReviewDue
from charterbook.terminal import printed

Format = Literal["text", "markdown", "json", "github"]


@dataclass(frozen=True)
class DueReport:
    """The next review, the charter that plans it, and everything that falls due, sorted by day.

    Dates in the next `days` after `today` are worth a reminder.
    """

    charter: Charter
    review: ReviewDue
    dates: Sequence[DueDate]
    today: datetime.date
    days: int

    @cached_property
    def near(self) -> list[DueDate]:
        """The dates that are due or overdue, apart from the review."""
        return [due for due in self.dates if due.kind != "review" and due.within(self.days, self.today)]

    @property
    def undated(self) -> list[DueDate]:
        """Actions without a readable day."""
        return [due for due in self.dates if due.day is None]

    @property
    def is_due(self) -> bool:
        """Whether a reminder is due: for the review, even without a date, or for anything else."""
        return self.review.within(self.days) or bool(self.near)


def render(agenda: DueReport, format: Format = "text") -> str:  # noqa: A002
    """The due dates, with a final newline.

    For a GitHub workflow, the outputs `title` and `body` of an issue, and nothing without a reminder.
    """
    t = translator(agenda.charter.language)
    if format == "json":
        return _json(agenda, t)
    if format == "text":
        return "".join(f"{escape_terminal(line)}\n" for line in _lines(agenda, t, "- "))
    body = "\n".join(f"{_markdown(line)}\n" for line in _lines(agenda, t, _BULLET))
    if format == "markdown":
        return f"# {escaped(_title(agenda, t))}\n\n{body}"
    return _outputs(_title(agenda, t), body) if agenda.is_due else ""


#: Placeholder for the start of a list item, until the rest of the line is escaped.
_BULLET = "\0"


def _markdown(line: str) -> str:
    return f"- {escaped(line.removeprefix(_BULLET))}" if line.startswith(_BULLET) else escaped(line)


def _lines(agenda: DueReport, t: Translator, bullet: str) -> Iterator[str]:
    yield _state(agenda.review, t)
    if agenda.review.within(agenda.days):
        yield from _rest(agenda.charter, agenda.review, t)
    if agenda.near:
        yield t.gettext("Also due:")
        yield from (f"{bullet}{_line(due, agenda, t)}" for due in agenda.near)
    if agenda.undated:
        yield t.gettext("Without a date:")
        yield from (f"{bullet}{_line(due, agenda, t)}" for due in agenda.undated)


def _line(due: DueDate, agenda: DueReport, t: Translator) -> str:
    """A due date on one line: day, subject, the charter's words about it, and the roles concerned."""
    what = f"{when(due, agenda.today, t)}: {headline(due, t)}" if due.day else headline(due, t)
    words = " ".join(due.words.split())
    roles = roles_line(due, agenda.charter, t)
    return "".join([what, f" – {words}" if words else "", f" ({roles})" if roles else ""])


def _title(agenda: DueReport, t: Translator) -> str:
    """The title of a reminder, which identifies its issue.

    It names the last of the near days. So it does not change while tasks are completed, but changes as soon
    as a further date is near.
    """
    review, last = agenda.review, max((due.day for due in agenda.near if due.day), default=None)
    if last is not None and (review.day is None or not review.within(agenda.days) or last > review.day):
        return t.gettext("Due under the charter by %(day)s") % {"day": t.date(last)}
    if review.day is None:
        return t.gettext("The charter’s next review has no date")
    return t.gettext("Review of the charter: %(day)s") % {"day": t.date(review.day)}


def _state(due: ReviewDue, t: Translator) -> str:
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


def _rest(charter: Charter, due: ReviewDue, t: Translator) -> Iterator[str]:
    """The reviewers, and the keys to update afterwards."""
    review = charter.review
    if due.is_computed:
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
        "After the review, enter its date in the charter as review.last, and the date of the next one as review.next."
    )


def _json(agenda: DueReport, t: Translator) -> str:
    review = agenda.review
    document = {
        "due": agenda.is_due,
        "day": review.day.isoformat() if review.day else None,
        "days_left": review.left,
        "reckoned": review.is_computed,
        "title": _title(agenda, t),
        "dates": [_entry(due, agenda, t) for due in agenda.dates],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(due: DueDate, agenda: DueReport, t: Translator) -> dict[str, Any]:
    kind, id_ = due.item or (None, None)
    return {
        "kind": due.kind,
        "item": {"kind": kind, "id": id_} if due.item else None,
        "title": headline(due, t),
        "words": due.words or None,
        "day": due.day.isoformat() if due.day else None,
        "days_left": due.left(agenda.today),
        "due": due.within(agenda.days, agenda.today),
        "roles": _named("roles", due.roles, agenda.charter),
        "audiences": _named("audiences", due.audiences, agenda.charter),
    }


def _named(kind: str, ids: Sequence[str], charter: Charter) -> list[dict[str, str]]:
    return [{"id": id_, "label": label} for id_, label in zip(ids, labels(kind, ids, charter), strict=True)]


def _outputs(title: str, body: str) -> str:
    """Text for $GITHUB_OUTPUT. The delimiter is a hash of the body, so that the body cannot contain it."""
    body = printed(body, "markdown")
    delimiter = f"end-{sha256(body.encode()).hexdigest()}"
    return f"title={escape_terminal(title)}\nbody<<{delimiter}\n{body}{delimiter}\n"
