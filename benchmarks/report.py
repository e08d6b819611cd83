"""RESULTS.md and its chart, from the raw figures: ratios first, then seconds, then the machine and the tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import patches
from benchmarks.chart import chart
from benchmarks.figures import FIGURES, OURS, Figure, Results
from benchmarks.measure import Spread, ratios, spread

PAGE = "RESULTS.md"
CHART = "results.svg"

#: Titles of scenarios.
TITLES = {
    "whole": "Whole site",
    "again": "Nothing changed",
    "quarter": "One new quarter",
    "word": "One word in docs/",
    "serve": "Serving: saved to reloaded",
}

_HOW = """\
All contenders build the same pages of the same history: before any time counts, every version of every contender is
checked to have the same addresses, the headings and the texts. They take turns in each round, each round beginning
with another one, and are compared within a round only; the figures are medians of the rounds, with the least and the
most in brackets. `make bench` measures, `make bench ARGS=--help` says what can be chosen. All files are in memory if
there is room: on a disk with ext4, creating a file takes up to a hundred times as long in the minutes after others
were deleted, so that a round would depend on what ran before.

mike and MkDocs alone get worktrees that are there already, with a page for each item by mkdocs-macros and Material;
mike pushes nothing. Hugo gets pages that are Markdown already, and a bare theme without search. The MkDocs loop also rewrites each version's files.

Charterbook is built by `charterbook build`, the command that the README names; `charterbook-by-mkdocs` is the same
handbook by `mkdocs build`. Both load the same plugin. The command line has its own process, in which Python rarely collects garbage; `mkdocs build` leaves that as other plugins find it.

Profile of a build, and reasons for missed targets: [PROFILE.md](PROFILE.md).
"""


def write_report(results: Results, folder: Path) -> None:
    """Write the page and the chart of all figures."""
    inputs = {name: found for name, found in results.items() if name != "studies"}
    (folder / PAGE).write_text("\n".join(_page(results, inputs)), encoding="utf-8")
    shown = inputs.get("12x30") or next(iter(inputs.values()), None)
    if shown:
        (folder / CHART).write_text(
            chart(shown["name"], _medians(shown["figures"]), TITLES), encoding="utf-8"
        )


def _page(results: Results, inputs: Results) -> Iterator[str]:
    yield "# Results\n"
    yield _HOW
    yield "## Targets\n"
    yield "| Figure | Target | Measured | |\n|---|---|---|---|"
    yield from (_target_row(figure, results) for figure in FIGURES)
    if inputs:
        yield f"\n![Times of all contenders, as bars]({CHART})"
    for name, found in inputs.items():
        yield from _input(name, found["figures"])
    if "studies" in results:
        yield from _studies(results["studies"]["figures"])
    yield from patches.patch_tables()
    yield from _machines(results)
    yield ""


def _target_row(figure: Figure, results: Results) -> str:
    asked = f"{figure.sense} {figure.bound:g}{figure.unit}"
    try:
        found = figure.find(results)
    except KeyError:
        return f"| {figure.statement} | {asked} | not measured | |"
    verdict = "reached" if figure.reached(found) else "**missed**"
    return f"| {figure.statement} | {asked} | {_ratio(found, figure.unit)} | {verdict} |"


def _ratio(found: Spread, unit: str = "×") -> str:
    if found.least == found.most:
        return f"{_short(found.median)}{unit}"
    return f"{_short(found.median)}{unit} ({_short(found.least)}–{_short(found.most)})"


def _short(value: float) -> str:
    """Three significant digits."""
    return f"{value:.0f}" if abs(value) >= 100 or value == 0 else f"{value:.3g}"  # noqa: PLR2004 – three digits


def _input(name: str, figures: Mapping[str, Any]) -> Iterator[str]:
    scenarios = [scenario for scenario in TITLES if scenario in figures]
    yield f"\n## {name}\n"
    yield "How many times as long as Charterbook; below, seconds.\n"
    names = list(dict.fromkeys(row for scenario in scenarios for row in figures[scenario]["seconds"]))
    head = "".join(f" {TITLES[scenario]} |" for scenario in scenarios)
    rule = "---|" * len(scenarios)
    yield f"| |{head}\n|---|{rule}"
    yield from (_row(row, [_against_ours(figures[s]["seconds"], row) for s in scenarios]) for row in names)
    yield f"\n| Seconds |{head}\n|---|{rule}"
    yield from (_row(row, [_seconds(figures[s]["seconds"], row) for s in scenarios]) for row in names)
    yield _row(
        "rounds",
        [str(len(figures[s]["seconds"][OURS])) if OURS in figures[s]["seconds"] else "" for s in scenarios],
    )
    yield _row("machine's spread", [_spread_of(figures[s]["calibration"]) for s in scenarios])


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _against_ours(seconds: Mapping[str, Sequence[float]], row: str) -> str:
    if row not in seconds or OURS not in seconds:
        return ""
    return "1" if row == OURS else _ratio(ratios(seconds[row], seconds[OURS]))


def _seconds(seconds: Mapping[str, Sequence[float]], row: str) -> str:
    return _ratio(spread(seconds[row]), " s") if row in seconds else ""


def _spread_of(calibration: Sequence[float]) -> str:
    """Minimum and maximum of the calibration, relative to its median."""
    found = spread(calibration)
    return f"{found.least / found.median:.0%}–{found.most / found.median:.0%}"


def _studies(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "\n## Charterbook alone\n"
    yield "| Study | | Seconds |\n|---|---|---|"
    for name, found in figures.items():
        for row, seconds in found.get("seconds", {}).items():
            yield f"| {name} | {row} | {_ratio(spread(seconds), ' s')} |"
    if "memory" in figures:
        peaks = ", ".join(f"{peak / 1e6:.0f} MB" for peak in figures["memory"]["peaks"])
        yield f"\nMemory of each process that built 40 versions with 200 services: {peaks}."
    if "size" in figures:
        yield from _sizes(figures["size"])


def _sizes(kinds: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    rows = list(next(iter(kinds.values())))
    yield f"\n| 40 versions of the example |{''.join(f' {kind} |' for kind in kinds)}\n|---|{'---|' * len(kinds)}"
    yield from (_row(row, [f"{found[row]:,}" for found in kinds.values()]) for row in rows)


def _machines(results: Results) -> Iterator[str]:
    yield "\n## Measured with\n"
    listed: dict[str, list[str]] = {}
    for name, found in results.items():
        facts = {**found["machine"], **found["tools"]}
        listed.setdefault(", ".join(f"{key} {value}" for key, value in facts.items()), []).append(name)
    for with_what, names in listed.items():
        yield f"- {', '.join(names)}: {with_what}."


def _medians(figures: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    return {
        scenario: {row: spread(seconds).median for row, seconds in figures[scenario]["seconds"].items()}
        for scenario in TITLES
        if scenario in figures
    }
