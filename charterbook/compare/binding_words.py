"""Texts that promise something, and the words in them that bind: a change of these is a change of a commitment.

Numbers, dates, lengths of time and percentages bind, and so do words such as "not", "only" and "must", in every language of
the handbook. Whether the promise became weaker is for the reader to say: a text has no direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from charterbook.compare.severity import fits
from charterbook.compare.text_equality import tidy
from charterbook.diff import Change, Path

#: The texts that say what readers get, how to get it, or what defines it.
_PROMISES = (
    "mission.statement",
    "mission.principles",
    "services.*.summary",
    "services.*.for_buyer",
    "services.*.for_seller",
    "services.*.inspection",
    "intake.summary",
    "intake.routes.*.how",
    "intake.routes.*.use_for",
    "intake.priorities.*.meaning",
    "scope.*.*.instead",
    "partners.*.meeting",
    "funding.note",
    "funding.sources.*.note",
    "capacity.note",
    "review.reporting",
    "metrics.*.definition",
    "metrics.*.reported",
    "objectives.*.outcome",
    "roles.*.does",
    "glossary.*.meaning",
    "sections.*.text",
    "**.details.*.text",
)

#: A number with its separators, a word with an apostrophe, or a percent sign.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[%‰]")

_LISTED = """
    no never none nobody nothing only solely except unless without always least most
    may might must shall should will
    two three four five six seven eight nine ten eleven twelve twenty thirty half once twice percent
    daily weekly monthly quarterly yearly annually working
    не ни нет никогда никто ничего только лишь исключительно кроме без всегда минимум максимум менее более
    может могут можем можете можно нельзя нужно необходимо следует будет будут будем
    процент процента процентов
"""
_WORDS = frozenset(_LISTED.split())

#: Words with endings: the beginning that they have in common, and what may follow it.
_STEMS: tuple[tuple[str, str], ...] = (
    (r"minute|hour|day|week|month|quarter|year", r"s?"),
    (r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", r"s?"),
    (r"january|february|march|april|june|july|august|september|october|november|december", ""),
    (r"долж", r"ен|на|но|ны"),
    (r"обязан", r"[аоы]?"),
    (r"недел|минут|месяц|квартал|полугод|полчас|полдн", r"\w{0,3}"),
    (r"час", r"|а|у|е|ы|ов|ам|ом|ами|ах"),
    (r"д", r"ень|ня|ню|ней|ни|нём|нем|ням|нями|нях"),
    (r"год", r"|а|у|е|ы|ом|ов"),
    (r"лет", ""),
    (r"ежедневн|еженедельн|ежемесячн|ежеквартальн|ежегодн|рабоч", r"\w{1,3}"),
    (r"январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр", r"[ьяюе]|ём|ем"),
    (r"март|август", r"[ауе]?|ом"),
    (r"ма", r"[йяюе]"),
    (r"понедельник|вторник|четверг|пятниц|суббот|воскресень", r"\w{0,3}"),
    (r"дв", r"а|е|ух|ум|умя"),
    (r"тр", r"и|ёх|ех|ём|ем|емя"),
    (r"четыр", r"е|ёх|ех|ём|ем|ьмя"),
    (r"пят|шест|сем|девят|десят|двенадцат|двадцат|тридцат", r"ь|и|ью"),
    (r"вос", r"емь|ьми|емью"),
)
_STEM = re.compile("|".join(f"(?P<_{n}>{stem})(?:{ending})" for n, (stem, ending) in enumerate(_STEMS)))

#: Signs after a number that is a share.
_SIGNS = ("%", "‰")

#: English negations in one word.
_NEGATIONS = ("not", "cannot")


def binds_otherwise(change: Change) -> bool:
    """Whether a text that promises something lost, gained or changed words that bind; False for a new text."""
    if change.kind not in ("changed", "removed") or not _is_promise(change.path):
        return False
    return _binding(change.old) != _binding(change.new)


@lru_cache(maxsize=4096)
def _is_promise(path: Path) -> bool:
    return any(fits(pattern, path) for pattern in _PROMISES)


def _binding(value: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The binding words of a text or of each text of a list, whatever the order of the texts."""
    texts = [value] if isinstance(value, str) else value or ()
    return sorted(found for text in texts if any(found := binding_words(text)))


@lru_cache(maxsize=4096)
def binding_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers of a text in their order, and its other binding words, sorted and without endings."""
    tokens = _TOKEN.findall(tidy(text).casefold())
    return tuple(one for one in tokens if one[0].isdigit()), tuple(sorted(_words(tokens)))


def _words(tokens: Iterable[str]) -> Iterable[str]:
    for token in tokens:
        if token in _NEGATIONS or token.endswith(("n't", "n’t")):
            yield "not"
        elif token in _WORDS or token in _SIGNS:
            yield token
        elif stem := _STEM.fullmatch(token):
            yield next(filter(None, stem.groups()))
