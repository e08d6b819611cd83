from __future__ import annotations

from collections.abc import Mapping, Sequence

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.identity import (
    ElementIdentity,
    Item,
    ItemLineage,
    State,
    item_at,
    other_list,
    path_of,
    section_of,
    states_of,
)
from charterbook.load import load
from tests.charters import minimal_charter

#: Of each charter, oldest first, the services: ids with the former ids that they declare.
Services = Mapping[str, Sequence[str]]


def descent(*charters: Services) -> ItemLineage:
    """The lineage of the services of these charters."""
    return ItemLineage([services(charter) for charter in charters])


def services(charter: Services) -> State:
    """The state of a charter that has only these services."""
    return {"services": tuple(ElementIdentity(id_, tuple(was)) for id_, was in charter.items())}


def ids(found: Sequence[Item]) -> list[str]:
    """The ids of services."""
    assert {kind for kind, _ in found} <= {"services"}
    return [id_ for _, id_ in found]


def both_ways(line: ItemLineage, old: str, new: str, last: int) -> tuple[list[str], list[str]]:
    """The successors of the older one at the end, and the origins of the newer one at the beginning."""
    return ids(line.follow(("services", old), 0, last)), ids(line.follow(("services", new), last, 0))


def test_every_kind_is_in_a_section_of_the_model() -> None:
    """The keys of the path lead to the list."""
    for kind in ITEM_LISTS:
        assert section_of(kind) in Charter.model_fields
        assert path_of(kind)[-1] == kind
        assert path_of(kind, "x")[-2:] == (kind, "x")
    assert path_of("sources") == ("funding", "sources")
    assert (other_list("out"), other_list("later"), other_list("risks")) == ("later", "out", None)


def test_renames_are_followed_in_both_directions() -> None:
    """Over several charters, without `was` in later ones, and over one that lacks the item."""
    assert both_ways(descent({"a": ()}, {"b": ("a",)}, {"c": ("b",)}), "a", "c", 2) == (["c"], ["a"])
    assert both_ways(descent({"a": ()}, {"b": ("a",)}, {"b": ()}, {"c": ("b",)}), "a", "c", 3) == (
        ["c"],
        ["a"],
    )
    assert both_ways(descent({"a": ()}, {"x": ()}, {"b": ("a",)}), "a", "b", 2) == (["b"], ["a"])


def test_splits_and_merges_have_several_answers() -> None:
    """The item with the same id comes first, in any order of the file."""
    split = descent({"a": ()}, {"b": ("a",), "a": ()})
    assert both_ways(split, "a", "b", 1) == (["a", "b"], ["a"])
    merged = descent({"b": (), "a": ()}, {"a": ("b",)})
    assert both_ways(merged, "b", "a", 1) == (["a"], ["a", "b"])
    assert both_ways(descent({"a": (), "b": ()}, {"c": ("b", "a")}), "a", "c", 1) == (["c"], ["a", "b"])


def test_ended_items_have_no_successor() -> None:
    """One that returns is the same item."""
    assert ids(descent({"a": (), "b": ()}, {"b": ()}).follow(("services", "a"), 0, 1)) == []
    assert ids(descent({"a": ()}, {}, {"a": ()}).follow(("services", "a"), 0, 2)) == ["a"]
    assert ids(descent({"b": ()}, {"b": (), "a": ()}).follow(("services", "a"), 1, 0)) == []


def test_an_item_may_move_to_the_list_beside_its_own() -> None:
    """Also with another id, and back."""
    line = ItemLineage(
        [
            {"out": (ElementIdentity("a"),)},
            {"later": (ElementIdentity("b", ("a",)),)},
            {"out": (ElementIdentity("b"),)},
        ]
    )
    assert line.follow(("out", "a"), 0, 1) == (("later", "b"),)
    assert line.follow(("out", "a"), 0, 2) == (("out", "b"),)
    assert line.follow(("out", "b"), 2, 0) == (("out", "a"),)


def test_an_id_is_looked_up_whenever_it_was_in_use() -> None:
    """Earlier and later ids lead to it."""
    line = descent({"a": ()}, {"b": ("a",)}, {"c": ("b",)})
    assert [ids(line.nearest(("services", "b"), index)) for index in range(3)] == [["a"], ["b"], ["c"]]
    assert line.nearest(("services", "unknown"), 1) == ()


def test_equal_states_of_consecutive_charters_count_once() -> None:
    """An earlier state that comes back is another one."""
    first, second = (
        load(
            minimal_charter(services=[{"id": id_, "name": "Coaching", "summary": "Weekly."}]).encode()
        ).charter
        for id_ in ("a", "b")
    )
    assert first is not None
    assert second is not None
    found = [state["services"][0].id for state in states_of([first, first, second, second, first])]
    assert found == ["a", "b", "a"]


def test_the_item_of_a_path() -> None:
    """By its position in a list of items; a section, its texts and a list itself have none."""
    charter = load(minimal_charter().encode()).charter
    assert charter is not None
    service, source = charter.services[0].id, charter.funding.sources[0].id
    assert (
        item_at(charter, ("services", 0))
        == item_at(charter, ("services", 0, "name"))
        == ("services", service)
    )
    assert item_at(charter, ("funding", "sources", 0, "share")) == ("sources", source)
    for path in ((), ("services",), ("funding", "sources"), ("mission", "why"), ("mission", "principles", 0)):
        assert item_at(charter, path) is None
