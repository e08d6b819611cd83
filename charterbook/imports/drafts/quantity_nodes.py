"""Nodes for values with a unit: figures of metrics, amounts of money, and times of promises."""

from __future__ import annotations

from charterbook.i18n import Translator
from charterbook.imports.documents.blocks import Phrase
from charterbook.imports.drafts.draft_nodes import DraftNode, comment_of
from charterbook.imports.drafts.found_parts import FoundItem, FoundParts, UnclearMoney
from charterbook.imports.drafts.value_reading import Quantity, as_number, choice, duration, quantity

_UNITS = ("percent", "months", "weeks", "days", "hours", "minutes", "count")
_LONGEST = 200


def figure_nodes(key: str, phrase: Phrase, made: dict[str, DraftNode], words: Translator) -> bool:
    """Add a figure of a metric and its unit, or the unit itself. Returns whether it could be read."""
    where = comment_of([phrase], words, is_quoted=True)
    if key == "unit":
        return _unit(phrase, made, words)
    found = quantity(phrase.text)
    if found is None or not _fits(found, made):
        return False
    figure = {"value": DraftNode(as_number(found.value), where)}
    if found.day:
        figure["date"] = DraftNode(found.day, where)
    made[key] = DraftNode(figure)
    if found.unit:
        made.setdefault("unit", DraftNode(found.unit, where))
    if found.currency:
        made.setdefault("currency", DraftNode(found.currency, where))
    return True


def _unit(phrase: Phrase, made: dict[str, DraftNode], words: Translator) -> bool:
    text = " ".join(phrase.text.split())
    known = choice("unit", text, _UNITS)
    unit = known or text
    if len(unit) > _LONGEST or ("unit" in made and made["unit"].value != unit):
        return False
    made["unit"] = DraftNode(unit, comment_of([phrase], words, is_quoted=known is not None and known != text))
    return True


def _fits(found: Quantity, made: dict[str, DraftNode]) -> bool:
    """Whether the metric's other figures have the same unit."""
    unit, currency = made.get("unit"), made.get("currency")
    return (not unit or not found.unit or unit.value == found.unit) and (
        not currency or not found.currency or currency.value == found.currency
    )


def money_nodes(phrase: Phrase, made: dict[str, DraftNode], found: FoundParts, words: Translator) -> bool:
    """Add an amount of money and its currency. Returns whether it could be read."""
    read = quantity(phrase.text)
    if read is None or read.unit not in ("", "currency") or read.value < 0 or read.day:
        return False
    where = comment_of([phrase], words, is_quoted=True)
    made["amount"] = DraftNode(as_number(read.value), where)
    if read.currency:
        made.setdefault("currency", DraftNode(read.currency, where))
    elif read.unit:
        found.unclear_money.append(UnclearMoney(phrase, read.currencies))
    return True


def time_nodes(item: FoundItem, phrase: Phrase, made: dict[str, DraftNode], words: Translator) -> bool:
    """Add the time of a promise. Returns whether it could be read."""
    read = duration(" ".join(phrase.text.split()))
    if read is None:
        return False
    where = comment_of([phrase], words, is_quoted=True)
    time = {"within": DraftNode(as_number(read[0]), where), "unit": DraftNode(read[1], where)}
    if item.kind != "services":
        made |= time
    elif item.name is None or len(item.name.text) > _LONGEST:
        return False
    else:
        request = DraftNode(" ".join(item.name.text.split()), comment_of([item.name], words))
        made["service_levels"] = DraftNode([DraftNode({"request": request, **time})])
    return True
