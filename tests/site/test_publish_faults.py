"""A publication in which one call of the system fails, whichever it is."""

from __future__ import annotations

import errno
import itertools
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from charterbook.site.output import swap
from charterbook.site.output.publish import recover
from tests.site.test_publish import BOTH, NEW, OLD
from tests.site.trees import grow, shown, staged

#: Python's audit events of calls that change a disk, except for those that make room, and of listings.
CHANGES = {"os.rename", "os.link", "os.mkdir", "os.symlink", "shutil.copyfile", "os.scandir", "os.listdir"}


class FailingCall:
    """Failure of the n-th call that changes a disk or looks at it; 0 for none."""

    def __init__(self, error: int) -> None:
        self.error, self.at, self.calls = error, 0, 0
        self._lstat = os.lstat
        vars(os)["lstat"] = self.lstat  # it has no audit event
        sys.addaudithook(self)

    def lstat(self, path: Path | str, **options: Any) -> os.stat_result:
        """The status of a file."""
        self._count(path)
        return self._lstat(path, **options)

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        """Raise OSError for one call."""
        if event in CHANGES or (event == "open" and isinstance(values[1], str) and values[1][0] in "wax"):
            self._count(values[0])

    def _count(self, path: object) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise OSError(self.error, os.strerror(self.error), str(path))

    def arm(self, at: int) -> None:
        """Count from 0."""
        self.at, self.calls = at, 0


def publish_with(failing: FailingCall, target: Path, at: int) -> bool:
    """Publish a site with a failing call, and check the result. Returns whether that call was made."""
    grow(target, OLD)
    staging = staged(target, NEW)
    failing.arm(at)
    try:
        staging.publish()
        expected = BOTH
    except OSError:
        failing.arm(0)
        expected = BOTH if staging.is_interrupted else OLD
        staging.discard()
    reached = failing.at == 0 or failing.calls >= at
    failing.arm(0)
    recover(target)
    assert shown(target) == expected, at
    return reached


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("exchanges", [True, False])
def test_any_call_can_fail(tmp_path: Path, error: int, exchanges: bool) -> None:
    """The site is the old one or the new one, without anything that belongs to the other."""
    child = os.fork()
    if child == 0:  # because an audit hook stays
        try:
            if not exchanges:
                vars(swap)["_rename"] = lambda: None
            failing = FailingCall(error)
            number = next(n for n in itertools.count(1) if not publish_with(failing, tmp_path / str(n), n))
            os._exit(0 if number > len(NEW) else 2)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            raise
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
