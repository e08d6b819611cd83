"""Texts that promise something: a change of a number, a time or a word that binds is a change of a commitment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.compare.binding_words import binding_words, binds_otherwise
from charterbook.compare.severity import row_of
from charterbook.diff import Change
from tests.compare.small_charters import compared, only
from tests.test_diff import service

PAIRS = [
    ("We answer within 2 days.", "We answer within 3 days.", True),
    ("We answer within 2 days.", "We answer within 2 weeks.", True),
    ("We answer within two days.", "We answer within four days.", True),
    ("We answer within 2 days.", "Within 2 days, you have an answer.", False),
    ("2 calls within 5 days", "5 calls within 2 days", True),
    ("We must answer.", "We should answer.", True),
    ("We will help.", "We may help.", True),
    ("We don't share calls.", "We share calls.", True),
    ("We don't share calls.", "We do not share calls.", False),
    ("We cannot share calls.", "We do not share calls.", False),
    ("For sellers", "Only for sellers", True),
    ("Until 1 March", "Until 1 May", True),
    ("On Mondays", "On Fridays", True),
    ("On Monday", "On Mondays", False),
    ("90 % of calls", "90 calls", True),
    ("We help sellers win.", "We make sellers win.", False),
    ("We answer within 2 days.", "We usually answer within 2 days.", True),
    ("We answer within 2 days.", "We aim to answer within 2 days.", True),
    ("We answer within 2 days.", "We answer within 2 days, if capacity allows.", True),
    ("We answer within 2 days.", "We answer within 2 days, subject to approval.", True),
    ("We answer within 2 days.", "We answer within 2 days on a best-effort basis.", True),
    ("We answer within 2 days.", "We answer within 2 business days.", True),
    ("We answer within 2 days.", "We acknowledge it within 2 days.", True),
    ("We answer within 2 days.", "You get a first response within 2 days.", True),
    ("We answer within 2 days.", "We answer within 2 days. The clock pauses while we wait.", True),
    ("We will answer.", "We can answer.", True),
    ("An answer on the same day", "An answer on the next day", True),
    ("By Friday noon", "By Friday evening", True),
    ("Cards for all competitors", "Cards for selected competitors", True),
    ("Every request", "Some requests", True),
    ("Before the deal", "After the deal", True),
    ("Two days for a resolution", "Two days for a response", True),
    ("We respond in English.", "In English, responses are ours.", False),
    ("Ответим за 2 дня.", "Ответим за 5 дней.", True),
    ("Ответим за 2 дня.", "Как правило, ответим за 2 дня.", True),
    ("Ответим за 2 дня.", "Постараемся ответить за 2 дня.", True),
    ("Ответим за 2 дня.", "Ответим за 2 дня, по возможности.", True),
    ("Ответим за 2 дня.", "Ответим за 2 дня, если хватит людей.", True),
    ("Ответим за 2 дня.", "Ответим за 2 дня при наличии людей.", True),
    ("Решение за 2 дня", "Реакция за 2 дня", True),
    ("Ответим за 2 дня.", "Ответим за 2 дня. Срок приостанавливается, пока ждём.", True),
    ("Ответим в тот же день.", "Ответим на следующий день.", True),
    ("До полудня пятницы", "До вечера пятницы", True),
    ("Карточки по всем конкурентам", "Карточки по ключевым конкурентам", True),
    ("Отвечаем на каждый запрос.", "Отвечаем на некоторые запросы.", True),
    ("Каждый запрос", "Запрос каждого", False),
    ("Ответим за два дня.", "Ответим за две недели.", True),
    ("Ответим в течение двух дней.", "Ответим за два дня.", False),
    ("Ответим за 2 рабочих дня.", "Ответим за 2 дня.", True),
    ("Руководитель должен ответить.", "Руководитель может ответить.", True),
    ("Руководитель должен ответить.", "Ответить должна руководитель.", False),
    ("Мы делимся записями.", "Мы не делимся записями.", True),
    ("Только для продавцов", "Для продавцов", True),
    ("До 1 марта", "До 1 мая", True),
    ("До конца марта", "Март — последний месяц", True),
    ("Помогаем продавцам.", "Поддерживаем продавцов.", False),
    ("NDAs: two business days.", "NDAs: two business days of receiving a file.", True),
    ("We will reply.", "We intend to reply.", True),
    ("Ответим за два дня.", "Ответим за два дня с момента получения документов.", True),
    ("Обязуемся обучить новичков.", "Стремимся обучить новичков.", True),
    ("Invoices are paid net 30.", "Invoices are paid net 45.", True),
    ("Приём до 25-го числа", "Приём до 20-го числа", True),
]


@pytest.mark.parametrize(("old", "new", "binds"), PAIRS)
def test_binding_words(old: str, new: str, binds: bool) -> None:
    """In a rule for requests. Other words of the same text are meaning."""
    assert (binding_words(old) != binding_words(new)) is binds
    statement = only(compared({"intake": {"summary": old}}, {"intake": {"summary": new}}))
    assert (statement.severity, statement.direction) == ("commitment" if binds else "meaning", None)
    fields = [{"services": [service("s", details=[{"label": "Terms", "text": text}])]} for text in (old, new)]
    of_author = only(compared(fields[0], fields[1]))
    assert (of_author.severity, of_author.sentence) == (statement.severity, "S: “Terms” changed")
    assert of_author.segments == statement.segments


def test_a_removed_text_with_words_that_bind() -> None:
    """Its promise is gone."""
    routes = [{"id": "r", "name": "R", "how": "Ask."}]
    old = {"intake": {"summary": "We answer within 2 days.", "routes": routes}}
    assert only(compared(old, {"intake": {"routes": routes}})).severity == "commitment"


def test_a_new_text_with_words_that_bind() -> None:
    """It can be a condition."""
    route = {"id": "r", "name": "R", "how": "Ask."}
    old = {"intake": {"routes": [route]}}
    for text, severity in (("Only large deals", "commitment"), ("Large deals", "meaning")):
        statement = only(compared(old, {"intake": {"routes": [route | {"use_for": text}]}}))
        assert (statement.severity, statement.direction) == (severity, None)


@pytest.mark.parametrize(("text", "severity"), [("Not in summer.", "commitment"), ("In summer.", "meaning")])
@pytest.mark.parametrize(("old", "new"), [(0, 1), (1, 0), (1, 2), (2, 1)])
def test_parts_that_come_and_go(text: str, severity: str, old: int, new: int) -> None:
    """A section of the authors, or a field of theirs, can be an exception or a promise."""
    sections = [{"id": id_, "title": "Rules", "text": text} for id_ in "ab"]
    details = [{"label": id_, "text": text} for id_ in "ab"]
    parts = [{"sections": sections[:count]} for count in (old, new)]
    assert only(compared(parts[0], parts[1])).severity == severity
    fields = [{"services": [service("s", details=details[:count])]} for count in (old, new)]
    assert only(compared(fields[0], fields[1])).severity == severity


def test_a_pattern_of_the_settings_decides_first() -> None:
    """Whatever the text says."""
    old, new = ({"intake": {"summary": f"We answer within {n} days."}} for n in (2, 3))
    assert only(compared(old, new, severity={"intake.summary": "wording"})).severity == "wording"


#: Texts that describe, explain or report, and promise nothing.
DESCRIPTIONS = {
    "capacity.note",
    "decisions.*.summary",
    "funding.note",
    "funding.sources.*.note",
    "maturity.evidence",
    "maturity.next_step",
    "mission.principles",
    "mission.vision",
    "mission.why",
    "objectives.*.outcome",
    "objectives.*.serves",
    "platforms.*.data",
    "platforms.*.purpose",
    "review.meetings.*.decisions.*.text",
    "risks.*.mitigation",
    "roadmap.*.summary",
    "scope.out.*.why",
    "scope.later.*.why",
    "scope.shared.*.why",
}


def _texts(part: type[Part], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all texts of the model."""
    for key, shape in shapes(part).items():
        here = (*path, key)
        if shape.part:
            yield from _texts(shape.part, (*here, "x") if shape.is_list else here)
        elif shape.kind == "text":
            yield here


def test_each_text_is_decided() -> None:
    """A text whose changes are meaning is a promise or a description."""
    describe = {path for path in _texts(Charter) if row_of(path).changed == "meaning" and not _promises(path)}
    assert {".".join("*" if step == "x" else step for step in path) for path in describe} == DESCRIPTIONS


def _promises(path: tuple[str, ...]) -> bool:
    texts: list[Any] = ["5 days", "6 days"]
    if path[-1] == "principles":
        texts = [[text] for text in texts]
    return binds_otherwise(Change("changed", path, *texts))


def test_benefits_bind_by_their_numbers_alone() -> None:
    """A "not" there is a figure of speech."""
    path = ("services", "a", "for_buyer")
    assert not binds_otherwise(Change("changed", path, "Facts, not words.", "Facts."))
    assert binds_otherwise(Change("changed", path, "Saves 2 hours.", "Saves 1 hour."))
