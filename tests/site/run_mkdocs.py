"""Run `mkdocs` in a process with preloaded modules.

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

#: Modules that every build imports.
READ = (
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
) -> int:
    """Exit code of `mkdocs` with these arguments in a folder; the output goes to a file.

    `prepare` is a module-level function that is called in that process first.
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
    """Start `mkdocs` with these arguments in its own process group, with its workers."""
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
