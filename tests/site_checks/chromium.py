"""Location and installation of Chromium.

`python -m tests.site_checks.chromium` prints the path of the one that the tests use; if there is
none it installs one: Debian's as root, else Playwright's own build for this user. A headless shell,
which has no windows of its own, takes two thirds of the time; as root on Debian it is installed
beside another Chromium, if it can be had.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

#: Names of the commands of headless shells, and of browsers, in the order they are tried.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
COMMANDS = (
    *SHELLS,
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "msedge",
)

#: macOS keeps programs off PATH.
APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
)

#: Where Playwright's own builds lie inside its cache, over its versions and systems.
BUILDS = (
    "chromium_headless_shell-*/chrome-*/*headless*shell*",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)

HOW_TO = (
    "The page tests need a Chromium and found none: not in $CHROMIUM, not on PATH as "
    + ", ".join(COMMANDS)
    + ", not in Playwright's cache. Install one: `apt-get install chromium` as root on Debian, "
    "or `.venv/bin/python -m playwright install chromium` for this user; "
    "or set CHROMIUM to the program's path."
)

#: Options of apt-get: quick to give up if there is no network.
_APT = ["apt-get", "--quiet", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20"]
_INSTALL = ["install", "--yes", "--no-install-recommends"]

#: Timeout of each step of an installation, in seconds.
_PATIENCE = 600


class NoChromiumError(Exception):
    """There is no Chromium; the message says where it was looked for and how to get one."""


def find() -> Path:
    """The Chromium to use: $CHROMIUM, else the first installed one. Raises NoChromiumError."""
    wish = os.environ.get("CHROMIUM")
    if wish:
        found = shutil.which(wish)
        if not found:
            raise NoChromiumError(f"CHROMIUM={wish} names no program that can be run.")
        return Path(found)
    first = next(_installed(), None)
    if first is None:
        raise NoChromiumError(HOW_TO)
    return first


def _installed() -> Iterator[Path]:
    yield from (Path(found) for name in COMMANDS if (found := shutil.which(name)))
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (folder / name for name in APPLICATIONS if (folder / name).is_file())
    for cache in _caches():
        for pattern in BUILDS:
            builds = (path for path in cache.glob(pattern) if os.access(path, os.X_OK) and path.is_file())
            yield from sorted(builds, key=_revision, reverse=True)


def _caches() -> Iterator[Path]:
    """The folders in which Playwright keeps its browsers."""
    wish = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if wish not in ("", "0"):
        yield Path(wish)
    yield Path.home() / ".cache" / "ms-playwright"
    yield Path.home() / "Library" / "Caches" / "ms-playwright"
    yield Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ms-playwright"


def _revision(path: Path) -> int:
    """The number in `…/chromium-1187/…`."""
    numbers = re.findall(r"chromium\w*-(\d+)", str(path))
    return int(numbers[-1]) if numbers else 0


def install() -> None:
    """Install a Chromium. Raises NoChromiumError with the installer's last words."""
    if not _can_apt():
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
        return
    _run([*_APT, "update"])
    try:
        _run([*_APT, *_INSTALL, SHELLS[0], "fonts-liberation"])
    except NoChromiumError:
        _run([*_APT, *_INSTALL, "chromium", "fonts-liberation"])


def _run(step: list[str]) -> None:
    print("Getting a Chromium for the page tests:", " ".join(step), flush=True)  # noqa: T201
    try:
        done = subprocess.run(
            step, capture_output=True, text=True, check=False, env=_quiet(), timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise NoChromiumError(f"`{' '.join(step)}` takes more than {_PATIENCE} seconds.\n{HOW_TO}") from None
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()[-5:]
        raise NoChromiumError("\n".join([f"`{' '.join(step)}` failed:", *words, HOW_TO]))


def _can_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _has_shell() -> bool:
    """Whether the Chromium to use is a headless shell."""
    return "headless" in find().name


def _quiet() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def _see_to_it() -> None:
    """Install a Chromium if there is none, and a headless shell beside another one if that is easy."""
    if next(_installed(), None) is None:
        install()
    elif _can_apt() and not _has_shell():
        try:
            install()
        except NoChromiumError as error:
            print(str(error).splitlines()[0], "The tests take longer with", find(), flush=True)  # noqa: T201


def main() -> int:
    """Print where the Chromium is, after getting one if need be; 1 and the reason if there is no way."""
    try:
        if not os.environ.get("CHROMIUM"):
            _see_to_it()
        print(f"Chromium: {find()}")  # noqa: T201
    except NoChromiumError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
