"""Peak memory of a program and its child processes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.runner import BenchError, environment

_PAUSE = 0.02
_PROC = Path("/proc")


def peaks(command: Sequence[str], folder: Path) -> list[int]:
    """Peak memory of each process in bytes, the largest first."""
    found: dict[int, int] = {}
    with subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.DEVNULL) as program:
        while program.poll() is None:
            for process in _family(program.pid):
                found[process] = max(found.get(process, 0), _most(process))
            time.sleep(_PAUSE)
    if program.returncode:
        raise BenchError(f"{' '.join(command)} failed")
    return sorted((size for size in found.values() if size), reverse=True)


def _family(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    yield pid
    for children in _PROC.glob(f"{pid}/task/*/children"):
        for child in _read(children).split():
            yield from _family(int(child))


def _most(pid: int) -> int:
    for line in _read(_PROC / str(pid) / "status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(file: Path) -> str:
    """Content of a file; empty once the process has ended."""
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""
