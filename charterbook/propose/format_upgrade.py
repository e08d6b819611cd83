"""Upgrade the text of a charter to the current format. Everything else stays byte for byte."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from difflib import unified_diff

from charterbook.charter import SCHEMA
from charterbook.errors import CharterbookError, CharterError
from charterbook.frozen_dataclass import dataclass
from charterbook.load import load
from charterbook.load.syntax_tree import tree
from charterbook.load.upgrade import STEPS, Step, format_of, upgrade_data
from charterbook.propose.list_edits import same
from charterbook.propose.rewrite import rewrite


@dataclass(frozen=True)
class FormatUpgrade:
    """A charter before and after: the number of its format, None if it names none, and its bytes."""

    old_format: int | None
    old: bytes
    new: bytes

    @property
    def changed_lines(self) -> Iterator[str]:
        """The changed lines: those removed with -, those added with +."""
        before, after = (data.decode("utf-8-sig").splitlines() for data in (self.old, self.new))
        lines = list(unified_diff(before, after, lineterm="", n=0))[2:]
        return (line for line in lines if not line.startswith("@@"))


def upgrade_format(
    data: bytes, file: str, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA
) -> FormatUpgrade:
    """The charter in the newest format. Raises CharterError for a charter with errors.

    Raises CharterbookError if the result would not be the same charter.
    """
    before = load(data).charter
    if before is None:
        raise CharterError(f"{file}: has errors; `charterbook check` names them. Correct them first.")
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.removeprefix(bom).decode("utf-8")
    raw = tree(text).data
    wanted = upgrade_data(raw, steps, newest)
    new = bom + rewrite(text, wanted).encode("utf-8", "surrogatepass")
    found = load(new)
    if found.charter != before or not same(tree(new.removeprefix(bom).decode("utf-8")).data, wanted):
        raise CharterbookError(
            f"{file}: cannot be upgraded, as the result would not be the same charter. Write `schema: {newest}` by hand, and run `charterbook check`."
        )
    return FormatUpgrade(format_of(raw) if "schema" in raw else None, data, new)
