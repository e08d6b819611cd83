"""Texts of changes on pages: no value twice, no name twice, and lists of the charter as lists."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from charterbook.charter import Charter
from charterbook.charter.model_shape import shapes
from charterbook.compare import Segment
from charterbook.site.edition import Edition
from charterbook.site.render.views.change_text import blocks
from tests.site.editions import block, edition, words

Change = dict[str, Any]
UNITS = ("hours", "days", "working_days", "working_hours", "weeks", "months", "minutes")


def service(**fields: Any) -> Change:
    """The services of a charter with one service."""
    return {"services": [{"id": "cards", "name": "Cards", "summary": "S"} | fields]}


def shown(old: Change, new: Change, language: str = "en") -> html.HtmlElement:
    """The changes between two versions, as a tree."""
    found: Edition = edition(old | {"language": language}, new | {"language": language})
    return html.fromstring(f"<div>{block(found, 'changes')}</div>")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("lengths", [(1, 3), (3, 1), (2, 5), (1, 21), (4, 5)])
def test_a_length_is_said_once(language: str, unit: str, lengths: tuple[int, int]) -> None:
    """The sentence has both values, also if the plural form of their unit differs."""
    old, new = (
        service(service_levels=[{"request": "Kit", "within": within, "unit": unit}]) for within in lengths
    )
    found = shown(old, new, language)
    assert len(found.xpath("//li[@data-s='commitment']")) == 1
    assert found.xpath("//*[@class='cb-values']") == []


@pytest.mark.parametrize(
    ("language", "days"),
    [("en", "3 February 2026 → 6 May 2026"), ("ru", "3 февраля 2026 г. → 6 мая 2026 г.")],
)
@pytest.mark.parametrize("unit", ["percent", "weeks", "money", "points"])
@pytest.mark.parametrize("figures", [(3, 6), (27.5, 1234567.25)])
def test_of_figures_in_a_sentence_only_the_days_follow(
    language: str, days: str, unit: str, figures: tuple[float, float]
) -> None:
    """Not each figure again."""
    metric = {"id": "rate", "name": "Rate", "kind": "lagging", "unit": unit, "currency": "EUR"}
    old, new = (
        {"metrics": [metric | {"actual": {"value": value, "date": day}}]}
        for value, day in zip(figures, (date(2026, 2, 3), date(2026, 5, 6)), strict=True)
    )
    [values] = shown(old, new, language).xpath("//*[@class='cb-values']")
    assert re.sub(r"\s", " ", values.text_content()) == days


def test_values_that_a_sentence_lacks_are_shown() -> None:
    """For example the days of a figure that is still the same."""
    metric = {"id": "rate", "name": "Rate", "kind": "lagging", "unit": "percent"}
    old, new = (
        {"metrics": [metric | {"actual": {"value": 5, "date": date(2026, month, 1)}}]} for month in (3, 6)
    )
    said = shown(old, new).text_content()
    assert [text in said for text in ("1 March 2026", "1 June 2026")] == [True] * 2


#: The fields that a new item of each list needs.
ITEMS = {
    "services": {"summary": "S"},
    "audiences": {},
    "metrics": {"kind": "leading"},
    "partners": {},
    "platforms": {},
    "roadmap": {"when": "2027"},
    "risks": {},
    "decisions": {"why": "W"},
    "objectives": {},
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", ITEMS)
def test_no_name_is_repeated_below_its_heading(language: str, key: str) -> None:
    """Neither if the item is added nor if it is removed, with or without quotation marks around its name."""
    assert key in shapes(Charter)
    first, second = ({"id": name.lower(), **ITEMS[key], "name": name} for name in ("First", "Second"))
    few, many = {key: [first]}, {key: [first, second]}
    for old, new in ((few, many), (many, few)):
        groups = shown(old, new, language).xpath("//div[@class='cb-about'][h3[contains(., 'Second')]]")
        assert groups
        assert [one for group in groups for one in group.xpath(".//li/a/text()") if "Second" in one] == []


def test_the_number_of_unchanged_items() -> None:
    """It is omitted if there are none."""

    def everything(name: str) -> Change:
        kinds = {"services": ITEMS["services"], "audiences": {}, "metrics": ITEMS["metrics"]}
        source = {"id": "s", "name": name, "funder": "F"}
        return {key: [{"id": "a", **fields, "name": name}] for key, fields in kinds.items()} | {
            "funding": {"owner": "O", "sources": [source]}
        }

    old, new = everything("One"), everything("Two")
    assert "unchanged" not in words(block(edition(old, new), "changes"))
    page = words(block(edition(old, new | {"audiences": old["audiences"]}), "changes"))
    assert "changes. 1 item is unchanged." in page


@pytest.mark.parametrize("mark", ["- ", "* ", "+ "])
def test_a_markdown_list_stays_a_list(mark: str) -> None:
    """Entries are entries on both sides, with their continued lines; a new entry is only on one side."""
    old = f"Who decides:\n\n{mark}**Board:** services.\n{mark}Lead: orders\n  of requests."
    new = f"Who decides:\n\n{mark}**Board:** services.\n{mark}Finance: money.\n{mark}Lead: orders\n  of all requests."
    found = shown(service(asks=old), service(asks=new)).xpath("//*[@class='cb-words']/div")
    assert [[p.text_content() for p in side.xpath("p")] for side in found] == [["Who decides:"]] * 2
    assert [len(side.xpath("ul/li")) for side in found] == [3, 3]
    assert [len(side.xpath("ul/li[@class='cb-new']")) for side in found] == [1, 1]
    assert re.sub(r"\s+", " ", found[0].xpath("ul/li[last()]")[0].text_content()) == (
        "Lead: orders of added: all requests."
    )


TEXT = st.text("ab *-+•\n", max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["equal", "ins", "del"]), TEXT), max_size=6))
def test_no_letter_of_a_text_is_lost(parts: list[tuple[Any, str]]) -> None:
    """Blocks have all letters of the segments in their order, and no lines without text."""
    for without in ("", "ins", "del"):
        expected = "".join(text for kind, text in parts if kind != without)
        lines = [line for _, found in blocks([Segment(*part) for part in parts], without) for line in found]
        written = "".join(str(text) for line in lines for _, _, text in line)
        assert re.sub("[^ab]", "", written) == re.sub("[^ab]", "", expected)


def test_a_short_comparison_without_commitments_is_open() -> None:
    """Nothing else is there to see; with a commitment, sections without one are closed."""
    same = service()
    assert closed_sections(shown(same, same | {"title": "Another title"})) == []
    changed = service(service_levels=[{"request": "Kit", "within": 3}]) | {"title": "Another title"}
    assert closed_sections(shown(same, changed)) == ["The charter as a whole"]


def closed_sections(page: html.HtmlElement) -> list[str]:
    """The titles of the sections that are closed on a page of changes."""
    assert page.xpath("//details[@class='cb-part']")
    return [str(title) for title in page.xpath("//details[@class='cb-part'][not(@open)]//h2/text()")]


@pytest.mark.parametrize("place", [0, 50, 150, 299])
def test_the_middle_of_a_long_unchanged_text_is_folded(place: int) -> None:
    """It is still there, in its place, below a line with its number of words."""
    old = [f"word{n}" for n in range(300)]
    new = [*old[:place], "other", *old[place + 1 :]]
    side = shown(service(asks=" ".join(old)), service(asks=" ".join(new))).xpath(
        "//*[@class='cb-words']/div"
    )[1]
    folded = side.xpath(".//details[@class='cb-same']")
    assert 1 <= len(folded) <= 2
    for part in folded:
        head = part.xpath("summary")[0]
        assert (
            f"… {len(part.text_content().split()) - len(head.text_content().split())} unchanged words …"
            == (head.text_content())
        )
        head.text = ""
    assert side.text_content().replace("added:", "").split() == new


def test_a_short_unchanged_text_is_not_folded() -> None:
    """Reading it is quicker than opening it."""
    words_of_text = [f"word{n}" for n in range(90)]
    old, new = " ".join([*words_of_text, "a"]), " ".join([*words_of_text, "b"])
    assert shown(service(asks=old), service(asks=new)).xpath("//details[@class='cb-same']") == []


def test_removed_texts_of_another_language_say_their_language() -> None:
    """Screen readers speak them in it; words of the page and new texts are in that of the page."""
    old, new = service(summary="Карточки о конкурентах."), service(summary="Cards about competitors.")
    found: Edition = edition(old | {"language": "ru"}, new | {"language": "en"})
    tree = html.fromstring(f"<div>{block(found, 'changes')}</div>")
    assert {one.text_content() for one in tree.iterfind(".//*[@lang='ru']")} == {"Карточки о конкурентах"}
    assert tree.findall(".//del/i[@lang]") == tree.findall(".//ins//*[@lang]") == []
    assert "lang=" not in html.tostring(shown(old, new), encoding="unicode")


def test_quotations_of_another_language_say_their_language() -> None:
    """Former names, also hostile ones, and the names of removed items, in the sentences of changes."""
    hostile = 'Карточки <b lang="x">'
    old = service(name=hostile) | {"language": "ru", "glossary": [TERM]}
    found: Edition = edition(old, service(name="Cards") | {"language": "en"})
    tree = html.fromstring(f"<div>{block(found, 'changes')}</div>")
    sentences = {one.text_content() for one in tree.iterfind(".//li[@id]/a/span[@lang='ru']")}
    assert hostile in sentences
    assert not tree.findall(".//b[@lang]")


TERM = {"id": "ramp", "term": "Разгон", "meaning": "Время до первой сделки."}
