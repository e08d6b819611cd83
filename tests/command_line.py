"""Run commands of the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from charterbook.cli import main

ROOT = Path(__file__).parents[1]


def call(*arguments: str) -> Result:
    """The command line's answer, in this process."""
    return CliRunner().invoke(main, arguments)


def program(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """The command line's answer, run as a separate program. Keywords set its environment."""
    return subprocess.run(
        [sys.executable, "-m", "charterbook", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | changes,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def bytecode_in(folder: Path, **changes: str) -> dict[str, str]:
    """The environment of a Python that stores bytecode in a folder. Keywords change it."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return env | {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONPATH": str(ROOT)} | changes


def run_code(code: str, bytecode: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """The answer of a new Python to code. Bytecode is stored in the folder `bytecode`; keywords change the environment."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=bytecode_in(bytecode, **changes),
        capture_output=True,
        text=True,
        check=False,
    )


def one_line(result: Result | subprocess.CompletedProcess[str]) -> str:
    """The error message: one line, and nothing on standard output."""
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr.removesuffix("\n")
