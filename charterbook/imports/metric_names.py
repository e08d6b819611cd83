"""The metric that a name in a file means: by the mapping of mkdocs.yml, an id, a name or a former id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from charterbook.charter import Charter
from charterbook.imports.figure_columns import normalized_name
from charterbook.imports.figure_findings import Findings
from charterbook.imports.tables import Cell, CellFault
from charterbook.load.did_you_mean import did_you_mean, quote


class MetricNames:
    """The names of a charter's metrics. A mapping gives the id for a name, or None to skip the name."""

    def __init__(self, charter: Charter, mapping: Mapping[str, str | None]) -> None:
        self._mapping = {normalized_name(name): id_ for name, id_ in mapping.items()}
        self._ids = {metric.id for metric in charter.metrics}
        self._known: dict[str, set[str]] = defaultdict(set)
        for metric in charter.metrics:
            for name in (metric.id, metric.name, *metric.was):
                self._known[normalized_name(name)].add(metric.id)

    def is_left_out(self, cell: Cell) -> bool:
        """Whether the mapping excludes this name."""
        name = normalized_name(str(cell.value))
        return name in self._mapping and self._mapping[name] is None

    def find(self, cell: Cell, file: str, findings: Findings) -> str | None:
        """The id of the metric that a cell names; None, with a report, if there is none."""
        if isinstance(cell.value, CellFault):
            findings.cell(file, cell, "cell", reason=cell.value.phrase)
            return None
        if cell.value is None:
            findings.cell(file, cell, "no-metric")
            return None
        name = normalized_name(str(cell.value))
        found = self._exact(name)
        if len(found) == 1:
            return next(iter(found))
        if found:
            rule, advice, facts = "ambiguous-metric", None, {"ids": ", ".join(sorted(found))}
        else:
            rule, advice, facts = "unknown-metric", did_you_mean(name, tuple(self._known)), {}
        findings.add(file, cell.place, rule, advice, once=name, name=quote(cell.value), **facts)
        return None

    def _exact(self, name: str) -> set[str]:
        if id_ := self._mapping.get(name):
            return self._known.get(normalized_name(id_), set())
        return {name} if name in self._ids else self._known.get(name, set())
