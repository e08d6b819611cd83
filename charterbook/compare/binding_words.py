"""Texts that promise something, and the words in them that bind: a change of these is a change of a commitment.

Numbers, dates, lengths of time and percentages bind, and so do words such as "not", "only", "must", "if", "usually" and
"all", in every language of the handbook. Whether the promise became weaker is for the reader to say: a text has no
direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from charterbook.compare.severity import fits
from charterbook.compare.text_changes import own_texts
from charterbook.compare.text_equality import tidy
from charterbook.diff import Change, Path

#: The texts that say what readers get, how to get it, or what defines it.
_PROMISES = (
    "services.*.summary",
    "audiences.*.summary",
    "intake.summary",
    "intake.routes.*.how",
    "intake.routes.*.use_for",
    "intake.priorities.*.meaning",
    "scope.*.*.instead",
    "partners.*.meeting",
    "review.reporting",
    "metrics.*.definition",
    "glossary.*.meaning",
    "sections.*.text",
    "**.details.*.text",
)

#: Texts about benefits and tasks. Only numbers in digits bind: "not" is a figure of speech there.
_BENEFITS = ("mission.statement", "services.*.for_buyer", "services.*.for_seller", "roles.*.does")

#: The numbers of a text; its other figures; its words of duty, denial, condition and extent.
BindingWords = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

#: The number of these parts.
_ALL = 3

#: A number with its separators, a word with an apostrophe, or a percent sign.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[%‰]")

_MODAL = """
    no never none nobody nothing only solely except unless without always least most
    may might must shall should will
    if possible subject depending before after upon provided receipt receiving
    usually typically normally generally often sometimes occasionally approximately roughly
    can could would try aim strive intend endeavour endeavor undertake reasonable guaranteed mandatory optional required recommended temporarily
    all every selected certain
    не ни нет никогда никто ничего только лишь исключительно кроме без всегда минимум максимум менее более
    может могут можем можете можно нельзя нужно необходимо следует будет будут будем
    если после момента условии же правило обычно иногда часто ориентировочно примерно приблизительно желательно временно
    все всех всем всеми всё
"""
_FIGURES = """
    two three four five six seven eight nine ten eleven twelve twenty thirty half once twice percent
    daily weekly monthly quarterly yearly annually working business
    same noon midday midnight morning evening
    процент процента процентов
"""
_WORDS = {
    word: is_figure for words, is_figure in ((_MODAL, False), (_FIGURES, True)) for word in words.split()
}

#: Words with endings: the beginning that they have in common, and what may follow it.
_STEMS: tuple[tuple[str, str], ...] = (
    (r"minute|hour|day|week|month|quarter|year", r"s?"),
    (r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", r"s?"),
    (r"january|february|march|april|june|july|august|september|october|november|december", ""),
    (r"недел|минут|месяц|квартал|полугод|полчас|полдн|полудн|полноч|вечер", r"[а-яё]{0,3}"),
    (r"weekend|holiday", r"s?"),
    (r"час", r"|а|у|е|ы|ов|ам|ом|ами|ах"),
    (r"д", r"ень|ня|ню|ней|ни|нём|нем|ням|нями|нях"),
    (r"год", r"|а|у|е|ы|ом|ов"),
    (r"лет", ""),
    (
        r"ежедневн|еженедельн|ежемесячн|ежеквартальн|ежегодн|рабоч|календарн|выходн|праздни",
        r"[а-яё]{1,4}",
    ),
    (r"январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр", r"[ьяюе]|ём|ем"),
    (r"март|август", r"[ауе]?|ом"),
    (r"ма", r"[йяюе]"),
    (r"понедельник|вторник|четверг|пятниц|суббот|воскресень", r"[а-яё]{0,3}"),
    (r"дв", r"а|е|ух|ум|умя"),
    (r"тр", r"и|ёх|ех|ём|ем|емя"),
    (r"четыр", r"е|ёх|ех|ём|ем|ьмя"),
    (r"пят|шест|сем|девят|десят|двенадцат|двадцат|тридцат", r"ь|и|ью"),
    (r"вос", r"емь|ьми|емью"),
)
_DUTIES: tuple[tuple[str, str], ...] = (
    (r"effort", r"s?"),
    (r"capacit", r"y|ies"),
    (r"availab", r"le|ility"),
    (r"acknowledg", r"e|es|ed|ement|ements"),
    (r"resol", r"ve|ves|ved|ution|utions"),
    (r"respon", r"d|ds|se|ses"),
    (r"paus|suspend", r"e|es|ed|s"),
    (r"exclu", r"de|des|ded|ding|sion|sions"),
    (r"долж", r"ен|на|но|ны"),
    (r"обязу", r"емся|ется|ются|юсь"),
    (r"стрем", r"имся|ится|ятся|люсь"),
    (r"намерен", r"[аоы]?"),
    (r"получени", r"[еюяй]|ем"),
    (r"обязан", r"[аоы]?"),
    (r"кажд|люб|некотор|отдельн|избранн", r"ый|ая|ое|ой|ые|ого|ому|ым|ом|ую|ых|ыми|ым"),
    (r"ключев", r"ой|ая|ое|ые|ого|ому|ым|ом|ую|ых|ыми"),
    (r"реакци|решени", r"[а-яё]{1,3}"),
    (r"возможн|обязательн|необязательн|доступн|наличи|усмотрени", r"[а-яё]{1,4}"),
    (r"постара|стара|приостан|гарантир|рекоменд|исключ|завис", r"[а-яё]{2,12}"),
)


def _pattern(stems: Iterable[tuple[str, str]]) -> str:
    """A pattern of words with endings, with a group for each stem. JavaScript can use it, too."""
    return "|".join(f"({stem})(?:{ending})" for stem, ending in stems)


_STEM, _DUTY = re.compile(_pattern(_STEMS)), re.compile(_pattern(_DUTIES))

#: Signs after a number that is a share.
_SIGNS = ("%", "‰")

#: English negations in one word.
_NEGATIONS = ("not", "cannot")


def binds_otherwise(change: Change) -> bool:
    """Whether a text that promises something was added, lost or changed, with words that bind.

    A new text can be a condition, and a removed one a promise. A new benefit is neither.
    """
    whole = text_of_elements(change.path)
    if whole is not None and change.kind in ("added", "removed"):
        return any(_has_words(one[whole]) for one in _elements(change.new or change.old))
    texts = own_texts(change)
    if texts is not None:
        return binding_words(texts[0]) != binding_words(texts[1])
    size = binding_parts(change.path)
    if change.kind not in ("added", "changed", "removed") or not size:
        return False
    if change.kind == "added" and size < _ALL:
        return False
    old, new = ([words[:size] for words in _binding(value)] for value in (change.old, change.new))
    return sorted(filter(any, old)) != sorted(filter(any, new))


#: The parts that consist of a text which promises something, with the key of the text.
_TEXTS = {"sections": "text", "sections.*": "text", "**.details.*": "text"}


def text_of_elements(path: Path) -> str | None:
    """The key of the text of an added or removed part; None for any other part."""
    return next((key for pattern, key in _TEXTS.items() if fits(pattern, path)), None)


def _has_words(text: str) -> bool:
    """Whether a text has words that bind; a number alone can be a name, such as "No. 4711"."""
    return any(binding_words(_NUMBERED.sub("", text))[1:])


#: The abbreviation of "number".
_NUMBERED = re.compile(r"\b[Nn]o\.\s*(?=\d)")


def _elements(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


@lru_cache(maxsize=4096)
def binding_parts(path: Path) -> int:
    """How many parts of `binding_words` count for a text: all, its numbers alone, or none."""
    if any(fits(pattern, path) for pattern in _PROMISES):
        return _ALL
    return 1 if any(fits(pattern, path) for pattern in _BENEFITS) else 0


def _binding(value: Any) -> list[BindingWords]:
    """The binding words of a text, or of each text of a list."""
    return [binding_words(text) for text in ([value] if isinstance(value, str) else value or ())]


@lru_cache(maxsize=4096)
def binding_words(text: str) -> BindingWords:
    """The numbers of a text in their order; its other figures and times; its words of duty, denial, condition and
    extent, sorted.
    """
    tokens = _TOKEN.findall(tidy(text).casefold())
    numbers = [token for token in tokens if token[0].isdigit()]
    figures = [word for token in tokens if (word := _figure(token))]
    duties = [word for token in tokens if (word := _duty(token))]
    return tuple(numbers), tuple(sorted(figures)), tuple(sorted(duties))


def _figure(token: str) -> str | None:
    """A word for a figure or a time, without its ending."""
    if token in _SIGNS or _WORDS.get(token):
        return token
    return _stem(_STEM, token)


def _duty(token: str) -> str | None:
    """A word of duty, permission, denial, condition or extent, without its ending."""
    if token in _NEGATIONS or token.endswith(("n't", "n’t")):
        return "not"
    return token if _WORDS.get(token) is False else _stem(_DUTY, token)


def _stem(pattern: re.Pattern[str], token: str) -> str | None:
    """The stem of a word; None for any other word."""
    found = pattern.fullmatch(token)
    return found and found[found.lastindex or 0]


def binding_description() -> dict[str, Any]:
    """The words that bind, as data for the form: words with whether they are figures, and patterns of words with endings."""
    return {"words": _WORDS, "figures": _pattern(_STEMS), "duties": _pattern(_DUTIES)}
