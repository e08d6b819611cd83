"""The meaning of changes: severity, direction, audiences and the sentence, each from a small pair of charters."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from charterbook.charter import Charter
from charterbook.compare import compare, narrowed
from charterbook.compare.sentences import moved_elements
from tests.compare.small_charters import compared, figure, level, metric, money, only
from tests.generated import charters, examples
from tests.golden import comparison
from tests.test_diff import service

#: Without shrinking: it takes minutes for charters, and a failing pair is read easily enough.
ANY = settings(
    deadline=None,
    max_examples=examples(20),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


CARDS = {"name": "Cards"}
SENTENCES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "a longer promise": (
        {"services": [service("a", **CARDS, service_levels=level(3))]},
        {"services": [service("a", **CARDS, service_levels=level(5))]},
        "Cards: “New card” now takes up to 5 working days, was 3 (weaker)",
        "Cards: «New card», срок теперь 5 рабочих дней, было 3 (обязательство ослаблено)",
    ),
    "a promise in a unit that cannot be compared": (
        {"services": [service("a", **CARDS, service_levels=level(2, "weeks"))]},
        {"services": [service("a", **CARDS, service_levels=level(10, "working_days"))]},
        "Cards: “New card” now takes up to 10 working days, was 2 weeks (cannot be compared)",
        "Cards: «New card», срок теперь 10 рабочих дней, было 2 недели (сравнить нельзя)",
    ),
    "the same promise in another unit": (
        {"services": [service("a", **CARDS, service_levels=level(48, "hours"))]},
        {"services": [service("a", **CARDS, service_levels=level(2, "days"))]},
        "Cards: “New card”: response time is still 2 days, previously written as 48 hours",
        "Cards: «New card»: срок ответа — по-прежнему 2 дня, раньше было записано как 48 часов",
    ),
    "a shorter promise in another unit": (
        {"services": [service("a", **CARDS, service_levels=level(1, "weeks"))]},
        {"services": [service("a", **CARDS, service_levels=level(90, "minutes"))]},
        "Cards: “New card” now takes up to 90 minutes, was 1 week (stronger)",
        "Cards: «New card», срок теперь 90 минут, было 1 неделя (обязательство усилено)",
    ),
    "a promise that is kept more rarely": (
        {"services": [service("a", **CARDS, service_levels=level(target_share=90))]},
        {"services": [service("a", **CARDS, service_levels=level(target_share=80))]},
        "Cards: “New card”: on-time target now 80% of requests, was 90% (weaker)",
        "Cards: «New card», цель — теперь 80 % запросов в срок, было 90 % (обязательство ослаблено)",
    ),
    "a promise that is lost": (
        {"services": [service("a", **CARDS, service_levels=level())]},
        {"services": [service("a", **CARDS)]},
        "Cards: promise removed: “New card” within 3 working days (weaker)",
        "Cards: обещание отменено: «New card», срок 3 рабочих дня (обязательство ослаблено)",
    ),
    "a priority that says no longer how soon": (
        {"intake": {"priorities": [{"id": "p", "name": "Urgent", "meaning": "Now.", "within": 2}]}},
        {"intake": {"priorities": [{"id": "p", "name": "Urgent", "meaning": "Now."}]}},
        "Urgent: response time removed, was 2 working days (weaker)",
        "Urgent: удалено — срок ответа, было: 2 рабочих дня (обязательство ослаблено)",
    ),
    "a target for which less is better": (
        {"metrics": metric(direction="down", unit="months", target=figure(7))},
        {"metrics": metric(direction="down", unit="months", target=figure(6))},
        "Win rate: the target is now 6 months, was 7 months (harder)",
        "Win rate: цель теперь 6 месяцев, была 7 месяцев (труднее)",
    ),
    "a target that comes earlier": (
        {"metrics": metric(target=figure(25, "2026-12-31"))},
        {"metrics": metric(target=figure(25, "2026-06-30"))},
        "Win rate: the target is now 25% by 30 June 2026, was 25% by 31 December 2026 (harder)",
        "Win rate: цель теперь 25 % к 30 июня 2026 г., была 25 % к 31 декабря 2026 г. (труднее)",
    ),
    "a figure in another unit": (
        {"metrics": metric(unit="weeks", actual=figure(6))},
        {"metrics": metric(unit="weeks", actual=figure(5))},
        "Win rate: now 5 weeks, was 6 weeks (worse)",
        "Win rate: теперь 5 недель, было 6 недель (хуже)",
    ),
    "less money": (
        {"funding": money(450)},
        {"funding": money(396)},
        "The whole budget is now $396, was $450 (−12%)",
        "Весь бюджет теперь 396 $, был 450 $ (−12 %)",
    ),
    "a service that ends": (
        {"services": [service("a", **CARDS)]},
        {"services": [service("a", **CARDS, status="sunset")]},
        "Cards: status is now ending, was live (weaker)",
        "Cards: состояние — теперь «завершается», было «действует» (обязательство ослаблено)",
    ),
    "reordered": (
        {"services": [service("a"), service("b"), service("c")]},
        {"services": [service("c"), service("a"), service("b")]},
        "Services: reordered (moved: C)",
        "Услуги: изменён порядок (перемещено: C)",
    ),
    "from out of scope to later": (
        {"scope": {"out": [{"id": "a", "name": "Slides"}]}},
        {"scope": {"later": [{"id": "a", "name": "Slides"}]}},
        "Slides was out of scope and is now listed as not offered yet (stronger)",
        "Slides: раньше — «Чего мы не делаем», теперь — «Пока не делаем» (обязательство усилено)",
    ),
    "a role that nobody holds": (
        {"roles": [{"id": "a", "name": "Curator"}]},
        {"roles": [{"id": "a", "name": "Curator", "vacant_since": datetime.date(2026, 7, 1)}]},
        "Curator: vacant since 1 July 2026",
        "Curator: роль вакантна с 1 июля 2026 г.",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_sentences(case: str) -> None:
    """In plain words, in English and Russian, with the right plural forms."""
    old, new, english, russian = SENTENCES[case]
    said = [[each.sentence for each in compared(old, new, language).statements] for language in ("en", "ru")]
    plain = [[re.sub("[\xa0\u202f]", " ", text) for text in texts] for texts in said]
    assert english in plain[0]
    assert russian in plain[1]


def test_no_figure_is_compared_across_a_change_of_definition() -> None:
    """The sentence says so, and each changed figure is listed without a direction."""
    old = {"metrics": metric(baseline=figure(7), target=figure(5), actual=figure(6))}
    new = {"metrics": metric(definition_version=2, baseline=figure(7), target=figure(6), actual=figure(7))}
    statements = compared(old, new).statements
    assert [each.sentence for each in statements] == [
        "Win rate: redefined (definition 2, was 1); earlier values are not comparable; baseline still 7%",
        "Win rate: the target is now 6%, was 5% (cannot be compared)",
        "Win rate: now 7%, was 6% (cannot be compared)",
    ]
    assert {each.direction for each in statements} == {None}
    assert [each.severity for each in statements] == ["commitment", "commitment", "meaning"]


@pytest.mark.parametrize(
    ("old", "new"),
    [({"period": "2025"}, {"period": "the year after"}), ({"currency": "USD"}, {"currency": "EUR"})],
)
def test_amounts_for_another_period_or_currency_are_not_compared(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Both amounts are stated, and neither is called more."""
    statements = compared({"funding": money(1, **old)}, {"funding": money(2, **new)}).statements
    assert {each.direction for each in statements} == {None}
    assert len(statements) == 3


def test_references_to_a_renamed_item_are_no_changes() -> None:
    """Only the rename is a statement; the references that follow it are counted."""
    sources = [{"id": "s", "name": "Sales", "funder": "Sales", "covers": ["a"]}]
    old = {"services": [service("a")], "funding": {"owner": "CRO", "sources": sources}}
    new = {
        "services": [service("b", "a", summary="All of a.")],
        "funding": {"owner": "CRO", "sources": [sources[0] | {"covers": ["b"]}]},
    }
    result = compared(old, new)
    assert only(result).sentence == "“A” is now called “B”"
    assert (only(result).kind, result.followed) == ("renamed", 1)


def test_an_owner_in_words_that_becomes_a_role_is_no_change() -> None:
    """The owner is the same."""
    new = {
        "funding": {"owner": "head", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]},
        "roles": [{"id": "head", "name": "Head of sales"}],
    }
    assert only(compared({}, new)).sentence == "New section: Roles (Head of sales)"


def test_a_promise_that_a_successor_takes_over_is_not_lost() -> None:
    """Of two promises, one is taken over and one is lost."""
    both = [*level(), {"request": "New deck", "within": 5}]
    old = {"services": [service("a", service_levels=both)]}
    same = {"summary": "All of a."}
    new = {"services": [service("b", "a", service_levels=level(), **same), service("c", "a", **same)]}
    assert [each.sentence for each in compared(old, new).statements] == [
        "A was split into B and C; 1 promise is unchanged",
        "A: promise removed: “New deck” within 5 working days (weaker)",
    ]


def test_audiences() -> None:
    """A promise affects the users of its service; a change of an audience affects that audience alone.

    What became weaker does not affect those whom the service did not serve before.
    """
    audiences = [{"id": id_, "name": id_.title()} for id_ in ("x", "y", "z")]
    before = service("a", audiences=["x"], contributors=["y"], service_levels=level(3))
    after = before | {"service_levels": level(5), "audiences": ["x", "z"], "status": "pilot"}
    touched = {
        each.path[-1]: each.audiences
        for each in compared(
            {"services": [before], "audiences": audiences}, {"services": [after], "audiences": audiences}
        ).statements
    }
    assert touched == {"within": ("x",), "audiences": ("z",), "status": ("x", "y")}


def test_severity_can_be_overridden() -> None:
    """The first matching pattern decides, before the table."""
    old, new = {"title": "One"}, {"title": "Two"}
    assert only(compared(old, new)).severity == "meaning"
    assert only(compared(old, new, severity={"tit*": "order"})).severity == "order"
    assert only(compared(old, new, severity={"**": "commitment", "title": "order"})).severity == "commitment"


def test_capitals_and_commas_are_only_wording() -> None:
    """A different figure is not wording, however small the difference."""
    texts = ["We help, always.", "we help always", "We help 1.5 times.", "We help 1 5 times."]
    severities = [
        only(compared({"mission": {"statement": one}}, {"mission": {"statement": other}})).severity
        for one, other in (texts[:2], texts[2:])
    ]
    assert severities == ["wording", "commitment"]


def test_a_fingerprint_does_not_depend_on_words() -> None:
    """It is the same in every language, and with any other differences between the charters."""
    old, new = SENTENCES["a longer promise"][:2]
    prints = {
        only(compared(old, new, language, severity=severity)).fingerprint
        for language in ("en", "ru")
        for severity in ({}, {"**": "order"})
    }
    renamed = [side | {"services": [side["services"][0] | {"name": "Other"}]} for side in (old, new)]
    assert {only(compared(renamed[0], renamed[1])).fingerprint} == prints
    other = new | {"services": [new["services"][0] | {"service_levels": level(6)}]}
    assert only(compared(old, other)).fingerprint not in prints


def test_a_respelled_promise_of_two_with_one_request() -> None:
    """The sentence names the promise, although the request does not identify it."""
    old, new = (
        {"services": [service("a", service_levels=[*level(3, escalation=name), *level(4)])]}
        for name in ("CRO", "cro")
    )
    said = "A: “New card”: only the spelling or the unit of time differs"
    assert only(compared(old, new)).sentence == said


def test_narrowed() -> None:
    """By audience, section and severity; the result records that statements were filtered out."""
    whole = comparison("2026-Q2", "2026-Q3")
    managers = narrowed(whole, audience="sales-managers", severity="commitment")
    assert [each.sentence for each in managers.statements] == ["Now out of scope: Live webinars"]
    assert managers.narrowed
    assert {each.section for each in narrowed(whole, section="funding").statements} == {"funding"}
    assert not narrowed(whole).narrowed


def test_the_fewest_elements_move() -> None:
    """Only the moved element is named, not the ones that it passes."""
    assert moved_elements("abcde", "ebcda") == ["e", "a"]
    assert moved_elements("abcd", "bcda") == ["a"]
    assert moved_elements("abcd", "abcd") == []


@pytest.mark.long
@ANY
@given(charters(), charters())
def test_any_two_charters_can_be_compared(a: Charter, b: Charter) -> None:
    """In both languages, each statement has its own sentence and path."""
    for language in ("en", "ru"):
        statements = compare(a, b, language=language).statements
        assert all(each.sentence and "{" not in each.sentence for each in statements)
        assert len({each.fingerprint for each in statements}) == len(statements)


@ANY
@given(charters())
def test_nothing_changed(a: Charter) -> None:
    """A charter compared with itself."""
    result = compare(a, a)
    assert (result.statements, result.followed, result.likely) == ((), 0, ())
