"""`mkdocs serve`, run as an author runs it: edits appear in the browser."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.charters import minimal_charter
from tests.site.handbooks import COMMAND_HOOK, Handbook, environment, visible

#: The longest time until an edit shows, in seconds, on a machine that is busy with other tests.
PATIENCE = 60

_BROKEN = minimal_charter().replace("kind: lagging", "kind: late")


class Server:
    """A running `mkdocs serve` of a handbook."""

    def __init__(self, book: Handbook, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.book, self.process, self.port, self.log = book, process, port, log

    @property
    def output(self) -> str:
        """All that the server has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, address: str) -> str:
        """The source of a page, empty as long as there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{address}", timeout=10) as answer:
                return str(answer.read().decode())
        except (OSError, urllib.error.URLError):
            return ""

    def wait(self, fits: Callable[[], bool], what: str) -> None:
        """Wait for a condition; fails with the server's output."""
        end = time.monotonic() + PATIENCE
        while not fits():
            assert self.process.poll() is None, f"The server ended.\n{self.output}"
            assert time.monotonic() < end, f"Not seen in {PATIENCE} s: {what}\n{self.output}"
            time.sleep(0.2)

    def wait_for(self, words: str, address: str) -> str:
        """Wait until a page shows these words; its source."""
        self.wait(lambda: words in visible(self.get(address)), f"{words!r} at /{address}")
        return self.get(address)


@contextmanager
def serving(book: Handbook, log: Path) -> Iterator[Server]:
    """A server that is always stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    temporary = log.with_suffix(".tmp")
    temporary.mkdir()
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            cwd=book.folder,
            env=environment(TMPDIR=str(temporary)),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Server(book, process, port, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            shutil.rmtree(temporary, ignore_errors=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests that each leave the handbook in order."""
    folder = tmp_path_factory.mktemp("serve")
    book = Handbook(folder / "book")
    book.commit("2026-01-05", title="In force")
    book.write("macros.py", _MACROS)
    book.write("helpers.py", "WORD = 'first helper'\n")
    book.write("../outside/data.txt", "first data\n")
    book.write("../outside/linked.md", "# Linked\n\nfirst link\n")
    (book.folder / "docs/linked.md").symlink_to("../../outside/linked.md")
    book.write("docs/faq.md", "# Questions\n\n{{ word() }}\n")
    with serving(book, folder / "log") as running:
        running.wait_for("In force", "latest/")
        yield running


def test_hooks_of_all_versions_get_the_command(tmp_path: Path) -> None:
    """Plugins show drafts only while serving, for example."""
    book = Handbook(tmp_path / "book", pages=("index",))
    book.write("hook.py", COMMAND_HOOK)
    book.replace("mkdocs.yml", "theme:\n", "hooks: [hook.py]\ntheme:\n")
    book.commit("2025-01-06")
    book.commit("2025-04-07", title="Next")
    assert book.build().code == 0
    with serving(book, tmp_path / "log") as running:
        running.wait_for("By ['serve'].", "2025-Q1/")
        running.wait_for("By ['serve'].", "latest/")
    assert "By ['build']." in book.build().text("2025-Q1")


_MACROS = """\
from pathlib import Path
import helpers
from charterbook.site import macros

def define_env(env):
    macros.define_env(env)
    env.macro(lambda: "macro one, " + helpers.WORD + ", " + Path("../outside/data.txt").read_text(), "word")
"""


def test_an_edited_charter_shows_as_the_draft(server: Server) -> None:
    """The root leads to it while it exists; the version in force is unchanged."""
    assert "url=latest/" in server.get("")
    server.book.write("charter.yml", minimal_charter(title="Edited"))
    server.wait_for("Edited", "draft/")
    assert "url=draft/" in server.get("")
    assert "In force" in visible(server.get("latest/"))
    server.book.write("charter.yml", minimal_charter(title="In force"))
    server.wait(lambda: "url=latest/" in server.get(""), "the root leads to latest/")


def test_a_broken_charter_shows_its_problems_and_recovers(server: Server) -> None:
    """On the page and in the terminal, with line and column; no traceback."""
    server.book.write("charter.yml", _BROKEN)
    for address in ("", "draft/", "draft/services/onboarding/"):
        server.wait_for("charter.yml:20:9: error", address)
    assert "charter.yml:20:9: error" in server.output
    assert "In force" in visible(server.get("latest/"))
    server.book.write("charter.yml", minimal_charter(title="Mended"))
    server.wait_for("Mended", "draft/")
    server.book.write("charter.yml", minimal_charter(title="In force"))
    server.wait(lambda: "url=latest/" in server.get(""), "the root leads to latest/")
    assert "Traceback" not in server.output


def test_edited_pages_and_macros_show(server: Server) -> None:
    """A page of docs/, macros.py, and a module that macros.py imports."""
    server.wait_for("macro one, first helper", "latest/faq/")
    server.book.write("docs/faq.md", "# Questions and answers\n\n{{ word() }}\n")
    server.wait_for("Questions and answers", "latest/faq/")
    server.book.write("macros.py", _MACROS.replace("macro one", "macro number two"))
    server.wait_for("macro number two, first helper", "latest/faq/")
    server.book.write("helpers.py", "WORD = 'the second helper'\n")
    server.wait_for("macro number two, the second helper", "latest/faq/")


def test_whatever_a_page_reads_is_watched(server: Server) -> None:
    """A file outside the handbook that a macro reads, the target of a link; each edit is one build."""
    built = server.output.count("Detected file changes")
    server.book.write("../outside/data.txt", "second data\n")
    server.wait_for("second data", "latest/faq/")
    server.book.write("../outside/linked.md", "# Linked\n\nsecond link\n")
    server.wait_for("second link", "latest/linked/")
    time.sleep(1.5)
    assert server.output.count("Detected file changes") == built + 2


def test_a_commit_shows_as_a_version(server: Server) -> None:
    """Even if no file of the handbook changes."""
    server.book.repo.git("commit", "--quiet", "--allow-empty", "-m", "x")
    server.book.repo.tag("2025-Q4")
    server.wait(lambda: "2025-Q4" in server.get("versions.json"), "the tagged version")


def test_a_mistake_in_docs_is_shown_too(server: Server) -> None:
    """On the page and in the terminal, without a traceback."""
    server.book.write("docs/more.md", "---\nsection: scoop\n---\n")
    server.wait_for("docs/more.md:2:1: section: 'scoop'", "")
    assert "docs/more.md:2:1: section: 'scoop'" in server.output
    server.book.write("docs/more.md", "# More\n\nMended\n")
    server.wait_for("Mended", "latest/more/")
    assert "Traceback" not in server.output


def test_a_server_can_start_with_a_broken_charter(book: Handbook, tmp_path: Path) -> None:
    """The first charter of all, never committed: first its problems, then the handbook."""
    book.write("charter.yml", _BROKEN)
    with serving(book, tmp_path / "log") as running:
        running.wait_for("charter.yml:20:9: error", "")
        book.write("charter.yml", minimal_charter(title="Mended"))
        running.wait_for("Mended", "latest/")
        assert "Traceback" not in running.output
