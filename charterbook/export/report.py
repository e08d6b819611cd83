"""A report on a proposed change as text, Markdown or JSON. Nothing of a charter is markup in it.

The Markdown is for a comment on a pull request: it never grows beyond a limit, and says where the rest is.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from charterbook.compare import SEVERITIES, Comparison, Segment, Statement, section_title
from charterbook.export.changes import signed, wrapped
from charterbook.export.changes_json import document, dumped
from charterbook.export.changes_markdown import escaped, marked
from charterbook.export.changes_words import ChangeWords, shortened
from charterbook.report import Asked, Report, Touched
from charterbook.words import Words, words

#: GitHub takes 65,536 characters in a comment; the rest is room for what a workflow adds. Bitbucket takes 32,768.
LIMIT = 60_000

#: How long one line may be, in characters: a changed text is cut around its changes, and then here.
_LONGEST = 1_200

#: The format of the JSON document.
SCHEMA = 1

Format = Literal["text", "markdown", "json"]


def render(
    report: Report,
    format: Format = "text",  # noqa: A002
    *,
    preview: str | None = None,
    limit: int = LIMIT,
) -> str:
    """A report in one of the formats, each line ended.

    `preview` is the address of a handbook built from the newer charter, which ends in / where pages below it
    can be opened; `limit` is how many characters the Markdown may have.
    """
    if format == "json":
        return _json(report, preview)
    page = f"{preview}draft/changes/" if preview and preview.endswith("/") else preview
    parts = list(_parts(report, page))
    return _markdown(parts, report, limit) if format == "markdown" else _text(parts)


@dataclass(frozen=True)
class _Part:
    """A line of a report. `handles` are written so that the forge calls these accounts."""

    kind: Literal["title", "heading", "line", "item", "words", "link"]
    text: str = ""
    handles: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    statement: Statement | None = None


def _parts(report: Report, page: str | None) -> Iterator[_Part]:
    own = words(report.language)
    if report.comparison is None:
        yield _Part("title", own.gettext("What would change from %(old)s to %(new)s") % _sides(report))
        yield _Part("line", own.gettext("The two cannot be compared: the newer charter cannot be read."))
        yield from _problems(report, own)
        return
    said = ChangeWords(report.comparison)
    yield _Part("title", said.title)
    yield _Part("line", said.count)
    if page is not None:
        yield _Part("link", page)
    if report.comparison.change_note:
        yield _Part("line", f"{said.note}: {report.comparison.change_note}")
    if report.comparison.important:
        yield _Part("heading", said.important)
        yield from (_Part("item", statement.sentence) for statement in report.comparison.important)
    yield from _people(report, own)
    yield from _refused(report, own)
    yield from _problems(report, own)
    yield from _changes(report.comparison, said)
    if report.comparison.likely:
        yield _Part("heading", said.guesses)
        yield from (_Part("item", said.guess(likely)) for likely in report.comparison.likely)


def _sides(report: Report) -> dict[str, str]:
    return {"old": report.names[0], "new": report.names[1]}


def _people(report: Report, own: Words) -> Iterator[_Part]:
    if report.signers:
        yield _Part("heading", own.gettext("Who has to agree"))
        yield from (_asked(role, own) for role in report.signers)
    if report.reviewers:
        yield _Part("heading", own.gettext("Whom to ask for a review"))
        yield from (_asked(role, own) for role in report.reviewers)
    if report.unowned:
        said = own.gettext("Nobody is named for the rest: %(about)s. The setting `owners` names roles.")
        yield _Part("line", said % {"about": _about(report.unowned, own)})
    if report.touched:
        yield _Part("heading", own.gettext("Whom it touches"))
        yield from (_Part("item", _touched(audience, own)) for audience in report.touched)


def _asked(role: Asked, own: Words) -> _Part:
    about = _about(role.statements, own)
    if role.stands_in_for:
        said = own.gettext("%(role)s, while %(vacant)s is vacant: %(about)s")
        text = said % {"role": role.label, "vacant": role.stands_in_for, "about": about}
    else:
        text = own.gettext("%(role)s: %(about)s") % {"role": role.label, "about": about}
    return _Part("item", text, handles=role.handles)


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


def _problems(report: Report, own: Words) -> Iterator[_Part]:
    if report.problems:
        yield _Part("heading", own.gettext("Problems that this change adds"))
        yield from (_Part("item", f"{report.file}:{problem}") for problem in report.problems)


def _refused(report: Report, own: Words) -> Iterator[_Part]:
    if report.refused:
        yield _Part("heading", own.gettext("Proposals that cannot be applied"))
        yield from (_Part("item", f"{file}:{problem}") for file, problem in report.refused)


def _changes(comparison: Comparison, said: ChangeWords) -> Iterator[_Part]:
    for severity in SEVERITIES:
        found = [statement for statement in comparison.statements if statement.severity == severity]
        if found:
            yield _Part("heading", f"{said.severity(severity).capitalize()} ({len(found)})")
        for statement in found:
            yield _Part("item", statement.sentence, statement=statement)
            if statement.segments:
                yield _Part("words", segments=statement.segments, statement=statement)


def _text(parts: Sequence[_Part]) -> str:
    lines: list[str] = []
    for before, part in pairwise([_Part("title"), *parts]):
        if part.kind == "heading" or (part.kind, before.kind) == ("line", "item"):
            lines.append("")
        lines += _text_lines(part)
    return "".join(f"{line}\n" for line in lines)


def _text_lines(part: _Part) -> list[str]:
    if part.kind == "words":
        return wrapped(signed(part.segments), "      ")
    called = f" [{', '.join(part.handles)}]" if part.handles else ""
    return wrapped(part.text + called, "  " if part.kind == "item" else "")


def _markdown(parts: Sequence[_Part], report: Report, limit: int) -> str:
    """The parts as long as they fit, and then how many changes do not."""
    shown: list[str] = []
    room = limit - len(_rest(report, len(parts)))
    for index, part in enumerate(parts):
        piece = _piece(part, report)
        if len(piece) > room:
            left = {id(later.statement) for later in parts[index:] if later.statement}
            return "".join([*shown, _rest(report, len(left))])
        shown.append(piece)
        room -= len(piece)
    return "".join(shown)


def _piece(part: _Part, report: Report) -> str:
    if part.kind == "link":
        preview = words(report.language).gettext("See it in a preview of the handbook")
        return f"\n[{escaped(preview)}](<{part.text}>)\n"
    if part.kind == "words":
        return f"\n  > {marked(_cut_segments(part.segments))}\n\n"
    called = "".join(f" @{handle.removeprefix('@')}" for handle in part.handles)
    before = {"title": "## ", "heading": "\n### ", "line": "\n", "item": "- "}[part.kind]
    after = "\n\n" if part.kind == "heading" else "\n"
    return f"{before}{escaped(_cut(part.text))}{called}{after}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _cut_segments(segments: Sequence[Segment]) -> list[Segment]:
    """The segments up to the longest that a line may be."""
    found, room = [], _LONGEST
    for segment in shortened(segments):
        if room > 0:
            text = segment.text if len(segment.text) <= room else segment.text[:room] + "…"
            found.append(Segment(segment.kind, text))
        room -= len(segment.text)
    return found


def _rest(report: Report, count: int) -> str:
    """What stands at the end of a report that was cut."""
    own = words(report.language)
    said = own.ngettext(
        "%(n)s more change is not shown here, for want of room.",
        "%(n)s more changes are not shown here, for want of room.",
        count,
    ) % {"n": own.number(count)}
    command = shlex.join(["charterbook", "report", *report.asked])
    return f"\n**{escaped(said)}** {escaped(own.gettext('All of them are shown by:'))} {escaped(command)}\n"


def _json(report: Report, preview: str | None) -> str:
    return dumped(
        {
            "schema": SCHEMA,
            "old": report.names[0],
            "new": report.names[1],
            "language": report.language,
            "preview": preview,
            "changes": document(report.comparison) if report.comparison else None,
            "touched": [_audience(audience) for audience in report.touched],
            "signers": [_role(role) for role in report.signers],
            "reviewers": [_role(role) for role in report.reviewers],
            "unowned": _fingerprints(report.unowned),
            "problems": [asdict(problem) for problem in report.problems],
            "refused": [{"file": file} | asdict(problem) for file, problem in report.refused],
        }
    )


def _audience(audience: Touched) -> dict[str, Any]:
    return {"id": audience.id, "label": audience.label, "changes": _fingerprints(audience.statements)}


def _role(role: Asked) -> dict[str, Any]:
    return {
        "role": role.role,
        "label": role.label,
        "handles": list(role.handles),
        "stands_in_for": role.stands_in_for,
        "changes": _fingerprints(role.statements),
    }


def _fingerprints(statements: Sequence[Statement]) -> list[str]:
    return [statement.fingerprint for statement in statements]
