from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.rules.hidden_reference import _NameFinder
from charterbook.visibility import CharterView
from tests.hanging import never_hangs
from tests.load.sample import SMALL
from tests.rules.sample import found, places

SOURCE = (
    SMALL.replace("audiences: [sales]", "audiences: [sales, scouts]")
    .replace(
        "metrics:\n",
        "  note: Ask Scouts first.\ngroups: [{id: partners}, {id: internal}]\nmetrics:\n",
    )
    .replace(
        "    name: Sales\nfunding",
        "    name: Sales\n  - {id: scouts, name: Scouts, visible_to: [internal]}\nfunding",
    )
)


def test_references_and_names() -> None:
    """For each group that does not see the item, at the reference and at the text."""
    first, second = found("hidden-reference", SOURCE)
    assert str(first) == (
        "8:24: warning hidden-reference: scouts is not shown here to partners, because they do not see it. "
        "Also hide this value from them, or let them see the item."
    )
    assert str(second) == (
        "19:9: warning hidden-reference: this text names “Scouts”, hidden from partners. "
        "Reword the text, or also hide it from them."
    )


def test_names_within_sentences() -> None:
    """A name of several words in any case, and across lines; one of a single word only as it is written."""
    named = SOURCE.replace("[sales, scouts]", "[sales]").replace(
        "id: scouts, name: Scouts", "id: f-team, name: Field Scouts"
    )
    texts = {
        "Ask Field Scouts.": 1,
        "Ask the field scouts.": 1,
        "|\n    Ask the field\n    scouts.": 1,
        "Ask airfield scouts.": 0,
        "Ask f-team.": 1,
        "Ask Scouts.": 0,
    }
    counts = {
        text: len(found("hidden-reference", named.replace("Ask Scouts first.", text))) for text in texts
    }
    assert counts == texts


@pytest.mark.parametrize("name", ["service", "training", "owner", "note", "funding", "year", "audiences"])
def test_an_id_that_is_an_ordinary_word(name: str) -> None:
    """It counts as code or in a path, and never within a sentence, whatever the word."""
    hidden = SOURCE.replace("[sales, scouts]", "[sales]").replace(
        "id: scouts, name: Scouts", f"id: {name}, name: Field Scouts"
    )
    texts = {
        f"Ask for the {name} first.": 0,
        f"The {name}, or any other {name}.": 0,
        f"Ask `{name}`.": 1,
        f"See [here](audiences/{name}).": 1,
        f"It is audiences.{name} here.": 1,
    }
    counts = {
        text: len(found("hidden-reference", hidden.replace("Ask Scouts first.", f"|\n    {text}")))
        for text in texts
    }
    assert counts == texts


def test_what_is_hidden_as_well() -> None:
    """A hidden value can name hidden parts."""
    marked = "funding:\n  restricted: [{keys: [note], visible_to: [internal]}]\n"
    source = SOURCE.replace("funding:\n", marked).replace("[sales, scouts]", "[sales]")
    assert places("hidden-reference", source) == []


def test_without_groups() -> None:
    """No problem."""
    assert places("hidden-reference", SMALL) == []


WORDS = ["Deal", "deal", "desk", "Desk", "deals", "a", "-", "(x)", "Straße", "STRASSE", "s. 1"]
_phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@given(
    st.sets(_phrases, max_size=6), st.lists(st.sampled_from([*WORDS, "\n", ","]), max_size=12).map(" ".join)
)
def test_each_name_in_a_text_is_found(names: set[str], text: str) -> None:
    """As by a search for one after the other."""
    words = " ".join(text.split())
    expected = [
        name
        for name in sorted(names)
        if len(name) >= 4
        and re.search(
            rf"(?<!\w){re.escape(name.casefold() if ' ' in name else name)}(?!\w)",
            words.casefold() if " " in name else words,
        )
    ]
    assert _NameFinder(names).found_in(text) == expected


@pytest.mark.long
def test_many_names_and_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time grows with their numbers, not with the product; and the names of a group are collected once."""
    names = [f"Scouts {number}" for number in range(30_000)]
    with never_hangs():
        finder = _NameFinder(names)
        assert [finder.found_in(f"Ask {name}.") for name in names] == [[name] for name in names]
    collected: list[CharterView] = []

    def hidden_names(view: CharterView) -> frozenset[str]:
        collected.append(view)
        return frozenset()

    monkeypatch.setattr(CharterView, "hidden_names", property(hidden_names))
    assert len(places("hidden-reference", SOURCE)) == 1
    assert len(collected) == 2
