"""The command line: what each command prints, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from charterbook import __version__, starter
from charterbook.cli import main
from charterbook.starter import start
from tests.charters import minimal_charter
from tests.histories import Repo

COMMANDS = (
    "apply",
    "build",
    "calendar",
    "check",
    "ci",
    "diff",
    "digest",
    "due",
    "export",
    "figures",
    "headers",
    "import",
    "log",
    "new",
    "offline",
    "promises",
    "propose",
    "report",
    "review",
    "schema",
    "serve",
    "sign",
    "upgrade",
    "versions",
)
BROKEN = minimal_charter(audiences=[])
ROOT = Path(__file__).parents[1]


def call(*arguments: str) -> Result:
    """The command line's answer, in this process."""
    return CliRunner().invoke(main, arguments)


def program(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """The command line's answer as a program of its own. Keywords set its environment."""
    return subprocess.run(
        [sys.executable, "-m", "charterbook", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | changes,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def one_line(result: Result | subprocess.CompletedProcess[str]) -> str:
    """The error message: one line, and nothing on standard output."""
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr.removesuffix("\n")


def test_commands() -> None:
    """In this order in the help."""
    assert tuple(sorted(main.commands)) == COMMANDS
    assert call("--version").stdout == f"charterbook, version {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_each_command_has_help(command: str, option: str) -> None:
    """With a sentence about the command and about its options."""
    result = call(command, option)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: main {command}")
    assert main.commands[command].get_short_help_str(200) in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["check", "--formt"],
        ["check", "--format", "xml"],
        ["versions", "x"],
        ["new"],
        ["new", "x", "--language", "de"],
    ],
)
def test_invalid_usage(here: Path, arguments: list[str]) -> None:
    """Exit code 2, with the way to the help."""
    result = call(*arguments)
    assert result.exit_code == 2
    assert "--help" in result.stderr
    assert list(here.iterdir()) == []


def test_the_module_runs(here: Path) -> None:
    """`python -m charterbook` is `charterbook`."""
    result = program(here, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: charterbook ")


def test_commands_start_without_mkdocs() -> None:
    """Nothing of the site is loaded for the help: it appears at once."""
    code = "import sys, charterbook.cli; print([m for m in sys.modules if m.split('.')[0] in ('mkdocs', 'pydantic')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# check


def test_check_a_fine_charter(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 0 and a message, on 1 October 2026, long before the next review."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790812800")
    fine = ROOT / "examples" / "ru" / "charter.yml"
    (here / "charter.yml").write_text(fine.read_text(encoding="utf-8"), encoding="utf-8")
    result = call("check", "charter.yml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "charter.yml: no problems\n"


def test_check_a_charter_with_an_error(here: Path) -> None:
    """Exit code 1; problems with their places on standard output, how many on standard error."""
    (here / "charter.yml").write_text("title: [\n", encoding="utf-8")
    result = call("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("charter.yml:2:1: error ")
    assert result.stderr == "charter.yml: 1 error\n"


def test_check_counts_only_errors(here: Path) -> None:
    """Hints and warnings leave the exit code at 0."""
    (here / "charter.yml").write_text(minimal_charter(change_note="‹why?›"), encoding="utf-8")
    result = call("check")
    assert result.exit_code == 0
    assert "hint placeholder" in result.stdout


def test_check_formats(here: Path) -> None:
    """JSON and GitHub's annotations: nothing but them, with the same exit code."""
    (here / "charter.yml").write_text(BROKEN, encoding="utf-8")
    found = call("check", "--format", "json")
    assert (found.exit_code, found.stderr, json.loads(found.stdout)["counts"]["error"]) == (1, "", 1)
    annotated = call("check", "--format", "github")
    assert (annotated.exit_code, annotated.stderr) == (1, "")
    assert annotated.stdout.startswith("::error file=charter.yml,line=")


def test_annotations_name_the_file_from_the_root_of_the_checkout(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handbook in a sub-folder: GitHub looks for the file from the workspace."""
    (here / "charter.yml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here.parent))
    found = call("check", "--format", "github").stdout
    assert found.startswith(f"::error file={here.name}/charter.yml,line=")


def test_check_several(here: Path) -> None:
    """One after the other, each with its summary; an error in any of them counts. JSON allows one file."""
    (here / "a.yml").write_text(minimal_charter(), encoding="utf-8")
    (here / "b.yml").write_text(BROKEN, encoding="utf-8")
    result = call("check", "b.yml", "a.yml")
    assert result.exit_code == 1
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["b.yml", "a.yml"]
    assert call("check", "a.yml", "a.yml").exit_code == 0
    assert "one file" in call("check", "--format", "json", "a.yml", "b.yml").stderr


def test_check_takes_the_charter_of_mkdocs_yml(here: Path) -> None:
    """Without FILES."""
    (here / "mkdocs.yml").write_text("plugins: [charterbook: {charter: team/book.yml}]", encoding="utf-8")
    (here / "team").mkdir()
    (here / "team" / "book.yml").write_text(BROKEN, encoding="utf-8")
    assert call("check").stdout.startswith("team/book.yml:")


def test_check_without_a_charter(here: Path) -> None:
    """The error says where to run the command."""
    result = call("check")
    assert result.exit_code == 2
    assert one_line(result) == (
        "charterbook: there is no charter.yml here. Run this in the folder of mkdocs.yml, or start a handbook with "
        "`charterbook new`."
    )


def test_check_what_cannot_be_read(here: Path) -> None:
    """A folder, a missing file, a path through a file."""
    (here / "file").touch()
    reasons = {".": "Is a directory", "x.yml": "No such file or directory", "file/x": "Not a directory"}
    for path, reason in reasons.items():
        result = call("check", path)
        assert (result.exit_code, one_line(result)) == (2, f"charterbook: {path}: cannot be read: {reason}")


@pytest.mark.parametrize("text", ["plugins: [", "plugins: [charterbook: {period: week}]"])
def test_settings_that_cannot_be_used(here: Path, text: str) -> None:
    """One line that names the file."""
    (here / "mkdocs.yml").write_text(text, encoding="utf-8")
    (here / "charter.yml").write_text(minimal_charter(), encoding="utf-8")
    for command in ("check", "versions"):
        result = call(command)
        assert result.exit_code == 2
        assert re.match(r"charterbook: mkdocs\.yml:(1:\d+:)? ", one_line(result))


def collide(book: Path, docs: str = "docs") -> None:
    """Give an item of a new handbook the address of a page of docs/."""
    start(book, "en")
    (book / "docs").rename(book / docs)
    (book / docs / "services" / "content.md").write_text("# Our content\n", encoding="utf-8")


COLLISION = (
    ':45:9: error page-collision: the page of "content" would overwrite docs/services/content.md. '
    "Give the item another id, or rename docs/services/content.md.\n"
)


@pytest.mark.parametrize("arguments", [[], ["charter.yml"], ["../book/charter.yml"]])
def test_check_knows_the_pages_of_docs(
    here: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """An item's page collides with a page of docs/."""
    collide(here / "book")
    monkeypatch.chdir(here / "book")
    result = call("check", *arguments)
    assert result.exit_code == 1
    assert (arguments[0] if arguments else "charter.yml") + COLLISION in result.stdout


def test_check_from_elsewhere_knows_them_too(here: Path) -> None:
    """The handbook is found from the charter's folder or above, wherever docs/ is."""
    collide(here / "book", docs="pages")
    settings = here / "book" / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "docs_dir: pages\n", encoding="utf-8")
    assert COLLISION in call("check", "book/charter.yml").stdout
    text = settings.read_text(encoding="utf-8").replace(
        "- charterbook\n", "- charterbook: {charter: team/x.yml}\n"
    )
    settings.write_text(text, encoding="utf-8")
    (here / "book" / "team").mkdir()
    (here / "book" / "charter.yml").rename(here / "book" / "team" / "x.yml")
    assert COLLISION in call("check", "book/team/x.yml").stdout


def test_check_of_a_charter_that_the_handbook_does_not_name(here: Path) -> None:
    """A charter in a subfolder does not belong to the handbook: its pages do not matter."""
    collide(here / "book")
    (here / "book" / "examples").mkdir()
    (here / "book" / "charter.yml").rename(here / "book" / "examples" / "charter.yml")
    assert call("check", "book/examples/charter.yml").exit_code == 0


def test_check_says_what_is_wrong_with_docs(here: Path) -> None:
    """An invalid page that prevents a build."""
    start(here / "book", "en")
    (here / "book" / "docs" / "x.md").write_text("---\nfor_each: planets\n---\n", encoding="utf-8")
    result = call("check", "book/charter.yml")
    assert result.exit_code == 2
    assert one_line(result).startswith("charterbook: docs/x.md: for_each: 'planets' is not one of services, ")


# versions


def test_versions(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a table and as JSON; an unreadable charter is no version, but is reported."""
    repo.commit({"charter.yml": minimal_charter()}, date="2026-02-01")
    monkeypatch.chdir(repo.folder)
    assert call("versions").stdout.splitlines()[1].split()[:3] == ["2026-Q1", "1", "2026-02-01"]
    repo.write({"charter.yml": "a: ["})
    result = call("versions", "--format", "json")
    assert [version["version"] for version in json.loads(result.stdout)["versions"]] == ["2026-Q1"]
    assert result.exit_code == 0
    assert result.stderr == (
        "charterbook: warning: charter.yml cannot be read at present; run `charterbook check` to see why.\n"
    )


def test_versions_of_a_shallow_clone(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warning is one line that names the command."""
    repo.commit({"charter.yml": minimal_charter()}, date="2026-02-01")
    repo.commit({"charter.yml": minimal_charter(title="Two")}, date="2026-05-01")
    repo.clone(tmp_path / "clone", "--depth=1")
    monkeypatch.chdir(tmp_path / "clone")
    result = call("versions")
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "git fetch --unshallow" in result.stderr


def test_versions_without_git(here: Path) -> None:
    """The charter alone is a version."""
    (here / "charter.yml").write_text(minimal_charter(version="2026-Q3"), encoding="utf-8")
    result = program(here, "versions", PATH=str(here))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[1].split()[0] == "2026-Q3"


def test_versions_without_a_charter(here: Path) -> None:
    """The wrong folder."""
    result = call("versions")
    assert result.exit_code == 2
    assert "there is no charter.yml here" in one_line(result)


# schema, new


def test_schema(here: Path) -> None:
    """UTF-8 in any terminal, and equal to the file in the repository."""
    result = subprocess.run(
        [sys.executable, "-m", "charterbook", "schema"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert json.loads(result.stdout.decode())["title"] == "Charter"
    assert result.stdout == (ROOT / "charterbook" / "charter.schema.json").read_bytes(), "run `make schema`"


def test_the_editor_finds_the_schema() -> None:
    """The first line of charter.yml names the schema file."""
    first = (ROOT / "charter.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=charterbook/charter.schema.json"


def test_new(here: Path) -> None:
    """It lists the written files, and the next steps."""
    result = call("new", "book")
    assert (result.exit_code, result.stderr) == (0, "")
    *files, following = result.stdout.splitlines()
    assert sorted(line.strip() for line in files) == sorted(
        f"book/{p.name}" for p in (here / "book").iterdir()
    )
    assert (
        following
        == "Next: edit book/charter.yml, then run `charterbook check` and `charterbook serve` in that folder."
    )


def test_new_in_russian(here: Path) -> None:
    """Output and comments of the files are in Russian."""
    result = call("new", "book", "--language", "ru")
    assert result.stdout.splitlines()[-1].startswith("Дальше: заполните book/charter.yml")
    texts = [(here / "book" / name).read_text(encoding="utf-8") for name in ("charter.yml", "mkdocs.yml")]
    notes = [
        line for text in texts for line in re.findall(r"^# (?!yaml-|site_url:|repo_url:)(.+)", text, re.M)
    ]
    assert len(notes) > 20
    assert [note for note in notes if not re.search("[а-я]", note)] == []
    assert re.search("[а-я]", (here / "book" / "macros.py").read_text(encoding="utf-8").splitlines()[0])
    assert "не пуста" in call("new", "book", "--language", "ru").stderr


def test_new_where_something_is(here: Path) -> None:
    """A folder with any contents is refused, and unchanged."""
    (here / "book").mkdir()
    (here / "book" / "notes.txt").write_text("mine", encoding="utf-8")
    for target in ("book", "book/notes.txt"):
        result = call("new", target)
        assert result.exit_code == 2
        assert one_line(result) == f"charterbook: {target} is not empty: name a new or empty folder."
    assert [path.name for path in here.rglob("*")] == ["book", "notes.txt"]


# Nothing ends in a traceback.


def test_a_broken_disk(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's error message, in one line."""

    def full(*_: object) -> list[str]:
        raise OSError(28, "No space left on device", "book/docs")

    monkeypatch.setattr(starter, "start", full)
    result = call("new", "book")
    assert (result.exit_code, one_line(result)) == (2, "charterbook: book/docs: No space left on device")


def test_interrupted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C: one line, and the exit code for SIGINT."""

    def interrupt(*_: object) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(starter, "start", interrupt)
    result = call("new", "book")
    assert (result.exit_code, one_line(result)) == (130, "charterbook: interrupted")


def test_a_closed_pipe(here: Path) -> None:
    """`charterbook schema | head -1`: no message about the closed pipe."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "charterbook", "schema"],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


def test_a_terminal_that_lacks_letters(here: Path) -> None:
    """Unencodable characters are shown as codes."""
    (here / "charter.yml").write_text(minimal_charter(change_note="‹why?›"), encoding="utf-8")
    result = program(here, "check", PYTHONIOENCODING="latin-1")
    assert (result.returncode, result.stderr) == (0, "charter.yml: 6 warnings, 4 hints\n")
    assert r"instead of \u2039\u2026\u203a" in result.stdout


def test_messages_have_no_control_characters(here: Path) -> None:
    """Even for file names with escape sequences."""
    result = call("check", "\x1b[2J.yml")
    assert one_line(result) == "charterbook:  [2J.yml: cannot be read: No such file or directory"
