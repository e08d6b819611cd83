"""The JSON Schema that editors complete from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from charterbook.charter.base import Part
from charterbook.charter.charter_schema import json_schema
from charterbook.load import load
from charterbook.versions import is_version_name
from tests.load.sample import SMALL, small

SCHEMA = json_schema()


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in the schema."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def fits(source: str) -> bool:
    """Whether an editor would accept the charter. It reads dates as text, as YAML 1.2 does."""
    return Draft202012Validator(SCHEMA).is_valid(yaml.load(source, Loader=Core))  # noqa: S506


class Core(yaml.SafeLoader):
    """YAML as editors read it: without dates."""


Core.yaml_implicit_resolvers = {
    first: [entry for entry in entries if "timestamp" not in entry[0]]
    for first, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.long
def test_it_is_a_schema_of_its_draft() -> None:
    """It is valid by the metaschema of draft 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:charterbook:charter:2"


def test_every_key_is_explained_in_one_line() -> None:
    """Editors show this text."""
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    values = [(part, key, value) for part in parts for key, value in part["properties"].items()]
    assert [key for _, key, value in values if "description" not in value] == []
    assert [key for _, key, value in values if "\n" in value["description"]] == []


def test_nothing_in_it_is_noise() -> None:
    """No null, no titles made from names, no alternatives if there is one."""
    found = [node for node in nodes(SCHEMA) if "anyOf" in node or node.get("type") == "null"]
    assert found == []
    assert [node for node in nodes(SCHEMA) if node.get("default", "") in (None, [])] == []
    assert [node["title"] for node in nodes(SCHEMA) if isinstance(node.get("title"), str)] == ["Charter"]


def test_references_are_marked() -> None:
    """With the kinds of items that they can name."""
    service = SCHEMA["$defs"]["Service"]["properties"]
    assert service["audiences"]["items"]["x-refers-to"] == ["audiences"]
    assert service["owner"]["x-refers-to"] == ["roles"]


def test_patterns_are_plain() -> None:
    """Python and JavaScript interpret them alike."""
    patterns = {node["pattern"] for node in nodes(SCHEMA) if isinstance(node.get("pattern"), str)}
    assert patterns
    assert [pattern for pattern in patterns if re.search(r"\(\?|\\[AZzpP]|\+\+|\*\+", pattern)] == []


def test_versions_have_the_names_that_the_loader_reads() -> None:
    """Of all forms, with all numbers, and with a sign more or less."""
    pattern = re.compile(SCHEMA["properties"]["version"]["pattern"])
    years = ("2026", "0026", "3026", "26", "FY27", "FY2027", "fy27")
    parts = (
        "",
        *(
            f"-{letter}{number}"
            for letter in ("Q", "H", "M", "q", "")
            for number in (*range(14), "01", "09", "12", "13")
        ),
    )
    for name in [f"{year}{part}" for year in years for part in parts] + [
        "2026-Q1 ",
        " 2026-Q1",
        "2026-Q1\n",
        "latest",
        "",
    ]:
        assert bool(pattern.search(name)) == is_version_name(name) or name.endswith("\n"), name


def test_it_agrees_with_the_loader_on_a_fine_charter() -> None:
    """Both accept it."""
    assert fits(SMALL)
    assert fits(small("mission:", "effective: 2026-03-31\nmission:"))


@pytest.mark.parametrize(
    "source",
    [
        small("title: Our charter\n", ""),
        small("title: Our charter\n", "title: Our charter\nversion: 2026-Q5\n"),
        small("title: Our charter\n", "title: Our charter\nschema: 99\n"),
        small("title: Our charter\n", "title: Our charter\ncalendar: {days: [monday, monday]}\n"),
        small("    kind:", "    kidn:"),
        small("[sales]", "sales"),
        small("lagging", "lagging\n    level: 5"),
        small("id: win-rate", "id: ../x"),
        small("  statement: We help.", "  statement: We help.\n  why:"),
        small("      funder: Sales\n", "      funder: Sales\n      amount: 5\n"),
    ],
)
def test_it_agrees_with_the_loader_on_mistakes(source: str) -> None:
    """Both refuse it."""
    assert not fits(source)
    assert load(source.encode()).charter is None


def test_python_evaluates_the_annotations_of_each_part_of_a_charter() -> None:
    """Otherwise pydantic compiles each of them when a command starts."""
    parts = list(_below(Part))
    assert len(parts) > 40
    texts = [
        part.__name__ for part in parts if any(isinstance(one, str) for one in part.__annotations__.values())
    ]
    assert texts == []


def _below(part: type[Part]) -> Iterator[type[Part]]:
    for one in part.__subclasses__():
        yield one
        yield from _below(one)
