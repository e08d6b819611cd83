"""After any interruption, the site is the old one or the new one, and the next build is correct."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from charterbook.file_store import Store
from charterbook.site.incremental.manifest import SiteManifest, files_below, read_manifest, write_manifest
from charterbook.site.output.exchange_journal import has_journal
from charterbook.site.output.publish import open_staging
from tests.site.handbooks import PATIENCE, Handbook, environment, snapshot
from tests.site.run_mkdocs import ROOT, begin
from tests.site.test_publish import die_at
from tests.site.trees import killed

#: Text of a page of all versions, before and after.
PAGES = ("# One\n", "# Two\n")
SEED = 5


class Halves:
    """A handbook of four versions whose site has two forms, each with the bytes of a clean build."""

    def __init__(self, folder: Path) -> None:
        self.book = Handbook(folder, pages=("index", "mission"))
        self.site = folder / "site"
        for number, day in enumerate(("2025-01-06", "2025-04-07", "2025-07-07", "2025-10-06")):
            self.book.commit(day, title=f"Charter {number}")
        self.saved = [folder.parent / f"saved-{index}" for index in range(len(PAGES))]
        self.whole = [self._whole(index) for index in range(len(PAGES))]

    def _whole(self, index: int) -> dict[str, str]:
        self.turn(index)
        shutil.rmtree(self.book.folder / ".cache", ignore_errors=True)
        built = self.book.build()
        assert built.code == 0, built.output
        shutil.copytree(self.site, self.saved[index])
        return snapshot(self.site)

    def turn(self, index: int) -> None:
        """Change a page of all versions."""
        self.book.write("docs/faq.md", PAGES[index])

    def forget(self) -> None:
        """Invalidate the cached versions."""
        shutil.rmtree(self.book.folder / ".cache/charterbook/versions", ignore_errors=True)

    def begin(self) -> ForkServerProcess:
        """A running build."""
        output = self.book.folder.parent / f"output-{time.monotonic_ns()}"
        return begin(("build",), self.book.folder, environment(), output)

    @property
    def seen(self) -> dict[str, str]:
        """The site, without the staging folders of builds."""
        return {path: digest for path, digest in snapshot(self.site).items() if not path.startswith(".")}

    @property
    def is_interrupted(self) -> bool:
        """Whether a build has died while it published its site."""
        return any(map(has_journal, self.site.glob(".charterbook-staging-*")))

    @property
    def left(self) -> list[str]:
        """Leftovers of builds."""
        return self.book.left_over + [path.name for path in (self.book.folder / ".cache").rglob(".new-*")]


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Halves:
    """Built in its second form."""
    return Halves(tmp_path_factory.mktemp("halves") / "book")


def alive(group: int) -> bool:
    """Whether a process of a group is running."""
    return any(its == group and state != "Z" for _, state, _, its in processes())


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    return [own for own, _, its, _ in processes() if its == parent]


def processes() -> Iterator[tuple[int, str, int, int]]:
    """All processes: the number of each, its state, its parent and its group."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent, group = status.read_text().rpartition(")")[2].split()[:3]
            yield int(status.parent.name), state, int(parent), int(group)


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for something that has to come."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def until_it_builds(run: subprocess.Popen[str]) -> str:
    """Output of a build until workers have been started."""
    assert run.stderr is not None
    said = ""
    while "Building documentation" not in said:
        line = run.stderr.readline()
        assert line, f"the build has ended: {said}"
        said += line
    return said


def rest(run: subprocess.Popen[str]) -> str:
    """Further output of a build."""
    assert run.stderr is not None
    return run.stderr.read()


@pytest.mark.parametrize("moments", [2, pytest.param(12, marks=pytest.mark.slow)])
@pytest.mark.parametrize("whom", ["all", "first"])
def test_a_killed_build_leaves_the_old_site_or_the_new_one(halves: Halves, whom: str, moments: int) -> None:
    """All its processes, or only the main one, at any time."""
    halves.forget()
    start = time.monotonic()
    halves.begin().join()
    length = time.monotonic() - start
    at = random.Random(SEED)  # noqa: S311 (not for secrets)
    form = PAGES.index((halves.book.folder / "docs/faq.md").read_text())
    for number in range(moments):
        old, form = halves.whole[form], 1 - form
        halves.turn(form)
        halves.forget()
        run = halves.begin()
        assert run.pid is not None
        run.join(length * (number + at.random()) / moments)
        if whom == "all" and run.exitcode is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.kill()
        run.join()
        wait_until(lambda group=run.pid: not alive(group))  # type: ignore[misc]
        assert halves.seen in (old, halves.whole[form]) or halves.is_interrupted
        assert halves.book.build().code == 0
        assert snapshot(halves.site) == halves.whole[form]
        assert halves.left == []


@pytest.mark.parametrize("stands", [True, False])
def test_builds_at_once_do_not_harm_each_other(halves: Halves, stands: bool) -> None:
    """With or without an existing site: each succeeds, and the site is complete."""
    halves.turn(0)
    halves.forget()
    if not stands:
        shutil.rmtree(halves.site)
    runs = [halves.begin() for _ in range(3)]
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0, 0]
    assert snapshot(halves.site) == halves.whole[0]
    assert halves.left == []


def test_an_interrupted_build_says_so_and_stops(halves: Halves) -> None:
    """As with ^C, which reaches all processes of a terminal."""
    halves.book.build()
    before = snapshot(halves.site)
    halves.book.write("docs/faq.md", "# Three\n")
    # If tests run in the background, a shell has programs ignore it.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    start = f"{heard}; from mkdocs.__main__ import cli; cli(['build'])"
    with subprocess.Popen(
        [sys.executable, "-c", start],
        cwd=halves.book.folder,
        env=environment(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as run:
        said = until_it_builds(run)
        os.killpg(run.pid, signal.SIGINT)
        said += rest(run)
    assert run.returncode == 1
    assert said.endswith("\nAborted!\n")
    assert "Traceback" not in said
    wait_until(lambda: not alive(run.pid))
    assert (snapshot(halves.site), halves.left) == (before, [])


def test_a_full_disk_is_reported_in_one_line(halves: Halves) -> None:
    """With a file size limit of 40 kB. The old site stays, and the cache has no partial version."""
    halves.turn(0)
    halves.book.build()
    halves.turn(1)
    halves.forget()
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=halves.book.folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
        check=False,
    )
    assert run.returncode == 1
    lines = [line for line in run.stderr.splitlines() if not line.startswith("INFO")]
    assert lines == [
        f"Error: The site cannot be written to {halves.site}: File too large. The previous site is unchanged."
    ]
    assert (snapshot(halves.site), halves.left) == (halves.whole[0], [])
    halves.book.build()
    assert snapshot(halves.site) == halves.whole[1]


@pytest.mark.parametrize(("target", "reason"), [("file/site", "Not a directory."), ("file", "is a file.")])
def test_an_impossible_site_dir_is_reported_in_one_line(halves: Halves, target: str, reason: str) -> None:
    """Without a traceback."""
    halves.book.write("file", "")
    built = halves.book.build(site=target)
    assert built.code == 1
    (line,) = [line for line in built.log if line.startswith("ERROR")]
    assert line.startswith("ERROR   -  The site cannot be written")
    assert line.endswith(reason)


def interrupt(halves: Halves, form: int) -> None:
    """Kill a process while it publishes one form of the site over the other."""
    shutil.rmtree(halves.site)
    shutil.copytree(halves.saved[1 - form], halves.site)

    def publish() -> None:
        staging = open_staging(halves.site)
        shutil.rmtree(staging.new)
        shutil.copytree(halves.saved[form], staging.new)
        die_at(staging, 5, "after")

    killed(publish)
    assert halves.is_interrupted


@pytest.mark.parametrize("then", ["nothing", "broken charter"])
def test_the_next_build_completes_what_was_interrupted(halves: Halves, then: str) -> None:
    """Even one that has nothing to do, or one that fails."""
    halves.turn(1)
    shutil.rmtree(halves.site)
    halves.book.build()
    interrupt(halves, 1)
    charter = (halves.book.folder / "charter.yml").read_text()
    if then == "broken charter":
        halves.book.write("charter.yml", "title: [\n")
    built = halves.book.build()
    halves.book.write("charter.yml", charter)
    assert built.code == (1 if then == "broken charter" else 0), built.output
    assert "An interrupted build has been completed" in built.output
    assert (snapshot(halves.site), halves.left) == (halves.whole[1], [])


def test_a_version_is_reused_only_as_in_the_manifest(tmp_path: Path) -> None:
    """If another build has published its own site since, nothing is reused."""
    site, store = tmp_path / "site", Store(tmp_path / "sites")
    (site / "2025-Q1").mkdir(parents=True)
    (site / "2025-Q1/index.html").write_text("Old")
    write_manifest(store, SiteManifest(site, "stamp", {"2025-Q1": "key"}, files_below(site)))
    assert read_manifest(store, site).link_version("2025-Q1", "key", tmp_path / "taken")
    assert not read_manifest(store, site).link_version("2025-Q1", "other key", tmp_path / "other")
    (site / "2025-Q1/index.html").unlink()
    (site / "2025-Q1/index.html").write_text("New")
    assert not read_manifest(store, site).link_version("2025-Q1", "key", tmp_path / "late")


def test_a_manifest_cannot_lead_outside_the_site(tmp_path: Path) -> None:
    """A path outside the site is not a file of it."""
    site, store = tmp_path / "site", Store(tmp_path / "sites")
    files = {"2025-Q1/../../secret": (1, 1), "/etc/passwd": (1, 1), "2025-Q1/index.html": (1, 1)}
    write_manifest(store, SiteManifest(site, "stamp", {}, files))
    assert list(read_manifest(store, site).files) == ["2025-Q1/index.html"]


def test_a_lost_worker_is_reported_in_one_line(halves: Halves) -> None:
    """As when the system kills a process for lack of memory."""
    halves.turn(0)
    halves.book.build()
    halves.turn(1)
    halves.forget()
    start = "import charterbook.site.pipeline.pool as b; b.workers = lambda: 2; from mkdocs.__main__ import cli; cli(['build'])"
    with subprocess.Popen(
        [sys.executable, "-c", start],
        cwd=halves.book.folder,
        env=environment(PYTHONPATH=ROOT),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as run:
        said = until_it_builds(run)
        for worker in children(run.pid):
            os.kill(worker, signal.SIGKILL)
        said += rest(run)
    assert run.returncode == 1
    assert "ERROR   -  A process that builds versions was ended from outside: perhaps" in said
    assert "Traceback" not in said
    assert (snapshot(halves.site), halves.left) == (halves.whole[0], [])


@pytest.mark.parametrize("event", ["on_config(config", "on_files(files"])
def test_a_hook_that_ends_the_build_ends_its_workers(tmp_path: Path, event: str) -> None:
    """The process does not wait for workers that wait for it."""
    book = Handbook(tmp_path / "book", pages=("index", "mission"))
    for day in ("2025-01-06", "2025-04-07"):
        book.commit(day, title=day)
    book.write("hook.py", f"def {event}, **_):\n    raise SystemExit(3)\n")
    settings = (book.folder / "mkdocs.yml").read_text(encoding="utf-8")
    book.write("mkdocs.yml", f"{settings}hooks: [hook.py]\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    ended = subprocess.run(
        command, cwd=book.folder, env=environment(), timeout=PATIENCE, capture_output=True, check=False
    )
    assert ended.returncode == 3
