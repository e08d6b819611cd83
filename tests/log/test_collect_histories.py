from __future__ import annotations

from charterbook.log import HistoryEntry, ItemHistory, changed_items, sentences
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.log.log_samples import ONBOARDING, histories, log_of, outline, service


def said(item_history: ItemHistory | None, version: str) -> list[str]:
    """Sentences of a history for a version."""
    assert item_history is not None
    return [
        line
        for entry in item_history.entries
        if entry.moment.version == version
        for line in sentences(entry, item_history)
    ]


def entries(item_history: ItemHistory | None) -> tuple[HistoryEntry, ...]:
    """All entries of an existing history."""
    assert item_history is not None
    return item_history.entries


def test_introduced_and_changed(repo: Repo) -> None:
    """The sentences omit the name, and versions without a change have no entry."""
    log = log_of(
        repo,
        {"services": [ONBOARDING]},
        {"services": [ONBOARDING], "title": "Another title"},
        {"services": [ONBOARDING | {"owner": "Head of sales", "effort_share": 30}]},
    )
    item_history = log.item("services", "onboarding")
    assert outline(item_history) == [
        ("2025-Q1", "introduced", "Onboarding"),
        ("2025-Q3", "changed", "Onboarding"),
    ]
    assert said(item_history, "2025-Q1") == []
    assert said(item_history, "2025-Q3") == [
        "Owner added: Head of sales",
        "Share of the team's time added: 30%",
    ]


def test_a_renamed_item_is_followed_back(repo: Repo) -> None:
    """Through two names, of which the charter declares only the last one."""
    log = log_of(
        repo,
        {"services": [service("start")]},
        {"services": [service("ramp", was=["start"])]},
        {"services": [service("ramp-up", was=["ramp"])]},
    )
    item_history = log.item("services", "ramp-up")
    assert outline(item_history) == [
        ("2025-Q1", "introduced", "Start"),
        ("2025-Q2", "renamed", "Ramp"),
        ("2025-Q3", "renamed", "Ramp up"),
    ]
    assert said(item_history, "2025-Q3") == ["“Ramp” is now called “Ramp up”"]
    assert item_history is not None
    assert item_history.places["2025-Q1"] == (("services", "start"), "Start")


def test_a_former_id_leads_to_the_newest(repo: Repo) -> None:
    """An item has one history, by any of its ids."""
    log = log_of(
        repo, {"services": [service("start")]}, {"services": [service("ramp", was=["start"], owner="CRO")]}
    )
    assert log.item("services", "start") == log.item("services", "ramp")
    assert log.now(("services", "start")) == ("services", "ramp")


def test_where_an_item_is_at_the_end_of_each_version(repo: Repo) -> None:
    """A version in which it was removed is not included."""
    both, one = {"services": [ONBOARDING, service("cards")]}, {"services": [ONBOARDING]}
    for date, changes in (("2025-01-15", both), ("2025-04-15", both), ("2025-05-15", one)):
        repo.commit({"charter.yml": minimal_charter(**changes)}, date=date)
    item_history = histories(repo).item("services", "cards")
    assert item_history is not None
    assert item_history.places == {"2025-Q1": (("services", "cards"), "Cards")}


def test_a_split_service(repo: Repo) -> None:
    """Each successor has its origin, and the former item its end."""
    both = [service("library", was=["content"]), service("cards", was=["content"])]
    log = log_of(repo, {"services": [service("content")]}, {"services": both})
    assert outline(log.item("services", "cards")) == [
        ("2025-Q1", "introduced", "Content"),
        ("2025-Q2", "split", "Cards"),
    ]
    gone = log.item("services", "content")
    assert outline(gone) == [("2025-Q1", "introduced", "Content"), ("2025-Q2", "split", "Content")]
    assert said(gone, "2025-Q2") == ["Content was split into Library and Cards"]


def test_merged_services(repo: Repo) -> None:
    """The history covers both, under their former names."""
    log = log_of(
        repo,
        {"services": [service("library")]},
        {"services": [service("library"), service("cards")]},
        {"services": [service("content", was=["library", "cards"])]},
    )
    item_history = log.item("services", "content")
    assert outline(item_history)[0] == ("2025-Q1", "introduced", "Library")
    assert outline(item_history)[-1] == ("2025-Q3", "merged", "Content")
    assert said(item_history, "2025-Q2") == ["New service: Cards (stronger)"]
    assert log.item("services", "cards") == item_history


def test_retired_and_offered_again(repo: Repo) -> None:
    """By the status."""
    log = log_of(
        repo, *({"services": [service("webinars", status=one)]} for one in ("live", "retired", "live"))
    )
    assert [act for _, act, _ in outline(log.item("services", "webinars"))] == [
        "introduced",
        "retired",
        "reinstated",
    ]


def test_removed_and_back(repo: Repo) -> None:
    """Both are entries, and the return is not an introduction."""
    with_it = {"services": [ONBOARDING, service("webinars")]}
    without = {"services": [ONBOARDING]}
    log = log_of(repo, with_it, without, with_it, without)
    acts = [act for _, act, _ in outline(log.item("services", "webinars"))]
    assert acts == ["introduced", "removed", "returned", "removed"]


def test_what_changed_while_an_item_was_removed(repo: Repo) -> None:
    """The return says it, compared with the last state."""
    level = {"request": "Talk", "within": 3}
    longer = service("webinars", name="Talks", service_levels=[level | {"within": 9}])
    found = log_of(
        repo,
        {"services": [ONBOARDING, service("webinars", name="Webinars", service_levels=[level])]},
        {"services": [ONBOARDING]},
        {"services": [ONBOARDING, longer]},
    ).item("services", "webinars")
    assert found is not None
    assert sentences(found.entries[-1], found) == [
        "“Talk” now takes up to 9 working days, was 3 (weaker)",
        "“Webinars” is now called “Talks”",
    ]


def test_an_item_that_came_with_its_section(repo: Repo) -> None:
    """No statement is about it alone, but it has an entry."""
    log = log_of(repo, {}, {"platforms": [{"id": "crm", "name": "CRM"}]})
    item_history = log.item("platforms", "crm")
    assert outline(item_history) == [("2025-Q2", "introduced", "CRM")]
    assert entries(item_history)[0].statements[0].path == ("platforms",)


def test_what_was_out_of_scope_and_is_planned_now(repo: Repo) -> None:
    """It moves to another list and has one history."""
    events = [{"id": "events", "name": "Events"}]
    log = log_of(repo, {"scope": {"out": events}}, {"scope": {"later": events}})
    assert [act for _, act, _ in outline(log.item("later", "events"))] == ["introduced", "moved"]
    assert log.item("out", "events") == log.item("later", "events")


def test_a_changed_and_reverted_value_has_two_entries(repo: Repo) -> None:
    """One for the change, one for the reversal."""
    log = log_of(
        repo, *({"audiences": [{"id": "s", "name": "S", "hours_per_quarter": n}]} for n in (8, 10, 8))
    )
    assert [act for _, act, _ in outline(log.item("audiences", "s"))] == ["introduced", "changed", "changed"]


def test_a_new_order_is_shown_only_without_other_changes(repo: Repo) -> None:
    """Beside another change it is omitted."""
    people = [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]

    def used_by(*ids: str, **more: object) -> dict[str, object]:
        return {"audiences": people, "services": [service("x", audiences=list(ids), **more)]}

    log = log_of(repo, used_by("a", "b"), used_by("b", "a"), used_by("a", "b", effort_share=3))
    item_history = log.item("services", "x")
    assert [one.severity for one in entries(item_history)[1].statements] == ["order"]
    assert said(item_history, "2025-Q3") == ["Share of the team's time added: 3%"]


def test_the_most_severe_comes_first(repo: Repo) -> None:
    """After a new name."""
    before, after = service("x"), service("y", was=["x"], effort_share=3, status="sunset")
    log = log_of(repo, {"services": [before]}, {"services": [after]})
    assert said(log.item("services", "y"), "2025-Q2")[:2] == [
        "“X” is now called “Y”",
        "Status is now ending, was live (weaker)",
    ]


def test_a_section_lists_added_and_removed_items(repo: Repo) -> None:
    """Other changes of its items are in their own histories; only their names are listed."""
    log = log_of(
        repo,
        {"services": [ONBOARDING, service("webinars"), service("cards")]},
        {"services": [ONBOARDING | {"effort_share": 3}, service("webinars", status="retired")]},
    )
    item_history = log.section("services")
    (entry,) = item_history.entries[1:]
    assert sentences(entry, item_history) == [
        "Service removed: Cards (weaker)",
        "Webinars: status is now retired, was live (weaker)",
    ]
    assert changed_items(entry, item_history) == {("services", "onboarding"): "Onboarding"}


def test_a_section_whose_items_have_no_pages_lists_all_changes(repo: Repo) -> None:
    """Without the section's name in statements about the section itself."""
    source = {"id": "sales", "name": "Sales", "funder": "Sales"}
    log = log_of(
        repo,
        {"funding": {"owner": "CRO", "sources": [source]}},
        {"funding": {"owner": "CFO", "sources": [source | {"share": 100}]}},
    )
    item_history = log.section("funding")
    assert said(item_history, "2025-Q2") == [
        "Budget owner is now CFO, was CRO",
        "Sales: share of the budget added: 100%",
    ]


def test_a_section_that_was_added_and_removed(repo: Repo) -> None:
    """And added again."""
    scope = {"scope": {"out": [{"id": "events", "name": "Events"}]}}
    log = log_of(repo, {}, scope, {}, scope)
    assert [act for _, act, _ in outline(log.section("scope"))] == ["introduced", "removed", "returned"]


def test_an_item_that_never_existed_has_no_history(repo: Repo) -> None:
    """Neither has a section."""
    log = log_of(repo, {})
    assert log.item("services", "nope") is None
    assert log.section("roadmap").entries == ()


def test_an_unreadable_revision_is_skipped(repo: Repo) -> None:
    """Its changes belong to the next readable one."""
    text = minimal_charter(services=[ONBOARDING])
    changed = text.replace("Four weeks", "Five weeks")
    repo.commit({"charter.yml": text}, date="2026-01-13")
    repo.commit({"charter.yml": changed + "title: [\n"}, date="2026-01-14")
    mended = repo.commit({"charter.yml": changed}, date="2026-01-15")
    last = entries(histories(repo).item("services", "onboarding"))[-1].moment.revision
    assert last is not None
    assert last.commit == mended


def test_the_last_change_is_one_of_content(repo: Repo) -> None:
    """A comment in the file is not a change."""
    first = repo.commit({"charter.yml": minimal_charter()}, date="2026-01-13")
    repo.commit({"charter.yml": minimal_charter() + "# A note.\n"}, date="2026-01-14")
    last = histories(repo).last
    assert last is not None
    assert last.revision is not None
    assert last.revision.commit == first


def test_all_entries_are_in_one_language(repo: Repo) -> None:
    """That of the newest charter, also for times with another one."""
    log = log_of(
        repo,
        {"services": [ONBOARDING]},
        {"services": [ONBOARDING | {"effort_share": 3}]},
        {"services": [ONBOARDING | {"effort_share": 3}], "language": "ru"},
    )
    assert said(log.item("services", "onboarding"), "2025-Q2") == [
        "Добавлено — доля времени службы: 3\u00a0%"
    ]
