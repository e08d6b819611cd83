"""Python run with mounts, or with processes, of its own, as in a container."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.site.handbooks import environment
from tests.site.press import ROOT

_AS_ROOT = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
#: A command that runs another one with mounts of its own.
OWN_MOUNTS = ["unshare", *_AS_ROOT, "--mount"]
#: A command that runs another one as process 1.
OWN_PROCESSES = ["unshare", *_AS_ROOT, "--pid", "--fork", "--kill-child", "--mount-proc"]


def start(wrapper: list[str], *arguments: str, folder: Path) -> subprocess.Popen[str]:
    """Python with these arguments, begun in a folder by another command."""
    return subprocess.Popen(
        [*wrapper, sys.executable, *arguments],
        cwd=folder,
        env=environment(PYTHONPATH=ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def finish(run: subprocess.Popen[str]) -> str:
    """What a program printed; it must end well."""
    output = run.communicate()[0]
    assert run.returncode == 0, output
    return output
