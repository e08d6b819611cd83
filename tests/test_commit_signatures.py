"""Git's verification of the commit that recorded a sign-off, in a real repository with its own key."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from charterbook.git.commit_signatures import Signature, signatures_of
from tests.charters import charter_file
from tests.histories import Repo, git_version


def signature_of(folder: Path, commit: str) -> Signature | None:
    """Whether the signature of one commit is valid."""
    return signatures_of(folder, [commit]).get(commit)


@pytest.fixture
def signed(repo: Repo, tmp_path: Path) -> Repo:
    """A repository with commits signed by an SSH key that it trusts."""
    if git_version() < (2, 34):
        pytest.skip("this git does not sign with SSH keys")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    public = key.with_suffix(".pub").read_text()
    (tmp_path / "trusted").write_text(f"committer@example.com {public}")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingKey", key),
        ("gpg.ssh.allowedSignersFile", tmp_path / "trusted"),
        ("commit.gpgSign", "true"),
    ):
        repo.git("config", name, str(value))
    return repo


def test_a_signed_commit(signed: Repo) -> None:
    """It is valid; without the key, it cannot be verified."""
    commit = signed.commit(charter_file("One"))
    assert signature_of(signed.folder, commit) == "good"
    signed.git("config", "--unset", "gpg.ssh.allowedSignersFile")
    assert signature_of(signed.folder, commit) == "unverified"


def test_an_edited_commit(signed: Repo) -> None:
    """It is not valid."""
    commit = signed.commit(charter_file("One"))
    source = signed.git("cat-file", "commit", commit).replace("A change", "Another change")
    forged = signed.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=f"{source}\n".encode())
    assert signature_of(signed.folder, forged) == "bad"


def test_no_program_of_a_repository_is_run(signed: Repo, tmp_path: Path) -> None:
    """With any program in its settings."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / 'was-run'}\n")
    program.chmod(0o755)
    commit = signed.commit(charter_file("One"))
    for name in ("gpg.program", "gpg.ssh.program", "gpg.openpgp.program"):
        signed.git("config", name, str(program))
    assert signature_of(signed.folder, commit) == "good"
    assert not (tmp_path / "was-run").exists()


def test_a_commit_without_a_signature(repo: Repo) -> None:
    """There is none to verify."""
    assert signature_of(repo.folder, repo.commit(charter_file("One"))) is None
