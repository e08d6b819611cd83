"""Messages about write errors name the path that cannot be written."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from charterbook.site.output.write_errors import name_file, write_error_message

STAGED = "/www/site/.charterbook-staging-0123456789abcdef/new/index.html"
LIVE, ELSEWHERE = "/www/site/index.html", "/var/plugin/cache"


def error(number: int, *names: str) -> OSError:
    """An error of the system about one path, or two."""
    return OSError(number, "said", *([names[0], None, *names[1:]] if names else []))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (error(errno.ENOSPC, STAGED), "The site cannot be written to /www/site: said."),
        (error(errno.EACCES, "/docs/a", STAGED), "The site cannot be written to /www/site: said."),
        (error(errno.EACCES, STAGED, LIVE), f"The site cannot be written to /www/site: {LIVE}: said."),
        (error(errno.EACCES, LIVE, STAGED), f"The site cannot be written to /www/site: {LIVE}: said."),
        (error(errno.EROFS, ELSEWHERE), f"{ELSEWHERE} cannot be written: said."),
        (error(errno.ENOSPC, "/docs/a", ELSEWHERE), f"{ELSEWHERE} cannot be written: said."),
        (error(errno.ENOSPC), "A file cannot be written: said."),
        (error(errno.EACCES, ELSEWHERE), f"{ELSEWHERE}: said."),
        (error(errno.EIO, ELSEWHERE), f"{ELSEWHERE} cannot be read or written: said."),
        (error(errno.ESTALE), "A file cannot be read or written: said."),
        (error(errno.EMFILE), "The site cannot be built: said."),
    ],
)
def test_the_path_is_named(found: OSError, told: str) -> None:
    """Of two paths, the one in the site, but never one in the staging folder."""
    assert (
        write_error_message(found, Path("/www/site"), interrupted=False)
        == f"{told} The previous site is unchanged."
    )


@pytest.mark.parametrize("found", [error(errno.ENOENT, "/docs/a"), ValueError("x")])
def test_other_errors_are_not_explained(found: Exception) -> None:
    """They are bugs."""
    assert write_error_message(found, Path("/www/site"), interrupted=False) is None


def _write(path: Path) -> None:
    path.write_text("x" * 100_000)


def _copy(path: Path) -> None:
    shutil.copyfile("/dev/zero", path)


@pytest.mark.parametrize("write", [_write, _copy])
def test_a_file_that_the_system_does_not_name_is_found(write: Callable[[Path], None]) -> None:
    """It is the one that was open for writing."""
    with pytest.raises(OSError, match="No space left") as caught:
        write(Path("/dev/full"))
    assert write_error_message(caught.value, Path("/www/site"), interrupted=False) == (
        "/dev/full cannot be written: No space left on device. The previous site is unchanged."
    )


def test_a_file_is_named_for_another_process() -> None:
    """An exception loses its traceback on the way."""
    with pytest.raises(OSError, match="No space left") as caught:
        _write(Path("/dev/full"))
    name_file(caught.value)
    received = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (received.__traceback__, received.filename) == (None, "/dev/full")


def test_a_pipe_in_docs(tmp_path: Path) -> None:
    """It cannot be copied into the site; the system does not explain it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(shutil.SpecialFileError) as caught:
        shutil.copyfile(tmp_path / "pipe", tmp_path / "copy")
    assert write_error_message(caught.value, Path("/www/site"), interrupted=False) == (
        f"`{tmp_path}/pipe` is a named pipe, so it cannot be copied. The previous site is unchanged."
    )


def test_a_partly_replaced_site_is_reported() -> None:
    """The next build completes it."""
    told = write_error_message(error(errno.EIO, LIVE), Path("/www/site"), interrupted=True)
    assert told is not None
    assert told.endswith("said. The site is partly replaced; the next build completes it.")
