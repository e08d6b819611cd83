"""All problems of a charter, sorted by place: from the loader, from the rules, and for its pages."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import cast

from charterbook import clock
from charterbook.charter import Charter
from charterbook.compare import Severity, compare
from charterbook.errors import CharterbookError, GitError
from charterbook.history import History, read_history
from charterbook.i18n import translator
from charterbook.load import MAX_BYTES, load
from charterbook.pages import DocsPage, page_problems, read_docs
from charterbook.problems import Problem
from charterbook.rules import (
    Levels,
    RuleInput,
    SignerChanges,
    UnmetCondition,
    UnsignedChanges,
    needed_inputs,
    problems,
)
from charterbook.setting_names import unknown_names
from charterbook.settings import Settings, handbook_of, read_settings, settings_file
from charterbook.signing import condition_state, sign_off_states
from charterbook.signing.state_words import condition_words
from charterbook.source_map import SourceMap
from charterbook.versions import FiscalYear, bounds, is_version_name, same_period

_APPROVALS = ("approved", "approved_with_condition")


def unknown_completeness() -> bool:
    """Whether all earlier charters are known, where nobody says so."""
    return False


def no_history() -> None:
    """The history for rules that need none, or for a charter without one."""
    return


@dataclass(frozen=True)
class RuleContext:
    """The context of the rules beside the charter. History is read only if an enabled rule needs it.

    `levels` are the severities of rules, `severity` the severities of changes, and `fiscal_year` the naming of years,
    as in mkdocs.yml. `past` returns earlier charters, oldest first, or None without a history; `is_complete` says
    whether they are all. `signing` are the settings that say who signs what.
    """

    levels: Levels = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    today: datetime.date = field(default_factory=clock.today)
    past: Callable[[], Sequence[Charter] | None] = no_history
    pinned: Callable[[], Sequence[tuple[str, bytes | None]]] = tuple
    fiscal_year: FiscalYear = field(default_factory=FiscalYear)
    is_complete: Callable[[], bool] = unknown_completeness
    signing: Settings = field(default_factory=Settings)

    def case(self, charter: Charter) -> RuleInput:
        """The input of the enabled rules for a charter."""
        needs = needed_inputs(self.levels)
        past = self.past() if needs & {"past", "signed"} else None
        signed = unsigned(past, charter, self.severity) if past is not None and "signed" in needs else None
        signers = self._signers(charter, past) if "signed" in needs else ()
        return RuleInput(
            charter,
            self.today,
            None if past is None else tuple(past),
            signed,
            signers,
            tuple(unmet_conditions(charter)),
        )

    def _signers(self, charter: Charter, past: Sequence[Charter] | None) -> tuple[SignerChanges, ...]:
        """What has changed for those who signed with a fingerprint. Without one, nothing is computed."""
        signs = charter.review.sign_offs if charter.review else []
        if not any(one.agreed for one in signs):
            return ()
        states = sign_off_states(charter, past, self.signing, is_complete=self.is_complete())
        return tuple(
            SignerChanges(
                one.index,
                one.label,
                tuple(statement.sentence for statement in one.differs),
                one.agreement == "unmatched",
            )
            for one in states
            if one.is_fingerprinted
        )


def unmet_conditions(charter: Charter) -> Iterator[UnmetCondition]:
    """The conditions of sign-offs that name a metric which has not reached its target."""
    t, roles = translator(charter.language), {role.id: role.name for role in charter.roles}
    for index, one in enumerate(charter.review.sign_offs if charter.review else ()):
        found = condition_state(charter, one)
        if found is not None and found.met is False:
            words = condition_words(found, charter.funding.currency, t)
            yield UnmetCondition(index, roles.get(one.role, one.role), words)


def unsigned(
    past: Sequence[Charter], charter: Charter, severity: Mapping[str, Severity] | None = None
) -> UnsignedChanges | None:
    """The commitments that changed since the last sign-off without a fingerprint; None before the first one.

    The signed state is the charter in which the latest approval was entered. People sign first and commit later, so
    the date of a sign-off does not identify its commit.
    """
    signs = charter.review.sign_offs if charter.review else []
    approved = [sign for sign in signs if sign.decision in _APPROVALS]
    if approved and all(sign.agreed for sign in approved):
        return None
    history = [*past, charter]
    approvals: list[Counter[object]] = [Counter(), *map(_approvals, history)]
    signed = [index for index in range(len(history)) if approvals[index + 1] - approvals[index]]
    if not signed:
        return None
    found = compare(history[signed[-1]], charter, severity=severity, between=history[signed[-1] + 1 : -1])
    changes = [
        statement.sentence
        for statement in found.statements
        if statement.severity == "commitment" and statement.path[:2] != ("review", "sign_offs")
    ]
    return UnsignedChanges(tuple(changes))


def _approvals(charter: Charter) -> Counter[object]:
    """The approvals of a charter without their roles, because a role may get another id."""
    signs = charter.review.sign_offs if charter.review else []
    return Counter((sign.decision, sign.date) for sign in signs if sign.decision in _APPROVALS)


def check(data: bytes, docs: Iterable[DocsPage] = (), context: RuleContext | None = None) -> list[Problem]:
    """The problems of a charter file, in a handbook with these pages.

    Pages are checked once every value has a valid type, rules once every reference resolves: a mistyped id must not
    cause further problems.
    """
    loaded = load(data)
    found = list(loaded.problems)
    if loaded.model is not None:
        context = context or RuleContext()
        found += page_problems(loaded.model, loaded.places, docs)
        found += _misdated(loaded.model, loaded.places, context, data)
        if not any(problem.rule.startswith("unknown-") for problem in loaded.problems):
            found += rule_problems(loaded.model, loaded.places, context)
    return sorted(found)


def _misdated(charter: Charter, places: SourceMap, around: RuleContext, data: bytes) -> Iterator[Problem]:
    """A problem if `effective` lies outside the period of the charter's own `version`."""
    tags = _tags_of(charter, around, data)
    suggested = charter.version if charter.version and is_version_name(charter.version) else None
    yield from (_mistagged(charter, places, tag) for tag in tags if suggested not in (tag, None))
    for version in tags or ([suggested] if suggested else []):
        yield from _outside(charter, places, version, around.fiscal_year)


def _tags_of(charter: Charter, around: RuleContext, data: bytes) -> list[str]:
    """The versions as which tags publish this file. They are read only where it names a version or a day."""
    if charter.version is None and charter.effective is None:
        return []
    try:
        pinned = around.pinned()
    except GitError:
        return []
    same = data.replace(b"\r\n", b"\n")
    return [name for name, file in pinned if file is not None and file.replace(b"\r\n", b"\n") == same]


def _mistagged(charter: Charter, places: SourceMap, tag: str) -> Problem:
    _ = translator(charter.language).gettext
    said = {"version": charter.version, "tag": tag}
    text = _("version: %(version)s differs from the tag that publishes this charter (%(tag)s)") % said
    fix = _("Write version: %(tag)s, or move the tag to another commit.") % said
    return Problem(*places.of(("version",)), "misdated-version", "warning", text, fix)


def _outside(charter: Charter, places: SourceMap, version: str, fiscal_year: FiscalYear) -> Iterator[Problem]:
    """Whether a charter's `effective` lies outside the period of a version."""
    effective = charter.effective
    if effective is None:
        return
    first, end = bounds(version, *fiscal_year)
    if first <= effective < end:
        return
    t = translator(charter.language)
    said = {"day": effective, "version": version, "days": t.days(first, end - datetime.timedelta(days=1))}
    text = t.gettext("effective: %(day)s is outside the period of version %(version)s (%(days)s)") % said
    fix = t.gettext("Write version: %(version)s, or a day in that period.")
    named = same_period(version, effective, *fiscal_year)
    yield Problem(*places.of(("effective",)), "misdated-version", "warning", text, fix % {"version": named})


def rule_problems(charter: Charter, places: SourceMap, context: RuleContext) -> list[Problem]:
    """The problems that rules find in a charter. If its history cannot be read, a problem says so."""
    try:
        case = context.case(charter)
    except GitError as error:
        case = RuleInput(charter, context.today)
        return [_no_past(case, error), *problems(case, places, context.levels)]
    return problems(case, places, context.levels)


def _no_past(case: RuleInput, error: GitError) -> Problem:
    _ = case.words.gettext
    reason = " ".join(str(error).split())
    text = _("the history of this charter cannot be read: %(reason)s") % {"reason": reason}
    fix = _("Rules that need earlier charters were skipped.")
    return Problem(1, 1, "unread-history", "hint", text, fix)


def check_file(path: Path, handbook: Path | None = None, settings: Settings | None = None) -> list[Problem]:
    """The problems of the charter at this path, in the handbook in this folder, with these settings.

    Settings default to those of the handbook's mkdocs.yml, and the folder to that of the handbook that contains the
    charter, if any. Raises CharterbookError if the charter or a part of the handbook cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CharterbookError(f"{path}: cannot be read: {reason}") from error
    folder = handbook or handbook_of(path)
    if folder is None or (settings_file(folder) is None and settings is None):
        return check(data)
    settings = settings or read_settings(folder)
    return check(data, _docs(folder, settings), rule_context(path, folder, settings))


def setting_problems(
    path: Path, handbook: Path | None = None, settings: Settings | None = None
) -> list[tuple[str, Problem]]:
    """The settings that name an unknown item or role of the charter at this path, each with its file.

    Empty for an unreadable charter, and for one that is not the handbook's own. Raises CharterbookError.
    """
    folder = handbook or handbook_of(path)
    if folder is None:
        return []
    settings = settings or read_settings(folder)
    if settings.file is None:
        return []
    charter = load(path.read_bytes()).charter if _is_own(path, folder, settings) else None
    if charter is None:
        return []
    found = unknown_names(settings, [charter], lambda: complete_past(_history(folder, settings)))
    return [unknown.problem(settings.file) for unknown in found]


def _history(folder: Path, settings: Settings) -> History | None:
    try:
        return read_history(folder, settings)
    except GitError:
        return None


def complete_past(history: History | None) -> Sequence[Charter] | None:
    """All published charters; None if the history is missing or incomplete."""
    return readable_charters(history) if history and history.path and not history.shallow else None


def _docs(folder: Path, settings: Settings) -> Iterator[DocsPage]:
    """The handbook's pages, read lazily."""
    yield from read_docs(folder / settings.docs)


def rule_context(charter: Path, folder: Path, settings: Settings) -> RuleContext:
    """The context of rules for a charter in a handbook; history only for the handbook's own charter."""
    if not _is_own(charter, folder, settings):
        return context_from_settings(settings, no_history)
    history = cache(lambda: read_history(folder, settings))
    return replace(
        context_from_settings(settings, lambda: readable_charters(history())),
        pinned=lambda: _pinned(history()),
        is_complete=lambda: history().is_complete,
    )


def _pinned(history: History) -> list[tuple[str, bytes | None]]:
    return [(version.name, version.data) for version in history.versions if version.pinned]


def _is_own(charter: Path, folder: Path, settings: Settings) -> bool:
    return (folder / settings.charter).resolve() == charter.resolve()


def context_from_settings(settings: Settings, past: Callable[[], Sequence[Charter] | None]) -> RuleContext:
    """The context of rules for these settings of mkdocs.yml."""
    severity = cast("dict[str, Severity]", dict(settings.severity))
    return RuleContext(
        cast(Levels, dict(settings.rules)),
        severity,
        fiscal_year=settings.fiscal_year,
        past=past,
        signing=settings,
    )


def readable_charters(history: History) -> list[Charter]:
    """The readable published charters of a history, oldest first."""
    return [charter for version in history.versions for charter in version.charters if charter is not None]
