"""`charterbook propose` and `charterbook apply`: their files, and exit codes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from charterbook.cli import main
from charterbook.load import load
from tests.charters import minimal_charter
from tests.command_line import call, one_line
from tests.histories import Repo

PROPOSAL = """\
charterbook: 1
reason: It is time.
changes:
  - path: title
    old: Enablement charter
    new: Our charter
"""
WISH = ("--set", "title=Our charter", "--reason", "It is time.")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a charter, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charter.yml").write_text(f"# By hand\n{minimal_charter()}", encoding="utf-8")
    return tmp_path


def title(folder: Path) -> str:
    """The title in the charter's file."""
    charter = load((folder / "charter.yml").read_bytes()).charter
    assert charter is not None
    return charter.title


def test_propose_then_apply(book: Path) -> None:
    """A new file, its summary in plain words, and one changed line."""
    before = (book / "charter.yml").read_text(encoding="utf-8")
    assert call("propose", *WISH).exit_code == 0
    (path,) = (book / "proposals").iterdir()
    assert path.name.endswith("-it-is-time.yml")
    assert path.read_text(encoding="utf-8") == PROPOSAL.replace("changes:", "charter: charter.yml\nchanges:")
    result = call("apply", str(path))
    assert (result.exit_code, result.stderr) == (0, "charter.yml: 1 change made.\n")
    assert "The charter is now called “Our charter”, was “Enablement charter”" in result.stdout
    after = (book / "charter.yml").read_text(encoding="utf-8")
    assert after == before.replace("title: Enablement charter", "title: Our charter")


def test_a_new_id(book: Path) -> None:
    """With `was` and all references."""
    result = call("propose", "--rename", "services/onboarding=ramp", "--reason", "It is time.")
    assert (result.exit_code, result.stderr.splitlines()[:2]) == (
        0,
        ["  services.onboarding.id", "  services.onboarding.was"],
    )
    (path,) = (book / "proposals").iterdir()
    for _ in range(2):
        assert call("apply", str(path)).exit_code == 0
    assert "- id: ramp\n  was: [onboarding]\n" in (book / "charter.yml").read_text(encoding="utf-8")
    assert call("propose", "--rename", "services/onboarding=x", "--reason", "y").exit_code == 2


def test_applying_again(book: Path) -> None:
    """It changes nothing, and says so."""
    (book / "p.yml").write_text(PROPOSAL, encoding="utf-8")
    call("apply", "p.yml")
    result = call("apply", "p.yml")
    assert (result.exit_code, result.stderr) == (0, "charter.yml: 0 changes made, 1 made already.\n")


def test_only_checking(book: Path) -> None:
    """It reports the changes, and writes nothing."""
    (book / "p.yml").write_text(PROPOSAL, encoding="utf-8")
    result = call("apply", "--check", "--delete", "p.yml")
    assert (result.exit_code, result.stderr) == (0, "charter.yml: 1 change possible.\n")
    assert (title(book), (book / "p.yml").exists()) == ("Enablement charter", True)


def test_a_refusal_shows_all_three_values(book: Path) -> None:
    """With exit code 1, and nothing written."""
    text = PROPOSAL.replace("old: Enablement charter", "old: Their charter")
    (book / "p.yml").write_text(text, encoding="utf-8")
    result = call("apply", "p.yml")
    assert (result.exit_code, title(book)) == (1, "Enablement charter")
    first, *values = result.stdout.splitlines()
    assert first.startswith("p.yml:5:10: error old-value: ")
    assert [value.strip() for value in values] == [
        'expected: "Their charter"',
        'in the charter: "Enablement charter"',
        'proposed: "Our charter"',
    ]
    assert result.stderr == "charter.yml: nothing was changed.\n"


def test_a_broken_proposal_stops_the_others(book: Path) -> None:
    """It is reported with its place, like all problems."""
    (book / "good.yml").write_text(PROPOSAL, encoding="utf-8")
    (book / "bad.yml").write_text("charterbook: 1\nreason: ''\nchanges: [&a x]\n", encoding="utf-8")
    result = call("apply", "good.yml", "bad.yml")
    assert (result.exit_code, title(book)) == (1, "Enablement charter")
    assert result.stdout.startswith("bad.yml:3:11: error anchor: ")


@pytest.mark.parametrize(
    ("name", "code"),
    [("charter.yml", 0), ("book/charter.yml", 1), ("../charter.yml", 1), ("/charter.yml", 1)],
)
def test_a_proposal_for_another_charter(book: Path, name: str, code: int) -> None:
    """Another name is refused; no file of that name is searched for."""
    (book / "p.yml").write_text(f"charter: {name}\n{PROPOSAL}", encoding="utf-8")
    assert call("apply", "p.yml").exit_code == code


def test_another_charter(book: Path) -> None:
    """By its name."""
    (book / "charter.yml").rename(book / "other.yml")
    (book / "p.yml").write_text(PROPOSAL, encoding="utf-8")
    assert "charterbook new" in one_line(call("apply", "p.yml"))
    assert call("apply", "--charter", "other.yml", "p.yml").exit_code == 0
    assert "title: Our charter" in (book / "other.yml").read_text(encoding="utf-8")


def test_applied_proposals_can_be_deleted(book: Path) -> None:
    """Only if all were applied; a glob pattern without matches is not an error."""
    (book / "p.yml").write_text(PROPOSAL, encoding="utf-8")
    assert call("apply", "--delete", "p*.yml").exit_code == 0
    assert not (book / "p.yml").exists()
    result = call("apply", "--delete", "p*.yml")
    assert (result.exit_code, result.stderr) == (0, "charter.yml: 0 changes made.\n")


def test_a_proposal_that_cannot_be_deleted(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is applied, and the error is reported."""

    def kept(path: Path) -> None:
        raise OSError(13, os.strerror(13), str(path))

    (book / "p.yml").write_text(PROPOSAL, encoding="utf-8")
    monkeypatch.setattr(Path, "unlink", kept)
    result = call("apply", "--delete", "p.yml")
    assert (result.exit_code, title(book)) == (2, "Our charter")
    assert result.stderr.splitlines() == [
        "charter.yml: 1 change made.",
        f"charterbook: p.yml: {os.strerror(13)}",
    ]


@pytest.mark.parametrize("name", ["none.yml", "."])
def test_a_file_that_cannot_be_read(book: Path, name: str) -> None:
    """Exit code 2."""
    result = call("apply", name)
    assert result.exit_code == 2
    assert one_line(result).startswith(f"charterbook: {name}: ")


def test_permissions_and_links_stay(book: Path) -> None:
    """The target of a link is changed, with the same permissions."""
    (book / "real").mkdir()
    (book / "charter.yml").rename(book / "real" / "c.yml")
    (book / "charter.yml").symlink_to(Path("real") / "c.yml")
    (book / "real" / "c.yml").chmod(0o640)
    assert call("propose", *WISH, "--output", "p.yml").exit_code == 0
    assert call("apply", "p.yml").exit_code == 0
    assert (book / "charter.yml").is_symlink()
    assert stat.S_IMODE((book / "real" / "c.yml").stat().st_mode) == 0o640
    assert title(book) == "Our charter"
    assert [path.name for path in (book / "real").iterdir()] == ["c.yml"]


def test_a_full_disk_leaves_the_old_file_unchanged(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no other file."""

    def full(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    (book / "p.yml").write_text(PROPOSAL, encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)
    result = call("apply", "p.yml")
    assert (result.exit_code, result.stderr) == (2, f"charterbook: charter.yml: {os.strerror(28)}\n")
    assert title(book) == "Enablement charter"
    assert sorted(path.name for path in book.iterdir()) == ["charter.yml", "p.yml"]


def test_options_of_every_kind(book: Path) -> None:
    """Texts unchanged, numbers and lists as YAML, a new item, and a removed value."""
    text = minimal_charter(organisation="Quillmere")
    (book / "charter.yml").write_text(text, encoding="utf-8")
    edits = {
        "title": "1:30 # no",
        "effective": "2026-10-14",
        "audiences.sellers.headcount": "12",
        "services.onboarding.audiences": "[sellers]",
        "services.clinics": "{name: Clinics, summary: One deal}",
    }
    options = [part for path, value in edits.items() for part in ("--set", f"{path}={value}")]
    result = call("propose", *options, "--remove", "organisation", "--reason", "All", "--output", "p.yml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert call("apply", "p.yml").exit_code == 0
    charter = load((book / "charter.yml").read_bytes()).charter
    assert charter is not None
    assert (charter.title, str(charter.effective), charter.organisation) == ("1:30 # no", "2026-10-14", None)
    assert charter.audiences[0].headcount == 12
    assert [service.id for service in charter.services] == ["onboarding", "clinics"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--set", "title"], "--set title: expected PATH=VALUE"),
        (["--set", "titel=x"], "titel: a charter has no key "),
        (
            ["--set", "services/onboarding/name=x"],
            (
                'services/onboarding/name: a charter has no key "services/onboarding/name" at this place. '
                "Separate its steps by dots: services.onboarding.name."
            ),
        ),
        (
            ["--set", "nothing/name=x"],
            'nothing/name: a charter has no key "nothing/name" at this place. Available: ',
        ),
        (["--set", "title=Enablement charter"], "nothing to propose: the charter already says this."),
        (
            ["--set", "services.onboarding.effort_share=much"],
            "services.onboarding.effort_share: expected a number",
        ),
        (
            ["--set", "services.onboarding.audiences=[nobody]"],
            "services.onboarding.audiences: there is no audience ",
        ),
        (["--set", "services.onboarding.audiences=[*a]"], "--set services.onboarding.audiences: "),
        (["--remove", "organisation"], "--remove organisation: there is nothing"),
        (["--remove", "services.none.name"], "services.none.name: the charter has no "),
        (["--from", "charter.yml", "charter.yml"], "nothing to propose: the two charters are the same."),
    ],
)
def test_options_that_cannot_be_used(book: Path, arguments: list[str], reason: str) -> None:
    """Exit code 2, one line, and no file."""
    result = call("propose", *arguments, "--reason", "x")
    assert result.exit_code == 2
    assert one_line(result).startswith(f"charterbook: {reason}")
    assert [path.name for path in book.iterdir()] == ["charter.yml"]


@pytest.mark.parametrize("arguments", [["--set", "title=x"], [*WISH, "--from", "a", "b"]])
def test_incompatible_options(book: Path, arguments: list[str]) -> None:
    """A reason is required; a comparison excludes other options."""
    assert call("propose", *arguments).exit_code == 2


def test_nothing_is_overwritten(book: Path) -> None:
    """A second proposal of the same name gets a number; for a given name it is an error."""
    for _ in range(2):
        assert call("propose", *WISH).exit_code == 0
    assert len(list((book / "proposals").iterdir())) == 2
    assert call("propose", *WISH, "--output", "charter.yml").exit_code == 2
    assert title(book) == "Enablement charter"


def test_printing_it(book: Path) -> None:
    """With a multi-line reason, and the proposer."""
    result = CliRunner().invoke(
        main, ["propose", *WISH[:2], "--reason", "One\ntwo", "--by", "Ada", "--output", "-"]
    )
    assert result.stdout.startswith("charterbook: 1\nreason: |-\n  One\n  two\nby: Ada\n")
    assert not (book / "proposals").exists()


def test_the_draft_is_proposed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The uncommitted edits, by default; applied to the committed charter, they give the same charter."""
    repo.commit({"charter.yml": minimal_charter()}, date="2026-01-13")
    monkeypatch.chdir(repo.folder)
    draft = minimal_charter(title="Another", organisation="Quillmere")
    repo.write({"charter.yml": draft})
    assert call("propose", "--reason", "x", "--output", "p.yml").exit_code == 0
    repo.write({"charter.yml": minimal_charter()})
    assert call("apply", "p.yml").exit_code == 0
    assert load((repo.folder / "charter.yml").read_bytes()).charter == load(draft.encode()).charter
