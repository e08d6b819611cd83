"""The parts of a pre-read in reading order and in its language.

Texts of the charter are untrusted: escape them before output.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.compare import in_one_line
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import N_, Translator, translator
from charterbook.problems import full_sentence, sentence
from charterbook.review import (
    BrokenPromise,
    NeededDecision,
    OffTrackMetric,
    OpenAction,
    PreRead,
    RuleFinding,
    Signer,
)
from charterbook.review.pre_read_data import AgendaItem
from charterbook.signing.state_words import agreement_words, condition_words, signed_words

_TOPICS = {
    "actions": N_("Open actions"),
    "facts": N_("Promises and metrics"),
    "decisions": N_("Decisions"),
    "sign": N_("Sign-off, and the next review"),
}

_SEVERITIES = {"error": N_("Error"), "warning": N_("Warning"), "hint": N_("Hint")}


@dataclass(frozen=True)
class Entry:
    """An element of a list, with lines below it."""

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewTable:
    """A table: the titles of its columns, and its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReviewPart:
    """A part of a pre-read: its key and title, and its content. `note` describes it, or says that there is none."""

    key: str
    title: str
    note: str = ""
    entries: tuple[Entry, ...] = ()
    table: ReviewTable | None = None
    numbered: bool = False


def review_title(pre_read: PreRead) -> str:
    """The title of a pre-read."""
    t = translator(pre_read.language)
    return t.gettext("Review of %(version)s: %(title)s") % {
        "version": pre_read.version,
        "title": pre_read.title,
    }


def review_facts(pre_read: PreRead) -> Iterator[str]:
    """When, by whom and how long, each in one line."""
    t = translator(pre_read.language)
    if pre_read.day:
        yield t.gettext("Day of the review: %(day)s.") % {"day": t.date(pre_read.day)}
    elif not pre_read.is_partial:
        yield t.gettext("The charter does not say when its next review is.")
    if pre_read.body:
        yield t.gettext("Reviewed by: %(body)s.") % {"body": pre_read.body.rstrip(".")}
    if pre_read.participants:
        yield t.gettext("Participants: %(names)s.") % {"names": ", ".join(pre_read.participants)}
    yield t.gettext("As of %(day)s.") % {"day": t.date(pre_read.as_of)}


def review_parts(pre_read: PreRead) -> list[ReviewPart]:
    """All parts of a pre-read, open actions first.

    For a group, empty parts are omitted, because their content may be hidden.
    """
    t = translator(pre_read.language)
    parts = [
        _actions(pre_read.actions, t),
        _promises(pre_read.promises, t),
        _metrics(pre_read.metrics, t),
        _changes(pre_read.signers, t),
        *([] if pre_read.findings is None else [_health(pre_read.findings, t)]),
        _decisions(pre_read.decisions, t),
        _agenda(pre_read.agenda, t),
        _sheet(pre_read.signers, t),
    ]
    return [
        part for part in parts if not pre_read.is_partial or part.entries or (part.table and part.table.rows)
    ]


def _actions(actions: Sequence[OpenAction], t: Translator) -> ReviewPart:
    head = (t.gettext("Action"), t.gettext("Owner"), t.gettext("Due"), t.gettext("Follows from"))
    rows = tuple((one.action.what, one.owner or "–", _due(one, t), one.decision or "–") for one in actions)
    note = "" if rows else t.gettext("No action is open.")
    return ReviewPart(
        "actions", t.gettext("Open actions"), note, table=ReviewTable(head, rows) if rows else None
    )


def _due(action: OpenAction, t: Translator) -> str:
    if action.action.due is None:
        return "–"
    day = t.date(action.action.due)
    return t.gettext("%(day)s, overdue") % {"day": day} if action.is_overdue else day


def _promises(promises: Sequence[BrokenPromise], t: Translator) -> ReviewPart:
    entries = tuple(Entry(promise_words(one, t)) for one in promises)
    note = "" if entries else t.gettext("No promise is known to have been missed.")
    return ReviewPart("promises", t.gettext("Missed promises"), note, entries)


def promise_words(one: BrokenPromise, t: Translator) -> str:
    """The result of a promise, against its target, with the number of requests and the day on which they were counted."""
    assert one.level.target_share is not None
    words = {
        "service": one.service.name,
        "request": one.level.request,
        "within": t.duration(one.level.within, one.level.unit),
        "share": t.percent(one.kept.share),
        "target": t.percent(one.level.target_share),
    }
    text = t.gettext("%(service)s, %(request)s: promised %(target)s within %(within)s; %(share)s on time")
    facts = []
    if one.kept.requests is not None:
        count = t.ngettext("%(n)s request", "%(n)s requests", one.kept.requests)
        facts.append(count % {"n": t.number(one.kept.requests)})
    if one.kept.date is not None:
        facts.append(t.date(one.kept.date))
    return f"{text % words} ({', '.join(facts)})" if facts else text % words


def _metrics(metrics: Sequence[OffTrackMetric], t: Translator) -> ReviewPart:
    entries = tuple(Entry(metric_words(one, t)) for one in metrics)
    note = "" if entries else t.gettext("No metric is known to be off track.")
    return ReviewPart("metrics", t.gettext("Metrics off track"), note, entries)


def metric_words(one: OffTrackMetric, t: Translator) -> str:
    """A metric's value against its target, and against the value needed on that day."""
    metric = one.metric
    assert metric.actual is not None
    assert metric.target is not None

    def figure(value: float) -> str:
        return t.figure(value, metric.unit, one.currency)

    words = {
        "name": metric.name,
        "value": figure(metric.actual.value),
        "target": figure(metric.target.value),
    }
    if one.status.needed is None:
        return (
            t.gettext("%(name)s: %(value)s, target %(target)s; no better than in the previous version")
            % words
        )
    words["needed"] = figure(one.status.needed)
    return t.gettext("%(name)s: %(value)s, target %(target)s; needed by now: %(needed)s") % words


def _changes(signers: Sequence[Signer], t: Translator) -> ReviewPart:
    entries = signer_changes(signers, t)
    note = "" if entries else unchanged_words(signers, t)
    return ReviewPart("changes", t.gettext("Changes since each sign-off"), note, entries)


def signer_changes(signers: Sequence[Signer], t: Translator) -> tuple[Entry, ...]:
    """What has changed since each sign-off, and why; those for whom it is the same are named together."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in signers:
        if one.state is not None and one.state.agreement not in ("this", "pending"):
            reasons = (_reason_words(name, note, t) for name, note in one.reasons)
            changes = (*(change.sentence for change in one.state.differs), *reasons)
            found.setdefault((signer_words(one, t), changes), []).append(one.label)
    return tuple(Entry(f"{', '.join(labels)}: {said}", changes) for (said, changes), labels in found.items())


def _reason_words(version: str, reason: str, t: Translator) -> str:
    """The reason of a version in one line, with its name."""
    return f"{t.gettext('Why %(version)s') % {'version': version}}: {in_one_line(reason)}"


def unchanged_words(signers: Sequence[Signer], t: Translator) -> str:
    """The sentence for sign-offs without changes since then, or for a charter that nobody has signed."""
    if any(one.state is not None and one.state.agreement != "pending" for one in signers):
        return t.gettext("No commitments have changed since the sign-offs.")
    return t.gettext("The charter has no sign-offs.")


def signer_words(signer: Signer, t: Translator) -> str:
    """The state to which a role has agreed."""
    if signer.state is None:
        return t.gettext("has not signed off yet")
    said = agreement_words(signer.state, moment_words(signer, t), t)
    return signed_words(said, signer.signature, t)


def moment_words(signer: Signer, t: Translator) -> str | None:
    """The version and the day of the state that was signed."""
    if signer.moment is None:
        return None
    revision = signer.moment.revision
    return f"{signer.moment.version}, {t.date(revision.date.date())}" if revision else signer.moment.version


def _health(findings: Sequence[RuleFinding], t: Translator) -> ReviewPart:
    entries = tuple(Entry(_finding_words(one, t)) for one in findings)
    note = "" if entries else t.gettext("The rules found nothing to fix.")
    return ReviewPart("health", t.gettext("Health"), note, entries)


def _finding_words(one: RuleFinding, t: Translator) -> str:
    """A finding with its severity, and the name of the item in which it is."""
    severity, text = t.gettext(_SEVERITIES[one.severity]), full_sentence(one.text)
    return f"{severity}{f' ({one.label})' if one.label else ''}: {text} {one.advice}"


def _decisions(decisions: Sequence[NeededDecision], t: Translator) -> ReviewPart:
    entries = tuple(Entry(one.question, (one.detail,) if one.detail else ()) for one in decisions)
    note = "" if entries else t.gettext("No decision is needed.")
    return ReviewPart("decisions", t.gettext("Decisions that are needed"), note, entries, numbered=True)


def _agenda(agenda: Sequence[AgendaItem], t: Translator) -> ReviewPart:
    head = (t.gettext("Begins"), t.gettext("Ends"), t.gettext("Topic"))
    rows = tuple(
        (clock_time(one.start), clock_time(one.start + one.minutes), topic(one, t)) for one in agenda
    )
    note = t.gettext("Times are measured from the start of the meeting. Half of it is for decisions.")
    return ReviewPart("agenda", t.gettext("Agenda"), note, table=ReviewTable(head, rows))


def topic(item: AgendaItem, t: Translator) -> str:
    """The title of a part of the agenda."""
    return t.gettext(_TOPICS[item.part])


def clock_time(minutes: int) -> str:
    """Minutes since the beginning, as hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _sheet(signers: Sequence[Signer], t: Translator) -> ReviewPart:
    head = (
        t.gettext("Role"),
        t.gettext("State"),
        t.gettext("Condition"),
        t.gettext("Decision"),
        t.gettext("Date"),
    )
    rows = tuple((one.label, signer_words(one, t), condition(one, t), "", "") for one in signers)
    note = "" if rows else t.gettext("The charter names no signers.")
    return ReviewPart("sheet", t.gettext("To sign"), note, table=ReviewTable(head, rows) if rows else None)


def condition(signer: Signer, t: Translator) -> str:
    """The condition of a sign-off, and whether it is met."""
    state = signer.state
    if state is None or state.sign_off.condition is None:
        return "–"
    if state.condition is None:
        return state.sign_off.condition
    return f"{sentence(state.sign_off.condition)} ({condition_words(state.condition, signer.currency, t)})"
