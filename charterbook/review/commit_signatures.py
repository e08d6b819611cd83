"""Git's own verification of the commits that recorded sign-offs.

The programs that verify are found on the PATH: one that a repository's settings name is never run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from charterbook import git
from charterbook.charter.review_section import SignOff
from charterbook.errors import GitError
from charterbook.log import Snapshot

#: What git says of the signature of a commit: valid, wrong, or impossible to verify here.
Signature = Literal["good", "bad", "unverified"]

_PROGRAMS = {
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.x509.program": "gpgsm",
}

#: The letters of %G?: others are signatures with an expired, revoked or missing key, or without any set-up to verify.
_MEANING: dict[str, Signature] = {"G": "good", "U": "good", "B": "bad"}


def signature_of(folder: Path, commit: str) -> Signature | None:
    """Whether the signature of a commit is valid; None for a commit without one."""
    settings = [word for key, program in _PROGRAMS.items() for word in ("-c", f"{key}={program}")]
    try:
        header = git.run(folder, "cat-file", "commit", commit).partition(b"\n\n")[0]
        if b"\ngpgsig" not in header:
            return None
        out = git.run(folder, *settings, "log", "-1", "--format=%G?", "--end-of-options", commit, "--")
    except GitError:
        return "unverified"
    return _MEANING.get(out.decode().strip(), "unverified")


def recorded_in(past: Sequence[Snapshot], own: Snapshot | None, sign_off: SignOff) -> Snapshot | None:
    """The revision that recorded a sign-off as it is now; None where it is not committed."""
    found: Snapshot | None = None
    for moment in reversed([*past, *([own] if own else [])]):
        review = moment.charter.review
        if sign_off not in (review.sign_offs if review else ()):
            break
        found = moment
    return found
