"""Git's own merge of the text of a file, without a commit."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from charterbook.git.failure import git_error
from charterbook.git.location import locate
from charterbook.git.partial_clone import is_partial
from charterbook.git.process import call

#: Git's exit code is the number of conflicts, at most 127; a higher one is a failure.
_MOST_CONFLICTS = 127


def merged_text(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """The text with the changes of both sides since `base`; None if they conflict. Raises GitError, and OSError."""
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place, name) for name in ("ours", "base", "theirs")]
        for file, data in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(data)
        arguments = ("merge-file", "-p", "-q", *map(str, files))
        done = call(folder, arguments, locate(folder).variables)
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        raise git_error(arguments, done.stderr.decode("utf-8", "replace"), partial(is_partial, folder))
    return done.stdout if done.returncode == 0 else None
