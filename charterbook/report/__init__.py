"""The report on a proposed change, for its reviewers.

`report` is the public API: it compares the charter at the merge base with the proposed charter, or the present charter
with the merged one if the base has changed since.

- `review_report`: a report, as data
- `state_after_merge`: the charter after a merge into a base that has changed
- `proposed_sign_offs`: the state to which each signer has agreed
- `pending_proposals`: the proposals that come with a change
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from charterbook.charter import Charter, all_items
from charterbook.check import check, complete_history, context_from_settings, readable_charters
from charterbook.compare import Severity, Statement, compare
from charterbook.errors import MissingCharterError
from charterbook.frozen_dataclass import dataclass
from charterbook.history import History
from charterbook.history.charter_source import CharterSource
from charterbook.history.resolve_charter import CharterResolver
from charterbook.load import load
from charterbook.load.language import language_of
from charterbook.mkdocs_yml import settings_file
from charterbook.pages import DocsPage, read_docs
from charterbook.problems import Problem
from charterbook.report.pending_proposals import with_proposals
from charterbook.report.proposed_sign_offs import sign_offs_of
from charterbook.report.review_report import AffectedAudience, NewContents, OutdatedBase, Report
from charterbook.report.state_after_merge import after_merge
from charterbook.rule_context import RuleContext
from charterbook.setting_names import check_setting_names, unknown_names
from charterbook.settings import Settings, read_settings
from charterbook.signing import ConsultedRole, Owners


def report(folder: Path, base: str, head: str | None = None, names: CharterResolver | None = None) -> Report:
    """The effect of the changes in `head` (the draft, or else the newest version) since it left `base`.

    Both are names for `charterbook.history.resolve_charter`, resolved by `names` if given. For two commits, the
    older side is the merge base; if `base` has changed since, `base` is compared with the merge of both. Proposals that
    came with `head` count as applied. For an invalid newer charter, the report has its problems and no comparison.
    Without a valid older charter, it lists the contents of the newer one. Raises CharterbookError for an unknown name,
    and for settings that name nothing.
    """
    names = names or CharterResolver(folder, read_settings(folder))
    settings = names.settings
    head = head or names.newest
    if settings.for_group:
        return _for_group(names, base, head)
    older, after, outdated = _sources(names, base, head)
    after, refused = with_proposals(folder, names, base, head, after)
    new = load(after.data).charter
    _check_names(folder, settings, [charter for charter in (older.charter, new) if charter], names)
    docs = read_docs(folder / settings.docs) if settings_file(folder) else ()
    around = context_from_settings(settings, lambda: _past(names.history, older.charter))
    added = added_problems(older.data, after.data, around, docs)
    found = Report((older.name, after.name), language_of(after.data), settings.charter, problems=added)
    if new is not None:
        found = (
            _compared(found, older.charter, new, names)
            if older.charter
            else _first(found, older, new, settings)
        )
        signs = sign_offs_of(names, base, head, older.charter, new)
        found = replace(found, sign_offs=signs, currency=new.funding.currency)
    return replace(found, refused=refused, requested=(base, head), outdated=outdated)


def _for_group(names: CharterResolver, base: str, head: str) -> Report:
    """The changes for a group of readers, without reviewers and without problems for authors."""
    old, new = (names.find(name).charter for name in (base, head))
    found = _compared(Report((base, head), new.language, names.settings.charter), old, new, names)
    signs = sign_offs_of(names, base, head, old, new)
    currency = new.funding.currency
    return replace(
        found, reviewers=(), unowned=(), sign_offs=signs, currency=currency, requested=(base, head)
    )


@dataclass(frozen=True)
class _Baseline:
    """The older charter, None if there is no valid one; `reason` is its first error."""

    name: str
    data: bytes = b""
    charter: Charter | None = None
    reason: str | None = None


def _sources(
    names: CharterResolver, base: str, head: str
) -> tuple[_Baseline, CharterSource, OutdatedBase | None]:
    """The older charter, and the newer one unparsed. Raises CharterbookError for an unknown name."""
    try:
        began = names.merge_base(base, head)
    except MissingCharterError:
        return _Baseline(base), names.source(head), None
    compared = after_merge(names, base, began, names.source(head))
    source = compared.older
    loaded = load(source.data)
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    reason = f"{source.where}:{errors[0]}" if errors else None
    return (
        _Baseline(source.name, source.data, loaded.charter, reason),
        compared.newer,
        compared.outdated,
    )


def _first(report: Report, older: _Baseline, new: Charter, settings: Settings) -> Report:
    """The report on a charter without an older one, all of which needs agreement."""
    labels: dict[str, list[str]] = {}
    for kind, item in all_items(new):
        labels.setdefault(kind, []).append(item.label)
    contents = NewContents(tuple((kind, tuple(names)) for kind, names in labels.items()), older.reason)
    return replace(report, contents=contents, signers=Owners(None, new, settings).signers_of_all())


def _check_names(
    folder: Path, settings: Settings, charters: Sequence[Charter], names: CharterResolver
) -> None:
    """Refuse settings that name an unknown role or item. Raises SettingsError."""
    if charters:
        found = unknown_names(settings, charters, lambda: complete_history(names.history))
        check_setting_names(found, settings.file or folder)


def _compared(report: Report, old: Charter, new: Charter, names: CharterResolver) -> Report:
    settings = names.settings
    severity = cast("dict[str, Severity]", dict(settings.severity))
    found = compare(old, new, report.names, severity=severity)
    comparison = replace(found, reasons=names.reasons(*report.names))
    owners = Owners(old, new, settings)
    return replace(
        report,
        language=comparison.language,
        comparison=comparison,
        touched=touched(comparison.statements, old, new),
        reviewers=owners.reviewers(comparison.statements),
        signers=owners.signers(comparison.statements),
        unowned=owners.unowned(comparison.statements),
    )


def touched(statements: Sequence[Statement], old: Charter, new: Charter) -> list[AffectedAudience]:
    """The audiences that the changes affect, in the order of the charter."""
    labels = {audience.id: audience.label for charter in (old, new) for audience in charter.audiences}
    return [
        AffectedAudience(
            name, label, tuple(statement for statement in statements if name in statement.audiences)
        )
        for name, label in labels.items()
        if any(name in statement.audiences for statement in statements)
    ]


def _past(history: History, old: Charter | None) -> Sequence[Charter] | None:
    """The published charters up to the older one; None if it was never published."""
    published = readable_charters(history)
    ends = [end for end, charter in enumerate(published, 1) if charter == old]
    return published[: ends[-1]] if ends else None


def added_problems(
    before: bytes, after: bytes, around: RuleContext, docs: Sequence[DocsPage] = ()
) -> list[Problem]:
    """The problems of the newer charter that the older one does not have at any place."""
    known = (
        Counter((problem.rule, problem.text) for problem in check(before, docs, around))
        if before
        else Counter()
    )
    found = []
    for problem in check(after, docs, around):
        key = (problem.rule, problem.text)
        if known[key]:
            known[key] -= 1
        else:
            found.append(problem)
    return found


__all__ = ["AffectedAudience", "ConsultedRole", "NewContents", "OutdatedBase", "Report", "report"]
