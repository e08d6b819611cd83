"""Proposals applied to a charter: the changed charter, or all refusals."""

from __future__ import annotations

from typing import Any

import pytest

from charterbook.errors import CharterError
from charterbook.load import load
from charterbook.propose import ApplyResult, apply_proposals, read_proposal
from tests.load.sample import SMALL

HEAD = "charterbook: 1\nreason: It is time.\nchanges:\n"

#: The small charter in a hand-written style.
HAND = """\
# Our charter
title: 'Our charter'   # the title

mission:
  statement: >-
    We help sellers to hold
    the conversations that buyers need.  # no comment
services:
  # What we do first
  - id: onboarding
    name: Onboarding # never "ramp"
    summary: |
      The first
      ninety days.
    audiences: [ sales ]

  # And then
  - {id: clinics, name: Clinics, summary: "One deal"}
audiences:
- id: sales
  name: "Sales"
funding:
    owner: Chief revenue officer
    sources:
    -   id: sales-budget
        name: Sales budget
        funder: Sales
metrics:
  - id: win-rate
    name: Win rate
    kind: lagging
"""


def applied(source: str | bytes, *changes: str, **more: str) -> ApplyResult:
    """Outcome of one proposal for each text of changes; keywords are further files by name."""
    data = source.encode() if isinstance(source, str) else source
    files = {f"p{index}.yml": text for index, text in enumerate(changes)} | more
    proposals = []
    for name, text in files.items():
        proposal, problems = read_proposal((HEAD + text).encode(), name)
        assert proposal is not None, problems
        proposals.append(proposal)
    return apply_proposals(data, proposals)


def change(path: str, old: str = "", new: str = "", more: str = "") -> str:
    """One change as written in a proposal; values are YAML."""
    lines = [f"path: {path}", f"old: {old}" if old else "", f"new: {new}" if new else "", more]
    return "  - " + "\n    ".join(filter(None, lines)) + "\n"


def becomes(outcome: ApplyResult, *pairs: tuple[str, str], source: str = HAND) -> bool:
    """Whether the charter is the hand-written one with each of these pieces replaced, and nothing else."""
    for old, new in pairs:
        assert source.count(old) == 1
        source = source.replace(old, new)
    assert outcome.refusals == ()
    assert outcome.data.decode() == source
    return load(outcome.data).charter == outcome.new


@pytest.mark.parametrize(
    ("asked", "pairs"),
    [
        (change("title", "Our charter", "It's ours"), [("'Our charter'", "'It''s ours'")]),
        (change("services.onboarding.name", "Onboarding", "'no'"), [("Onboarding #", '"no" #')]),
        (change("audiences.sales.name", "Sales", "All"), [('"Sales"', '"All"')]),
        (change("services.clinics.name", "Clinics", "'a, b'"), [("name: Clinics", 'name: "a, b"')]),
        (
            change("services.onboarding.summary", '"The first\\nninety days.\\n"', '"The first\\nhundred days.\\n"'),
            [("ninety", "hundred")],
        ),
        (
            change("services.onboarding.audiences", "[sales]", "[]"),
            [("[ sales ]", "[]")],
        ),
        (
            change("services.clinics.audiences", new="[sales]"),
            [('summary: "One deal"}', 'summary: "One deal", audiences: [sales]}')],
        ),
        (change("services.clinics.status", "live", "pilot"), [('"One deal"}', '"One deal", status: pilot}')]),
        (
            change("services.clinics", "{name: Clinics, summary: One deal}"),
            [('\n\n  # And then\n  - {id: clinics, name: Clinics, summary: "One deal"}', "")],
        ),
        (
            change("services.new", new="{name: New, summary: '#1'}"),
            [('"One deal"}\n', '"One deal"}\n\n  - id: new\n    name: New\n    summary: "#1"\n')],
        ),
        (
            change("services.new", new="{name: New, summary: X}", more="before: onboarding"),
            [("  # What we", "  - id: new\n    name: New\n    summary: X\n\n  # What we")],
        ),
        (
            change("funding.sources.sales-budget.note", new='"a\\nb"'),
            [("funder: Sales\n", "funder: Sales\n        note: |-\n          a\n          b\n")],
        ),
        (
            change("review", new="{cadence: month, next: 2027-01-14}"),
            [("kind: lagging\n", "kind: lagging\nreview:\n  cadence: month\n  next: 2027-01-14\n")],
        ),
        (change("review.cadence", "quarter", "month"), [("lagging\n", "lagging\nreview:\n  cadence: month\n")]),
        (
            change("glossary.ramp", new="{term: Ramp, meaning: Time to quota}"),
            [("lagging\n", "lagging\nglossary:\n  - id: ramp\n    term: Ramp\n    meaning: Time to quota\n")],
        ),
        (change("metrics.win-rate.target", new="{value: 40}"), [("lagging\n", "lagging\n    target:\n      value: 40\n")]),
        (
            change("services.onboarding.id", "onboarding", "start")
            + change("services.onboarding.was", new="[onboarding]"),
            [("id: onboarding\n", "id: start\n    was: [onboarding]\n")],
        ),
    ],
)  # fmt: skip
def test_only_requested_values_change(asked: str, pairs: list[tuple[str, str]]) -> None:
    """In the style of their position; applying the proposal again changes nothing."""
    outcome = applied(HAND, asked)
    assert becomes(outcome, *pairs)
    again = applied(outcome.data, asked)
    assert (again.refusals, again.applied, again.data) == ((), 0, outcome.data)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n# end\n"])
def test_line_ends_and_marks_stay(prefix: bytes, newline: str, end: str) -> None:
    """Windows line ends, a byte order mark, and a file without a final line break."""
    source = prefix + (SMALL.removesuffix("\n") + end).replace("\n", newline).encode()
    asked = change("metrics.win-rate.kind", "lagging", "leading") + change(
        "metrics.win-rate.unit", "percent", "count"
    )
    expected = SMALL.replace("kind: lagging\n", "kind: leading\n    unit: count\n").removesuffix("\n") + end
    assert applied(source, asked).data == prefix + expected.replace("\n", newline).encode()


def test_trailing_spaces_are_no_part_of_a_value() -> None:
    """For a line with trailing spaces whose new text has several lines."""
    source = HAND + "    definition: Of all deals  \n"
    outcome = applied(source, change("metrics.win-rate.definition", "Of all deals", '"Of all\\ndeals"'))
    assert becomes(outcome, ("Of all deals  \n", "|-  \n      Of all\n      deals\n"), source=source)


def test_another_order() -> None:
    """Items move with their comments; the rest is unchanged."""
    outcome = applied(HAND, change("services", "[onboarding, clinics]", "[clinics, onboarding]"))
    assert outcome.refusals == ()
    assert [service.id for service in outcome.new.services] == ["clinics", "onboarding"]
    assert sorted(outcome.data.decode().split("\n")) == sorted(HAND.split("\n"))


def refused(outcome: ApplyResult) -> list[tuple[str, int, str]]:
    """File, line and rule of all refusals. The charter is unchanged then."""
    assert outcome.new == outcome.old
    return [(one.file, one.problem.line, one.problem.rule) for one in outcome.refusals]


def test_an_old_value_that_no_longer_holds() -> None:
    """All three values are shown."""
    outcome = applied(HAND, change("title", "Their charter", "Everybody's"))
    assert refused(outcome) == [("p0.yml", 5, "old-value")]
    assert outcome.refusals[0].values == ("Their charter", "Our charter", "Everybody's")
    assert outcome.data == HAND.encode()


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (change("titel", new="x"), "unknown-step"),
        (change("services.onboarding.nmae", new="x"), "unknown-step"),
        (change("title.x", new="x"), "inside-a-value"),
        (change("services.nothing.name", "x", "y"), "no-such-item"),
        (change("services.new", new="{id: other, name: N, summary: S}"), "other-id"),
        (change("services.new", new="{name: N, summary: S}", more="before: nothing"), "no-such-neighbour"),
        (
            change("services.onboarding.audiences", "[sales]", "[]", more="before: clinics"),
            "no-such-neighbour",
        ),
        (change("mission.why", new="x", more="before: clinics"), "no-such-neighbour"),
        (change("services.clinics.name", "Clinics", "x", more="before: onboarding"), "no-such-neighbour"),
        (change("services", "[onboarding]", "[clinics]"), "other-order"),
        (change("services", "[onboarding, x]", "[x, onboarding]"), "order-of-nothing"),
        (change("services.onboarding", new="{name: N, summary: S}"), "old-value"),
        (change("title", "Our charter", "x") * 2, "twice-here"),
        (change("title", "'1'", "true"), "old-value"),
        (change("title", "Our charter", "true"), "yaml-boolean"),
        (change("title", "Our charter", "[a]"), "wrong-type"),
        (change("title", "Our charter"), "missing-key"),
        (change("services.onboarding.audiences", "[sales]", "[sale]"), "unknown-audience"),
        (change("services.new", new="{name: N, sumary: S}"), "unknown-key"),
        (change("services.onboarding.id", "onboarding", "'No id'"), "bad-id"),
        (change("mission.why", new="'[x](javascript:x)'"), "unsafe-link"),
    ],
)
def test_what_is_refused(asked: str, rule: str) -> None:
    """With its place in the proposal, or in the resulting charter."""
    outcome = applied(HAND, asked)
    assert outcome.refusals[0].problem.rule == rule
    assert outcome.data == HAND.encode()


def test_a_missing_path_is_named_as_requested() -> None:
    """By ids, never by positions in the file."""
    outcome = applied(HAND, change("services.clinics.service_levels.A deal.within", "3", "4"))
    assert '"services.clinics.service_levels.A deal"' in outcome.refusals[0].problem.text


def test_an_error_of_the_result_is_reported_at_its_proposal() -> None:
    """At the line of the value, even deep inside a new item."""
    text = "  - path: services.new\n    new:\n      name: New\n      summary: S\n      audiences:\n        - sales\n        - sale\n"
    assert refused(applied(HAND, change("title", "Our charter", "X") + text)) == [
        ("p0.yml", 13, "unknown-audience")
    ]


def test_an_error_elsewhere_is_reported_at_the_charter() -> None:
    """For removing what others refer to."""
    outcome = applied(
        HAND, change("audiences.sales", "{name: Sales}") + change("audiences.new", new="{name: New}")
    )
    assert refused(outcome) == [("charter.yml (as it would be)", 15, "unknown-audience")]


def test_several_apply_together() -> None:
    """Also to one list."""
    outcome = applied(
        HAND,
        change("title", "Our charter", "X"),
        change("services.a", new="{name: A, summary: A}"),
        change("services.b", new="{name: B, summary: B}")
        + change("services.clinics", "{name: Clinics, summary: One deal}"),
    )
    assert (outcome.refusals, outcome.applied) == ((), 4)
    assert [service.id for service in outcome.new.services] == ["onboarding", "a", "b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (change("title", "Our charter", "X"), change("title", "Our charter", "Y")),
        (
            change("services.a", new="{name: A, summary: A}"),
            change("services.a", new="{name: B, summary: B}"),
        ),
        (
            change("services.clinics", "{name: Clinics, summary: One deal}"),
            change("services.clinics.name", "Clinics", "X"),
        ),
        (
            change("services.clinics.name", "Clinics", "X"),
            change("services.clinics", "{name: Clinics, summary: One deal}"),
        ),
    ],
)
def test_two_that_disagree(one: str, other: str) -> None:
    """Neither is applied, and both files are named."""
    outcome = applied(HAND, one, other)
    assert refused(outcome) == [("p1.yml", 4, "conflict")]
    assert "p0.yml" in outcome.refusals[0].problem.text
    assert outcome.data == HAND.encode()


def test_all_or_none() -> None:
    """One refusal stops all others."""
    outcome = applied(HAND, change("title", "Our charter", "X"), change("mission.why", "so", "X"))
    assert refused(outcome) == [("p1.yml", 5, "old-value")]
    assert outcome.data == HAND.encode()


def test_two_that_want_the_same() -> None:
    """There is no conflict."""
    asked = change("title", "Our charter", "X")
    assert becomes(applied(HAND, asked, asked), ("'Our charter'", "'X'"))


def test_a_renamed_item_is_found_by_its_former_id() -> None:
    """A proposal from before the rename still applies."""
    renamed = HAND.replace("id: onboarding\n", "id: start\n    was: [onboarding]\n")
    outcome = applied(renamed, change("services.onboarding.name", "Onboarding", "Start"))
    assert becomes(outcome, ("Onboarding #", "Start #"), source=renamed)


def test_another_name_can_be_applied_again() -> None:
    """With other changes of the same item; the second application changes nothing."""
    levels = "    service_levels:\n      - request: New card, v. 2.0\n        within: 3\n"
    source = SMALL.replace("    audiences: [sales]\n", "    audiences: [sales]\n" + levels)
    path = "services.onboarding.service_levels.New card, v. 2.0"
    asked = change(f"{path}.request", "'New card, v. 2.0'", "Card") + change(f"{path}.within", "3", "4")
    asked += change("metrics.win-rate.id", "win-rate", "wins")
    outcome = applied(source, asked)
    assert (outcome.refusals, outcome.applied) == ((), 3)
    again = applied(outcome.data, asked)
    assert (again.refusals, again.already, again.data) == ((), 3, outcome.data)


LEVELS = "    service_levels:\n      - request: Card\n        within: 3\n      - request: Deck\n        within: 5\n"
PROMISES = SMALL.replace("    audiences: [sales]\n", "    audiences: [sales]\n" + LEVELS)
CARD = "services.onboarding.service_levels.Card"


def test_names_of_names_can_be_applied_again() -> None:
    """An item with a new id, without `was`, whose promise has a new name and another value."""
    asked = change(f"{CARD}.within", "3", "4") + change(f"{CARD}.request", "Card", "Paper")
    asked += change("services.onboarding.id", "onboarding", "start")
    outcome = applied(PROMISES, asked)
    again = applied(outcome.data, asked)
    assert (outcome.refusals, again.refusals, again.already, again.data) == ((), (), 3, outcome.data)


@pytest.mark.parametrize(
    "asked",
    [
        change(f"{CARD}.request", "Card", "Deck"),
        change(f"{CARD}.request", "Card", "X") + change(CARD.replace("Card", "Deck.request"), "Deck", "X"),
        change(f"{CARD}.request", "Card", "X")
        + change(CARD.replace("Card", "X"), new="{request: X, within: 1}"),
        change(f"{CARD}.request", "Card", "Deck")
        + change(CARD.replace("Card", "Deck.request"), "Deck", "Card"),
    ],
)
def test_a_name_that_another_item_has(asked: str) -> None:
    """Applied again, the name would be ambiguous."""
    assert {refusal.problem.rule for refusal in applied(PROMISES, asked).refusals} == {"taken-id"}


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


def test_a_request_with_dots_is_named_by_a_list_of_steps() -> None:
    """Also with dots, if the charter has such a request."""
    levels = "    service_levels:\n      - request: New card, v. 2.0\n        within: 3\n"
    source = SMALL.replace("    audiences: [sales]\n", "    audiences: [sales]\n" + levels)
    for path in ('[services, onboarding, service_levels, "New card, v. 2.0", within]',
                 "services.onboarding.service_levels.New card, v. 2.0.within"):  # fmt: skip
        outcome = applied(source, change(path, "3", "4"))
        assert becomes(outcome, ("within: 3", "within: 4"), source=source)


def test_a_charter_with_errors() -> None:
    """It has to be corrected first."""
    with pytest.raises(CharterError, match="has errors"):
        applied("title: [", change("title", new="x"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_language_of_the_charter(language: str) -> None:
    """Refusals are in that language."""
    outcome = applied(f"language: {language}\n{SMALL}", change("title", "x", "y"))
    said: Any = outcome.refusals[0].problem.text
    assert said.startswith('"title" has changed' if language == "en" else "«title»: значение изменилось")
