"""The table of names: total, without contradictions, and strict if two names are alike."""

from __future__ import annotations

from itertools import pairwise

import pytest

from charterbook.charter.model_shape import shape_at, shapes
from charterbook.imports.drafts.kinds import LISTS, PATHS, model_of
from charterbook.imports.drafts.name_matching import (
    SIMILAR_ENOUGH,
    NameTable,
    columns,
    headings,
    labels,
    words_of,
)
from charterbook.imports.drafts.synonyms import CHOICES, COLUMNS, HEADINGS, LABELS

#: Fields that an import turns into others.
MADE = {("services", "within"), ("service_levels", "service")}


def test_every_path_exists() -> None:
    """A heading means a section, a list of items, or a text; a column means a field."""
    assert set(COLUMNS) == set(PATHS)
    for path in HEADINGS:
        assert path in LISTS or path in LABELS or shape_at(tuple(path.split("."))), path
    for kind, fields in COLUMNS.items():
        assert {(kind, field) for field in fields if field not in shapes(model_of(kind))} <= MADE
    for section, fields in LABELS.items():
        assert all(shape_at((section, field)) for field in fields)


def test_every_choice_is_one_of_a_field() -> None:
    """Words are never read as a value that no field has."""
    known = {
        (shape.key, choice)
        for kind in PATHS
        for shape in shapes(model_of(kind)).values()
        for choice in shape.choices
    }
    known |= {(key, choice) for key in ("cadence",) for choice in shape_at(("review", key)).choices}  # type: ignore[union-attr]
    known |= {("today", choice) for choice in shape_at(("maturity", "today")).choices}  # type: ignore[union-attr]
    assert {(key, choice) for key, names in CHOICES.items() if key != "unit" for choice in names} <= known


@pytest.mark.parametrize(
    "table",
    [HEADINGS, *COLUMNS.values(), *LABELS.values(), *CHOICES.values()],
    ids=lambda table: next(iter(table), ""),
)
def test_no_name_means_two_things(table: dict[str, str]) -> None:
    """Within one table."""
    names = [
        (words_of(name), path) for path, names in table.items() for name in names.split("|") if name != "*"
    ]
    known = dict(names)
    assert [(name, path) for name, path in names if known[name] != path] == []


@pytest.mark.parametrize("path", HEADINGS)
def test_every_heading_is_found(path: str) -> None:
    """Exactly, numbered, in capitals, and with words in brackets after it."""
    for name in HEADINGS[path].split("|"):
        for form in (name, f"2.1 {name.upper()}", f"{name} (2026)", f"Slide 3: {name}"):
            match = headings().find(form)
            assert match is not None
            assert (match.path, match.is_certain) == (path, True), form


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Services & programmes", "services"),
        ("Key metrics for success", "metrics"),
        ("Our team's mission", "mission"),
        ("Who we support (audiences)", "audiences"),
        ("Roles and RACI", "roles"),
        ("Mission and vision", "mission"),
        ("Scope and audience", None),
        ("Leeding indicators", "metrics.leading"),
        ("Supported servises", "services"),
        ("Snacks", None),
        ("Ключевые показатели эффективности", "metrics"),
        ("Наши услуги", "services"),
        ("Кого поддерживает наша команда", "audiences"),
    ],
)
def test_a_heading(text: str, path: str | None) -> None:
    """Parts with one meaning give it; parts with several, and doubtful ones, give none."""
    match = headings().find(text)
    assert (match.path if match else None) == path


def test_words_about_the_items_are_noise() -> None:
    """In the head of a column."""
    for kind, text, field in (
        ("services", "Service owner", "owner"),
        ("metrics", "KPI target", "target"),
        ("risks", "Risk owner", "owner"),
        ("roles", "Role description", "does"),
    ):
        match = columns(kind).find(text)
        assert match is not None
        assert match.path == field
    assert labels("funding").find("Budget owner")


def test_two_similar_names_of_other_meaning_are_none() -> None:
    """A misspelling between them is not decided."""
    table = NameTable({"up": "leading indicators", "down": "lagging indicators"})
    assert table.find("leagging indicators") is None
    for first, second in pairwise((0.5, SIMILAR_ENOUGH, 1.0)):
        assert first < second
