"""Sign-offs on pages: the signatures of their commits, and a history that is too short to tell."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from charterbook.charter.review_section import SignOff
from charterbook.load import load
from charterbook.signing import content_digest, fingerprint_of
from tests.charters import minimal_charter
from tests.histories import run_git
from tests.site.handbooks import Handbook, snapshot

VALID = "the signature of the commit is valid"
UNKNOWN = "the commit is signed, but its signature cannot be verified here"
REVIEW = "latest/pre-read"
SPONSOR = "latest/sponsor"


def _signed_review(decided: str = "2026-01-12") -> dict[str, object]:
    """A review with a sign-off, and with the fingerprint of the minimal charter."""
    day = datetime.date.fromisoformat(decided)
    charter = load(minimal_charter(review={}).encode()).charter
    assert charter is not None
    sign = SignOff(role="Finance", decision="approved", date=day)
    agreed = fingerprint_of(content_digest(charter), sign)
    return {"sign_offs": [{"role": "Finance", "decision": "approved", "date": day, "agreed": agreed}]}


@pytest.fixture
def signed(tmp_path: Path) -> Handbook:
    """A handbook whose commits are signed with an SSH key that its repository trusts."""
    handbook = Handbook(tmp_path / "book")
    for page in set((handbook.folder / "docs").rglob("*.md")):
        if page.name not in ("index.md", "pre-read.md", "sponsor.md"):
            page.unlink()
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (tmp_path / "trusted").write_text(f"committer@example.com {key.with_suffix('.pub').read_text()}")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingKey", str(key)),
        ("gpg.ssh.allowedSignersFile", str(tmp_path / "trusted")),
        ("commit.gpgSign", "true"),
    ):
        handbook.repo.git("config", name, value)
    handbook.commit("2026-01-12", review=_signed_review())
    return handbook


def test_signatures_are_verified_at_each_build(signed: Handbook) -> None:
    """A key that is no longer trusted changes the pages, and a build from nothing gives the same ones."""
    first = signed.build("--strict")
    assert VALID in first.text(REVIEW)
    assert VALID in first.text(SPONSOR)
    assert "up to date" in signed.build().output
    signed.repo.git("config", "--unset", "gpg.ssh.allowedSignersFile")
    second = signed.build("--strict")
    for page in (REVIEW, SPONSOR):
        assert UNKNOWN in second.text(page)
        assert VALID not in second.text(page)
    incremental = snapshot(second.site)
    shutil.rmtree(signed.folder / ".cache")
    shutil.rmtree(second.site)
    assert snapshot(signed.build("--strict").site) == incremental


def test_a_shallow_clone_cannot_tell_whether_a_sign_off_was_edited(tmp_path: Path) -> None:
    """The agreed charter can be among the missing commits."""
    handbook = Handbook(tmp_path / "book")
    handbook.commit("2026-01-12", review=_signed_review())
    handbook.commit("2026-01-13", title="Another title", review=_signed_review())
    run_git(tmp_path, "clone", "--quiet", "--depth=1", (tmp_path / "book").as_uri(), "clone")
    not_git = shutil.ignore_patterns(".git")
    shutil.copytree(tmp_path / "book", tmp_path / "clone", dirs_exist_ok=True, ignore=not_git)
    clone = Handbook(tmp_path / "clone", started=True)
    found = {"book": handbook.build().text(REVIEW), "clone": clone.build().text(REVIEW)}
    assert "agreed to this charter" in found["book"]
    assert "cannot be checked without the whole history" in found["clone"]
    assert "was edited" not in found["clone"]
    assert clone.repo.git("rev-parse", "--is-shallow-repository") == "true"
