"""Rewrite the text of a charter so that it has other data, changing only the values concerned.

Walks the syntax tree along with the data: equal values stay byte for byte.
"""

from __future__ import annotations

from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.load.syntax_tree import KeyValue, Node, tree
from charterbook.propose.file_style import dash_offsets, style_of
from charterbook.propose.flow import edit_run
from charterbook.propose.inplace import Slot, scalar_edits
from charterbook.propose.list_edits import Moves, moves, same
from charterbook.propose.text_edits import Edit, SourceText
from charterbook.propose.yaml_writer import YamlWriter, key_text


def rewrite(text: str, target: dict[str, Any]) -> str:
    """The text, changed if its data differs from `target`."""
    return _Rewriter(text).rewrite(target)


class _Rewriter:
    """Collector of the edits of one text."""

    def __init__(self, text: str) -> None:
        self.source = SourceText(text)
        self.root = tree(text)
        self.style = style_of(self.source, self.root)
        self.writer = YamlWriter(self.style)

    def rewrite(self, target: dict[str, Any]) -> str:
        if same(self.root.data, target):
            return self.source.text
        return self.source.apply(self._mapping(self.root, target, Charter, Slot(0, 0)))

    def _value(self, node: Node, target: Any, slot: Slot) -> list[Edit]:
        """The edits that change a value."""
        if same(node.data, target):
            return []
        if isinstance(node.data, dict) and isinstance(target, dict) and node.data.keys() & target.keys():
            return self._mapping(node, target, slot.shape.part if slot.shape else None, slot)
        if isinstance(node.data, list) and isinstance(target, list) and node.data and target:
            return self._list(node, target, slot)
        return self._replace(node, target, slot)

    # Values that are replaced as a whole

    def _replace(self, node: Node, target: Any, slot: Slot) -> list[Edit]:
        if node.style == "block" and node.items and target == []:
            return self._empty(node, slot)
        if node.style == "block":
            return self._collapse(node, target, slot)
        if isinstance(target, dict | list):
            return self._unfold(node, target, slot)
        return scalar_edits(self.source, self.writer, node, target, slot)

    def _collapse(self, node: Node, target: Any, slot: Slot) -> list[Edit]:
        """Replace a block below a key by a value after the key; comments in the block stay."""
        inline = self.writer.flow(target)
        if self.source.line_start(node.start) <= slot.after:
            return [Edit(node.start, node.end, inline)]
        end = self.source.extent(node.end, slot.column)
        return [
            Edit(slot.after, slot.after, f" {inline}"),
            self.source.without_lines(node.start, end),
        ]

    def _empty(self, node: Node, slot: Slot) -> list[Edit]:
        """Remove all elements of a list, each with its comments; other comments stay."""
        dashes = dash_offsets(self.source, node)
        if self.source.line_start(dashes[0]) <= slot.after:
            return [Edit(node.start, node.end, "[]")]
        nothing = Moves((), frozenset(), frozenset())
        return [Edit(slot.after, slot.after, " []"), *self._remove_elements(node, dashes, nothing)]

    def _unfold(self, node: Node, target: Any, slot: Slot) -> list[Edit]:
        """Replace a value in a line by a mapping or list, as a block below the key if it contains items."""
        below = isinstance(target, list) and any(isinstance(one, dict) for one in target)
        if node.data or not below or slot.flow or slot.shape is None:
            return [Edit(node.start, node.end, self.writer.flow(target))]
        end = self.source.line_end(node.end)
        lines = self.writer.below(target, slot.shape.one, slot.column)
        return [Edit(slot.after, node.end), Edit(end, end, lines)]

    # Mappings

    def _mapping(self, node: Node, target: dict[str, Any], part: type[Part] | None, slot: Slot) -> list[Edit]:
        known = shapes(part) if part else {}
        edits: list[Edit] = []
        for entry in node.entries:
            if entry.key.data in target:
                flow = node.style == "flow"
                inside = self._slot(entry, known.get(entry.key.data), slot._replace(flow=flow))
                edits += self._value(entry.value, target[entry.key.data], inside)
        new = self._new_keys(node, target, known)
        if node.style == "flow":
            return edits + self._flow_keys(node, target, new)
        return edits + self._removed_keys(node, target) + self._block_keys(node, target, known, new)

    def _slot(self, entry: KeyValue, shape: Shape | None, outer: Slot) -> Slot:
        after = self.source.text.index(":", entry.key.end) + 1
        column = outer.column if outer.flow else self.source.column(entry.key.start)
        return Slot(column, after, outer.flow, shape)

    def _new_keys(self, node: Node, target: dict[str, Any], known: dict[str, Shape]) -> dict[int, list[str]]:
        """New keys, by the index of the preceding unchanged entry; -1 for before the first."""
        order = [*known, *(key for key in target if key not in known)]
        places = {
            entry.key.data: index for index, entry in enumerate(node.entries) if entry.key.data in target
        }
        found: dict[int, list[str]] = {}
        at = -1
        for key in order:
            if key in places:
                at = places[key]
            elif key in target:
                found.setdefault(at, []).append(key)
        return found

    def _flow_keys(self, node: Node, target: dict[str, Any], new: dict[int, list[str]]) -> list[Edit]:
        texts = {
            at: [f"{key_text(key)}: {self.writer.flow(target[key])}" for key in keys]
            for at, keys in new.items()
        }
        kept = [entry.key.data in target for entry in node.entries]
        spans = [(entry.key.start, entry.value.end) for entry in node.entries]
        return edit_run(self.source.text, spans, kept, texts)

    def _removed_keys(self, node: Node, target: dict[str, Any]) -> list[Edit]:
        """Remove the lines of keys. One after a hyphen leaves the hyphen to the next key."""
        removed = [entry for entry in node.entries if entry.key.data not in target]
        edits = []
        if removed and removed[0] is node.entries[0] and not self.source.leads(node.start):
            first_kept = next(index for index, entry in enumerate(node.entries) if entry.key.data in target)
            edits.append(self._without_first(node, first_kept))
            removed = removed[first_kept:]
        for entry in removed:
            start, end = self._extent(entry)
            edits.append(self.source.without_lines(start, end))
        return edits

    def _without_first(self, node: Node, first_kept: int) -> Edit:
        end, following = node.entries[first_kept - 1].value.end, node.entries[first_kept].key.start
        if not self.source.text[end:following].strip():
            return Edit(node.start, following)
        line = self.source.line_start(node.start)
        dash = line + len(self.source.text[line : node.start].rstrip(" "))
        return Edit(dash, self.source.line_end(end))

    def _extent(self, entry: KeyValue) -> tuple[int, int]:
        column = self.source.column(entry.key.start)
        return self.source.line_start(entry.key.start), self.source.extent(entry.value.end, column)

    def _block_keys(
        self, node: Node, target: dict[str, Any], known: dict[str, Shape], new: dict[int, list[str]]
    ) -> list[Edit]:
        column, newline = self.source.column(node.start), self.source.newline
        edits = []
        for at, keys in new.items():
            for key in keys:
                text = self.writer.entry(key, target[key], known.get(key), column)
                if at < 0:
                    start = self._first_kept(node, target).key.start
                    edits.append(Edit(start, start, text + newline + " " * column))
                else:
                    end = self._extent(node.entries[at])[1]
                    gap = newline * (1 + self._gap(node, at) * (newline in text))
                    edits.append(Edit(end, end, gap + " " * column + text))
        return edits

    @staticmethod
    def _first_kept(node: Node, target: dict[str, Any]) -> KeyValue:
        return next(entry for entry in node.entries if entry.key.data in target)

    def _gap(self, node: Node, at: int) -> int:
        """The number of blank lines after an entry: as after its present neighbour, or before it for the last one."""
        if at + 1 < len(node.entries):
            return self.source.blank_after(self._extent(node.entries[at])[1])
        if at:
            return self.source.blank_between(node.entries[at - 1].value.end, node.entries[at].key.start)
        return 0

    # Lists

    def _list(self, node: Node, target: list[Any], slot: Slot) -> list[Edit]:
        plan = moves(node.data, target, slot.shape.key if slot.shape else "")
        one = slot.shape.one if slot.shape else None
        return (
            self._flow_list(node, plan, one, slot) if node.style == "flow" else self._lines(node, plan, one)
        )

    def _flow_list(self, node: Node, plan: Moves, one: Shape | None, slot: Slot) -> list[Edit]:
        inside = Slot(slot.column, node.start, flow=True, shape=one)
        edits: list[Edit] = []
        texts: dict[int, list[str]] = {}
        for step in plan.steps:
            if step.origin is None:
                texts.setdefault(step.after, []).append(self.writer.flow(step.value))
                continue
            item = node.items[step.origin]
            changed = self._value(item, step.value, inside)
            if step.stays:
                edits += changed
            else:
                texts.setdefault(step.after, []).append(self.source.apply(changed, item.start, item.end))
        spans = [(item.start, item.end) for item in node.items]
        kept = [index in plan.stay for index in range(len(spans))]
        return edits + edit_run(self.source.text, spans, kept, texts)

    def _lines(self, node: Node, plan: Moves, one: Shape | None) -> list[Edit]:
        """The edits of a block list: elements remain, or their lines are removed, moved or added."""
        dashes = dash_offsets(self.source, node)
        column = self.source.column(dashes[0])
        edits: list[Edit] = []
        texts: dict[int, list[str]] = {}
        for step in plan.steps:
            if step.origin is None:
                text = " " * column + self.writer.element(step.value, one, column)
                texts.setdefault(step.after, []).append(text)
                continue
            slot = Slot(column, dashes[step.origin] + 1, shape=one)
            changed = self._value(node.items[step.origin], step.value, slot)
            if step.stays:
                edits += changed
            else:
                text = self.source.apply(changed, *self._chunk(node, dashes, step.origin))
                texts.setdefault(step.after, []).append(text)
        return (
            edits
            + self._insert_elements(node, dashes, plan, texts)
            + self._remove_elements(node, dashes, plan)
        )

    def _remove_elements(self, node: Node, dashes: list[int], plan: Moves) -> list[Edit]:
        """Remove the lines of removed or moved elements, with their comments."""
        edits = []
        for index in range(len(dashes)):
            if index in plan.stay:
                continue
            start, end = self._chunk(node, dashes, index)
            first, last = index < min(plan.stay, default=0), index > max(plan.stay, default=-1)
            edits.append(self.source.without_lines(start, end, first=first, last=last))
        return edits

    def _insert_elements(
        self, node: Node, dashes: list[int], plan: Moves, texts: dict[int, list[str]]
    ) -> list[Edit]:
        """Insert lines after an unmoved element, or before the first one."""
        newline = self.source.newline
        blank = newline * self._list_gap(node, dashes)
        edits = []
        for after, lines in texts.items():
            joined = (newline + blank).join(lines)
            if after >= 0:
                end = self._chunk(node, dashes, after)[1]
                edits.append(Edit(end, end, newline + blank + joined))
            else:
                start = self.source.before_line(self._chunk(node, dashes, 0)[0])
                edits.append(Edit(start, start, newline + joined + blank * bool(plan.stay)))
        return edits

    def _chunk(self, node: Node, dashes: list[int], index: int) -> tuple[int, int]:
        """The lines of an element, with the comments directly above it."""
        column = self.source.column(dashes[0])
        start = self.source.attached(dashes[index], column)
        return start, self.source.extent(node.items[index].end, column)

    def _list_gap(self, node: Node, dashes: list[int]) -> int:
        if len(dashes) > 1:
            return self.source.blank_between(node.items[0].end, dashes[1])
        return self.style.gap * bool(node.items[0].entries)
