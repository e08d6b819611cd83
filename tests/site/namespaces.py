"""Python in its own mount or PID namespace, as in a container."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.site.handbooks import environment
from tests.site.run_mkdocs import ROOT

_AS_ROOT = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
#: Command prefix for a mount namespace.
OWN_MOUNTS = ["unshare", *_AS_ROOT, "--mount"]
#: Command prefix for a PID namespace.
OWN_PROCESSES = ["unshare", *_AS_ROOT, "--pid", "--fork", "--kill-child", "--mount-proc"]


def start(wrapper: list[str], *arguments: str, folder: Path) -> subprocess.Popen[str]:
    """Start Python with these arguments in a folder, below a command prefix."""
    return subprocess.Popen(
        [*wrapper, sys.executable, *arguments],
        cwd=folder,
        env=environment(PYTHONPATH=ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def finish(run: subprocess.Popen[str]) -> str:
    """Output of a program, which must succeed."""
    output = run.communicate()[0]
    assert run.returncode == 0, output
    return output
