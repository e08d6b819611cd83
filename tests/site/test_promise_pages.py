"""Promises beside how often they were kept: on the pages of services and audiences, and over all versions."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import charterbook.site
from charterbook.compare import compare
from charterbook.history import History, Version
from charterbook.pages import DocsPage, Page, pages_of, read_docs
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.pipeline.nav import default_nav
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.render.views import ForgeLinks, history_of, promise_histories, tally_promises
from charterbook.site.render.views.promise_history import PromiseHistory, PromisePoint
from tests.site.editions import ROOT, TODAY, block, charter, edition, words

Change = dict[str, Any]


def level(**more: Any) -> Change:
    """A promise: a battle card within 5 working days for 95 %."""
    return {"request": "New battle card", "within": 5, "target_share": 95} | more


def kept(share: float, requests: int | None = None, day: date | None = None) -> Change:
    """How often a promise was kept."""
    found = {"share": share, "requests": requests, "date": day}
    return {"kept": {key: value for key, value in found.items() if value is not None}}


def service(*levels: Change, **more: Any) -> Change:
    """A charter's services: enablement for sellers, with these promises."""
    found = {"id": "cards", "name": "Cards", "summary": "S", "audiences": ["sellers"]}
    return {"services": [found | {"service_levels": list(levels)} | more]}


def page_of(shown: Edition, kind: str, item: str) -> Page:
    """The page of an item."""
    return next(page for page in shown.pages.pages if (page.kind, page.item) == (kind, item))


def on_service(shown: Edition) -> str:
    """The words of the promises of the first service, on its page."""
    id_ = shown.charter.services[0].id
    return words(block(shown, "service_asking", page_of(shown, "services", id_)))


def row(shown: Edition) -> PromiseHistory:
    """The only promise."""
    (found,) = promise_histories(shown)
    return found


def verdicts(found: PromiseHistory) -> list[str | None]:
    """The verdict of each version."""
    return [point.verdict for point in found.points]


SOURCE = {"id": "s", "name": "S", "funder": "F", "covers": ["cards"]}

TWO = (service(level(**kept(96, 58))), service(level(**kept(91, 64, date(2025, 6, 30)))))


def test_a_promise_is_shown_beside_its_fact_and_the_one_before() -> None:
    """On the page of the service, and on that of the audience."""
    shown = edition(*TWO)
    said = "✗ missed: 91% of 64 requests on time in 2025-Q2 before: 96% of 58 requests on time in 2025-Q1"
    assert f"New battle card 5 working days 95% {said}" in on_service(shown)
    audience = block(shown, "audience_asking", page_of(shown, "audiences", "sellers"))
    assert f"New battle card 5 working days 95% {said} Cards" in words(audience)


def test_the_target_of_then_is_named_where_it_is_another_one_now() -> None:
    """The fact was measured against it."""
    shown = edition(service(level(**kept(93, 64))), service(level(target_share=90)))
    assert "✗ missed: 93% of 64 requests on time in 2025-Q1 target then: within 5 working days for 95%" in (
        on_service(shown)
    )


def test_a_count_that_was_copied_still_counts_for_the_version_before() -> None:
    """With the same day; without a day, two equal counts are two."""
    copied = service(level(**kept(96, 58, date(2025, 3, 31))))
    assert verdicts(row(edition(copied, copied))) == ["kept", None]
    assert "96% of 58 requests on time in 2025-Q1" in on_service(edition(copied, copied))
    undated = service(level(**kept(96)))
    assert verdicts(row(edition(undated, undated))) == ["kept", "kept"]


def test_a_count_from_before_the_version_is_shown_with_its_day() -> None:
    """It is no fact of the version's own period."""
    version = Version(
        "2025-Q2",
        charter=charter(**service(level(**kept(96, 58, date(2025, 3, 31))))),
        begins=date(2025, 4, 1),
    )
    shown = editions(History((version,), None), read_docs(ROOT / "docs"), TODAY)[0]
    assert "✓ kept: 96% of 58 requests on time by 31 March 2025" in on_service(shown)


def test_a_promise_without_facts_has_no_column_for_them() -> None:
    """And a handbook without any has no page for them."""
    shown = edition(service(level()), service(level()))
    assert "How it went" not in on_service(shown)
    assert "promises/" not in shown.pages.urls
    assert block(shown, "promises") == ""


def test_the_page_begins_with_the_first_fact() -> None:
    """It stays, even if a later charter has none; versions before it do not change."""
    changes = (service(level()), TWO[0], service(level()), service(level()))
    versions = tuple(
        Version(f"2025-Q{number}", charter=charter(**change)) for number, change in enumerate(changes, 1)
    )
    docs = [DocsPage("promises.md", requires="kept")]
    found = editions(History(versions, None), docs, TODAY)
    assert [one.pages.urls for one in found] == [frozenset(), *[{"promises/"}] * 3]
    alone = editions(History(versions[:1], None), docs, TODAY)[0]
    assert alone.own.data_hash == found[0].own.data_hash


def test_the_page_is_in_the_navigation_over_time() -> None:
    """If the version has it."""
    shown = edition(*TWO)
    renderer = PageRenderer(shown, ForgeLinks(None))
    found = default_nav(renderer, [page.uri for page in shown.pages.pages])
    (group,) = [entry["Over time"] for entry in found if "Over time" in entry]
    assert "promises.md" in group


def test_a_section_of_the_authors_may_be_called_promises() -> None:
    """While no charter says how often a promise was kept."""
    own = charter(sections=[{"id": "promises", "title": "P", "text": "T"}])
    docs = [DocsPage("promises.md", requires="kept"), DocsPage("section.md", for_each="sections")]
    assert [page.source for page in pages_of(own, docs).pages] == ["section.md"]


def test_a_promise_is_followed_through_renames() -> None:
    """Of the service by `was`, and of the request in other capitals and commas."""
    renamed = service(level(request="new battle-card!", **kept(91)), id="battle-cards", was=["cards"])
    found = row(edition(service(level(**kept(96))), renamed))
    assert verdicts(found) == ["kept", "missed"]
    assert found.level.request == "new battle-card!"


def test_both_parts_of_a_split_have_the_past_of_the_whole() -> None:
    """The past is no separate promise."""
    parts = [
        {"id": id_, "was": ["cards"], "name": id_, "summary": "S", "service_levels": [level(**kept(share))]}
        for id_, share in (("a", 90), ("b", 99))
    ]
    found = promise_histories(edition(service(level(**kept(96))), {"services": parts}))
    assert [(one.service.id, verdicts(one)) for one in found] == [
        ("a", ["kept", "missed"]),
        ("b", ["kept", "kept"]),
    ]


def test_a_promise_that_ended_stays_in_the_table() -> None:
    """After the present ones, with the former name of its service."""
    other = level(request="Price list", **kept(80))
    shown = edition(service(level(**kept(96)), other), service(level(**kept(97))))
    said = words(block(shown, "promises"))
    assert (
        "Price list Cards · no longer promised within 5 working days for 95% ✗ missed: 80% on time – not promised"
        in said
    )
    assert said.index("New battle card") < said.index("Price list")


def test_a_promise_that_was_counted_without_a_target() -> None:
    """It is neither kept nor missed, and not called uncounted. The words are those of the table."""
    shown = edition(service(level(**kept(96)), {"request": "Price list", "within": 5} | kept(80)))
    said = words(block(shown, "promises"))
    assert "1 kept, 0 missed, 0 not counted. 1 was counted, but has no target or no requests." in said


def test_the_same_order_of_the_figures_of_a_metric() -> None:
    """Baseline, target, actual: in each table and each row of cards."""
    templates = Path(charterbook.site.__file__).parent / "templates"
    found = 0
    for file in templates.rglob("*.html"):
        named = re.findall(r'_\("(Baseline|Target|Actual)"\)', file.read_text(encoding="utf-8"))
        for place, word in enumerate(named):
            if word == "Baseline":
                found += 1
                assert named[place : place + 3] == ["Baseline", "Target", "Actual"], file.name
    assert found >= 5


def test_a_retired_service_promises_nothing() -> None:
    """Its promises ended: they are not counted as promises of the version, and its page says that there are none."""
    shown = edition(service(level(**kept(96))), service(level(**kept(96)), status="retired"))
    said = words(block(shown, "promises"))
    assert "New battle card Cards · no longer promised within 5 working days for 95%" in said
    assert "In 2025-Q1: 1 kept, 0 missed, 0 not counted." in said
    assert on_service(shown) == (
        "How to ask, and how long it takes This service is no longer offered, so nothing is promised."
    )


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("funding", {"funding": {"owner": "O", "sources": [SOURCE]}}),
        ("platforms", {"platforms": [{"id": "desk", "name": "Desk"}]}),
        ("roadmap", {"roadmap": [{"id": "r", "name": "R", "services": ["cards"]}]}),
        ("objectives", {"objectives": [{"id": "o", "name": "O", "services": ["cards"]}]}),
        (
            "roles",
            {
                "roles": [{"id": "lead", "name": "Lead", "accountable": ["cards"]}],
                "funding": {"owner": "lead", "sources": [SOURCE]},
            },
        ),
    ],
)
@pytest.mark.parametrize(("status", "said"), [("retired", "Cards (retired)"), ("live", "Cards")])
def test_a_retired_service_is_marked_where_it_is_listed(
    name: str, more: Change, status: str, said: str
) -> None:
    """Whoever reads what a budget covers or who is responsible sees that the service is no longer offered."""
    platforms = ["desk"] if name == "platforms" else []
    found = words(block(edition(service(status=status, platforms=platforms) | more), name))
    assert said in found
    assert ("(retired)" in found) == (status == "retired")


def test_requests_with_the_same_words_are_two_promises() -> None:
    """Each with its own past."""
    both = service(level(request="Cards, new", **kept(90)), level(request="cards new", **kept(99)))
    assert [verdicts(one) for one in promise_histories(edition(both, both))] == [
        ["missed", "missed"],
        ["kept", "kept"],
    ]


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({"target_share": None, **kept(10, 3)}, None),
        (kept(95, 3), "kept"),
        (kept(94.99, 3), "missed"),
        (kept(0, 0), None),
        ({}, None),
    ],
)
def test_a_verdict_needs_requests_and_a_target(more: Change, verdict: str | None) -> None:
    """Exactly the share is kept."""
    given = {key: value for key, value in level(**more).items() if value is not None}
    assert row(edition(service(given))).points[-1].verdict == verdict


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pair
        for pair in product(
            ({}, {"within": 3}, {"unit": "hours"}, {"target_share": 90}, {"within": 3, "target_share": 90}),
            repeat=2,
        )
        if pair[0] != pair[1]
    ],
)
def test_a_changed_target_has_the_direction_of_the_comparison(old: Change, new: Change) -> None:
    """Weaker, stronger, or different if a comparison has both or none."""
    before, after = (charter(**service(level(**side))) for side in (old, new))
    found = {one.direction for one in compare(before, after).statements}
    expected = found.pop() if len(found) == 1 else None
    shown = edition(service(level(**old)), service(level(**new)))
    assert row(shown).points[-1].change == (expected or "other")


def test_a_missed_promise_and_a_changed_target_differ_in_words() -> None:
    """In the row of the promise, version by version; the version of a cell of its own is in the heading of its column."""
    shown = edition(TWO[0], TWO[1], service(level(within=7, **kept(97, 70))))
    said = words(block(shown, "promises"))
    assert "In 2025-Q3: 1 kept, 0 missed, 0 not counted." in said
    assert (
        "within 5 working days for 95%"
        " 2025-Q1: ✓ kept: 96% of 58 requests on time"
        " 2025-Q2: ✗ missed: 91% of 64 requests on time (30 Jun 2025)"
        " within 7 working days for 95% ▽ weaker target"
        " ✓ kept: 97% of 70 requests on time"
    ) in said


def test_many_versions_are_all_there() -> None:
    """Those before the last twelve in a part that opens."""
    shown = edition(*[service(level(**kept(90 + number / 2))) for number in range(15)])
    source = block(shown, "promises")
    assert "Earlier: 2025-Q1 to 2025-Q3" in words(source)
    assert len(re.findall("% on time", source)) == 15


def test_versions_with_one_target_share_a_cell() -> None:
    """Until the target changes, or the promise ends; each count is named with its version."""
    same = service(level())
    shown = edition(
        same, same, service(level(within=6)), service(level(within=6, **kept(96))), service(level(within=6))
    )
    source = block(shown, "promises")
    assert re.findall('<td( colspan="[0-9]+")? data-label="([^"]+)"', source) == [
        (' colspan="2"', "2025‑Q1 to 2025‑Q2"),
        (' colspan="3"', "2025‑Q3 to 2026‑Q1"),
    ]
    assert "2025-Q3: – not counted 2025-Q4: ✓ kept: 96% on time 2026-Q1: – not counted" in words(source)


def test_a_former_target_is_shown_if_it_is_not_beside_the_new_one() -> None:
    """If the promise was absent in between, and if the former versions are folded."""
    gone = service(level(request="Other", **kept(90)))
    assert "weaker target, was within 5 working days" in words(
        block(edition(service(level()), gone, service(level(within=6, **kept(96)))), "promises")
    )
    many = [service(level(**kept(96)))] * 2 + [service(level(within=6, **kept(96)))] * 12
    assert "weaker target, was within 5 working days" in words(block(edition(*many), "promises"))


def test_the_tally_is_of_the_last_version_with_facts() -> None:
    """A new version has none yet."""
    found = tally_promises(promise_histories(edition(TWO[1], service(level(), level(request="Other")))))
    assert found is not None
    assert (found.point.version, found.kept, found.missed, found.open) == ("2025-Q1", 0, 1, 0)


def test_the_draft_is_called_a_draft() -> None:
    """Its count has a day, not a version."""
    shown = edition(TWO[0], draft=TWO[1])
    assert "91% of 64 requests on time by 30 June 2025" in on_service(shown)
    assert 'data-label="2025‑Q1 to Draft"' in block(shown, "promises")


def test_texts_are_inert_and_translated() -> None:
    """For any charter, in both languages."""
    hostile = level(request="<script>{{ 7*7 }}</script>", **kept(91, 64))
    changes = [service(hostile, name="<b>X", **more) for more in ({}, {"id": "x", "was": ["cards"]})]
    shown = edition(*[{"language": "ru"} | change for change in changes])
    for source in (block(shown, "promises"), block(shown, "service_asking", page_of(shown, "services", "x"))):
        assert "<script" not in source
        assert "<b>X" not in source
    said = words(block(shown, "promises"))
    assert "✗ нарушено: 91 % из 64 запросов в срок" in said.replace("\xa0", " ")


def test_histories_of_services_are_in_their_order() -> None:
    """Also the promises of several services."""
    services = [
        service(level(request=name), id=name, name=name)["services"][0] for name in ("one", "two", "three")
    ]
    shown = edition({"services": services})
    found = history_of(shown, shown.charter.services[2], shown.charter.services[0])
    assert [one.level.request for one in found] == ["three", "one"]
    assert all(isinstance(point, PromisePoint) for one in found for point in one.points)
