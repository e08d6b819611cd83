"""Reload time of `charterbook serve` and `mkdocs serve`, from saving charter.yml to the updated page in the browser.

Like the browser, this polls MkDocs' live-reload endpoint.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator

from benchmarks.contenders import Contender
from benchmarks.runner import PYTHON, BenchError, environment

_SCRIPT = re.compile(r"livereload\((\d+), (\d+)\);")
_CHANGES = 5
_PATIENCE = 600
#: Shortest pause between two changes, in seconds; the server has finished by then.
_PAUSE = 1.0
#: MkDocs' polling interval in seconds. Changes are spread over it: after equal pauses, each would wait equally long for the
#: next poll, by as much less as the build before took longer.
_POLLING = 0.5


def seconds_to_reload(contender: Contender) -> float:
    """Median of a few changes, after a warm-up."""
    with _served(contender) as port:
        _wait(port)
        page = _Page(port, contender)
        page.change(0)
        return statistics.median(page.change(number + 1) for number in range(_CHANGES))


class _Page:
    """The page of the first service, whose name is changed."""

    def __init__(self, port: int, contender: Contender) -> None:
        self.port = port
        newest = list(contender.data.versions.values())[-1]
        service = newest.charter["services"][0]
        self.address = f"{contender.served_at}services/{service['id']}/"
        self.file = contender.served / "charter.yml"
        self.text = newest.text
        self.line = f"name: {service['name']}\n"

    def change(self, number: int) -> float:
        """Save another name, and return the seconds until the page shows it."""
        shown = f"{self.line.strip()} bench{number}"
        text = self.text.replace(self.line, f"{shown}\n", 1)
        epoch = _epoch(_get(self.port, self.address)[1]) or _epoch(_get(self.port, "/")[1])
        waiting = _ask(self.port, f"/livereload/{epoch}/{number}")
        time.sleep(_PAUSE + number % _CHANGES * _POLLING / _CHANGES)
        begin = time.perf_counter()
        self.file.write_text(text, encoding="utf-8")
        while f"bench{number}" not in self._after(waiting):
            waiting = _ask(self.port, f"/livereload/{_epoch(_get(self.port, self.address)[1])}/{number}")
            if time.perf_counter() - begin > _PATIENCE:
                raise BenchError(f"{self.address} never showed the change")
        return time.perf_counter() - begin

    def _after(self, waiting: http.client.HTTPConnection) -> str:
        """The page after the server's reload notice."""
        with contextlib.closing(waiting):
            waiting.getresponse().read()
        return _get(self.port, self.address)[1]


@contextlib.contextmanager
def _served(contender: Contender) -> Iterator[int]:
    port = _free_port()
    command = [PYTHON, "-m", contender.program, "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command,
        cwd=contender.served,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            yield port
        finally:
            _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server as Ctrl-C does, with its child processes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGINT)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            _get(port, "/")
            return
        time.sleep(0.1)
    raise BenchError("the server did not start")


def _get(port: int, address: str) -> tuple[int, str]:
    with contextlib.closing(_ask(port, address)) as connection:
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


def _ask(port: int, address: str) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", address)
    return connection


def _epoch(page: str) -> str:
    found = _SCRIPT.findall(page)
    return found[-1][0] if found else ""
