"""Warnings about silent losses in YAML: text after #, thousands separators read as decimal points."""

from __future__ import annotations

import re

from charterbook.charter.model_shape import Shape, shape_at
from charterbook.load.collector import ProblemCollector
from charterbook.load.did_you_mean import quoted, short
from charterbook.source_map import Path, SourceMap, ValueLocation

_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)


def report_losses(places: SourceMap, report: ProblemCollector, parent: Path = ()) -> None:
    """Report the values of a charter, or of a part of it at a path, that lost a part of their source text."""
    for path, spot in places.spots.items():
        if not spot.lost and path[-1:] != ("amount",):
            continue
        shape = shape_at((*parent, *path))
        if shape is not None and not shape.is_list:
            _report(shape, path, spot, report)


def _report(shape: Shape, path: Path, spot: ValueLocation, report: ProblemCollector) -> None:
    written = spot.written or ""
    if spot.lost and spot.lost[0] and shape.kind in ("text", "line"):
        lost, whole = short(spot.lost[1]), quoted(" ".join(spot.lost))
        report.add("yaml-comment", spot.value, None, lost=lost, quoted=whole)
    if shape.key == "amount" and _THOUSANDS.fullmatch(written):
        value, thousands = f"{float(written):g}", written.replace(".", "")
        report.add("yaml-thousands", spot.value, None, written=written, value=value, thousands=thousands)
