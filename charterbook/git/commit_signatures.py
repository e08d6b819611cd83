"""Git's own verification of signed commits.

Programs for verification are found on the PATH: programs named in a repository's settings are never run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from charterbook.errors import GitError
from charterbook.git import ObjectReader, run

#: Git's verdict on the signature of a commit: valid, wrong, or not verifiable here.
Signature = Literal["good", "bad", "unverified"]

_PROGRAMS = {
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.x509.program": "gpgsm",
}

#: Letters of git's format %G?. Other letters mean an expired, revoked or missing key, or a missing set-up.
_MEANING: dict[str, Signature] = {"G": "good", "U": "good", "B": "bad"}


def signatures_of(folder: Path, commits: Sequence[str]) -> dict[str, Signature]:
    """Whether the signatures of the signed commits are valid."""
    if not commits:
        return {}
    with ObjectReader(folder) as reader:
        found = zip(commits, reader.read_all(commits), strict=True)
        signed = [commit for commit, read in found if read and _is_signed(read.content)]
    return {commit: _verified(folder, commit) for commit in signed}


def _is_signed(content: bytes) -> bool:
    return b"\ngpgsig" in content.partition(b"\n\n")[0]


def _verified(folder: Path, commit: str) -> Signature:
    settings = [word for key, program in _PROGRAMS.items() for word in ("-c", f"{key}={program}")]
    try:
        out = run(folder, *settings, "log", "-1", "--format=%G?", "--end-of-options", commit, "--")
    except GitError:
        return "unverified"
    return _MEANING.get(out.decode().strip(), "unverified")
