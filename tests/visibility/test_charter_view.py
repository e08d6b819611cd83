"""A charter as a group sees it, now and in older versions."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes, walk
from charterbook.compare import compare
from charterbook.compare.severity import MARKS
from charterbook.diff import plain
from charterbook.diff.rebuild import with_data
from charterbook.load import load
from charterbook.visibility import CharterView, PastMarks, seen_groups
from charterbook.visibility.group_marks import listed_items
from tests.charters import minimal_charter
from tests.generated import charters
from tests.visibility.canaries import GROUPS, INTERNAL, CanaryMaker

SECRET = re.compile(r"hush|918273|91\.8273|2099|CHF")


def charter(**changes: Any) -> Charter:
    """The minimal charter with groups and changes."""
    loaded = load(minimal_charter(groups=GROUPS, **changes).encode())
    assert loaded.charter is not None, loaded.problems
    return loaded.charter


def seen(
    *newest_first: Charter, group: str = "partners", at: int = -1, versions: tuple[str, ...] = ()
) -> Charter:
    """One of several charters, by default the oldest, as a group sees it."""
    marks = PastMarks(newest_first, group, newest_first[0].released)
    return CharterView(newest_first[at], marks, versions).filtered()


def text_of(found: Charter) -> str:
    """Everything that a charter says."""
    return found.model_dump_json(by_alias=True)


def service(**more: Any) -> dict[str, Any]:
    """A service."""
    return {"id": "clinics", "name": "Clinics", "summary": "Weekly clinics."} | more


HIDDEN = {"visible_to": ["internal"]}
OPEN = {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks."}


def test_no_canary_in_what_a_group_sees() -> None:
    """In no place of the model, and none is missing for the group that sees everything."""
    whole = load(CanaryMaker().charter().encode()).charter
    assert whole is not None
    assert SECRET.findall(text_of(whole))
    assert SECRET.findall(text_of(seen(whole))) == []
    internal = text_of(seen(whole, group="internal"))
    assert len(SECRET.findall(internal)) > 500
    assert "hush-own" in internal
    assert re.findall("hush-?none", internal) == []


@pytest.mark.long
def test_an_unmarked_past_shows_no_more_than_the_present() -> None:
    """Parts hidden now are hidden in all older charters."""
    now, then = (load(CanaryMaker(marked=marked).charter().encode()).charter for marked in (True, False))
    assert now is not None
    assert then is not None
    assert SECRET.findall(text_of(seen(now, then))) == []
    without = load(minimal_charter(groups=GROUPS).encode()).charter
    assert without is not None
    assert SECRET.findall(text_of(seen(without, now, then))) == []


def test_what_was_hidden_then_is_hidden_for_good() -> None:
    """An item that is shown now stays hidden in the charters that hid it."""
    then, now = charter(services=[OPEN, service(**HIDDEN)]), charter(services=[OPEN, service()])
    assert [one.id for one in seen(now, then).services] == ["onboarding"]
    assert [one.id for one in seen(now, then, at=0).services] == ["onboarding", "clinics"]


@pytest.mark.parametrize("heir", [service(id="labs", was=["clinics"], **HIDDEN), None])
def test_former_ids_and_deleted_items(heir: dict[str, Any] | None) -> None:
    """An item is hidden under its former ids, and by its last state once it is gone."""
    first = charter(services=[OPEN, service()])
    middle = charter(services=[OPEN, service(**HIDDEN)])
    last = charter(services=[OPEN, *([heir] if heir else [])])
    assert [one.id for one in seen(last, middle, first).services] == ["onboarding"]


def test_a_split_is_as_hidden_as_its_most_hidden_part() -> None:
    """The whole item, if one of the parts is hidden."""
    first = charter(services=[OPEN, service()])
    parts = [service(id="labs", was=["clinics"]), service(id="desks", was=["clinics"], **HIDDEN)]
    assert [one.id for one in seen(charter(services=[OPEN, *parts]), first).services] == ["onboarding"]


def test_former_ids_of_hidden_items_are_not_named() -> None:
    """Also if the item that has them is shown."""
    first = charter(services=[OPEN, service(**HIDDEN)])
    now = charter(services=[OPEN, service(id="labs", was=["clinics"])])
    assert seen(now, first, at=0).services[1].was == []
    always = charter(services=[OPEN, service()])
    assert seen(now, always, at=0).services[1].was == ["clinics"]


def test_a_key_that_is_gone() -> None:
    """It is hidden in older charters if its last state was restricted."""
    marked = service(asks="A secret", restricted=[{"keys": ["asks"], "visible_to": INTERNAL}])
    first, middle = charter(services=[service(asks="A secret")]), charter(services=[marked])
    assert "secret" not in text_of(seen(charter(services=[service()]), middle, first))
    assert "secret" in text_of(seen(charter(services=[service(asks="Open")]), middle, first))


def test_an_item_in_the_other_list() -> None:
    """Parts hidden in `later` were hidden in `out`."""
    item = {"id": "events", "name": "Events"}
    first, now = charter(scope={"out": [item]}), charter(scope={"later": [item | HIDDEN]})
    assert "events" not in text_of(seen(now, first))


def test_a_promise_with_another_name_is_hidden() -> None:
    """In a list without ids, older versions show only elements that the newest one shows."""
    levels = [{"request": name, "within": 2} for name in ("Open", "Hidden", "Called otherwise")]
    first = charter(services=[service(service_levels=levels)])
    now = charter(services=[service(service_levels=[levels[0], levels[1] | HIDDEN])])
    assert [one.request for one in seen(now, first).services[0].service_levels] == ["Open"]


@pytest.mark.parametrize(
    ("newest_first", "expected"),
    [
        (["Open", "Open Secret!", "Open Secret"], ["Open", "Open", "Open"]),
        (["", "Open Secret!", "Open Secret"], ["", "Open", "Open"]),
        (["Open New Other!", "Open Secret!", "Open Secret"], ["Open New", "Open", "Open"]),
        (["Open New Secret!", "Open Secret!"], ["Open New", "Open"]),
        (["Open Secret", "Open Secret!", "Open Secret"], ["Open Secret", "Open", "Open Secret"]),
        (["Open New", "Open"], ["Open New", "Open"]),
        (["Open Gone Secret!", "Gone"], ["Open Gone", "Gone"]),
    ],
)
def test_promises_that_come_and_go(newest_first: list[str], expected: list[str]) -> None:
    """A deleted one is hidden as in its last state; a new one beside a hidden one is shown."""
    found = [charter(services=[service(service_levels=_promises(names))]) for names in newest_first]
    shown = [seen(*found, at=at).services[0].service_levels for at in range(len(found))]
    assert [" ".join(one.request for one in levels) for levels in shown] == expected


def _promises(names: str) -> list[dict[str, Any]]:
    """Promises by their names; those with ! are hidden."""
    return [
        {"request": name.strip("!"), "within": 2} | (HIDDEN if name.endswith("!") else {})
        for name in names.split()
    ]


def test_releases() -> None:
    """Released parts are shown in earlier versions, to the group and in the versions that the release names."""
    first, then = charter(services=[OPEN, service()]), charter(services=[OPEN, service(**HIDDEN)])
    release = {"paths": ["services.clinics"], "to": ["partners"], "versions": ["2026-Q1"]}
    now = charter(services=[OPEN, service(**HIDDEN)], released=[release])
    shown = [
        seen(now, then, first, at=at, versions=versions)
        for at, versions in ((-1, ("2026-Q1",)), (1, ("2026-Q1",)))
    ]
    assert all(len(one.services) == 2 for one in shown)
    hidden = [
        seen(now, then, first, versions=versions) for versions in (("2026-Q2",), ("2026-Q1", "2026-Q2"), ())
    ]
    assert all(len(one.services) == 1 for one in hidden)
    assert len(seen(now, first, group="editors", versions=("2026-Q1",)).services) == 1


def test_groups_then_and_now() -> None:
    """A group sees the parts that both its former and its present groups may see."""
    then = charter(services=[OPEN, service(**HIDDEN)])
    wider = load(
        minimal_charter(groups=[{"id": "partners", "sees": ["internal"]}, {"id": "internal"}]).encode()
    ).charter
    assert wider is not None
    assert len(seen(wider, then).services) == 1


def test_last_values_of_series() -> None:
    """A current value that only repeats a hidden one of the series is hidden with it."""
    metric = {
        "id": "win-rate",
        "name": "Win rate",
        "kind": "lagging",
        "values": [{"date": "2026-01-31", "value": 71}],
    }
    text = minimal_charter(
        groups=GROUPS, metrics=[metric | {"restricted": [{"keys": ["values"], "visible_to": INTERNAL}]}]
    )
    found = load(text.replace("'2026-01-31'", "2026-01-31").encode()).charter
    assert found is not None
    assert found.metrics[0].actual is not None
    assert seen(found).metrics[0].actual is None


def test_roles_that_have_to_be_named() -> None:
    """The owner of the budget, by a neutral word; a sign-off of a hidden role is left out."""
    roles = [{"id": "cro", "name": "CRO", **HIDDEN}, {"id": "lead", "name": "Lead"}]
    funding = {"owner": "cro", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]}
    signs = [{"role": role, "decision": "approved"} for role in ("cro", "lead")]
    found = seen(charter(roles=roles, funding=funding, review={"sign_offs": signs}))
    assert found.funding.owner == "a role that is not named here"
    assert found.review is not None
    assert [one.role for one in found.review.sign_offs] == ["lead"]


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "See [it](services/clinics).": "See it.",
        "See [it](services/clinics#x) and [that](services/onboarding).": "See it and [that](services/onboarding).",
        'See [it](services/clinics "title").': "See it.",
        "See [it](<services/clinics>).": "See it.",
        "See [a [nested] one](services/clinics).": "See [a [nested] one](-).",
        "See [`code`](services/clinics).": "See `code`.",
        "See [risks](risks), [funding](funding).": "See risks, [funding](funding).",
        "[web](https://example.com/)": "[web](https://example.com/)",
    }.items(),
)
def test_links_to_hidden_pages(text: str, expected: str) -> None:
    """Their words remain."""
    found = charter(
        services=[OPEN | {"asks": text}, service(**HIDDEN)],
        risks=[{"id": "one", "name": "One"}],
        restricted=[{"keys": ["risks"], "visible_to": [*INTERNAL]}],
    )
    assert seen(found).services[0].asks == expected


def test_sections_that_the_model_needs() -> None:
    """They are left out, although the model needs them."""
    keys = ["mission", "services", "audiences", "funding", "metrics"]
    found = seen(charter(restricted=[{"keys": keys, "visible_to": INTERNAL}]))
    assert not any(found.has(key) for key in keys)
    assert set(yaml.safe_load(found.model_dump_json(by_alias=True, exclude_unset=True))) == {"title"}


@pytest.mark.long
@given(charters())
def test_a_filtered_charter_has_no_marks_and_no_unknown_ids(found: Charter) -> None:
    """For any charter: filtering twice changes nothing, and no marks remain."""
    once = seen(found, group="alpha")
    assert seen(once, group="alpha") == once
    data = once.model_dump(by_alias=True, exclude_unset=True)
    assert not {value.path[-1] for value in walk(data)} & {"visible_to", "restricted", "groups", "released"}


@pytest.mark.long
@given(charters())
def test_what_is_hidden_makes_no_difference(found: Charter) -> None:
    """A charter with other words in all hidden items and keys looks the same."""
    assert seen(_with_other_words(found, seen_groups(found, "alpha"), hidden=False), group="alpha") == seen(
        found, group="alpha"
    )


def _with_other_words(value: Any, groups: frozenset[str], *, hidden: bool) -> Any:
    """The same with other words in hidden mappings and keys, by brute force. `hidden` says whether all of it is."""
    if isinstance(value, list):
        return [_with_other_words(one, groups, hidden=hidden) for one in value]
    if not isinstance(value, Part):
        return "Other words." if hidden and isinstance(value, str) else value
    marks = getattr(value, "visible_to", [])
    hidden = hidden or bool(marks and not groups & {*marks})
    closed = {
        key
        for mark in getattr(value, "restricted", [])
        if not groups & {*mark.visible_to}
        for key in mark.keys
    }
    changed = {
        shape.key: _with_other_words(getattr(value, shape.key), groups, hidden=hidden or shape.key in closed)
        for shape in shapes(type(value)).values()
        if shape.key in value.model_fields_set
        and shape.kind in ("text", "line", "mapping")
        and not shape.refers
        if shape.key not in ("agreed", "request", "label", *MARKS)
    }
    return value.model_copy(update=changed)


@pytest.mark.long
@given(charters(), charters())
def test_what_is_hidden_now_is_in_no_older_charter(now: Charter, then: Charter) -> None:
    """For any two charters: not under its id, and under none of its former ids."""
    groups = seen_groups(now, "alpha")
    shown = {(path[:-1], item.id) for path, item in listed_items(seen(now, then, group="alpha"))}
    for path, item in listed_items(now):
        if item.visible_to and not groups & {*item.visible_to}:
            assert not shown & {(path[:-1], id_) for id_ in (item.id, *item.was)}


def test_what_a_group_sees_can_be_rebuilt() -> None:
    """Even without sections and keys that a file needs, after another part of the program has changed its data."""
    maker = CanaryMaker()
    hidden = {key: maker.section(key) | {"visible_to": INTERNAL} for key in ("mission", "funding")}
    whole = load(maker.charter(**hidden).encode()).charter
    assert whole is not None
    view = seen(whole)
    found = with_data(view, plain(view))
    assert (plain(found), bool(found.mission), bool(found.funding)) == (plain(view), False, False)
    assert with_data(whole, plain(whole)) == whole


@pytest.mark.parametrize("section", ["mission", "funding"])
def test_new_ids_and_spellings_beside_a_hidden_section(section: str) -> None:
    """They are found as in a whole charter: new ids and other spellings do not depend on hidden parts."""
    levels = [{"request": request, "within": 2, "unit": "days"} for request in ("Ask us", "ask us")]
    renamed = OPEN | {"id": "training", "was": ["onboarding"]}
    hidden = {section: yaml.safe_load(minimal_charter())[section] | HIDDEN}
    old = charter(services=[OPEN, service(service_levels=levels[:1])], **hidden)
    new = charter(services=[renamed, service(service_levels=levels[1:])], **hidden)
    views = (seen(new, old), seen(new, old, at=0))
    found, expected = (compare(one, other, ("a", "b")) for one, other in (views, (old, new)))
    assert [one.kind for one in found.statements] == ["renamed", "changed"]
    assert [one.sentence for one in found.statements] == [one.sentence for one in expected.statements]
