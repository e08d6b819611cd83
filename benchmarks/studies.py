"""Studies of Charterbook alone: scaling, memory, disk usage, and reading of history."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.contenders import Charterbook, WithExtras
from benchmarks.example import long_example
from benchmarks.generate import SIZES, Size, commits, generated
from benchmarks.inputs import Input
from benchmarks.measure import Step, rounds, timed
from benchmarks.memory import peaks
from benchmarks.repository import Commit, write_repository
from benchmarks.runner import PYTHON, run
from benchmarks.scenarios import LogLine, added_quarter, full_build, set_up
from benchmarks.size import sizes

Study = Callable[[Path, int, LogLine], dict[str, Any]]

_LONG = 5_000
_KEPT = ".cache/kept"
_READ = f"""\
import pathlib, sys, time
from charterbook.history import read_history
from charterbook.settings import Settings
begin = time.perf_counter()
read_history(pathlib.Path(), Settings(), pathlib.Path({_KEPT!r}))
print(time.perf_counter() - begin)
"""


def quarters(folder: Path, count: int, log_line: LogLine) -> dict[str, Any]:
    """Adding the 11th and the 41st quarter, of 60 pages each."""
    data = generated(SIZES["40x60"])
    steps = {}
    for past in (10, 40):
        contender = Charterbook(data.first(past), folder / str(past))
        set_up(contender, log_line)
        steps[f"after {past}"] = added_quarter(contender)
    return asdict(rounds(steps, count, log_line))


def versions(folder: Path, count: int, log_line: LogLine) -> dict[str, Any]:
    """The whole site of 10, 20 and 40 versions, of 60 pages each."""
    data = generated(SIZES["40x60"])
    return _wholes({str(past): data.first(past) for past in (10, 20, 40)}, folder, count, log_line)


def services(folder: Path, count: int, log_line: LogLine) -> dict[str, Any]:
    """The whole site of 50, 100 and 200 services, in 4 versions."""
    inputs = {str(many): generated(Size(f"4x{many}", 4, many, 8, 20)) for many in (50, 100, 200)}
    return _wholes(inputs, folder, count, log_line)


def memory(folder: Path, count: int, log_line: LogLine) -> dict[str, Any]:
    """Peak memory of each process that builds 40 versions with 200 services; once, since it hardly varies."""
    del count
    contender = Charterbook(generated(SIZES["40x200"]), folder / "memory")
    contender.prepare()
    found = peaks([PYTHON, "-m", contender.program, "build"], contender.folder)
    log_line(f"  the largest process: {found[0] / 1e6:.0f} MB")
    return {"peaks": found}


def size(folder: Path, count: int, log_line: LogLine) -> dict[str, Any]:
    """Disk usage of 40 versions of the example, without and with Charterbook's additional pages."""
    del count
    found = {}
    for kind in (Charterbook, WithExtras):
        contender = kind(long_example(40), folder / kind.name)
        contender.prepare()
        contender.build()
        found[kind.name] = sizes(contender.folder / "site")
        log_line(f"  {kind.name}: {found[kind.name]['bytes'] / 1e6:.1f} MB")
    return found


def history(folder: Path, count: int, log_line: LogLine) -> dict[str, Any]:
    """Reading of 5,000 commits, compared with `git log`; each in a new process."""
    clone = folder / "clone"
    past = commits(SIZES["12x30"], _LONG)
    write_repository(clone, (Commit(r.date, r.message, {"charter.yml": r.text}) for r in past))
    kept = clone / _KEPT

    def forget() -> None:
        shutil.rmtree(kept, ignore_errors=True)

    def read() -> float:
        return float(run([PYTHON, "-c", _READ], clone))

    def remember() -> None:
        if not kept.exists():
            read()

    steps = {
        "git log": Step(timed(lambda: run(["git", "log", "--first-parent", "--", "charter.yml"], clone))),
        "process, nothing kept": Step(timed(read), before=forget),
        "process, again": Step(timed(read), before=remember),
        "reading, nothing kept": Step(read, before=forget),
        "reading, again": Step(read, before=remember),
    }
    return asdict(rounds(steps, count, log_line))


STUDIES: dict[str, Study] = {
    "quarters": quarters,
    "versions": versions,
    "services": services,
    "memory": memory,
    "history": history,
    "size": size,
}


def _wholes(inputs: Mapping[str, Input], folder: Path, count: int, log_line: LogLine) -> dict[str, Any]:
    steps = {}
    for name, data in inputs.items():
        contender = Charterbook(data, folder / name)
        set_up(contender, log_line)
        steps[name] = full_build(contender)
    return asdict(rounds(steps, count, log_line))
