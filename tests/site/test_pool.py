"""Worker pool: how its processes are started."""

from __future__ import annotations

import socket
import subprocess
import sys
from textwrap import dedent

import pytest

from charterbook.site.pipeline.isolated_build import ENDED
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
