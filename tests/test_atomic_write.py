"""Atomic writing of a user's files: the old content or the new one, never a part, and nothing of anybody is lost."""

from __future__ import annotations

import errno
import itertools
import os
import re
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from charterbook import atomic_write, locks
from charterbook.atomic_write import create_file, replace_file, write_file
from charterbook.errors import CharterbookError
from charterbook.starter import start
from charterbook.starter.ci.requirements_lock import NAME, OWN
from tests.charters import minimal_charter
from tests.command_line import call
from tests.site.handbooks import snapshot

OLD, NEW = b"old: content\n", b"new: content\n" * 1000

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing reaches the disk."""

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)


@pytest.mark.parametrize("write", [replace_file, create_file, write_file])
@pytest.mark.parametrize("links", [True, False])
@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None], links: bool
) -> None:
    """The error names the file."""
    if not links and write is create_file:
        monkeypatch.setattr(os, "link", _refused)
        monkeypatch.setattr(atomic_write, "_sync", _sync_twice(atomic_write._sync))
    path = tmp_path / "charter.yml"
    if write is not create_file:
        path.write_bytes(OLD)
    before = snapshot(tmp_path)
    with pytest.raises(OSError, match="No space left") as caught:
        write(path, NEW)
    assert (caught.value.filename, snapshot(tmp_path)) == (str(path), before)


def _refused(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def _sync_twice(sync: Callable[[Any], None]) -> Callable[[Any], None]:
    """The temporary file fits on the disk, and a second one does not."""
    calls = []

    def run(file: Any) -> None:
        calls.append(file)
        if len(calls) > 1:
            sync(file)

    return run


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_replaces_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """Neither a file, nor a folder, nor a link that leads nowhere; also on drives without hard links."""
    if not links:
        monkeypatch.setattr(os, "link", _refused)
    create_file(tmp_path / "new", NEW)
    assert (tmp_path / "new").read_bytes() == NEW
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    before = snapshot(tmp_path)
    for name in ("file", "folder", "link"):
        with pytest.raises(FileExistsError) as caught:
            create_file(tmp_path / name, NEW)
        assert caught.value.filename == str(tmp_path / name)
    assert snapshot(tmp_path) == before
    assert not (tmp_path / "nowhere").exists()


@on_posix
def test_attributes_stay(tmp_path: Path) -> None:
    """Permissions, owner and extended attributes, among them access lists; a new file has those of any new file."""
    path, link = tmp_path / "charter.yml", tmp_path / "link"
    path.write_bytes(OLD)
    path.chmod(0o640)
    link.symlink_to(path.name)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    has_attributes = hasattr(os, "setxattr")
    if has_attributes:
        os.setxattr(path, "user.note", b"x")
    before = path.stat()
    replace_file(link, NEW, expected=OLD)
    after = path.stat()
    assert (path.read_bytes(), link.is_symlink()) == (NEW, True)
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert after.st_mtime_ns > before.st_mtime_ns
    assert not has_attributes or os.getxattr(path, "user.note") == b"x"
    old_mask = os.umask(0o027)
    try:
        create_file(tmp_path / "new", NEW)
        replace_file(tmp_path / "other", NEW)
    finally:
        os.umask(old_mask)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "other")] == [0o640] * 2


@pytest.mark.parametrize("error", [errno.EPERM, errno.ENOTSUP])
def test_drives_without_permissions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    """All of their files have the same: FAT, and network drives."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    (tmp_path / "old").write_bytes(OLD)
    for name in ("chmod", "chown", "utime", "setxattr", "link"):
        monkeypatch.setattr(os, name, refuse, raising=False)
    replace_file(tmp_path / "old", NEW, expected=OLD)
    create_file(tmp_path / "new", NEW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old": NEW, "new": NEW}


@on_posix
def test_any_call_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old content or the new one, a link is a link, and no temporary file stays."""
    link, path = tmp_path / "link", tmp_path / "real/charter.yml"
    path.parent.mkdir()
    link.symlink_to("real/charter.yml")
    for at in itertools.count(1):
        path.write_bytes(OLD)
        calls = itertools.count(1)
        with monkeypatch.context() as patch:
            for module, name in FALLIBLE:
                patch.setattr(module, name, _failing(getattr(module, name), calls, at))
            with suppress(OSError):
                replace_file(link, NEW, expected=OLD)
        assert link.is_symlink(), at
        assert path.read_bytes() in (OLD, NEW), at
        assert [entry.name for entry in path.parent.iterdir()] == ["charter.yml"], at
        if next(calls) <= at:
            break
    assert at > len(FALLIBLE)


#: Calls of the system that change a file or look at it, except for those that remove one.
FALLIBLE = (
    (os, "lstat"), (os, "fstat"), (os, "open"), (os, "dup"), (os, "fsync"), (os, "chown"), (os, "chmod"), (os, "utime"),
    (os, "rename"), (os, "replace"), (locks, "flock"),
)  # fmt: skip


def _failing(call: Callable[..., Any], calls: Iterator[int], at: int) -> Callable[..., Any]:
    """The same function, except for the call with a number."""

    def run(*values: Any, **options: Any) -> Any:
        if next(calls) == at:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return call(*values, **options)

    return run


@pytest.mark.parametrize("at", range(1, 9))
def test_a_new_handbook_is_whole_or_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Whichever of its files cannot be moved into its folder."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", _failing(os.rename, itertools.count(1), at))
        with suppress(OSError):
            start(tmp_path / "book", "en")
    names = {path.name for path in tmp_path.rglob("*")}
    assert names == {"book"} or {"book", "mkdocs.yml", "charter.yml"} < names
    assert not any(name.startswith(".charterbook") for name in names)


@on_posix
def test_a_write_protected_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its owner has protected it from changes. Nothing is protected from root."""
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda path, _: bool(path.stat().st_mode & stat.S_IWUSR))
    path = tmp_path / "charter.yml"
    path.write_bytes(OLD)
    path.chmod(0o444)
    for write in (replace_file, write_file):
        with pytest.raises(PermissionError) as caught:
            write(path, NEW)
        assert (caught.value.filename, path.read_bytes()) == (str(path), OLD)


def test_what_somebody_else_has_written_meanwhile_stays(tmp_path: Path) -> None:
    """The content is compared under a lock: of several writers, one writes and the others are refused."""
    path = tmp_path / "charter.yml"
    path.write_bytes(OLD)
    refused: list[str] = []

    def write(number: int) -> None:
        try:
            replace_file(path, b"%d\n" % number, expected=OLD)
        except CharterbookError as error:
            refused.append(str(error))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(refused) == len(writers) - 1
    assert all(f"{path} was changed by somebody else" in one for one in refused)
    assert [entry.name for entry in tmp_path.iterdir()] == ["charter.yml"]


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    """With the next write. Other hidden files stay."""
    (tmp_path / ".charterbook-new-abc").write_bytes(NEW)
    (tmp_path / ".charter.yml.swp").write_bytes(b"of an editor")
    replace_file(tmp_path / "charter.yml", NEW)
    assert {entry.name for entry in tmp_path.iterdir()} == {"charter.yml", ".charter.yml.swp"}


WINS = {"id": "wins", "name": "Wins", "kind": "lagging", "unit": "%", "target": {"value": 31}}
CHARTER = f"schema: 1\n{minimal_charter(metrics=[WINS], version='2026-Q1')}"
PROPOSAL = "charterbook: 1\nreason: It is time.\nchanges:\n  - path: title\n    old: Enablement charter\n    new: Ours\n"

#: Commands that write files of a user.
WRITERS: dict[str, tuple[str, ...]] = {
    "apply": ("apply", "p.yml", "--message", "message.txt", "--delete"),
    "ci": ("ci", "github"),
    "ci lock": ("ci",),
    "export": ("export", "md", "--output", "paper.md"),
    "figures": ("figures", "f.csv", "--apply"),
    "figures to a proposal": ("figures", "f.csv", "--output", "figures.yml"),
    "import": ("import", "doc.md", "--output", "new.yml"),
    "import over a charter": ("import", "doc.md", "--overwrite"),
    "new": ("new", "fresh"),
    "propose": ("propose", "--set", "title=Ours", "--reason", "x"),
    "review": ("review", "--figures", "f.csv", "--apply"),
    "sign": ("sign", "cro", "--decision", "approved"),
    "upgrade": ("upgrade",),
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in which each of these commands can succeed."""
    monkeypatch.chdir(tmp_path)
    texts = {
        "charter.yml": CHARTER,
        "mkdocs.yml": "site_name: X\nplugins: [charterbook]\n",
        "p.yml": PROPOSAL,
        "doc.md": "# Mission\n\nWe help.\n",
        "f.csv": "metric,day,value\nwins,2026-02-01,30\n",
        "message.txt": "Mine\n",
        NAME: f"# `charterbook ci` writes this file: Charterbook 0.1\n{OWN}\nmine==1 --hash=sha256:0\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@on_posix
@pytest.mark.parametrize("command", WRITERS)
def test_each_file_of_a_command_is_whole(
    book: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """As before or as after it, whatever cannot be written: as on a full disk, files above a size are refused."""
    whole = tmp_path_factory.mktemp("whole") / "book"
    shutil.copytree(book, whole)
    before = snapshot(book)
    with monkeypatch.context() as elsewhere:
        elsewhere.chdir(whole)
        assert call(*WRITERS[command]).exit_code == 0
    after = snapshot(whole)
    for limit in (0, 60, 250, 1000, 4000, 16_000, 64_000, 256_000):
        with _largest_file(limit):
            result = call(*WRITERS[command])
        now = snapshot(book)
        assert all(now[name] in (before.get(name), after.get(name)) for name in now), limit
        assert before.keys() - now.keys() <= before.keys() - after.keys()
        if result.exit_code == 0:
            break
        assert (result.exit_code, type(result.exception)) == (2, SystemExit), result.output
        assert re.search(r"^charterbook: [^:]+: File too large$", result.stderr, re.MULTILINE), result.stderr
    assert (limit > 0, now) == (True, after)


@contextmanager
def _largest_file(size: int) -> Iterator[None]:
    """Context manager: no file can be larger, in bytes."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_message_does_not_replace_what_it_is_about(book: Path) -> None:
    """Neither the charter nor a proposal, by any path."""
    before = snapshot(book)
    (book / "link").symlink_to("charter.yml")
    for name in ("charter.yml", "link", "./p.yml"):
        result = call("apply", "p.yml", "--message", name)
        assert (result.exit_code, "--message names the charter or a proposal" in result.stderr) == (2, True)
    (book / "link").unlink()
    assert snapshot(book) == before


def test_an_edit_during_a_command_is_not_lost(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an editor, or of a second command: the first one says that it wrote nothing."""
    from charterbook import propose

    original = propose.apply_proposals
    edited = minimal_charter(title="By hand").encode()

    def apply_slowly(*arguments: Any) -> Any:
        found = original(*arguments)
        (book / "charter.yml").write_bytes(edited)
        return found

    monkeypatch.setattr(propose, "apply_proposals", apply_slowly)
    for command in ("apply", "figures", "sign"):
        (book / "charter.yml").write_text(CHARTER, encoding="utf-8")
        result = call(*WRITERS[command])
        assert (result.exit_code, "was changed by somebody else" in result.stderr) == (2, True), result.output
        assert (book / "charter.yml").read_bytes() == edited
        assert (book / "p.yml").exists()


def test_two_proposals_at_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a file of its own."""

    def create_later(path: Path, data: bytes) -> None:
        monkeypatch.setattr("charterbook.cli.proposal_file.create_file", create_file)
        assert call(*WRITERS["propose"]).exit_code == 0
        create_file(path, data)

    monkeypatch.setattr("charterbook.cli.proposal_file.create_file", create_later)
    assert call(*WRITERS["propose"]).exit_code == 0
    first, second = sorted((book / "proposals").iterdir())
    assert first.read_bytes() == second.read_bytes()


def test_an_empty_name_for_a_proposal_does_not_change_the_charter(book: Path) -> None:
    """As from a variable of a script that is not set."""
    before = (book / "charter.yml").read_bytes()
    assert call(*WRITERS["sign"], "--output", "").exit_code == 0
    assert (book / "charter.yml").read_bytes() == before


def test_a_folder_for_proposals_that_is_a_file(book: Path) -> None:
    """It is named."""
    (book / "proposals").write_text("")
    assert call(*WRITERS["propose"]).stderr == "charterbook: proposals: File exists\n"
