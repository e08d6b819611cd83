"""Worker pool: how its processes are started."""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from charterbook.site.pipeline.isolated_build import ENDED
from charterbook.site.pipeline.pool import _WorkQueue
from charterbook.site.pipeline.process_locks import NotShared
from tests.site.handbooks import PATIENCE, environment


@pytest.mark.parametrize(
    ("opened", "method"),
    [
        ("", "fork"),
        ("one = open(__import__('os').devnull)", "fork"),
        ("import socket; one = socket.socketpair()", "spawn"),
        ("one = os.pipe()", "spawn"),
        ("import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()", "spawn"),
        ("import _thread, time; _thread.start_new_thread(time.sleep, (60,))", "spawn"),
        ("from charterbook.papers.typst_pdf import as_pdf; as_pdf('signs', {'signs': ['a']})", "spawn"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems always spawn")
def test_workers_are_spawned_if_connections_or_threads_exist(opened: str, method: str) -> None:
    """Forked workers would read the answers that others wait for, and lack threads of libraries that they wait for.

    Connections of the program itself do not matter.
    """
    code = dedent(f"""
        import charterbook.site.pipeline.pool as pool
        import os
        from charterbook.site import connections
        first = os.pipe()
        connections.ignore_present()
        {opened}
        print(pool._context().get_start_method())
    """)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=False,
            text=True,
            pass_fds=[theirs.fileno()],
        )
    assert (done.stdout.strip(), done.stderr) == (method, "")


def test_a_process_without_chores_takes_none_from_the_others() -> None:
    """Spawned workers have none. One that is free first would else drop what this process has to write."""
    chores = (lambda: None, lambda: None)
    queue = _WorkQueue((), NotShared([0, 0, 0]), "spawn", chores)
    assert replace(queue, chores=()).chore() is None
    assert [queue.chore() for _ in range(3)] == [*chores, None]


_KILLED = """
    import multiprocessing, os, random, signal, time
    import charterbook.site.pipeline.isolated_build as isolated_build
    import charterbook.site.pipeline.pool as pools
    from charterbook.site.order import BuildResult
    from mkdocs.exceptions import PluginError

    carry_out = pools._carry_out

    def carry_out_and_die(queue, request):
        signal.setitimer(signal.ITIMER_REAL, random.expovariate(1 / {mean}))
        return carry_out(queue, request)

    def build(order, **_):
        time.sleep(0.0002)
        return BuildResult(str(order), (), 0, notes=("long" * {length},))

    pools._carry_out, pools.build, isolated_build.build = carry_out_and_die, build, build
    pools.workers, pools._context = (lambda: 3), (lambda: multiprocessing.get_context("fork"))
    for seed in range({rounds}):
        random.seed(seed)
        pool = pools.WorkerPool(range(30), isolated={isolated})
        try:
            names = sorted(int(result.name) for result in pool.outcomes(lambda: None))
            print("whole" if names == [*range(30)] else names)
        except PluginError as error:
            print(error)
        pool.shutdown()
"""


@pytest.mark.parametrize("isolated", [True, False])
@pytest.mark.parametrize("length", [1, 100_000])
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not fork")
def test_no_moment_at_which_a_worker_is_killed_makes_others_wait(isolated: bool, length: int) -> None:
    """All versions are built, or a message says what happened; also if a result was sent in part."""
    code = dedent(_KILLED).format(
        rounds=12, isolated=isolated, length=length, mean=0.15 if isolated else 0.015
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment(),
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert ENDED in said
    assert {*said} <= {"whole", ENDED}


_LEAVES_CHILDREN = """
    import multiprocessing, time
    from concurrent.futures import ProcessPoolExecutor
    import charterbook.site.pipeline.isolated_build as isolated_build
    import charterbook.site.pipeline.pool as pools
    from charterbook.site.order import BuildResult

    left = []

    def build(order, **_):
        left.append(ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("{method}")))
        left[-1].submit(time.time).result()
        left.append(multiprocessing.get_context("fork").Process(target=time.sleep, args=(1000,)))
        left[-1].start()
        return BuildResult(str(order), (), 0, failure="{failure}")

    if __name__ == "__main__":
        pools.build = isolated_build.build = build
        pools.workers, pools._context = (lambda: 3), (lambda: multiprocessing.get_context("fork"))
        pool = pools.WorkerPool(range(1), isolated={isolated})
        pool.open()
        while pool._busy():
            list(pool._done())
        pool.shutdown()
        print("ended")
"""


@pytest.mark.parametrize("isolated", [True, False])
@pytest.mark.parametrize(("failure", "method"), [("", "fork"), ("wrong", "spawn")])
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not fork")
def test_a_worker_does_not_wait_for_processes_that_a_build_has_left(
    tmp_path: Path, isolated: bool, failure: str, method: str
) -> None:
    """A plugin that aborts a build does not shut down its executor; at its end, a worker would wait for its processes."""
    script = tmp_path / "leaves.py"
    script.write_text(dedent(_LEAVES_CHILDREN).format(isolated=isolated, failure=failure, method=method))
    done = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment(),
        timeout=PATIENCE,
    )
    assert (done.stdout, done.returncode) == ("ended\n", 0), done.stderr
