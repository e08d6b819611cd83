"""`python -m benchmarks`: run benchmarks, store raw figures, and write the page of results."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks import results
from benchmarks.contenders import CONTENDERS
from benchmarks.inputs import Input, known_inputs
from benchmarks.report import write_report
from benchmarks.runner import BenchError, default_folder
from benchmarks.scenarios import SCENARIOS, set_up, time_all
from benchmarks.studies import STUDIES

#: Default input.
_DEFAULT = "12x30"


def main() -> None:
    """The command line."""
    arguments = _arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=arguments.folder) as folder:
            _measure_all(arguments, Path(folder))
    except BenchError as error:
        click.echo(f"bench: {error}", err=True)
        sys.exit(1)
    write_report(results.read_all(arguments.results), arguments.results.parent)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench",
        description="Charterbook beside what others would use. Without options: the input 12x30 with all contenders "
        "and scenarios, then all studies of Charterbook alone.",
    )
    inputs = list(known_inputs())
    parser.add_argument("--input", choices=inputs, action="append", help="only this input; may be repeated")
    parser.add_argument("--scenario", choices=list(SCENARIOS), action="append", help="only this scenario")
    parser.add_argument("--contender", choices=list(CONTENDERS), action="append", help="only this contender")
    parser.add_argument(
        "--study", choices=list(STUDIES), action="append", help="only this study, and no input"
    )
    parser.add_argument("--all", action="store_true", help="all inputs, and all studies")
    parser.add_argument(
        "--versions", type=int, help="only the first versions of each input, for a quick look"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each takes its turn (5)")
    parser.add_argument(
        "--report", action="store_true", help="measure nothing; write the page from the stored figures"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        default=default_folder(),
        help="folder for the built sites (in memory, with enough of it)",
    )
    parser.add_argument("--results", type=Path, default=results.FOLDER, help="the folder of the raw figures")
    return _completed(parser.parse_args(), inputs)


def _completed(arguments: argparse.Namespace, inputs: list[str]) -> argparse.Namespace:
    """Arguments with defaults filled in."""
    usual = not (arguments.input or arguments.study or arguments.report)
    if arguments.all:
        arguments.input, arguments.study = inputs, list(STUDIES)
    elif usual:
        arguments.input, arguments.study = [_DEFAULT], list(STUDIES)
    arguments.scenario = arguments.scenario or list(SCENARIOS)
    arguments.contender = arguments.contender or list(CONTENDERS)
    return arguments


def _measure_all(arguments: argparse.Namespace, folder: Path) -> None:
    for name in arguments.input or ():
        data = known_inputs()[name]()
        _measure(data.first(arguments.versions or len(data.versions)), arguments, folder / name)
    for name in arguments.study or ():
        click.echo(f"study: {name}")
        with tempfile.TemporaryDirectory(dir=folder) as own:
            figures = STUDIES[name](Path(own), arguments.rounds, click.echo)
        results.add(arguments.results, "studies", {name: figures}, results.facts(folder))


def _measure(data: Input, arguments: argparse.Namespace, folder: Path) -> None:
    click.echo(f"{data.name}: {len(data.versions)} versions")
    contenders = []
    for kind in (CONTENDERS[name] for name in arguments.contender):
        if why := kind.missing():
            click.echo(f"  {kind.name}: {why}")
        else:
            contenders.append(kind(data, folder / kind.name))
    folder.mkdir(exist_ok=True)
    for contender in contenders:
        set_up(contender, click.echo)
    for scenario in arguments.scenario:
        timings = time_all(scenario, contenders, arguments.rounds, click.echo)
        results.add(arguments.results, data.name, {scenario: asdict(timings)}, results.facts(folder))
    for contender in contenders:
        contender.remove()


if __name__ == "__main__":
    main()
