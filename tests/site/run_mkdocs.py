"""Run `mkdocs` or `charterbook` in a process with preloaded modules.

Most of a small handbook's build time is the import of MkDocs, its plugins and Charterbook. A fork server
imports them once for each pytest process; every run is a fork of it, with its own folder, environment and
output.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Literal

Program = Literal["mkdocs", "charterbook"]

#: Modules that every build imports.
READ = (
    "charterbook.cli.build_command",
    "charterbook.site.pipeline.version_build",
    "charterbook.site.plugin",
    "material.plugins.search.plugin",
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "mkdocs_macros.plugin",
    "tests.site.run_mkdocs",
)

ROOT = str(Path(__file__).parents[2])


def run_mkdocs(
    arguments: tuple[str, ...],
    folder: Path,
    environment: dict[str, str],
    output: Path,
    patience: int,
    prepare: Callable[[], None] | None = None,
    program: Program = "mkdocs",
) -> int:
    """Exit code of a program with these arguments in a folder; the output goes to a file.

    `prepare` is a module-level function that is called in that process first.
    """
    run = begin(arguments, folder, environment, output, prepare, program)
    run.join(patience)
    if run.exitcode is None:
        run.kill()
        run.join()
    code = run.exitcode
    run.close()
    assert code is not None
    return code


def begin(
    arguments: tuple[str, ...],
    folder: Path,
    environment: dict[str, str],
    output: Path,
    prepare: Callable[[], None] | None = None,
    program: Program = "mkdocs",
) -> ForkServerProcess:
    """Start a program with these arguments in its own process group, with its workers."""
    facts = (arguments, folder, environment, output, prepare, program)
    run = _server().Process(target=_run, args=facts, daemon=False)
    run.start()
    return run


@cache
def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(READ))
    return context


def _run(
    arguments: tuple[str, ...],
    folder: Path,
    environment: dict[str, str],
    output: Path,
    prepare: Callable[[], None] | None,
    program: Program,
) -> None:
    """Become `python -m mkdocs` or `python -m charterbook`."""
    os.setsid()
    sys.dont_write_bytecode = False  # the fork server is started as pytest was
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = [str(folder), *(path for path in sys.path if path not in ("", ROOT)), ROOT]
    sys.argv[:] = [program, *arguments]
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.close(file)
    if prepare is not None:
        prepare()
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]  # they are no inputs of a handbook
    _main(program)


def _main(program: Program) -> None:
    """The entry point of a program."""
    if program == "charterbook":
        from charterbook.cli import run

        run()
    else:
        from mkdocs.__main__ import cli

        cli(prog_name="python -m mkdocs")
