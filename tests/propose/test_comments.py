"""Comments of a charter when a proposal removes or moves the lines below them."""

from __future__ import annotations

import pytest

from tests.load.sample import SMALL
from tests.propose.applied_proposals import applied, change

REMARKS = {
    "acv": "  # agreed with finance\n  # and sales\n  - id: acv # ACV\n    term: ACV\n    meaning: Value.\n",
    "nrr": "  # legal wants it\n  - id: nrr\n    term: NRR # not GRR\n    meaning: Kept.\n    # below NRR\n",
    "icp": "  - id: icp\n    term: ICP\n    meaning: Ideal.\n",
}
FLOW = {
    "acv": "  # agreed with finance\n  {id: acv, term: ACV, meaning: Value.}, # ACV\n",
    "nrr": "  {id: nrr, term: NRR, meaning: Kept.}, # NRR\n",
    "icp": "  # owned by marketing\n  {id: icp, term: ICP, meaning: Ideal.}, # ICP\n",
}


def glossary(parts: list[str], texts: dict[str, str], frame: str) -> str:
    """The small charter with a glossary of these items, each with its comments."""
    return SMALL + frame % "".join(texts[part] for part in parts)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("texts", "frame"),
    [
        (REMARKS, "glossary: # ours\n  # the words\n\n%s  # the end\n"),
        (FLOW, "glossary: [\n  # the words\n\n%s  # the end\n]\n"),
    ],
)
def test_comments_are_removed_with_the_element_below(texts: dict[str, str], frame: str, newline: str) -> None:
    """Also those on lines of the element; other comments stay, even in an emptied list."""
    ids = list(texts)
    source = glossary(ids, texts, frame).replace("\n", newline)
    for chosen in range(1, 2 ** len(ids) - 1):
        gone = [id_ for place, id_ in enumerate(ids) if chosen >> place & 1]
        meanings = {"acv": "Value.", "nrr": "Kept.", "icp": "Ideal."}
        asked = [
            change(f"glossary.{id_}", f"{{term: {id_.upper()}, meaning: {meanings[id_]}}}") for id_ in gone
        ]
        outcome = applied(source, "".join(asked))
        assert outcome.refusals == ()
        left = [id_ for id_ in ids if id_ not in gone]
        assert outcome.data.decode() == glossary(left, texts, frame).replace("\n", newline), gone


def test_a_comment_in_an_emptied_list_stays() -> None:
    """If it is above no item."""
    source = glossary(["acv"], REMARKS, "glossary: # ours\n  # the words\n\n%s\n  # the end\n")
    outcome = applied(source, change("glossary.acv", "{term: ACV, meaning: Value.}"))
    assert outcome.data.decode() == SMALL + "glossary: [] # ours\n  # the words\n\n  # the end\n"


def test_comments_move_with_their_item() -> None:
    """Also those above the first one."""
    frame = "glossary:\n%s"
    outcome = applied(
        glossary(["acv", "nrr", "icp"], REMARKS, frame),
        change("glossary", "[acv, nrr, icp]", "[icp, acv, nrr]"),
    )
    assert outcome.data.decode() == glossary(["icp", "acv", "nrr"], REMARKS, frame)
