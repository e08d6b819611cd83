"""Staging folder of a build, and publication of the finished site in site_dir.

A staging folder is a hidden folder inside site_dir: this puts it on the same disk, and only site_dir has to
be writable. Its name is random, and it is locked as long as a process of the build runs. site_dir itself is
never renamed or replaced. It is locked while a site is moved into it, so that two builds never mix their
sites.
"""

from __future__ import annotations

import errno
import logging
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from charterbook.errors import CharterbookError
from charterbook.folders import is_folder
from charterbook.locks import Lock, lock_folder, try_lock_folder
from charterbook.site.output.exchange_journal import has_journal, read_journal, remove_journal, write_journal
from charterbook.site.output.exchange_order import ExchangePlanner
from charterbook.site.output.foreign_repositories import check_removal
from charterbook.site.output.remove import remove, remove_tree
from charterbook.site.output.swap import (
    NEW,
    Exchange,
    ImmovableError,
    IncompleteExchangeError,
    SwapStep,
)
from charterbook.site.signals import uninterrupted

log = logging.getLogger("mkdocs.plugins.charterbook")

_NAME = re.compile(r"\.charterbook-staging-[0-9a-f]{16}")

#: Folder of replaced files before their removal, in the cache folder.
REMOVED = "removed"

#: Number of attempts to create site_dir while a concurrent process removes it.
_TRIES = 5


class Staging:
    """A locked staging folder. `made` are the folders that did not exist before, from the outermost inwards."""

    def __init__(self, target: Path, folder: Path, lock: Lock, made: list[Path]) -> None:
        self.target, self.folder = target, folder
        self._lock, self._made = lock, made

    @property
    def new(self) -> Path:
        """Folder of the new site."""
        return self.folder / NEW

    @property
    def is_interrupted(self) -> bool:
        """Whether the site is partly replaced, after a failed step that could not be undone."""
        return has_journal(self.folder)

    def publish(
        self,
        replaced: int = 0,
        cache: Path | None = None,
        unchanged: Collection[str] = (),
        in_place: Callable[[], Collection[str]] = tuple,
    ) -> None:
        """Move the finished site into site_dir, and remove the old site, with about `replaced` files.

        `unchanged` are top-level entries that were taken from the old site, file by file. `in_place` returns those
        that stay unchanged; it is called when no other build can change them any more. Hidden entries of site_dir
        stay. Raises OSError, with the site unchanged unless it `is_interrupted`, and CharterbookError if a git
        repository would be removed.
        """
        with _locked(self.target):
            self._exchange(unchanged, in_place())
            for left in _leftover_staging(self.target):
                _remove_unlocked(left)
        remove(self.folder, self._lock, replaced, cache and cache / REMOVED)
        _warn_of_rest(self.folder)
        self._made = []

    def discard(self) -> None:
        """Remove the staging folder, and site_dir if it was made for it. Does nothing once the site is published."""
        if not self.is_interrupted:
            remove_tree(self.folder)
        self._lock.release()
        _remove_empty(self._made)
        self._made = []

    def _exchange(self, unchanged: Collection[str], in_place: Collection[str]) -> None:
        exchange = Exchange(self.folder, self.target)
        merged = set[str]()
        while True:
            preparation = ExchangePlanner(exchange, merged, unchanged, in_place)
            steps = preparation.steps()
            lost = [step.path for step in steps if step.kind == "remove"] + preparation.unlinked
            check_removal(self.target, (self.target / path for path in lost))
            write_journal(self.folder, steps)
            try:
                with uninterrupted():
                    self._run(exchange, steps)
                return
            except ImmovableError as error:
                if error.path in merged:
                    raise
                merged.add(error.path)
                preparation.undo()

    def _run(self, exchange: Exchange, steps: list[SwapStep]) -> None:
        try:
            exchange.run(step for step in steps if step.kind != "remove")
        except IncompleteExchangeError:
            raise  # the journal stays: the next build completes the exchange
        except BaseException:
            remove_journal(self.folder)
            raise
        _remove_old(exchange, steps)
        remove_journal(self.folder)


def open_staging(target: Path) -> Staging:
    """A new staging folder for a site. Raises CharterbookError if no site can be written."""
    if target.exists() and not target.is_dir():
        raise CharterbookError(f"The site cannot be written: {target} is a file.")
    made: list[Path] = []
    try:
        return _open_in(target, made)
    except OSError as error:
        _remove_empty(made)
        named = error.filename or target
        where = "" if Path(named).is_relative_to(target) else f"{named}: "
        raise CharterbookError(f"The site cannot be written to {target}: {where}{error.strerror}.") from error


def is_staging(name: str) -> bool:
    """Whether an entry of site_dir has the name of a staging folder."""
    return _NAME.fullmatch(name) is not None


def recover(target: Path) -> None:
    """Complete the interrupted publications of killed builds, and remove their staging folders."""
    if not any(_leftover_staging(target)):
        return
    try:
        with _locked(target):
            for folder in _leftover_staging(target):
                _recover(folder, target)
    except OSError as error:
        log.warning("%s: the rest of an interrupted build cannot be completed: %s", target, error)


def _open_in(target: Path, made: list[Path]) -> Staging:
    """Create a staging folder in a site_dir. Creates a missing site_dir. Raises OSError."""
    for _ in range(_TRIES):
        _make(target, made)
        with suppress(FileNotFoundError), _locked(target):
            return _new_staging(target, made)
    raise FileNotFoundError(errno.ENOENT, "another process keeps removing it", str(target))


def _make(target: Path, made: list[Path]) -> None:
    """Create a folder and its parents, and list the new ones. Raises OSError."""
    for folder in [*reversed(target.parents), target]:
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            made.append(folder)


def _new_staging(target: Path, made: list[Path]) -> Staging:
    """Create a staging folder in a locked site_dir. Raises OSError."""
    folder = target / f".charterbook-staging-{secrets.token_hex(8)}"
    folder.mkdir()
    lock = try_lock_folder(folder)
    assert lock is not None  # site_dir is locked, so no other process sees the folder
    staging = Staging(target, folder, lock, made)
    try:
        (folder / NEW).mkdir()
        # Keep this folder out of commits if site_dir is a checkout.
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError:
        staging.discard()
        raise
    return staging


def _remove_empty(folders: list[Path]) -> None:
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _locked(target: Path) -> Lock:
    return lock_folder(target, lambda: log.info("Waiting for another build that is writing to %s.", target))


def _leftover_staging(target: Path) -> Iterator[Path]:
    """Staging folders in a site_dir, of running and of killed builds."""
    with suppress(OSError):
        yield from [path for path in target.iterdir() if is_staging(path.name) and not path.is_symlink()]


def _recover(folder: Path, target: Path) -> None:
    lock = _try_lock(folder)
    if lock is None:
        return
    with lock:
        exchange, steps = Exchange(folder, target), read_journal(folder)
        exchange.complete(step for step in steps if step.kind != "remove")
        _remove_old(exchange, steps)
        remove_tree(folder)
    if steps:
        log.info("An interrupted build has been completed in %s.", target)


def _remove_unlocked(folder: Path) -> None:
    """Remove a staging folder, unless its build is running."""
    lock = _try_lock(folder)
    if lock is not None:
        with lock:
            remove_tree(folder)
        _warn_of_rest(folder)


def _warn_of_rest(folder: Path) -> None:
    """Warn if a staging folder could not be removed, for example because of a mounted or protected file of the old site."""
    with suppress(OSError):
        rest = next((path for path in folder.rglob("*") if not is_folder(path)), None)
        if rest is not None:
            log.warning("%s is not part of the site, but cannot be removed.", rest)


def _try_lock(folder: Path) -> Lock | None:
    try:
        return try_lock_folder(folder)
    except OSError:
        return None


def _remove_old(exchange: Exchange, steps: list[SwapStep]) -> None:
    """Remove the entries that are not part of the new site. Log the ones that cannot be removed."""
    for step in steps:
        if step.kind != "remove" or exchange.is_done(step):
            continue
        try:
            exchange.make(step)
        except OSError as error:
            log.warning(
                "%s is not part of the site, but cannot be removed: %s", error.filename, error.strerror
            )
