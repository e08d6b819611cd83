"""What a proposed change does to the agreement, for those who review it.

`report` is the door: it compares what the charter was where a change began with what it would be.

- `model`: a report, as data; `owners`: who is to be asked, and who has to agree
- `waiting`: the proposals that come with a change
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from charterbook.charter import Charter
from charterbook.check import Around, around_settings, check, past_of
from charterbook.compare import Severity, Statement, compare
from charterbook.history import History
from charterbook.history.named import Names, Source, charter_in
from charterbook.load import load
from charterbook.load.language import language_of
from charterbook.pages import DocsPage, read_docs
from charterbook.problems import Problem
from charterbook.report.model import Asked, Report, Touched
from charterbook.report.owners import Owners
from charterbook.report.waiting import with_proposals
from charterbook.settings import Settings, read_settings, settings_file
from charterbook.versions import DRAFT, LATEST


def report(folder: Path, base: str, head: str | None = None, names: Names | None = None) -> Report:
    """What `head` (the draft, or else the latest version) changes since it left the line of `base`.

    Both are names as `charterbook.history.named` knows them, looked up in `names` if given; of two commits the
    older side is the merge base. Proposals that came with `head` count as applied. A newer charter that cannot be
    read is reported by its problems, and nothing is compared. Raises CharterbookError where a name means nothing, or where the older
    charter cannot be read.
    """
    names = names or Names(folder, read_settings(folder))
    settings = names.settings
    head = head or (DRAFT if names.has_draft else LATEST)
    before, after = names.merge_base(base, head), names.source(head)
    old = charter_in(before)
    after, refused = with_proposals(folder, names, base, head, after)
    docs = read_docs(folder / settings.docs) if settings_file(folder) else ()
    around = around_settings(settings, lambda: _past(names.history, old))
    added = added_problems(before.data, after.data, around, docs)
    new = load(after.data).charter
    if new is None:
        found = Report((before.name, after.name), language_of(after.data), settings.charter, problems=added)
    else:
        found = _compared(before, after, (old, new), settings, added)
    return replace(found, refused=refused, asked=(base, head))


def _compared(
    before: Source, after: Source, charters: tuple[Charter, Charter], settings: Settings, added: list[Problem]
) -> Report:
    old, new = charters
    names = (before.name, after.name)
    severity = cast("dict[str, Severity]", dict(settings.severity))
    found = compare(old, new, names, severity=severity)
    owners = Owners(old, new, settings)
    return Report(
        names=names,
        language=found.language,
        file=settings.charter,
        comparison=found,
        touched=touched(found.statements, old, new),
        reviewers=owners.reviewers(found.statements),
        signers=owners.signers(found.statements),
        unowned=owners.unowned(found.statements),
        problems=added,
    )


def touched(statements: Sequence[Statement], old: Charter, new: Charter) -> list[Touched]:
    """The audiences that the changes touch, in the order of the charter."""
    labels = {audience.id: audience.label for charter in (old, new) for audience in charter.audiences}
    return [
        Touched(name, label, tuple(statement for statement in statements if name in statement.audiences))
        for name, label in labels.items()
        if any(name in statement.audiences for statement in statements)
    ]


def _past(history: History, old: Charter) -> Sequence[Charter] | None:
    """The published charters up to the older one; None where it was never published."""
    line = past_of(history)
    ends = [end for end, charter in enumerate(line, 1) if charter == old]
    return line[: ends[-1]] if ends else None


def added_problems(
    before: bytes, after: bytes, around: Around, docs: Sequence[DocsPage] = ()
) -> list[Problem]:
    """The problems of the newer charter that the older one did not have, wherever they stood there."""
    known = Counter((problem.rule, problem.text) for problem in check(before, docs, around))
    found = []
    for problem in check(after, docs, around):
        key = (problem.rule, problem.text)
        if known[key]:
            known[key] -= 1
        else:
            found.append(problem)
    return found


__all__ = ["Asked", "Report", "Touched", "report"]
