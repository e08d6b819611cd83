"""No setting, variable or cache of git changes the history."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.git import process
from charterbook.history import History, git_log, read_history
from charterbook.settings import Settings
from tests.charters import minimal_charter
from tests.histories import Repo, run_git

ONE, TWO, THREE, FOUR = (minimal_charter(title=title) for title in ("One", "Two", "Three", "Four"))

#: Settings of a repository, by key.
SETTINGS = {
    "log.showRoot": "false", "log.follow": "true", "log.decorate": "full", "log.diffMerges": "combined",
    "log.date": "relative", "log.abbrevCommit": "true", "log.showSignature": "true", "log.mailmap": "true",
    "log.excludeDecoration": "*", "log.initialDecorationSet": "all", "log.graphColors": "red",
    "diff.renames": "false", "diff.renameLimit": "1", "merge.renameLimit": "1", "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true", "diff.algorithm": "patience", "diff.orderFile": "/nowhere", "diff.external": "false",
    "diff.ignoreSubmodules": "all", "diff.wsErrorHighlight": "all", "diff.suppressBlankEmpty": "true",
    "diff.relative": "true", "diff.context": "0", "diff.submodule": "log", "diff.dirstat": "nonsense",
    "diff.colorMoved": "zebra", "diff.statGraphWidth": "1", "diff.autoRefreshIndex": "true", "diff.trap.textconv": "false",
    "core.abbrev": "4", "core.quotePath": "true", "core.precomposeUnicode": "true", "core.ignoreCase": "true",
    "core.commitGraph": "true", "core.multiPackIndex": "true", "core.useReplaceRefs": "true",
    "core.preferSymlinkRefs": "true", "core.bigFileThreshold": "1", "core.notesRef": "refs/notes/other",
    "core.attributesFile": "/nowhere", "core.warnAmbiguousRefs": "true", "core.logAllRefUpdates": "false",
    "core.sparseCheckout": "true", "core.symlinks": "false", "core.fileMode": "false", "core.autocrlf": "true",
    "core.eol": "crlf", "core.fsmonitor": "true", "core.untrackedCache": "true", "core.splitIndex": "true",
    "core.packedGitLimit": "1", "core.deltaBaseCacheLimit": "0", "core.hooksPath": "/nowhere", "core.pager": "false",
    "i18n.logOutputEncoding": "UTF-16", "i18n.commitEncoding": "KOI8-R", "format.pretty": "oneline",
    "format.notes": "*", "notes.displayRef": "refs/notes/*", "color.ui": "always", "color.diff": "always",
    "column.ui": "always", "pager.log": "false", "pager.rev-list": "false", "pager.diff-tree": "false",
    "alias.rev-list": "!false", "alias.log": "!false", "safe.bareRepository": "explicit", "feature.manyFiles": "true",
    "feature.experimental": "true", "transfer.hideRefs": "refs/heads", "uploadpack.hideRefs": "refs", "gpg.program": "false",
    "mailmap.file": ".mailmap", "mailmap.blob": "HEAD:.mailmap", "grep.patternType": "perl", "submodule.recurse": "true",
    "trace2.normalTarget": "1", "tag.sort": "-creatordate", "branch.sort": "-refname", "versionsort.suffix": "-",
    "extensions.worktreeConfig": "true", "init.defaultBranch": "other", "advice.detachedHead": "true",
    "rerere.enabled": "true", "pack.useBitmaps": "false", "index.sparse": "true", "blame.ignoreRevsFile": "/nowhere",
    "remote.other.url": "https://example.com/x", "help.autoCorrect": "1", "status.renames": "false",
}  # fmt: skip

#: Variables of the environment.
VARIABLES = {
    "GIT_TRACE": "2", "GIT_TRACE2": "1", "GIT_TRACE_SETUP": "1", "GIT_TRACE_PERFORMANCE": "2", "GIT_PAGER": "false",
    "GIT_PAGER_IN_USE": "1", "GIT_EXTERNAL_DIFF": "false", "GIT_DIFF_OPTS": "-u0", "GIT_LITERAL_PATHSPECS": "1",
    "GIT_GLOB_PATHSPECS": "1", "GIT_NOGLOB_PATHSPECS": "1", "GIT_ICASE_PATHSPECS": "1", "GIT_FLUSH": "1",
    "GIT_ADVICE": "1", "GIT_CONFIG_PARAMETERS": "'log.showroot=false'", "GIT_NAMESPACE": "other", "GIT_NOTES_REF": "refs/x",
    "GIT_NOTES_DISPLAY_REF": "*", "GIT_MERGE_VERBOSITY": "5", "GIT_SHALLOW_FILE": "/nowhere", "GIT_GRAFT_FILE": "/nowhere",
    "GIT_REPLACE_REF_BASE": "refs/other/", "GIT_ATTR_SOURCE": "HEAD", "GIT_DEFAULT_HASH": "sha256", "GIT_PREFIX": "docs/",
    "GIT_INTERNAL_SUPER_PREFIX": "x/", "GIT_REF_PARANOIA": "1", "GIT_PROTOCOL": "version=2", "GIT_EDITOR": "false",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM": "1", "GIT_TEST_COMMIT_GRAPH": "1", "GIT_COMMITTER_DATE": "1999-01-01T00:00:00",
    "GIT_INDEX_FILE": "/nowhere/index", "GIT_INDEX_VERSION": "4", "LC_ALL": "ru_RU.UTF-8", "LANGUAGE": "ru:de",
    "LANG": "de_DE", "TZ": "Asia/Tokyo", "PAGER": "false", "COLUMNS": "10", "NO_COLOR": "1", "LESS": "x",
}  # fmt: skip


@pytest.fixture
def book(repo: Repo) -> Repo:
    """A history with a root commit, a rename among others, a merge, a tag, and a message in another encoding."""
    pages = {f"docs/{number}.md": f"# Page {number}\n" + "words\n" * 9 for number in range(4)}
    repo.commit({"agreement.yml": ONE, ".mailmap": "Eve <author@example.com>\n"} | pages, date="2026-01-13")
    repo.git(
        "-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "--allow-empty", "-F", "-", stdin=b"\xe9t\xe9"
    )
    moved = {f"docs/{number}.md": None for number in range(4)} | {
        f"pages/p{number}.md": f"# Page {number}!\n" + "words\n" * 9 for number in range(4)
    }
    repo.commit(
        {"agreement.yml": None, "charter.yml": TWO} | moved, "Move\n\nAnd say why.", date="2026-04-13"
    )
    repo.branch("side")
    repo.commit({"charter.yml": THREE}, "Naïve", date="2026-05-13", author="Zoë")
    repo.switch("main")
    repo.commit({"README.md": "Hello"}, date="2026-05-14")
    repo.merge("side", "Merge", date="2026-07-13")
    repo.tag("2026-Q2", "HEAD~1", annotated=True)
    repo.git("notes", "add", "-m", "A note", "HEAD")
    repo.commit({"charter.yml": FOUR}, "Last", date="2026-10-13")
    return repo


@pytest.mark.long
def test_no_setting_or_variable_changes_the_result(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The history, with its commits, paths and charters, is the same with each of them, several at a time."""
    plain = book.history()
    assert [version.name for version in plain.versions] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert (plain.warnings, plain.versions[0].revisions[0].path) == ((), "agreement.yml")
    config = book.folder / ".git" / "config"
    usual = config.read_text(encoding="utf-8")
    differing = []
    for settings in groups(SETTINGS):
        config.write_text(usual + "".join(map(_setting, settings, settings.values())), encoding="utf-8")
        differing += [settings] if book.history() != plain else []
    config.write_text(usual, encoding="utf-8")
    for variables in groups(VARIABLES):
        with monkeypatch.context() as patch:
            for key, value in variables.items():
                patch.setenv(key, value)
            differing += [variables] if book.history() != plain else []
    assert differing == []


def groups(values: dict[str, str]) -> list[dict[str, str]]:
    """Ten groups of settings; neighbours, which are about the same command, are in different ones."""
    return [dict(list(values.items())[start::10]) for start in range(10)]


def _setting(key: str, value: str) -> str:
    """A setting in git's file."""
    section, name = key.rsplit(".", 1)
    outer, _, inner = section.partition(".")
    head = f'[{outer} "{inner}"]' if inner else f"[{outer}]"
    return f'{head}\n{name} = "{value}"\n'


@pytest.mark.long
def test_all_settings_at_once_in_the_persons_own_file(
    book: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Global settings of a user do not count either."""
    plain = book.history()
    own = tmp_path / "gitconfig"
    for key, value in SETTINGS.items():
        run_git(tmp_path, "config", "--file", str(own), key, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    assert book.history() == plain


def _wrong_commit_graph(book: Repo) -> None:
    """A commit-graph in which all commits have the newest one's files."""
    book.git("commit-graph", "write", "--reachable")
    graph = book.folder / ".git/objects/info/commit-graph"
    graph.chmod(0o644)
    data = bytearray(graph.read_bytes())
    chunks = {bytes(data[at : at + 4]): int.from_bytes(data[at + 4 : at + 12]) for at in range(8, 60, 12)}
    entries = int.from_bytes(data[chunks[b"OIDL"] - 4 : chunks[b"OIDL"]])
    for number in range(entries):
        at = chunks[b"CDAT"] + 36 * number
        data[at : at + 20] = bytes.fromhex(book.git("rev-parse", "HEAD^{tree}"))
    graph.write_bytes(data)


def _damaged_pack_index(book: Repo) -> None:
    book.git("repack", "-q", "-a", "-d")
    book.git("multi-pack-index", "write")
    index = book.folder / ".git/objects/pack/multi-pack-index"
    index.chmod(0o644)
    index.write_bytes(b"MIDX" + b"\1" * 200)


def _replaced_commit(book: Repo) -> None:
    book.git("replace", book.git("rev-parse", "HEAD~2"), book.git("rev-parse", "HEAD~3"))


def _grafted_commit(book: Repo) -> None:
    (book.folder / ".git/info").mkdir(exist_ok=True)
    (book.folder / ".git/info/grafts").write_text(f"{book.git('rev-parse', 'HEAD~1')}\n")


def _packed(book: Repo) -> None:
    book.git("gc", "-q")


def _link_as_head(book: Repo) -> None:
    head = book.folder / ".git/HEAD"
    head.unlink()
    head.symlink_to("refs/heads/main")


def _attributes(book: Repo) -> None:
    (book.folder / ".git/info").mkdir(exist_ok=True)
    (book.folder / ".git/info/attributes").write_text("* binary -diff export-ignore\n")


@pytest.mark.long
@pytest.mark.parametrize(
    "change",
    [_wrong_commit_graph, _damaged_pack_index, _replaced_commit, _grafted_commit, _packed, _link_as_head, _attributes],
)  # fmt: skip
def test_no_cache_and_no_replacement(book: Repo, change: object) -> None:
    """Files beside the objects of a repository neither shorten nor change its history."""
    plain = book.history()
    assert callable(change)
    change(book)
    assert book.history() == plain


def move_all(repo: Repo, name: str) -> History:
    """A commit that renames and edits the charter, together with nine similar files."""
    lines = "".join(f"line {number}\n" for number in range(20))
    repo.commit({"charter.yml": ONE} | {f"a{at}": f"{lines}{at}" for at in range(9)}, date="2026-01-13")
    moved = {f"a{at}": None for at in range(9)} | {f"b{at}": f"{lines}{at}!" for at in range(9)}
    repo.commit({"charter.yml": None, name: TWO} | moved, date="2026-04-13")
    return repo.history(charter=name)


@pytest.mark.long
@pytest.mark.parametrize(("name", "many"), [("agreed.yml", 2), ("agreed.txt", 99), ("agreed", 99)])
def test_many_renames_in_one_commit(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, name: str, many: int
) -> None:
    """The charter is found among more files than are examined at first, even with another suffix."""
    monkeypatch.setattr(git_log, "_FEW", 2)
    monkeypatch.setattr(git_log, "_MANY", many)
    history = move_all(repo, name)
    assert [version.name for version in history.versions] == ["2026-Q1", "2026-Q2"]
    assert (history.versions[0].revisions[0].path, history.warnings) == ("charter.yml", ())


def test_an_abandoned_rename_detection_is_reported(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's messages about possibly wrong results are warnings."""
    monkeypatch.setattr(git_log, "_FEW", 2)
    monkeypatch.setattr(git_log, "_MANY", 2)
    history = move_all(repo, "agreed")
    assert len(history.versions) == 1
    kind = "exhaustive" if "exhaustive" in history.warnings[0] else "inexact"  # in git before 2.32
    assert history.warnings[0] == (
        f"Git reports something that may affect the history: {kind} rename detection was skipped due to "
        "too many files."
    )


def test_a_broken_ref_is_reported(book: Repo) -> None:
    """Git skips a branch that it cannot read, and a warning says so."""
    (book.folder / ".git/refs/heads/side").write_text("nonsense\n")
    assert [line.rpartition(": ")[2] for line in book.history().warnings] == [
        "ignoring broken ref refs/heads/side"
    ]


def test_only_plumbing_commands_are_run(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Porcelain commands such as git log depend on the user's settings."""
    asked = set()
    original = process.call

    def call(folder: Path, arguments: list[str], *more: object) -> object:
        asked.add(arguments[0])
        return original(folder, arguments, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("charterbook.git.call", call)
    assert len(read_history(book.folder, Settings()).versions) == 4
    assert asked <= {
        "rev-parse",
        "for-each-ref",
        "symbolic-ref",
        "rev-list",
        "diff-tree",
        "merge-base",
        "cat-file",
    }
