"""Differences between two charters: a table of old, new and expected changes, and general properties."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.diff import Change, apply, diff, likely_renames, lineage, plain, rename_guesses
from tests.charters import minimal_data
from tests.generated import CHANCE, charters, examples
from tests.hanging import never_hangs

#: Without shrinking: it takes minutes for charters, and a failing pair is read easily enough.
ANY = settings(
    deadline=None,
    max_examples=examples(30),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def charter(**changes: Any) -> Charter:
    """A minimal charter with some keys replaced."""
    return Charter.model_validate(minimal_data(**changes))


def service(id_: str, *was: str, **more: Any) -> dict[str, Any]:
    """A service as in the file."""
    return {"id": id_, "was": list(was), "name": id_.title(), "summary": f"All of {id_}."} | more


def level(request: str, within: int = 3) -> dict[str, Any]:
    """A service level as in the file."""
    return {"request": request, "within": within}


def kinds_and_paths(changes: list[Change]) -> list[tuple[str, str]]:
    """Kind and path of each change."""
    return [(change.kind, ".".join(change.path)) for change in changes]


TABLE: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]]] = {
    "nothing": ({}, {}, []),
    "a value": ({"title": "One"}, {"title": "Two"}, [("changed", "title")]),
    "a value that is new": ({}, {"version": "2026-Q1"}, [("added", "version")]),
    "a section": ({"review": {"quorum": "Two"}}, {}, [("removed", "review")]),
    "a field inside": (
        {"review": {"quorum": "Two"}},
        {"review": {"quorum": "Three"}},
        [("changed", "review.quorum")],
    ),
    "an item": (
        {"services": [service("a")]},
        {"services": [service("b"), service("a")]},
        [("added", "services.b")],
    ),
    "an item that is gone": (
        {"services": [service("a"), service("b")]},
        {"services": [service("b")]},
        [("removed", "services.a")],
    ),
    "a field of an item": (
        {"services": [service("a"), service("b")]},
        {"services": [service("a"), service("b", asks="Come.")]},
        [("added", "services.b.asks")],
    ),
    "the order of items": (
        {"services": [service("a"), service("b"), service("c")]},
        {"services": [service("c"), service("a"), service("b")]},
        [("moved", "services")],
    ),
    "a list of ids": (
        {"services": [service("a", audiences=["x"])]},
        {"services": [service("a", audiences=["x", "y"])]},
        [("changed", "services.a.audiences")],
    ),
    "the order of a list of ids": (
        {"services": [service("a", audiences=["x", "y"])]},
        {"services": [service("a", audiences=["y", "x"])]},
        [("moved", "services.a.audiences")],
    ),
    "a rename": (
        {"services": [service("a")]},
        {"services": [service("b", "a", name="A")]},
        [("renamed", "services.b"), ("changed", "services.b.summary")],
    ),
    "a rename of long ago, which both know": (
        {"services": [service("b", "a")]},
        {"services": [service("b", "a")]},
        [],
    ),
    "a split": (
        {"services": [service("a")]},
        {"services": [service("b", "a"), service("c", "a")]},
        [("split", "services.a")],
    ),
    "a split of which one part keeps the id": (
        {"services": [service("a")]},
        {"services": [service("a"), service("c", "a")]},
        [("split", "services.a")],
    ),
    "a split of long ago, which both know": (
        {"services": [service("a"), service("c", "a")]},
        {"services": [service("a"), service("c", "a")]},
        [],
    ),
    "a merge": (
        {"services": [service("a"), service("b")]},
        {"services": [service("c", "a", "b")]},
        [("merged", "services.c")],
    ),
    "a merge into one that stays": (
        {"services": [service("a"), service("b")]},
        {"services": [service("b", "a")]},
        [("merged", "services.b")],
    ),
    "two items become two others": (
        {"services": [service("a"), service("b")]},
        {"services": [service("c", "a", "b"), service("d", "b")]},
        [("merged", "services.c")],
    ),
    "a promise": (
        {"services": [service("a", service_levels=[level("Fast"), level("Slow")])]},
        {"services": [service("a", service_levels=[level("Slow", 5), level("New")])]},
        [
            ("added", "services.a.service_levels.New"),
            ("removed", "services.a.service_levels.Fast"),
            ("changed", "services.a.service_levels.Slow.within"),
        ],
    ),
    "promises that cannot be told apart": (
        {"services": [service("a", service_levels=[level("Fast"), level("Fast", 4)])]},
        {"services": [service("a", service_levels=[level("Fast"), level("Fast", 5)])]},
        [("changed", "services.a.service_levels")],
    ),
    "a sign-off": (
        {"review": {"sign_offs": [{"role": "CRO", "decision": "pending"}]}},
        {"review": {"sign_offs": [{"role": "CRO", "decision": "approved"}]}},
        [("changed", "review.sign_offs.CRO.decision")],
    ),
    "from out of scope to later": (
        {"scope": {"out": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}], "later": []}},
        {"scope": {"out": [{"id": "b", "name": "B"}], "later": [{"id": "a", "name": "A"}]}},
        [("moved", "scope.later.a")],
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_table(case: str) -> None:
    """Old, new and expected changes; applying them gives the new charter, in both directions."""
    old, new = (charter(**side) for side in TABLE[case][:2])
    changes = diff(old, new)
    assert kinds_and_paths(changes) == TABLE[case][2]
    assert apply(changes, old) == new
    assert apply(diff(new, old), new) == old


def test_values() -> None:
    """A change has both values; a change of order has the ids."""
    old = charter(services=[service("a"), service("b")])
    new = charter(services=[service("b", effort_share=20), service("a")])
    assert diff(old, new) == [
        Change("moved", ("services",), ("a", "b"), ("b", "a")),
        Change("added", ("services", "b", "effort_share"), None, 20.0),
    ]


def test_a_likely_rename_is_separate() -> None:
    """Without `was` it is a removed and an added item; their similarity is reported separately."""
    old = charter(services=[service("coaching", summary="Two talks a month with each manager.")])
    new = charter(services=[service("leading", summary="Two talks a month with every manager.")])
    changes = diff(old, new)
    assert kinds_and_paths(changes) == [("added", "services.leading"), ("removed", "services.coaching")]
    (likely,) = likely_renames(changes)
    assert (likely.old, likely.new) == (("services", "coaching"), ("services", "leading"))
    assert 0.8 < likely.likeness < 1


def test_a_declared_successor_is_no_likely_rename() -> None:
    """The charter declares the successor of the older one."""
    portal = {"id": "portal", "name": "Training portal", "purpose": "Courses and certificates."}
    hub = {"id": "hub", "name": "Training hub", "purpose": "Courses and certificates."}
    assert likely_renames(diff(charter(platforms=[portal]), charter(platforms=[hub])))
    hub["replaces"] = "Training portal (until August)"
    assert likely_renames(diff(charter(platforms=[portal]), charter(platforms=[hub]))) == []


def test_unlike_items_are_no_likely_rename() -> None:
    """Without common content."""
    old = charter(services=[service("coaching", summary="Two talks a month with each manager.")])
    new = charter(services=[service("webinars", summary="Prospects hear from customers.")])
    assert likely_renames(diff(old, new)) == []


@pytest.mark.long
@ANY
@given(charters())
def test_no_charter_differs_from_itself(a: Charter) -> None:
    """With any content."""
    assert diff(a, a) == []


@pytest.mark.long
@ANY
@given(charters(), charters())
def test_the_changes_make_the_newer_from_the_older(a: Charter, b: Charter) -> None:
    """For any two charters."""
    assert apply(diff(a, b), a) == b


@pytest.mark.long
@ANY
@given(charters(), charters(), st.data())
def test_shared_objects_make_no_difference(a: Charter, b: Charter, data: st.DataObject) -> None:
    """Charters of a history have common parts, as identical or as equal objects."""
    shared = data.draw(st.lists(st.sampled_from(sorted(a.model_fields_set)), unique=True))
    one = b.model_copy(update={key: getattr(a, key) for key in shared})
    other = b.model_copy(update={key: copy.deepcopy(getattr(a, key)) for key in shared})
    assert diff(a, one) == diff(a, other)
    assert diff(one, a) == diff(other, a)
    assert plain(one) == one.model_dump(by_alias=True, exclude_none=True)


@pytest.mark.long
@ANY
@given(charters(), CHANCE)
def test_another_order_is_only_moved(a: Charter, random: Any) -> None:
    """For any reordered list, without other changes."""
    data = plain(a)
    lists = [data[key] for key in data if isinstance(data[key], list)]
    lists += [
        value
        for item in data["services"]
        for value in item.values()
        if isinstance(value, list) and len(value) > 1
    ]
    for values in lists:
        random.shuffle(values)
    b = Charter.model_validate(data)
    assert {change.kind for change in diff(a, b)} <= {"moved"}
    assert apply(diff(a, b), a) == b


@pytest.mark.parametrize(
    ("between", "last", "expected"),
    [
        ([service("b", "a")], [service("c", "b")], [("renamed", "services.c")]),
        ([service("b", "a")], [service("b")], [("renamed", "services.b")]),
        ([service("b", "a"), service("c", "a")], [service("b"), service("c")], [("split", "services.a")]),
        ([service("b", "a")], [service("x")], [("added", "services.x"), ("removed", "services.a")]),
        ([service("b", "a")], [service("a", "b")], []),
    ],
)
def test_renames_declared_in_between_count(
    between: list[Any], last: list[Any], expected: list[tuple[str, str]]
) -> None:
    """For an item renamed twice, and for one whose former id is no longer declared."""
    line = [charter(services=services) for services in ([service("a")], between, last)]
    changes = diff(line[0], line[-1], lineage(line))
    assert [one for one in kinds_and_paths(changes) if one[0] != "changed"] == expected
    assert apply(changes, line[0]) == line[-1]
    back = diff(line[-1], line[0], lineage(line[::-1]))
    opposite = {"renamed": "renamed", "split": "merged", "added": "removed", "removed": "added"}
    assert {change.kind for change in back} - {"changed"} == {opposite[kind] for kind, _ in expected}


def test_a_reverted_merge_is_forgotten() -> None:
    """An item that was restored, and removed later, was removed."""
    both, one = [service("a"), service("b")], [service("a")]
    line = [charter(services=services) for services in (both, [service("a", "b")], both, one)]
    assert kinds_and_paths(diff(line[0], line[-1], lineage(line))) == [("removed", "services.b")]
    back = diff(line[-1], line[0], lineage(line[::-1]))
    assert kinds_and_paths(back) == [("added", "services.b")]


def test_a_rename_counts_again_after_a_revert() -> None:
    """Also if its former id is no longer declared."""
    ids = [service("a")], [service("b", "a")], [service("a")], [service("b")]
    line = [charter(services=services) for services in ids]
    found = diff(line[0], line[-1], lineage(line))
    assert [one for one in kinds_and_paths(found) if one[0] != "changed"] == [("renamed", "services.b")]


@pytest.mark.long
@ANY
@given(charters(), st.sampled_from(["services", "audiences", "metrics"]))
def test_a_declared_rename_is_never_removed_and_added(a: Charter, kind: str) -> None:
    """For an item in any list, with any other changes."""
    data = copy.deepcopy(plain(a))
    for other in data[kind]:
        other["was"] = []
    before = Charter.model_validate(data)
    item = data[kind][0]
    item |= {"id": "quite-new", "was": [item["id"]]}
    changes = diff(before, Charter.model_validate(data))
    assert kinds_and_paths(changes) == [("renamed", f"{kind}.quite-new")]


@pytest.mark.long
def test_renames_of_a_thousand_items_are_guessed_in_bounded_time() -> None:
    """Not all pairs are compared then, and the result says so."""
    glossary = [
        {"id": f"a{number}", "term": f"A{number}", "meaning": f"m {number}"} for number in range(1_000)
    ]
    other = [{"id": f"b{number}", "term": f"B{number}", "meaning": f"n {number}"} for number in range(1_000)]
    with never_hangs():
        guesses = rename_guesses(diff(charter(glossary=glossary), charter(glossary=other)))
    assert not guesses.complete
    assert rename_guesses(diff(charter(glossary=glossary[:9]), charter(glossary=other[:9]))).complete
