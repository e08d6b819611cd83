"""`python -m benchmarks`: measures what is asked for, and writes the results."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks import results
from benchmarks.contenders import CONTENDERS
from benchmarks.inputs import Input, known_inputs
from benchmarks.scenarios import SCENARIOS, ready, time_all


def main() -> None:
    """The command line."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name in asked.input:
            data = known_inputs()[name]()
            _measure(data.first(asked.versions or len(data.versions)), asked, Path(folder) / name)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Charterbook beside what others would use."
    )
    inputs = list(known_inputs())
    parser.add_argument("--input", choices=inputs, action="append")
    parser.add_argument("--scenario", choices=list(SCENARIOS), action="append")
    parser.add_argument("--contender", choices=list(CONTENDERS), action="append")
    parser.add_argument("--versions", type=int, help="only so many versions of each input")
    parser.add_argument("--results", type=Path, default=results.FOLDER, help="where the raw figures are kept")
    parser.add_argument("--rounds", type=int, default=5)
    found = parser.parse_args()
    found.input = found.input or ["12x30"]
    found.scenario = found.scenario or list(SCENARIOS)
    found.contender = found.contender or list(CONTENDERS)
    return found


def _measure(data: Input, asked: argparse.Namespace, folder: Path) -> None:
    click.echo(f"{data.name}: {len(data.versions)} versions")
    contenders = [
        CONTENDERS[name](data, folder / name) for name in asked.contender if not CONTENDERS[name].missing()
    ]
    for contender in contenders:
        ready(contender, click.echo)
    for scenario in asked.scenario:
        timings = time_all(scenario, contenders, asked.rounds, click.echo)
        results.add(asked.results, data.name, {scenario: asdict(timings)}, results.facts())


if __name__ == "__main__":
    main()
