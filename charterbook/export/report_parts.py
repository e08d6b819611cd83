"""The parts of a report, in the order in which they are read, in its language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from charterbook.compare import SEVERITIES, Comparison, Segment, Statement, section_title
from charterbook.export.changes_words import ChangeWords
from charterbook.i18n import Words, words
from charterbook.report import Asked, Contents, Report, Touched

#: What is shown first where not all of it has room: the lower, the sooner.
HEAD, SIGNERS, COMMITMENTS, AROUND, OTHERS, GUESSES = range(6)


@dataclass(frozen=True)
class Part:
    """A line of a report. `handles` are written so that the forge calls these accounts.

    `segments` are the words of a changed text below the line; `statement` is the change that it tells.
    """

    kind: Literal["title", "heading", "line", "item", "link"]
    text: str = ""
    rank: int = HEAD
    handles: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    statement: Statement | None = None


def parts_of(report: Report, page: str | None) -> Iterator[Part]:
    """All parts; `page` is the address of the changes in a preview of the handbook."""
    own = words(report.language)
    if report.contents is not None:
        yield from _first(report, report.contents, page, own)
        return
    if report.comparison is None:
        yield Part("title", own.gettext("What would change from %(old)s to %(new)s") % _sides(report))
        yield Part("line", own.gettext("The two cannot be compared: the newer charter cannot be read."))
        yield from _problems(report, own)
        return
    said = ChangeWords(report.comparison)
    yield Part("title", said.title)
    yield Part("line", said.count)
    if page is not None:
        yield Part("link", page)
    if report.comparison.change_note:
        yield Part("line", f"{said.note}: {report.comparison.change_note}", AROUND)
    if report.comparison.important:
        yield Part("heading", said.important)
        yield from (Part("item", statement.sentence, AROUND) for statement in report.comparison.important)
    yield from _people(report, own)
    yield from _refused(report, own)
    yield from _problems(report, own)
    yield from _changes(report.comparison, said)
    if report.comparison.likely:
        yield Part("heading", said.guesses)
        yield from (Part("item", said.guess(likely), GUESSES) for likely in report.comparison.likely)


def _first(report: Report, contents: Contents, page: str | None, own: Words) -> Iterator[Part]:
    """A charter that has no older one beside it."""
    yield Part(
        "title", own.gettext("What %(new)s says: there is no charter to compare it with") % _sides(report)
    )
    if contents.reason is None:
        yield Part(
            "line", own.gettext("%(old)s has no charter yet, so all of this one is new.") % _sides(report)
        )
    else:
        said = own.gettext("The charter of %(old)s cannot be read, so nothing is compared: %(reason)s")
        yield Part("line", said % (_sides(report) | {"reason": contents.reason}))
    if page is not None:
        yield Part("link", page)
    yield Part("heading", own.gettext("Who has to agree"))
    yield from (_asked(role, SIGNERS, own) for role in report.signers)
    if not report.signers:
        yield Part("line", own.gettext("Nobody is named. The setting `signers` names roles."), SIGNERS)
    yield from _refused(report, own)
    yield from _problems(report, own)
    yield Part("heading", own.gettext("What is in it"))
    for section, names in contents.items:
        title = f"{section_title(section, own)} ({own.number(len(names))})"
        yield Part("item", f"{title}: {', '.join(names)}", OTHERS)


def _sides(report: Report) -> dict[str, str]:
    return {"old": report.names[0], "new": report.names[1]}


def _people(report: Report, own: Words) -> Iterator[Part]:
    if report.signers:
        yield Part("heading", own.gettext("Who has to agree"))
        yield from (_asked(role, SIGNERS, own) for role in report.signers)
    if report.reviewers:
        yield Part("heading", own.gettext("Whom to ask for a review"))
        yield from (_asked(role, AROUND, own) for role in report.reviewers)
    if report.unowned:
        said = own.gettext("Nobody is named for the rest: %(about)s. The setting `owners` names roles.")
        yield Part("line", said % {"about": _about(report.unowned, own)}, AROUND)
    if report.touched:
        yield Part("heading", own.gettext("Whom it touches"))
        yield from (Part("item", _touched(audience, own), AROUND) for audience in report.touched)


def _asked(role: Asked, rank: int, own: Words) -> Part:
    about = _about(role.statements, own) if role.statements else own.gettext("the whole charter")
    if role.stands_in_for:
        said = own.gettext("%(role)s, while %(vacant)s is vacant: %(about)s")
        text = said % {"role": role.label, "vacant": role.stands_in_for, "about": about}
    else:
        text = own.gettext("%(role)s: %(about)s") % {"role": role.label, "about": about}
    return Part("item", text, rank, handles=role.handles)


def _about(statements: Sequence[Statement], own: Words) -> str:
    """How many changes, and under which titles."""
    titles = dict.fromkeys(section_title(statement.section, own) for statement in statements)
    count = own.ngettext("%(n)s change", "%(n)s changes", len(statements)) % {
        "n": own.number(len(statements))
    }
    return f"{count} ({', '.join(titles)})"


def _touched(audience: Touched, own: Words) -> str:
    count, grave = (
        len(audience.statements),
        sum(statement.severity == "commitment" for statement in audience.statements),
    )
    said = own.ngettext(
        "%(name)s: %(n)s change, of commitments %(grave)s",
        "%(name)s: %(n)s changes, of commitments %(grave)s",
        count,
    )
    return said % {"name": audience.label, "n": own.number(count), "grave": own.number(grave)}


def _problems(report: Report, own: Words) -> Iterator[Part]:
    if report.problems:
        yield Part("heading", own.gettext("Problems that this change adds"))
        yield from (Part("item", f"{report.file}:{problem}", AROUND) for problem in report.problems)


def _refused(report: Report, own: Words) -> Iterator[Part]:
    if report.refused:
        yield Part("heading", own.gettext("Proposals that cannot be applied"))
        yield from (Part("item", f"{file}:{problem}", AROUND) for file, problem in report.refused)


def _changes(comparison: Comparison, said: ChangeWords) -> Iterator[Part]:
    for severity in SEVERITIES:
        found = [statement for statement in comparison.statements if statement.severity == severity]
        groups = said.groups(found)
        if groups:
            yield Part("heading", f"{said.severity(severity).capitalize()} ({len(groups)})")
        rank = COMMITMENTS if severity == "commitment" else OTHERS
        for group in groups:
            if group.title is not None:
                yield Part("line", f"{group.title}:", rank)
            for statement in group.statements:
                yield Part("item", statement.sentence, rank, segments=_words(statement), statement=statement)


def _words(statement: Statement) -> tuple[Segment, ...]:
    """The words of a changed text, or those of what came or went: its sentence does not have them."""
    if statement.kind == "added" and statement.after:
        return (Segment("ins", statement.after),)
    if statement.kind == "removed" and statement.before:
        return (Segment("del", statement.before),)
    return statement.segments
