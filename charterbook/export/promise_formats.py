"""How often promises were kept, as text, JSON, Markdown or JUnit XML.

Only counts and the charter's own words are written; from the log only places: file names, rows and columns.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any
from xml.sax.saxutils import quoteattr

from charterbook.export.changes_markdown import escaped
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import N_, Translator, translator
from charterbook.imports.log_content import LogRemark
from charterbook.problems import escape_terminal
from charterbook.promises.measure import Measured
from charterbook.promises.measure_log import LogFacts, PromiseFact

#: The columns of a table of promises.
_HEAD = (
    N_("Promise"),
    N_("Result"),
    N_("Median"),
    N_("90th percentile"),
    N_("Open and late"),
    N_("Open, not late yet"),
)

#: Number of decimal places of a time.
_PLACES = 100


@dataclass(frozen=True)
class PromiseReport:
    """The result for a day, in the language of the charter. `facts` are the facts of the requested periods."""

    facts: Sequence[PromiseFact]
    found: LogFacts
    remarks: Sequence[LogRemark]
    as_of: datetime.datetime
    language: str


def render(report: PromiseReport, format: str = "text") -> str:  # noqa: A002
    """The report in one of `FORMATS`, each line ended. Raises KeyError for an unknown format."""
    return FORMATS[format](report)


def remark_line(remark: LogRemark, language: str) -> str:
    """A remark about a log, in one line."""
    t = translator(language)
    more = t.ngettext("and %(n)s more", "and %(n)s more", remark.more) % {"n": t.number(remark.more)}
    said = remark.phrase.text(t)
    return escape_terminal(
        f"{remark.place}: {remark.level} {remark.rule}: {said}{f' ({more})' if remark.more else ''}"
    )


def _text(report: PromiseReport) -> str:
    t = translator(report.language)
    lines = []
    for period, facts, idle in _periods(report, t):
        lines += [period, *(f"  {_line(fact, t)}" for fact in facts), *(f"  {line}" for line in idle), ""]
    return "".join(f"{escape_terminal(line)}\n" for line in [*lines, *_rest(report, t)])


def _periods(report: PromiseReport, t: Translator) -> Iterator[tuple[str, list[PromiseFact], list[str]]]:
    """The heading of each period, the promises that had requests, and a line about the others, if there are any."""
    for period, group in groupby(report.facts, lambda fact: _heading(fact, t)):
        facts = list(group)
        busy = [fact for fact in facts if fact.measured.requests]
        idle = len(facts) - len(busy)
        said = t.ngettext("%(n)s promise had no requests.", "%(n)s promises had no requests.", idle)
        yield period, busy, [said % {"n": t.number(idle)}] * bool(idle)


def _heading(fact: PromiseFact, t: Translator) -> str:
    if fact.period == fact.version:
        return fact.period
    return t.gettext("%(period)s, by the charter of %(version)s") % {
        "period": fact.period,
        "version": fact.version,
    }


def _line(fact: PromiseFact, t: Translator) -> str:
    return f"{fact.service.name}: {fact.level.request}: {_promise(fact, t)}. {'; '.join(_measured_words(fact.measured, t))}"


def _promise(fact: PromiseFact, t: Translator) -> str:
    level = fact.level
    length = t.duration(level.within, level.unit)
    if level.target_share is None:
        return t.gettext("within %(length)s") % {"length": length}
    return t.gettext("within %(length)s for %(share)s") % {
        "length": length,
        "share": t.percent(level.target_share),
    }


def _measured_words(measured: Measured, t: Translator) -> Iterator[str]:
    """The verdict, the times, and the open requests."""
    yield _verdict(measured, t)
    if measured.median is not None and measured.ninetieth is not None:
        yield t.gettext("median %(median)s, 90th percentile %(ninetieth)s") % {
            "median": _length(measured.median, measured.unit, t),
            "ninetieth": _length(measured.ninetieth, measured.unit, t),
        }
    if measured.open_late:
        yield t.ngettext("%(n)s open and late", "%(n)s open and late", measured.open_late) % {
            "n": t.number(measured.open_late)
        }
    if measured.open:
        yield t.ngettext("%(n)s open, not late yet", "%(n)s open, not late yet", measured.open) % {
            "n": t.number(measured.open)
        }


def _verdict(measured: Measured, t: Translator) -> str:
    share = measured.rounded_share
    if share is None:
        return t.gettext("no requests to measure")
    said = {"share": t.percent(float(share)), "n": t.number(measured.decided)}
    if measured.target is None:
        text = t.ngettext(
            "%(share)s of %(n)s request on time", "%(share)s of %(n)s requests on time", measured.decided
        )
    elif measured.broken:
        text = t.ngettext(
            "MISSED: %(share)s of %(n)s request on time",
            "MISSED: %(share)s of %(n)s requests on time",
            measured.decided,
        )
    else:
        text = t.ngettext(
            "kept: %(share)s of %(n)s request on time",
            "kept: %(share)s of %(n)s requests on time",
            measured.decided,
        )
    return text % said


def _rounded(value: Fraction) -> float:
    """A time with two decimal places, rounded up, so that it never looks shorter than it was."""
    return float(Fraction(-(-value * _PLACES // 1), _PLACES))


def _length(value: Fraction, unit: str, t: Translator) -> str:
    return t.duration(_rounded(value), unit)


def _rest(report: PromiseReport, t: Translator) -> Iterator[str]:
    """The day, and the numbers of requests not counted."""
    found = report.found
    if not report.facts:
        yield t.gettext("No request was opened in these periods.")
    yield t.gettext("As of %(time)s.") % {"time": report.as_of.strftime("%Y-%m-%d %H:%M %Z")}
    counts = (
        (found.too_early, t.ngettext("%(n)s request from before the first version is not counted.", "%(n)s requests from before the first version are not counted.", found.too_early)),
        (found.too_late, t.ngettext("%(n)s request that was opened later is not counted.", "%(n)s requests that were opened later are not counted.", found.too_late)),
        (found.unpromised, t.ngettext("%(n)s request is not counted, because there was no promise for it then.", "%(n)s requests are not counted, because there was no promise for them then.", found.unpromised)),
        (found.ignored, t.ngettext("%(n)s request is ignored, as configured.", "%(n)s requests are ignored, as configured.", found.ignored)),
    )  # fmt: skip
    for count, text in counts:
        if count:
            yield text % {"n": t.number(count)}


def _markdown(report: PromiseReport) -> str:
    t = translator(report.language)
    lines = [f"# {escaped(t.gettext('Promises'))}", ""]
    head = list(map(t.gettext, _HEAD))
    for period, facts, idle in _periods(report, t):
        lines += [f"## {escaped(period)}", "", _row(head), _row(["---"] * len(head))]
        lines += [*(_row(list(map(escaped, _cells(fact, t)))) for fact in facts), ""]
        lines += [text for line in idle for text in (escaped(line), "")]
    for line in _rest(report, t):
        lines += [escaped(line), ""]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(fact: PromiseFact, t: Translator) -> Iterator[str]:
    measured = fact.measured
    yield f"{fact.service.name}: {fact.level.request}: {_promise(fact, t)}"
    yield _verdict(measured, t)
    for value in (measured.median, measured.ninetieth):
        yield "–" if value is None else _length(value, measured.unit, t)
    yield t.number(measured.open_late)
    yield t.number(measured.open)


def _json(report: PromiseReport) -> str:
    found, t = report.found, translator(report.language)
    document = {
        "as_of": report.as_of.isoformat(),
        "promises": list(map(_as_data, report.facts)),
        "not_counted": {
            "before_first_version": found.too_early,
            "opened_later": found.too_late,
            "not_promised": found.unpromised,
            "ignored": found.ignored,
        },
        "remarks": [
            {
                "place": escape_terminal(remark.place),
                "level": remark.level,
                "rule": remark.rule,
                "text": escape_terminal(remark.phrase.text(t)),
                "more": remark.more,
            }
            for remark in report.remarks
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _as_data(fact: PromiseFact) -> dict[str, Any]:
    measured, level = fact.measured, fact.level
    return {
        "period": escape_terminal(fact.period),
        "version": escape_terminal(fact.version),
        "service": fact.service.id,
        "request": escape_terminal(level.request),
        "within": level.within,
        "unit": level.unit,
        "target_share": level.target_share,
        "share": _number(measured.rounded_share),
        "broken": measured.broken,
        "requests": measured.requests,
        "decided": measured.decided,
        "kept": measured.kept,
        "late": measured.late,
        "open_late": measured.open_late,
        "open": measured.open,
        "median": None if measured.median is None else _rounded(measured.median),
        "ninetieth_percentile": None if measured.ninetieth is None else _rounded(measured.ninetieth),
        "time_unit": measured.unit,
    }


def _number(share: Fraction | None) -> float | None:
    if share is None:
        return None
    return int(share) if share.denominator == 1 else float(Decimal(share.numerator) / share.denominator)


def _junit(report: PromiseReport) -> str:
    t = translator(report.language)
    broken = sum(fact.measured.broken for fact in report.facts)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="promises" tests="{len(report.facts)}" failures="{broken}">',
    ]
    for period, group in groupby(report.facts, lambda fact: _heading(fact, t)):
        facts = list(group)
        broken = sum(fact.measured.broken for fact in facts)
        skipped = sum(fact.measured.share is None for fact in facts)
        counts = f'tests="{len(facts)}" failures="{broken}" skipped="{skipped}"'
        lines.append(f"  <testsuite name={_attribute(period)} {counts}>")
        lines += [line for fact in facts for line in _testcase(fact, t)]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _testcase(fact: PromiseFact, t: Translator) -> Iterator[str]:
    name = f"{fact.level.request}: {_promise(fact, t)}"
    said = _attribute("; ".join(_measured_words(fact.measured, t)))
    yield f"    <testcase classname={_attribute(f'{fact.period}.{fact.service.id}')} name={_attribute(name)}>"
    if fact.measured.share is None:
        yield f"      <skipped message={said}/>"
    elif fact.measured.broken:
        yield f'      <failure type="broken" message={said}/>'
    yield "    </testcase>"


def _attribute(text: str) -> str:
    """A text as an attribute, without the two characters that XML forbids and `escape_terminal` leaves."""
    return quoteattr(escape_terminal(text).replace("\ufffe", " ").replace("\uffff", " "))


FORMATS: Mapping[str, Callable[[PromiseReport], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "junit": _junit,
}
