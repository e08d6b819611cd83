"""Publication of a finished site in site_dir, which stays the same folder and keeps the user's files."""

from __future__ import annotations

import errno
import os
import threading
import time
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mkdocs.utils import clean_directory, copy_file

from charterbook.errors import CharterbookError
from charterbook.locks import lock_folder
from charterbook.site.output import swap as exchange_module
from charterbook.site.output.exchange_order import ExchangePlanner
from charterbook.site.output.publish import Staging, open_staging, recover
from charterbook.site.output.swap import Exchange, SwapStep
from tests.generated import examples
from tests.site.trees import KILLED, Tree, grow, killed, publish, shown, staged

OLD = {
    ".git/config": "mine",
    ".nojekyll": "mine",
    ".well-known/mine.txt": "mine",
    ".well-known/security.txt": "old",
    "2025-Q1/faq/index.html": "old",
    "2025-Q1/index.html": "old",
    "assets/main.1.css": "old",
    "assets/plain.js": "old",
    "feed.xml": "old",
    "folder/index.html": "old",
    "index.html": "old",
    "latest/index.html": "old",
    "versions.json": "old",
}
NEW = {
    ".well-known/security.txt": "new",
    "2025-Q1/index.html": "new",
    "2025-Q1/team/index.html": "new",
    "2025-Q2/index.html": "new",
    "assets/main.2.css": "new",
    "assets/plain.js": "new",
    "feed.xml/index.html": "new",
    "folder": "new",
    "index.html": "new",
    "latest/index.html": "new",
    "versions.json": "new",
}
#: Content of site_dir after publication of the new site.
BOTH = NEW | {path: OLD[path] for path in (".git/config", ".nojekyll", ".well-known/mine.txt")}


@pytest.fixture(params=["exchange", "rename"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that can exchange two names, and one that cannot."""
    if request.param == "rename":
        monkeypatch.setattr(exchange_module, "_rename", lambda: None)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A site_dir with an old site, and with files of the user's."""
    return grow(tmp_path / "site", OLD)


def plain(target: Path, tree: Tree, source: Path) -> None:
    """As plain MkDocs does with a site_dir: clean it, and copy files there."""
    clean_directory(str(target))
    for path in grow(source, tree).rglob("*"):
        if path.is_file():
            copy_file(str(path), str(target / path.relative_to(source)))


KEPT: list[Tree] = [
    {".git": "gitdir: elsewhere", ".domains": "x", ".nojekyll": ""},
    {".git/objects/ab": "x", ".git/refs/": "", "plain.txt": "x", "old/deep/file": "x"},
    {".link": "-> ../outside", "link": "-> ../outside", "file": "-> ../outside/a", "nowhere": "-> missing"},
    {"old/link": "-> ../../outside", "old/.hidden": "x"},
    {".well-known/own": "x", ".well-known/new": "old", ".htaccess": "old"},
    {"index.html": "-> ../outside/a", "2025-Q1": "file", "assets/a/b": "x"},
    {"assets": "-> ../outside"},
]


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("before", KEPT)
def test_files_that_mkdocs_preserves_are_preserved(tmp_path: Path, before: Tree) -> None:
    """In a site_dir that is a folder, and in one that is a link to a folder."""
    new = {".well-known/new": "new", "2025-Q1/a/b": "1", "assets/x": "2", "index.html": "3"}
    for name in ("ours", "theirs"):
        grow(tmp_path / name / "outside", {"a": "x", "x": "old"})
        grow(tmp_path / name / "real", before)
        (tmp_path / name / "site").symlink_to("real")
    publish((tmp_path / "ours/site").resolve(), new)
    plain(tmp_path / "theirs/site", new, tmp_path / "new")
    if "index.html" in before:  # plain MkDocs unlinks it
        assert not (tmp_path / "ours/site/index.html").is_symlink()
    assert shown(tmp_path / "ours") == shown(tmp_path / "theirs")


PATHS = st.lists(st.sampled_from([".a", ".b", "c", "d", "e"]), min_size=1, max_size=3).map("/".join)


def collisions(files: set[str], others: set[str]) -> set[str]:
    """The files in places where others need a folder."""
    return {file for file in files for other in others if other.startswith(f"{file}/")}


@pytest.mark.long
@settings(max_examples=examples(20))
@given(before=st.sets(PATHS, max_size=6), new=st.sets(PATHS, min_size=1, max_size=6))
def test_any_site_dir_becomes_what_plain_mkdocs_makes_of_it(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], new: set[str]
) -> None:
    """Unless a user's folder replaces a hidden file, or the reverse: that is an error."""
    assume(not collisions(before, before) and not collisions(new, new))
    folder = tmp_path_factory.mktemp("any")
    ours, theirs = (grow(folder / name, dict.fromkeys(before, "old")) for name in ("ours", "theirs"))
    tree = dict.fromkeys(new, "new")
    identity = ours.stat().st_ino
    if any(path.startswith(".") for path in collisions(before, new) | collisions(new, before)):
        staging = staged(ours, tree)
        with pytest.raises(OSError, match="directory"):
            staging.publish()
        staging.discard()
        assert shown(ours) == dict.fromkeys(before, "old")
        return
    plain(theirs, tree, folder / "new")
    publish(ours, tree)
    assert (shown(ours), ours.stat().st_ino) == (shown(theirs), identity)


def test_a_link_within_the_site_is_replaced(tmp_path: Path) -> None:
    """Such as another program's `latest`: its version must not get the pages of latest/."""
    target = grow(tmp_path / "site", {"1.0/index.html": "old", "latest": "-> 1.0"})
    publish(target, {"1.0/index.html": "1", "latest/index.html": "2"})
    assert shown(target) == {"1.0/index.html": "1", "latest/index.html": "2"}


@pytest.mark.parametrize(
    "inner",
    [
        "a/.git/HEAD",
        "a/b/c/.git/HEAD",
        "a/b/.git",
        "a/b/bare.git",
        "old/deep/.git/HEAD",
        "latest/.git/HEAD",
        "latest/.git",
        "latest/mine/.git/HEAD",
        "latest/services/a/b/.git",
        "folder/mine/.git/HEAD",
    ],
)
def test_a_repository_is_never_removed(target: Path, inner: str) -> None:
    """At any depth, also of a version's folder: its commits may exist nowhere else."""
    kept = {inner: "ref"}
    if inner.endswith("bare.git"):
        kept = {f"{inner}/HEAD": "ref", f"{inner}/objects/ab": "x", f"{inner}/refs/tags": "x"}
    before = shown(grow(target, kept))
    with pytest.raises(CharterbookError, match="holds a git repository"):
        publish(target, NEW)
    assert {path: text for path, text in shown(target).items() if "staging" not in path} == before


def test_a_repository_in_an_unchanged_version_is_never_removed(target: Path) -> None:
    """The files of such a version are taken from the old site one by one."""
    grow(target, {"2025-Q1/mine/.git/HEAD": "ref"})
    with pytest.raises(CharterbookError, match="holds a git repository"):
        staged(target, NEW).publish(unchanged=["2025-Q1"])
    assert (target / "2025-Q1/mine/.git/HEAD").exists()


@pytest.mark.usefixtures("system")
def test_site_dir_stays_the_same_folder(target: Path) -> None:
    """For a server that was started in it, and for a watcher."""
    inside = os.open(target, os.O_RDONLY)
    publish(target, NEW)
    assert shown(target) == BOTH
    assert sorted(entry.name for entry in os.scandir(inside)) == sorted(
        path.name for path in target.iterdir()
    )
    os.close(inside)


def steps_to(target: Path) -> list[SwapStep]:
    """All steps from the old site to the new one."""
    staging = staged(target, NEW)
    steps = ExchangePlanner(Exchange(staging.folder, target)).steps()
    staging.discard()
    return steps


def test_the_order_of_steps(target: Path) -> None:
    """New entries come first, then changed ones, then removals; lists follow the listed files."""
    assert [(step.kind, step.path) for step in steps_to(target)] == [
        ("add", "assets/main.2.css"),
        ("add", "2025-Q1/team"),
        ("add", "2025-Q2"),
        ("swap", "assets"),
        ("swap", ".well-known/security.txt"),
        ("swap", "2025-Q1"),
        ("swap", "feed.xml"),
        ("swap", "folder"),
        ("swap", "latest"),
        ("swap", "versions.json"),
        ("swap", "index.html"),
        ("remove", "2025-Q1/faq"),
        ("remove", "assets/main.1.css"),
    ]


@pytest.mark.long
@pytest.mark.usefixtures("system")
def test_a_build_killed_at_any_step_is_completed_by_the_next(tmp_path: Path) -> None:
    """Before each step, after it, and within it. Files of the user's are untouched."""
    steps = steps_to(grow(tmp_path / "first", OLD))
    moments = [(0, "before"), *((number, "after") for number in range(len(steps)))]
    moments += [(number, "within") for number, step in enumerate(steps) if step.kind == "swap"]
    for number, where in moments:
        target = grow(tmp_path / f"{number}-{where}", OLD)
        killed(lambda: die_at(staged(target, NEW), number, where))  # noqa: B023 (called at once)
        identity = target.stat().st_ino
        recover(target)
        assert (shown(target), target.stat().st_ino) == (BOTH, identity), (number, where)


def die_at(staging: Staging, number: int, where: str) -> None:
    """End this process at a step of an exchange: within a swap, between its two renames."""
    make, made = Exchange.make, iter(range(1000))

    def make_or_die(self: Exchange, step: SwapStep) -> None:
        due = next(made) == number
        if due and where == "before":
            os._exit(KILLED)
        if due and where == "within":
            exchange_module._rename_or = exchange_module._move = lambda *_: os._exit(KILLED)  # type: ignore[assignment]
        make(self, step)
        if due:
            os._exit(KILLED)

    Exchange.make = make_or_die  # type: ignore[method-assign]
    staging.publish()
    os._exit(KILLED)  # the last step has no two renames


def test_a_build_killed_before_it_publishes_leaves_the_old_site(target: Path) -> None:
    """The next build removes its staging folder, but not that of a running build."""
    at_work = staged(target, NEW)
    killed(lambda: (staged(target, NEW), os._exit(KILLED)))
    recover(target)
    assert [path for path in shown(target) if "staging" in path and at_work.folder.name not in path] == []
    at_work.publish()
    assert shown(target) == BOTH


@pytest.mark.long
@pytest.mark.usefixtures("system")
def test_a_step_that_fails_leaves_the_old_site(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a full disk, at any step: the steps before it are undone."""
    make = Exchange.make
    for failing in (step for step in steps_to(target) if step.kind != "remove"):

        def fail(self: Exchange, step: SwapStep, failing: SwapStep = failing) -> None:
            if step.path == failing.path:
                raise OSError(errno.ENOSPC, "No space left on device")
            make(self, step)

        monkeypatch.setattr(Exchange, "make", fail)
        staging = staged(target, NEW)
        with pytest.raises(OSError, match="No space"):
            staging.publish()
        staging.discard()
        assert shown(target) == OLD, failing


def test_an_exchange_that_cannot_be_undone_is_completed_later(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The staging folder stays until then, and only until then."""

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    make = Exchange.make
    monkeypatch.setattr(
        Exchange, "make", lambda self, step: fail() if step.path == "latest" else make(self, step)
    )
    monkeypatch.setattr(Exchange, "_undo", fail)
    staging = staged(target, NEW)
    with pytest.raises(OSError, match="Input/output"):
        staging.publish()
    staging.discard()
    assert staging.is_interrupted
    monkeypatch.undo()
    recover(target)
    assert shown(target) == BOTH


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("error", [errno.EPERM, errno.ENOTSUP])
def test_a_disk_that_refuses_permissions_and_times(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: int, links: bool
) -> None:
    """Such as a network drive or FAT, whose files belong to someone else: pages that are new or removed need no such thing."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    for name in ("chmod", "utime", "setxattr", *(() if links else ("link",))):
        monkeypatch.setattr(os, name, refuse)
    publish(target, NEW)
    assert shown(target) == BOTH
    publish(target, OLD)
    assert {**shown(target), **OLD} == shown(target)


def test_an_interrupted_site_stays_if_its_journal_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The rest of the site is in the staging folder: the next build completes it."""

    def fail(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    target = grow(tmp_path / "site", {"index.html": "old"})
    left = {"new/page/index.html": "new", "journal.json": '[["add", "page", "new", 0]]'}
    folder = grow(target / ".charterbook-staging-0123456789abcdef", left)
    before = shown(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        recover(target)
    assert shown(tmp_path) == before
    assert "cannot be completed" in caplog.text
    recover(target)
    assert not folder.exists()
    assert (target / "page/index.html").read_text() == "new"


def test_files_that_cannot_be_removed_are_named(
    target: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The site is published all the same."""

    def refuse(self: Exchange, live: Path, path: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(live))

    monkeypatch.setattr(Exchange, "_remove", refuse)
    publish(target, NEW)
    assert (target / "2025-Q1/team/index.html").exists()
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2
    assert f"{target}/assets/main.1.css is not part of the site, but cannot be removed" in caplog.text


def test_what_remains_of_the_old_site_is_named(
    target: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that the system protects: the site is published, and the next build tries again."""
    unlink = os.unlink

    def protect(path: str, **more: int) -> None:
        if Path(path).name == "index.html" and "dir_fd" in more:
            raise PermissionError(errno.EPERM, "Operation not permitted", path)
        unlink(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", protect)
        publish(target, NEW)
    (record,) = caplog.records
    assert ".charterbook-staging-" in record.getMessage()
    assert record.getMessage().endswith("/index.html is not part of the site, but cannot be removed.")
    publish(target, NEW)
    assert shown(target) == BOTH


@pytest.mark.parametrize(
    "journal", ["", "{", "[[]]", '[["add", "../out", "new", 0]]', '[["add", "/out", "new", 0]]']
)
def test_a_journal_that_makes_no_sense_is_none(tmp_path: Path, journal: str) -> None:
    """The unfinished site is removed with it."""
    target = grow(tmp_path / "site", {"index.html": "old"})
    left = {"new/index.html": "new", "new/../out": "out", "journal.json": journal}
    grow(target / ".charterbook-staging-0123456789abcdef", left)
    recover(target)
    assert shown(tmp_path) == {"site/index.html": "old"}


def test_what_only_looks_like_a_staging_folder_stays(tmp_path: Path) -> None:
    """It is a hidden entry like others."""
    before = {".charterbook-staging-mine/x": "x", ".charterbook": "x", ".site.charterbook-1/x": "x"}
    target = grow(tmp_path / "site", before)
    recover(target)
    publish(target, {"index.html": "new"})
    assert shown(target) == before | {"index.html": "new"}


def test_a_failed_build_leaves_no_new_folder(tmp_path: Path) -> None:
    """Neither site_dir nor a folder above it."""
    open_staging(tmp_path / "a/b/site").discard()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "site").mkdir()
    open_staging(tmp_path / "site").discard()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_protected_folders_of_the_old_site_are_removed(tmp_path: Path) -> None:
    """A write-protected folder is removed as well. As root this always passes."""
    target = grow(tmp_path / "site", {"old/deep/file": "x"})
    (target / "old/deep").chmod(0o555)
    publish(target, {"index.html": "new"})
    assert shown(target) == {"index.html": "new"}


def test_a_build_waits_for_one_that_is_publishing(target: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Then it moves its whole site into site_dir."""
    caplog.set_level("INFO")
    staging = staged(target, NEW)
    with lock_folder(target):
        waiting = threading.Thread(target=staging.publish)
        waiting.start()
        while waiting.is_alive() and not caplog.records:
            time.sleep(0.01)
        assert (waiting.is_alive(), (target / "2025-Q2").exists()) == (True, False)
    waiting.join()
    assert shown(target) == BOTH
    assert caplog.messages == [f"Waiting for another build that is writing to {target}."]


@pytest.mark.long
@pytest.mark.usefixtures("system")
def test_sites_published_at_once_are_never_mixed(tmp_path: Path) -> None:
    """Nor is a site ever missing."""
    target, seen, done = tmp_path / "site", set[bool](), threading.Event()

    def put(name: int) -> None:
        for number in range(8):
            text = f"{name}-{number}"
            publish(target, {"index.html": text, "a/index.html": text, "b": text, f"{text}/x": text})

    def look() -> None:
        while not done.is_set():
            seen.add((target / "index.html").exists())

    put(0)
    threads = [
        threading.Thread(target=look),
        *(threading.Thread(target=put, args=(name,)) for name in (1, 2)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads[1:]:
        thread.join()
    done.set()
    threads[0].join()
    assert seen == {True}
    assert (len(shown(target)), len(set(shown(target).values()))) == (4, 1)
