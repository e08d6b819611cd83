"""`python -m benchmarks.papers`: the time to make the papers of all versions of the example, in two processes."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from benchmarks.example import ROOT
from charterbook.clock import today
from charterbook.history import read_history
from charterbook.pages import read_docs
from charterbook.settings import Settings, read_settings
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.output.paper_files import write_papers


def example_editions(settings: Settings) -> list[Edition]:
    """The versions of the example."""
    zone = ZoneInfo(settings.timezone)
    history = read_history(ROOT, settings)
    return editions(history, read_docs(ROOT / settings.docs), today(zone), None, zone)


def main() -> None:
    """Print the time of each round, and the processor time of all processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    settings = read_settings(ROOT)
    found = example_editions(settings)
    for _ in range(given.rounds):
        wall, processor = _round(found, settings, given.processes)
        click.echo(f"{len(found)} versions: {wall:.2f} s, {processor:.2f} s of processor time")


def _round(found: list[Edition], settings: Settings, processes: int) -> tuple[float, float]:
    """Wall-clock time and processor time of all papers, made by new processes."""
    began, before = time.perf_counter(), _spent()
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(write_papers, Path(folder) / one.name, one, settings) for one in found]
        for job in jobs:
            job.result()
    return time.perf_counter() - began, _spent() - before


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
