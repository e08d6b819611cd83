from __future__ import annotations

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
        "8:24: warning hidden-reference: scouts is left out here for partners: they do not see it. "
        "Also hide this value from them, or let them see the item."
    )
    assert str(second) == (
        '19:9: warning hidden-reference: this text names "Scouts", which is hidden from partners. '
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


def test_what_is_hidden_as_well() -> None:
    """A hidden value can name hidden parts."""
    marked = "funding:\n  restricted: [{keys: [note], visible_to: [internal]}]\n"
    source = SOURCE.replace("funding:\n", marked).replace("[sales, scouts]", "[sales]")
    assert places("hidden-reference", source) == []


def test_without_groups() -> None:
    """No problem."""
    assert places("hidden-reference", SMALL) == []
