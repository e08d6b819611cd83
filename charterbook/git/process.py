"""Start git: without a shell, without the network, and with fixed settings and variables."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from charterbook.git.failure import NoGitError

#: Settings that must not come from a repository or a user. Those with a command-line option are set where used.
#: Caches beside the objects (commit-graph, multi-pack-index) are ignored: they can be stale or damaged.
_SETTINGS = {
    "advice.graftFileDeprecated": "false",
    "core.attributesFile": os.devnull,
    "core.bigFileThreshold": "512m",
    "core.commitGraph": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.multiPackIndex": "false",
    "core.quotePath": "off",
    "color.ui": "false",
    "diff.orderFile": os.devnull,
}

#: Variables of git that are passed on: trusted folders, and the limits of the search for a repository.
_PASSED_ON = re.compile(
    r"GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH"
    r"|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)"
)

_FIXED = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TRACE2": "0",
    "GIT_TRACE2_EVENT": "0",
    "GIT_TRACE2_PERF": "0",
}


def command(folder: Path, arguments: Sequence[str]) -> list[str]:
    """The command line of git in a folder. Raises NoGitError."""
    program = shutil.which("git")
    if program is None:
        raise NoGitError("Git is not installed, or not on the PATH.")
    settings = [word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")]
    return [program, "-C", str(folder), "--no-pager", *settings, *arguments]


def environment(located: Mapping[str, str]) -> dict[str, str]:
    """The environment of git: `located` are the variables that name a repository."""
    inherited = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_") or _PASSED_ON.fullmatch(key)
    }
    return inherited | _FIXED | dict(located)


def start(folder: Path, arguments: Sequence[str], located: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start git in a folder, without input. Raises NoGitError."""
    return subprocess.Popen(
        command(folder, arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(located),
    )


def call(
    folder: Path, arguments: Sequence[str], located: Mapping[str, str], stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and wait for it. Raises NoGitError."""
    return subprocess.run(
        command(folder, arguments), input=stdin, capture_output=True, env=environment(located), check=False
    )
