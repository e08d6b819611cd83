"""Problems of groups of readers and of their marks."""

from __future__ import annotations

import pytest

from tests.load.sample import SMALL, places, problems

GROUPS = "groups: [{id: partners}, {id: internal, sees: [partners]}]\n"


def test_valid_marks() -> None:
    """Items, sections, keys and keys inside, at any place; releases of any part."""
    source = SMALL.replace("  owner:", "  visible_to: [internal]\n  owner:")
    source = source.replace(
        "    kind: lagging\n",
        "    kind: lagging\n    restricted: [{keys: [actual.note], visible_to: [internal]}]\n",
    )
    source += GROUPS + "restricted: [{keys: [risks, funding], visible_to: [internal]}]\n"
    source += "released: [{paths: [risks, services.onboarding.asks, funding.sources.any], to: [partners]}]\n"
    assert problems(source) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "an unknown group": (
            f"{GROUPS}restricted: [{{keys: [risks], visible_to: [partner]}}]\n",
            "unknown-group",
        ),
        "no groups at all": ("restricted: [{keys: [risks], visible_to: [partners]}]\n", "unknown-group"),
        "the same id twice": ("groups: [{id: a}, {id: a}]\n", "duplicate-id"),
        "a group that sees itself": ("groups: [{id: a, sees: [a]}]\n", "group-circle"),
        "an unknown section": (
            f"{GROUPS}restricted: [{{keys: [risk], visible_to: [partners]}}]\n",
            "unknown-restricted",
        ),
        "the title": (f"{GROUPS}restricted: [{{keys: [title], visible_to: [partners]}}]\n", "needed-key"),
        "a needed key of a section": (
            f"{GROUPS}restricted: [{{keys: [mission.statement], visible_to: [partners]}}]\n",
            "needed-key",
        ),
        "no such place": (
            f"{GROUPS}released: [{{paths: [services.a.colour], to: [partners]}}]\n",
            "unknown-release",
        ),
        "a document key": (f"{GROUPS}released: [{{paths: [title], to: [partners]}}]\n", "unknown-release"),
    }.values(),
)
def test_faulty_groups(text: str, expected: str) -> None:
    """Each with its place in the file."""
    assert [(line, rule) for line, _, rule in places(SMALL + text)] == [
        (SMALL.count("\n") + text.count("\n"), expected)
    ]


def test_a_circle_of_three() -> None:
    """Each member names the next one."""
    text = "groups: [{id: a, sees: [b]}, {id: b, sees: [c]}, {id: c, sees: [a]}, {id: d, sees: [a]}]\n"
    assert [rule for _, _, rule in places(SMALL + text)] == ["group-circle"] * 3


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("visible_to: []", "no-group"),
        ("restricted: [{keys: [name], visible_to: [partners]}]", "needed-key"),
        ("restricted: [{keys: [id], visible_to: [partners]}]", "needed-key"),
        ("restricted: [{keys: [asks.more], visible_to: [partners]}]", "needed-key"),
        ("restricted: [{keys: [ask], visible_to: [partners]}]", "unknown-restricted"),
        ("restricted: [{keys: [], visible_to: [partners]}]", "empty-list"),
    ],
)
def test_faulty_marks_of_an_item(mark: str, expected: str) -> None:
    """At the mark."""
    source = SMALL.replace("    audiences: [sales]\n", f"    audiences: [sales]\n    {mark}\n") + GROUPS
    assert [(line, rule) for line, _, rule in places(source)] == [(9, expected)]
