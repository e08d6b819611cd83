"""Faults while a site is built or published: the site is the old one or the new one, and the next build is right.

The guide's table of faults names these tests. `make slow` has the heavy variants.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from charterbook.site.output.exchange_journal import has_journal
from charterbook.site.output.publish import open_staging, recover
from tests.site.handbooks import PATIENCE, Built, Handbook, environment, snapshot
from tests.site.namespaces import OWN_MOUNTS, start
from tests.site.run_mkdocs import run_mkdocs
from tests.site.sabotage import (
    commit_elsewhere_after_the_first_look,
    edit_after_the_first_look,
    fail_to_list_pages,
    spoil_cache,
)
from tests.site.trees import grow, shown, staged

NOBODY = 65534


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """A handbook of three versions with its own page, built."""
    found = Handbook(tmp_path_factory.mktemp("faults") / "book", pages=("index", "mission"))
    for number, day in enumerate(("2025-01-06", "2025-04-07", "2025-07-07")):
        found.commit(day, title=f"Charter {number}")
    found.repo.commit({"docs/faq.md": "# One\n"}, "Answer questions", "2025-07-08")
    assert found.build().code == 0
    return found


def built_under(book: Handbook, fault: Callable[[], None], *options: str) -> Built:
    """A build in a process that calls a module-level function first."""
    with NamedTemporaryFile() as output:
        code = run_mkdocs(("build", *options), book.folder, environment(), Path(output.name), PATIENCE, fault)
        return Built(book.folder / "site", code, output.read().decode())


# Processes that are killed


def site(number: int) -> dict[str, str]:
    """A site of 60 files, all of which name it, in folders that come and go."""
    names = [
        f"{folder}/page-{page}/index.html"
        for folder in ("2025-Q1", "2025-Q2", "assets")
        for page in range(18)
    ]
    names += [
        f"only-{number}/index.html",
        "index.html",
        "versions.json",
        "latest/index.html",
        "feeds/x.xml",
        "a.css",
    ]
    return dict.fromkeys(names, f"site {number}")


def publish_and_report(target: Path, number: int, done: int) -> None:
    """Publish a site and report it; the caller kills this process at any moment."""
    staged(target, site(number)).publish()
    os.write(done, b"x")
    time.sleep(PATIENCE)


def duration(target: Path, number: int) -> float:
    """Seconds until a publication in another process is complete."""
    (begun, done), start_ = os.pipe(), time.monotonic()
    child = os.fork()
    if child == 0:
        publish_and_report(target, number, done)
    os.read(begun, 1)
    seconds = time.monotonic() - start_
    kill(child)
    for end in (begun, done):
        os.close(end)
    return seconds


def kill(child: int) -> None:
    """Kill a process, and wait for its end."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("moments", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_publications_killed_at_random_moments(tmp_path: Path, moments: int) -> None:
    """By kill -9. The next build completes the publication, or finds the old site; nothing is left over."""
    target, at = tmp_path / "site", random.Random(moments)  # noqa: S311 (not for secrets)
    length, last, ends = duration(target, 0), 0, Counter[str]()
    for number in range(1, moments + 1):
        if number % 10 == 0:
            length, last = duration(target, -number), -number
        child = os.fork()
        if child == 0:
            publish_and_report(target, number, os.open(os.devnull, os.O_WRONLY))
        time.sleep(at.random() * length)
        kill(child)
        interrupted = any(map(has_journal, target.glob(".charterbook-staging-*")))
        recover(target)
        found = shown(target)
        assert found in (site(last), site(number)), number
        last = number if found == site(number) else last
        ends["completed" if interrupted else "new" if last == number else "old"] += 1
    print(dict(ends))  # noqa: T201 – the figures, with pytest -s


# Folders that cannot be read for a moment


def test_a_folder_that_mkdocs_cannot_list(tmp_path: Path) -> None:
    """MkDocs drops its pages without a word; the old site stays."""
    book = Handbook(tmp_path / "book", pages=("index", "services/index"))
    book.commit("2025-01-06")
    before = snapshot(book.build().site)
    book.write("docs/services/index.md", "# Changed\n")
    built = built_under(book, fail_to_list_pages)
    assert built.code == 1
    words = f"{book.folder}/docs/services could not be read: MkDocs has missed its files. Build again."
    assert words in built.output
    assert "Traceback" not in built.output
    assert snapshot(built.site) == before


# Disks without room, and folders without permission

_FULL = """
import sys
from pathlib import Path
from tests.site.sabotage import build_on
build_on(Path(sys.argv[1]), sys.argv[2])
"""


@pytest.mark.parametrize("limit", ["blocks", "inodes"])
def test_a_full_disk_leaves_the_old_site(book: Handbook, limit: str) -> None:
    """A separate disk for the site: the error is one line, and every byte of the old site is there."""
    folder = book.folder / "site"
    size = sum(path.stat().st_size // 4096 + 1 for path in folder.rglob("*")) * 4
    room = {"blocks": f"size={size + 100}k", "inodes": f"nr_inodes={len(list(folder.rglob('*'))) + 20}"}
    book.write("docs/faq.md", f"# Two {limit}\n")
    run = start(OWN_MOUNTS, "-c", _FULL, str(folder), room[limit], folder=book.folder)
    code, same, *lines = run.communicate()[0].splitlines()
    assert (code, same, len(lines)) == ("1", "True", 1), lines
    assert lines[0].endswith("No space left on device. The previous site is unchanged.")
    book.write("docs/faq.md", "# One\n")


def test_a_full_disk_for_the_cache_costs_only_the_cache(book: Handbook) -> None:
    """The site is built, and a line says why the next build will not be faster."""
    folder = book.folder / ".cache"
    shutil.rmtree(folder)
    folder.mkdir()
    run = start(OWN_MOUNTS, "-c", _FULL, str(folder), "size=64k", folder=book.folder)
    code, _, *lines = run.communicate()[0].splitlines()
    assert (code, len(lines)) == ("0", 1), lines
    assert "No space left on device" in lines[0]


@pytest.mark.skipif(os.geteuid() != 0, reason="another user is needed whom permissions concern")
def test_permissions_that_change_before_a_publication(tmp_path: Path) -> None:
    """site_dir becomes read-only: the publication fails, and the old site is whole."""
    target = grow(tmp_path / "site", site(0))
    for path in (tmp_path, target, *target.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for path in tmp_path.parents:
        if not path.stat().st_mode & 0o077:  # pytest's own folders
            path.chmod(path.stat().st_mode | 0o011)
    child = os.fork()
    if child == 0:
        try:
            os.seteuid(NOBODY)
            os._exit(_refused(target))
        finally:  # an error must not run the rest of the tests in this process
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    target.chmod(0o755)
    assert shown(target) == site(0)


def _refused(target: Path) -> int:
    """0 if a publication into a folder that became read-only is refused."""
    staging = open_staging(target)
    grow(staging.new, site(1))
    target.chmod(0o555)
    try:
        staging.publish()
    except PermissionError:
        target.chmod(0o755)
        staging.discard()
        return 0
    return 1


# A cache that is deleted and damaged, and sources that change


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_a_cache_that_is_damaged_during_a_build(book: Handbook, times: int) -> None:
    """Deleted, truncated, overwritten, of another program: the site has the same bytes each time."""
    assert book.build().code == 0
    before = snapshot(book.folder / "site")
    for number in range(times):
        if number % 2:
            shutil.rmtree(book.folder / "site")
        built = built_under(book, spoil_cache)
        assert built.code == 0, built.output
        assert "Traceback" not in built.output
        assert snapshot(book.folder / "site") == before
    assert book.build().code == 0
    assert snapshot(book.folder / "site") == before


def test_sources_that_change_during_a_build(book: Handbook) -> None:
    """Nothing of that build is reused for the former sources, and the build says that it is out of date."""
    assert book.build().code == 0
    before = snapshot(book.folder / "site")
    names = ("docs/faq.md", "macros.py", "charter.yml")
    texts = {name: (book.folder / name).read_text(encoding="utf-8") for name in names}
    built = built_under(book, edit_after_the_first_look)
    assert built.code == 0
    assert [line for line in built.log if "changed while the site was built" in line] == built.log
    assert built.site.joinpath("draft").is_dir()
    for name, text in texts.items():
        book.write(name, text)
    assert book.build().code == 0
    assert snapshot(book.folder / "site") == before


def test_other_branches_that_change_during_a_build(book: Handbook) -> None:
    """They are not shown: a strict build succeeds without a word."""
    book.write("docs/faq.md", "# Three\n")
    built = built_under(book, commit_elsewhere_after_the_first_look, "--strict")
    shutil.rmtree(book.folder / ".git/refs/remotes")
    (book.folder / ".git/refs/heads/other").unlink()
    assert (built.code, built.log) == (0, [])
    assert "Three" in built.text("latest/faq")


def test_a_clock_that_goes_back(tmp_path: Path) -> None:
    """By a day on which the charter was not in force yet, with a cache from the future: as a clean build of that day."""
    found = Handbook(tmp_path / "book", pages=("index", "mission", "changes", "history"))
    found.commit("2026-01-10")
    found.commit("2026-03-20", effective="2026-04-01", title="Agreed")
    days = {"before": "1774353600", "after": "1775304000"}  # 24 March and 4 April 2026
    assert found.build(SOURCE_DATE_EPOCH=days["after"]).code == 0
    for path in (found.folder / ".cache").rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    assert found.build(SOURCE_DATE_EPOCH=days["before"]).code == 0
    shutil.rmtree(found.folder / ".cache")
    assert found.build(site="clean", SOURCE_DATE_EPOCH=days["before"]).code == 0
    assert snapshot(found.folder / "site") == snapshot(found.folder / "clean")
