"""What an added or removed item promises or pays, as the end of its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from charterbook.compare.figure_sentences import dated
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change, Data


def with_terms(sentence: str, change: Change, formatter: ValueFormatter) -> str:
    """The sentence of an added or removed item with its target, amount, response time or number of promises."""
    terms = _TERMS.get(change.path[-2])
    words = terms(change.new or change.old, change, formatter) if terms else None
    return f"{sentence}, {words}" if words else sentence


def _target(metric: Data, change: Change, formatter: ValueFormatter) -> str | None:
    if "target" not in metric:
        return None
    target = replace(change, path=(*change.path, "target"))
    shown = formatter.figure(target, metric["target"], before=change.kind == "removed")
    figure = dated(shown, metric["target"], target, formatter)
    return formatter.t.gettext("target %(figure)s") % {"figure": figure}


def _money(source: Data, change: Change, formatter: ValueFormatter) -> str | None:
    words = []
    if "amount" in source:
        path, is_old = (*change.path, "amount"), change.kind == "removed"
        amount = formatter.amount(path, source["amount"], before=is_old)
        words.append(f"{amount} ({source['period']})" if "period" in source else amount)
    if "share" in source:
        share = formatter.t.percent(source["share"])
        words.append(formatter.t.gettext("%(share)s of the budget") % {"share": share})
    return formatter.t.enumeration(words) if words else None


def _response(priority: Data, _: Change, formatter: ValueFormatter) -> str | None:
    if "within" not in priority:
        return None
    words = {"within": formatter.t.duration(priority["within"], priority["unit"])}
    return formatter.t.gettext("first response within %(within)s") % words


def _promises(service: Data, _: Change, formatter: ValueFormatter) -> str | None:
    count = len(service["service_levels"])
    if not count or service["status"] == "retired":
        return None
    message = formatter.t.ngettext("with %(n)s promise", "with %(n)s promises", count)
    return message % {"n": formatter.t.number(count)}


_TERMS: dict[str, Callable[[Data, Change, ValueFormatter], str | None]] = {
    "metrics": _target,
    "sources": _money,
    "priorities": _response,
    "services": _promises,
}
