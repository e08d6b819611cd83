"""Runs `mkdocs` as if from nothing, in a process that has read all the programs already.

Most of a small handbook's build is Python reading MkDocs, its plugins and Charterbook. multiprocessing's fork server
reads them once for each pytest process; every run is a fork of it, with a folder, an environment and an output of
its own.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

#: What every build reads.
READ = (
    "charterbook.site.pipeline.version_build",
    "charterbook.site.plugin",
    "material.plugins.search.plugin",
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "mkdocs_macros.plugin",
    "tests.site.press",
)

ROOT = str(Path(__file__).parents[2])


def press(
    arguments: tuple[str, ...],
    folder: Path,
    environment: dict[str, str],
    output: Path,
    patience: int,
    prepare: Callable[[], None] | None = None,
) -> int:
    """The exit code of `mkdocs` with these arguments, run in a folder; what it prints goes to a file.

    `prepare` is a function of a module, called in that process before.
    """
    run = begin(arguments, folder, environment, output, prepare)
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
) -> ForkServerProcess:
    """`mkdocs` with these arguments, at work: a process with a group of its own, which its workers belong to."""
    run = _server().Process(target=_run, args=(arguments, folder, environment, output, prepare), daemon=False)
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
) -> None:
    """Become `python -m mkdocs`."""
    from mkdocs.__main__ import cli

    os.setsid()
    sys.dont_write_bytecode = False  # the fork server is started as pytest was
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = [str(folder), *(path for path in sys.path if path not in ("", ROOT)), ROOT]
    sys.argv[:] = ["mkdocs", *arguments]
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.close(file)
    if prepare is not None:
        prepare()
    cli(prog_name="python -m mkdocs")
