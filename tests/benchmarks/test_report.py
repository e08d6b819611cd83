import json
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks import results
from benchmarks.report import write_report
from charterbook.site.mkdocs_compat.rows import PATCHES

FACTS = {"machine": {"cpu": "Abacus"}, "tools": {"mike": "2.2.0"}}
WHOLE = {
    "seconds": {"charterbook": [1.0, 2.0], "mike": [12.0, 22.0], "hugo-loop": [0.5, 1.0]},
    "calibration": [0.1, 0.2, 0.1],
}


def written(folder: Path, **figures: Any) -> str:
    """The page of results with these figures for 12x30."""
    results.add(folder / "results", "12x30", figures, FACTS)
    write_report(results.read_all(folder / "results"), folder)
    return (folder / "RESULTS.md").read_text(encoding="utf-8")


def test_a_figure_is_shown_beside_its_bound(tmp_path: Path) -> None:
    """A figure is shown beside its bound."""
    page = written(tmp_path, whole=WHOLE)
    assert "| Whole site, without a cache: faster than mike | at least 8× | 11.5× (11–12) | reached |" in page
    assert "| Whole site, without a cache: of Hugo's loop | at most 1.6× | 2× | **missed** |" in page
    assert "| One new quarter: faster than mike's deploy of it | at least 1.42× | not measured | |" in page


def test_the_report_names_seconds_machine_and_tools(tmp_path: Path) -> None:
    """The report names the seconds, the machine and the tools."""
    page = written(tmp_path, whole=WHOLE)
    assert "| mike | 17 s (12–22) |" in page
    assert "| machine's spread | 100%–200% |" in page
    assert "- 12x30: cpu Abacus, mike 2.2.0." in page


def test_scenarios_can_be_measured_one_at_a_time(tmp_path: Path) -> None:
    """Scenarios can be measured one at a time."""
    written(tmp_path, whole=WHOLE)
    page = written(tmp_path, again=WHOLE)
    assert "| | Whole site | Nothing changed |" in page


def test_results_without_times_do_not_stop_the_report(tmp_path: Path) -> None:
    """Lighthouse's are in the same folder, and have their own page."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results/lighthouse.json").write_text('{"scores": {}}')
    assert "| mike | 17 s (12–22) |" in written(tmp_path, whole=WHOLE)


def test_studies_of_charterbook_alone_are_separate(tmp_path: Path) -> None:
    """Studies of Charterbook alone are separate."""
    results.add(tmp_path / "results", "studies", {"memory": {"peaks": [600_000_000, 90_000_000]}}, FACTS)
    page = written(tmp_path, whole=WHOLE)
    assert "memory of the largest process | at most 500 MB | 600 MB | **missed** |" in page
    assert "200 services: 600 MB, 90 MB." in page


def test_the_chart_is_svg_with_a_bar_for_each_contender(tmp_path: Path) -> None:
    """The chart is SVG with a bar for each contender."""
    written(tmp_path, whole=WHOLE)
    chart = etree.parse(tmp_path / "results.svg").getroot()
    assert len(chart.findall("{*}rect")) == 3


def test_raw_figures_are_stored_by_round(tmp_path: Path) -> None:
    """Raw figures are stored by round."""
    written(tmp_path, whole=WHOLE)
    kept = json.loads((tmp_path / "results/12x30.json").read_text(encoding="utf-8"))
    assert kept["figures"]["whole"] == WHOLE


def test_every_patch_has_its_gain_on_the_page(tmp_path: Path) -> None:
    """Every patch has its gain on the page, and so have removed patches."""
    page = written(tmp_path, whole=WHOLE)
    for patch in PATCHES.values():
        assert f"| {patch.title} | {patch.gain:g} % | {patch.build} |" in page
    assert "| the cache of converted Markdown | 9 % of a whole site" in page


def test_both_commands_of_charterbook_build_the_same_pages(tmp_path: Path) -> None:
    """Both commands of Charterbook build the same pages."""
    seconds = {"charterbook": [1.0, 2.0], "charterbook-by-mkdocs": [2.0, 4.0], "mike": [12.0, 22.0]}
    page = written(tmp_path, whole={**WHOLE, "seconds": seconds})
    assert "| The same by `mkdocs build` | at least 8× | 5.75× (5.5–6) | **missed** |" in page
