"""The form is for people who have never seen charter.yml: its help and advice name no keys of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from charterbook.charter import LANGUAGES
from charterbook.load import load
from charterbook.site.render.form import describe
from tests.charters import minimal_charter


def words(language: str) -> Iterator[tuple[str, str]]:
    """All help, advice and checks of the form, each with its place."""
    charter = load(minimal_charter(language=language).encode()).charter
    assert charter is not None
    described = describe(charter.language, {})
    for part, fields in described["parts"].items():
        for field in fields:
            yield from ((f"{part}.{field['key']}", field[key]) for key in ("help", "advice") if key in field)
    for name, pair in described["checks"].items():
        yield from ((f"check {name}", text) for text in pair)


def speaks_yaml(text: str) -> bool:
    """Whether a text has code marks, a path of keys, a key with an underscore, or `key: value`."""
    bare = re.sub(r"%\(\w+\)s", "", text)
    return bool(re.search(r"`|\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z]{3,}\b|: [a-z_]+: ", bare))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_names_no_keys(language: str) -> None:
    """Neither in its help, nor in the advice of rules, nor in what its checks say."""
    assert [(place, text) for place, text in words(language) if speaks_yaml(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "How to ask for it: an id from `intake.routes`.",
        "The amount, in funding.currency.",
        "Add to funding, for example: currency: USD.",
        "Lower hours_per_quarter.",
    ],
)
def test_texts_that_mention_yaml_are_found(text: str) -> None:
    """Marks of code, paths and keys are found."""
    assert speaks_yaml(text)
