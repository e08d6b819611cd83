"""Worker pool: how its processes are started."""

from __future__ import annotations

import socket
import subprocess
import sys
from textwrap import dedent

import pytest


@pytest.mark.parametrize(
    ("opened", "method"),
    [
        ("", "fork"),
        ("one = open(__import__('os').devnull)", "fork"),
        ("import socket; one = socket.socketpair()", "spawn"),
        ("one = os.pipe()", "spawn"),
        ("import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()", "spawn"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems always spawn")
def test_workers_are_spawned_if_hooks_have_opened_connections(opened: str, method: str) -> None:
    """Forked workers would read the answers that others wait for. Connections of the program itself do not matter."""
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
