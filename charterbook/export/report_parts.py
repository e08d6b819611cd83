"""The parts of a report in reading order and in its language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from charterbook.compare import SEVERITIES, Comparison, Segment, Statement, section_title
from charterbook.export.changes_words import ChangeWords
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.report import AffectedAudience, ConsultedRole, NewContents, OutdatedBase, Report
from charterbook.signing.state_words import agreement_words, condition_words

#: Priority of lines if not all fit: lower ranks come first.
HEAD, SIGNERS, COMMITMENTS, AROUND, OTHERS, GUESSES = range(6)


@dataclass(frozen=True)
class ReportLine:
    """A line of a report. The forge notifies the accounts in `handles`.

    `segments` are the word diff of a changed text below the line; `statement` is its change.
    """

    kind: Literal["title", "heading", "line", "item", "link"]
    text: str = ""
    rank: int = HEAD
    handles: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    statement: Statement | None = None


def parts_of(report: Report, page: str | None) -> Iterator[ReportLine]:
    """All parts; `page` is the address of the changes in a preview of the handbook."""
    t = translator(report.language)
    if report.contents is not None:
        yield from _first(report, report.contents, page, t)
        return
    if report.comparison is None:
        yield ReportLine("title", t.gettext("What would change from %(old)s to %(new)s") % _sides(report))
        yield ReportLine("line", t.gettext("The two cannot be compared: the newer charter cannot be read."))
        yield from _problems(report, t)
        return
    words = ChangeWords(report.comparison)
    yield ReportLine("title", words.title)
    yield ReportLine("line", words.count)
    if report.outdated is not None:
        yield ReportLine("line", _outdated(report.outdated, t))
    if page is not None:
        yield ReportLine("link", page)
    yield from (ReportLine("line", f"{label}: {reason}", AROUND) for label, reason in words.reasons)
    if report.comparison.important:
        yield ReportLine("heading", words.important)
        yield from (
            ReportLine("item", statement.sentence, AROUND) for statement in report.comparison.important
        )
    yield from _people(report, t)
    yield from _sign_offs(report, t)
    yield from _refused(report, t)
    yield from _problems(report, t)
    yield from _changes(report.comparison, words)
    if report.comparison.likely:
        yield ReportLine("heading", words.guesses)
        yield from (ReportLine("item", words.guess(likely), GUESSES) for likely in report.comparison.likely)


def _first(report: Report, contents: NewContents, page: str | None, t: Translator) -> Iterator[ReportLine]:
    """The report on a charter without an older one."""
    yield ReportLine(
        "title", t.gettext("Contents of %(new)s: there is no charter to compare it with") % _sides(report)
    )
    if contents.reason is None:
        yield ReportLine(
            "line",
            t.gettext("%(old)s has no charter yet, so everything in this one is new.") % _sides(report),
        )
    else:
        message = t.gettext("The charter of %(old)s cannot be read, so there is no comparison: %(reason)s")
        yield ReportLine("line", message % (_sides(report) | {"reason": contents.reason}))
    if page is not None:
        yield ReportLine("link", page)
    yield ReportLine("heading", t.gettext("Who has to agree"))
    yield from (_role_line(role, SIGNERS, t) for role in report.signers)
    if not report.signers:
        yield ReportLine("line", t.gettext("No roles are set. Add them with the setting `signers`."), SIGNERS)
    yield from _refused(report, t)
    yield from _problems(report, t)
    yield ReportLine("heading", t.gettext("Contents"))
    for section, names in contents.items:
        title = f"{section_title(section, t)} ({t.number(len(names))})"
        yield ReportLine("item", f"{title}: {', '.join(names)}", OTHERS)


def _sides(report: Report) -> dict[str, str]:
    return {"old": report.names[0], "new": report.names[1]}


def _outdated(outdated: OutdatedBase, t: Translator) -> str:
    """What the report compares, since the base has changed."""
    words = {"base": outdated.base, "began": outdated.began}
    if outdated.is_merged:
        message = t.gettext(
            "%(base)s has changed since this proposal began: the comparison is with the state after the merge."
        )
        return message % words
    if outdated.problem is None:
        message = t.gettext(
            "%(base)s has changed since this proposal began, and the changes conflict: the comparison is with %(began)s."
        )
        return message % words
    message = t.gettext(
        "%(base)s has changed since this proposal began, and the charter would be invalid after the merge: %(problem)s. "
        "The comparison is with %(began)s."
    )
    return message % (words | {"problem": outdated.problem.text})


def _people(report: Report, t: Translator) -> Iterator[ReportLine]:
    if report.signers:
        yield ReportLine("heading", t.gettext("Who has to agree"))
        yield from (_role_line(role, SIGNERS, t) for role in report.signers)
    if report.reviewers:
        yield ReportLine("heading", t.gettext("Who should review"))
        yield from (_role_line(role, AROUND, t) for role in report.reviewers)
    if report.unowned:
        message = t.gettext(
            "No reviewers are set for the rest: %(about)s. Add roles with the setting `owners`."
        )
        yield ReportLine("line", message % {"about": _about(report.unowned, t)}, AROUND)
    if report.touched:
        yield ReportLine("heading", t.gettext("Who is affected"))
        yield from (ReportLine("item", _touched(audience, t), AROUND) for audience in report.touched)


def _sign_offs(report: Report, t: Translator) -> Iterator[ReportLine]:
    """The state to which each signer has agreed, and whether their condition is met."""
    if report.sign_offs:
        yield ReportLine("heading", t.gettext("Who has agreed to what"))
    for state in report.sign_offs:
        states = [agreement_words(state, None, t)]
        if state.condition:
            condition = condition_words(state.condition, report.currency, t)
            states.append(t.gettext("condition %(state)s") % {"state": condition})
        text = t.gettext("%(role)s: %(about)s") % {"role": state.label, "about": "; ".join(states)}
        yield ReportLine("item", text, AROUND)


def _role_line(role: ConsultedRole, rank: int, t: Translator) -> ReportLine:
    about = _about(role.statements, t) if role.statements else t.gettext("the whole charter")
    if role.stands_in_for:
        message = t.gettext("%(role)s, while %(vacant)s is vacant: %(about)s")
        text = message % {"role": role.label, "vacant": role.stands_in_for, "about": about}
    else:
        text = t.gettext("%(role)s: %(about)s") % {"role": role.label, "about": about}
    return ReportLine("item", text, rank, handles=role.handles)


def _about(statements: Sequence[Statement], t: Translator) -> str:
    """The number of changes, and their sections."""
    titles = dict.fromkeys(section_title(statement.section, t) for statement in statements)
    count = t.ngettext("%(n)s change", "%(n)s changes", len(statements)) % {"n": t.number(len(statements))}
    return f"{count} ({', '.join(titles)})"


def _touched(audience: AffectedAudience, t: Translator) -> str:
    count, commitments = (
        len(audience.statements),
        sum(statement.severity == "commitment" for statement in audience.statements),
    )
    message = t.ngettext(
        "%(name)s: %(n)s change (commitments: %(commitments)s)",
        "%(name)s: %(n)s changes (commitments: %(commitments)s)",
        count,
    )
    return message % {"name": audience.label, "n": t.number(count), "commitments": t.number(commitments)}


def _problems(report: Report, t: Translator) -> Iterator[ReportLine]:
    if report.problems:
        yield ReportLine("heading", t.gettext("New problems"))
        yield from (ReportLine("item", f"{report.file}:{problem}", AROUND) for problem in report.problems)


def _refused(report: Report, t: Translator) -> Iterator[ReportLine]:
    if report.refused:
        yield ReportLine("heading", t.gettext("Proposals that cannot be applied"))
        yield from (ReportLine("item", f"{file}:{problem}", AROUND) for file, problem in report.refused)


def _changes(comparison: Comparison, words: ChangeWords) -> Iterator[ReportLine]:
    for severity in SEVERITIES:
        found = [statement for statement in comparison.statements if statement.severity == severity]
        groups = words.groups(found)
        if groups:
            yield ReportLine("heading", f"{words.severity(severity).capitalize()} ({len(found)})")
        rank = COMMITMENTS if severity == "commitment" else OTHERS
        for group in groups:
            if group.title is not None:
                yield ReportLine("line", f"{group.title}:", rank)
            for statement in group.statements:
                yield ReportLine(
                    "item", statement.sentence, rank, segments=_words(statement), statement=statement
                )


def _words(statement: Statement) -> tuple[Segment, ...]:
    """The word diff of a changed text, or the description of an added or removed item: the sentence has neither."""
    if statement.kind == "added" and statement.after:
        return (Segment("ins", statement.after),)
    if statement.kind == "removed" and statement.before:
        return (Segment("del", statement.before),)
    return statement.segments
