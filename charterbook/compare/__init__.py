"""The changes between two charters: severity, direction, affected audiences, and a sentence for each.

`compare` is the public API. Guesses are marked as such. No module here depends on an output format.

- `comparison`: the result, as data
- `change_severity`: the severity of a change between two charters, capped for changes in appearance alone
- `binding_words`: texts that promise something, and the words in them that bind
- `severity`, `severity_table`: the severity by path, from the table and from mkdocs.yml
- `change_fingerprint`: stable identifiers of changes
- `inner_paths`: the paths of the parts of a change
- `rebase`, `key_spelling`: the older charter with the ids and spellings of the newer one
- `group_changes`, `compound_changes`: grouping of related changes; edits inside a split, merge or move
- `part_pairs`: equal and respelled parts of two lists without unique keys
- `change_filter`: only the requested changes
- `direction`, `promise_directions`, `calendar_directions`, `figure_directions`, `trend`: better or worse
- `comparability`, `durations`: which values can be compared; comparison of lengths of time
- `effective_values`: values that hold where a key is missing
- `affected_audiences`: the audiences that a change affects
- `text_equality`, `text_changes`, `textdiff`: differences between two texts, word by word
- `change_bounds`: added and removed text as whole lines and sentences
- `promise_verdict`: whether a promise was kept
- `list_diff`, `list_order`: differences between two lists
- `sentences`, `sentence_rules`, `field_sentences`, `figure_sentences`, `part_sentences`, `sign_off_sentences`: the
  sentence of a change
- `quoted_text`: texts of a charter inside sentences
- `item_terms`: what an added or removed item promises or pays
- `field_names`, `value_names`, `value_text`, `before_after`: fields and values in words
- `budget_periods`: budgets for periods of equal or different length
- `other_units`: figures with an equal number in another unit or currency
- `rollovers`: new targets for a new period, as one group
- `lookup`: items and values of both charters by path or id
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from charterbook.charter import SECTIONS, Charter, all_items
from charterbook.compare.affected_audiences import audiences_touched
from charterbook.compare.before_after import before_and_after
from charterbook.compare.change_filter import narrowed
from charterbook.compare.change_fingerprint import fingerprint, fingerprints
from charterbook.compare.change_severity import capped_severity
from charterbook.compare.comparison import SEVERITIES, Comparison, Direction, Severity, Side, Statement
from charterbook.compare.direction import direction_of
from charterbook.compare.field_names import section_title
from charterbook.compare.group_changes import grouped_changes
from charterbook.compare.key_spelling import with_newer_spellings
from charterbook.compare.list_diff import BULLET
from charterbook.compare.lookup import Sides, item_name, item_of
from charterbook.compare.promise_verdict import kept_verdict
from charterbook.compare.quoted_text import in_one_line
from charterbook.compare.rebase import new_ids, rebased
from charterbook.compare.sentences import label_of, sentence
from charterbook.compare.severity import at_least, fits, rank_of
from charterbook.compare.text_changes import text_diff
from charterbook.compare.textdiff import Segment, WordBudget, word_diff
from charterbook.diff import Change, Path, diff, lineage, rename_guesses
from charterbook.i18n import Translator, translator


def compare(
    old: Charter,
    new: Charter,
    names: tuple[str, str] = ("", ""),
    *,
    language: str | None = None,
    severity: Mapping[str, Severity] | None = None,
    between: Sequence[Charter] = (),
) -> Comparison:
    """All changes from one charter to the other, by default in the newer one's language.

    `names` are the display names of the two; `severity` overrides the table, by path patterns. `between` are the
    known charters between the two, oldest first; their declared renames are followed.
    """
    known = lineage((old, *between, new))
    raw = diff(old, new, known)
    followed = new_ids(raw, known)
    before, spelled = with_newer_spellings(rebased(new, old, followed), new, followed)
    sides = Sides(before, new, followed, known)
    reported = _reported_changes(raw, raw if before is old else diff(before, new, known))
    t = translator(language or new.language)
    changes = [*grouped_changes(reported, sides), *spelled]
    budget = WordBudget()
    statements = [
        _statement(change, fingerprint_, sides, t, severity or {}, budget)
        for change, fingerprint_ in zip(changes, fingerprints(changes), strict=True)
    ]
    guesses = rename_guesses(raw, (old, new))
    places = {(kind, item.id): index for index, (kind, item) in enumerate(all_items(new))}
    statements.sort(key=lambda statement: _place(statement, places))
    return Comparison(
        old=_side(old, names[0]),
        new=_side(new, names[1]),
        language=t.language,
        statements=tuple(statements),
        likely=guesses.found,
        guessed_all=guesses.complete,
        unchanged=_unchanged(sides),
        followed=len(
            {change.path for change in raw} - {change.path for change in reported} - _spelled(spelled)
        ),
        change_note=new.change_note if new.change_note != old.change_note else None,
    )


#: The sections in reading order; the document itself comes first.
_ORDER = ("charter", *SECTIONS, "sections")


def _place(statement: Statement, places: Mapping[tuple[str, str], int]) -> tuple[int, int]:
    """The sort key of a statement: by section, then by item; removed items come last."""
    item = statement.item
    if item and statement.kind in ("split", "merged"):
        item = (item[0], statement.new[0]["id"])
    place = -1 if item is None else places.get(item, len(places))
    return _ORDER.index(statement.section), place


def _reported_changes(raw: Sequence[Change], translated: Sequence[Change]) -> list[Change]:
    """The changes that remain after rebasing the older charter, without reorderings caused by the rebase."""
    changed = {change.path for change in raw if change.kind == "changed"}
    return [change for change in translated if change.kind != "moved" or change.path not in changed]


def _spelled(changes: Sequence[Change]) -> set[Path]:
    """The paths of elements with respelled keys, before and after."""
    return {(*change.path[:-2], name) for change in changes for name in (change.old, change.new)}


def _side(charter: Charter, name: str) -> Side:
    return Side(name or charter.version or charter.title, charter.title, charter.version, charter.effective)


def _unchanged(sides: Sides) -> int:
    """The number of items that are equal in both charters."""
    before = {(kind, item.id): item for kind, item in all_items(sides.old)}
    return sum(before.get((kind, item.id)) == item for kind, item in all_items(sides.new))


def _statement(
    change: Change,
    fingerprint_: str,
    sides: Sides,
    t: Translator,
    overrides: Mapping[str, Severity],
    budget: WordBudget,
) -> Statement:
    direction = direction_of(change, sides)
    before, after = before_and_after(change, sides, t)
    text = text_diff(change, budget)
    return Statement(
        kind=change.kind,
        path=change.path,
        section=change.path[0] if change.path[0] in _ORDER else "charter",
        severity=capped_severity(change, sides, overrides),
        sentence=sentence(change, direction, sides, t, whole=text.whole),
        fingerprint=fingerprint_,
        direction=direction,
        audiences=audiences_touched(change, sides, direction),
        item=item_of(change.path),
        label=label_of(change, sides, t),
        old=change.old,
        new=change.new,
        segments=text.segments,
        before=before,
        after=after,
        rank=rank_of(change.kind, change.path),
        source=change.source,
        verdict=kept_verdict(change, sides),
    )


__all__ = [
    "BULLET",
    "SEVERITIES",
    "Comparison",
    "Direction",
    "Path",
    "Segment",
    "Severity",
    "Side",
    "Statement",
    "at_least",
    "compare",
    "fingerprint",
    "fits",
    "in_one_line",
    "item_name",
    "narrowed",
    "section_title",
    "word_diff",
]
