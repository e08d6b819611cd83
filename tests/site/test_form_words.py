"""The form is for people who have never seen charter.yml: its help and advice name no keys of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import charterbook
from charterbook.charter import LANGUAGES
from charterbook.compare import Severity
from charterbook.load import load
from charterbook.site.render.form import describe
from tests.charters import minimal_charter


def words(language: str) -> Iterator[tuple[str, str]]:
    """All texts of the form, each with its place."""
    charter = load(minimal_charter(language=language).encode()).charter
    assert charter is not None
    described = describe(charter.language, {})
    for part, fields in described["parts"].items():
        for field in fields:
            yield from (
                (f"{part}.{field['key']}", field[key]) for key in ("label", "help", "advice") if key in field
            )
    for name, pair in described["checks"].items():
        yield from ((f"check {name}", text) for text in pair)
    yield from ((f"word {name}", text) for name, text in described["words"].items())


def speaks_yaml(text: str) -> bool:
    """Whether a text has code marks, a path of keys, a key with an underscore, `key: value`, or an id."""
    bare = re.sub(r"%\(\w+\)s", "", text).lower()
    return bool(
        re.search(r"`|\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z]{3,}\b|: [a-z_]+: |\b(?:ids?|keys?|yaml)\b", bare)
    )


SCRIPTS = Path(charterbook.__file__).parent / "site" / "theme" / "assets" / "charterbook"


def test_the_scripts_have_the_texts_that_they_use() -> None:
    """Each text that a script names is given to it, and none for nothing."""
    charter = load(minimal_charter().encode()).charter
    assert charter is not None
    described = describe(charter.language, {})
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS.glob("propose*.js"))
    named = {*re.findall(r'"([a-z-]+)"', scripts)}
    assert [name for name in described["checks"] if name not in named] == []
    assert {*re.findall(r'problem\(about, "([a-z-]+)"', scripts)} <= {*described["checks"]}
    words = {*re.findall(r"words\.(\w+)", scripts)} | {*get_args(Severity)}
    assert words == {*described["words"]}
    assert {*re.findall(r'plural\((?:this\.)?about, "(\w+)"', scripts)} == {*described["plurals"]}


def test_scripts_of_the_first_view_are_preloaded() -> None:
    """They arrive side by side; all others are loaded when something is chosen."""
    template = SCRIPTS.parents[2] / "templates" / "blocks" / "propose_form.html"
    preloaded = re.findall(
        r'modulepreload" href="{{ asset\(\'([\w.-]+)', template.read_text(encoding="utf-8")
    )
    imported = re.findall(
        r'^import .* from "\./([\w.-]+)"', (SCRIPTS / "propose.js").read_text("utf-8"), re.MULTILINE
    )
    assert set(preloaded) == set(imported) != set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_names_no_keys(language: str) -> None:
    """Neither in its help, nor in the advice of rules, nor in the messages of its checks."""
    assert [(place, text) for place, text in words(language) if speaks_yaml(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "How to ask for it: an id from `intake.routes`.",
        "The amount, in funding.currency.",
        "Add to funding, for example: currency: USD.",
        "Lower hours_per_quarter.",
        "Ids of the services that work towards it.",
        "Идентификатор (id) услуги.",
    ],
)
def test_texts_that_mention_yaml_are_found(text: str) -> None:
    """Marks of code, paths and keys are found."""
    assert speaks_yaml(text)
