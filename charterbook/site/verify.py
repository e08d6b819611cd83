"""Verification of a published site: against its list of hashes, and against a rebuild of its commit."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from charterbook import __version__
from charterbook.errors import CharterbookError, GitError
from charterbook.frozen_dataclass import dataclass
from charterbook.history import Tip, published_at
from charterbook.repository import find_repository
from charterbook.settings import Settings
from charterbook.site.incremental.fingerprint import library_versions
from charterbook.site.incremental.manifest import files_below, is_preserved
from charterbook.site.mkdocs_commands import GroupSite, rebuild_site
from charterbook.site.output import provenance
from charterbook.site.output.previous_assets import PREVIOUS, read_previous
from charterbook.site.output.provenance import Origin
from charterbook.site.output.published_addresses import ADDRESSES
from charterbook.site.output.site_group import handbook_for

CHANGED, MISSING, UNKNOWN = "changed", "missing", "unknown"


@dataclass(frozen=True)
class Verified:
    """The origin of a site, the number of its files, and the different ones: `changed`, `missing` or `unknown`.

    `previous` is the number of retained files of earlier builds: no page loads them.
    """

    origin: Origin
    files: int
    differing: Mapping[str, str]
    previous: int = 0

    @property
    def other_programs(self) -> dict[str, tuple[str, str]]:
        """Programs in different versions, by name: the version that built the site, and the installed one."""
        here = {"charterbook": __version__, **library_versions()}
        there = {"charterbook": self.origin.charterbook, **self.origin.libraries}
        return {
            name: (there.get(name, "none"), here.get(name, "none"))
            for name in sorted(here.keys() | there.keys())
            if there.get(name) != here.get(name)
        }


def compare_with_hashes(site: Path) -> Verified:
    """Compare a site with its own list of hashes. Raises CharterbookError without such a list."""
    origin = read_origin(site)
    try:
        expected = provenance.read_hashes(site)
    except (OSError, ValueError) as error:
        raise CharterbookError(f"{site / provenance.NAME} cannot be read: {error}") from error
    return _compared(site, origin, expected, ignored={provenance.NAME})


def compare_with_rebuilt(site: Path, config_file: Path, charter: Path, settings: Settings) -> Verified:
    """Build a site again from the checkout of its handbook, and compare both.

    Raises CharterbookError if the checkout does not match, or if the handbook cannot be built.
    """
    origin = read_origin(site)
    _check_readers(site, origin, settings.for_group or "")
    _check_checkout(site, origin, charter)
    with tempfile.TemporaryDirectory(prefix="charterbook-") as scratch:
        folder = Path(scratch) / "site"
        folder.mkdir()
        _copy_addresses(site, folder)
        with _as_then(origin, settings):
            if not rebuild_site(config_file, folder, _group_site(settings, folder)):
                raise CharterbookError(
                    f"{config_file}: the handbook cannot be built, so nothing was compared."
                )
        expected = {path: provenance.digest_of(folder / path) for path in files_below(folder)}
    return _compared(site, origin, expected)


def _group_site(settings: Settings, folder: Path) -> GroupSite | None:
    group = settings.for_group
    return GroupSite(group, folder, settings.site_url) if group else None


def read_origin(site: Path) -> Origin:
    """The origin of a site. Raises CharterbookError if it is missing."""
    file = site / provenance.NAME
    try:
        return provenance.read_origin(site)
    except FileNotFoundError as error:
        raise CharterbookError(
            f"{file} is missing: name the folder of a site that `charterbook build` made."
        ) from error
    except (OSError, ValueError) as error:
        raise CharterbookError(f"{file} cannot be read: {error}") from error


def _check_readers(site: Path, origin: Origin, group: str) -> None:
    """Raise CharterbookError unless a site is for the group that it is compared for."""
    if origin.group not in (None, group):
        advice = f"add --for {origin.group}" if origin.group else "leave out --for"
        raise CharterbookError(f"{site} is {handbook_for(origin.group)}: {advice}.")


def _check_checkout(site: Path, origin: Origin, charter: Path) -> None:
    """Raise CharterbookError unless the commit of a site is checked out."""
    if origin.checkout is None:
        return
    try:
        head = find_repository(charter).head
    except GitError as error:
        raise CharterbookError(
            f"{site} was built from commit {origin.checkout}, which is not here: {error}"
        ) from error
    if head != origin.checkout:
        raise CharterbookError(
            f"{site} was built from commit {origin.checkout}; this checkout is at {head}. "
            f"Run `git switch --detach {origin.checkout}`, then try again."
        )


def _copy_addresses(site: Path, folder: Path) -> None:
    """Copy the list of former addresses, from which redirects are written."""
    if (site / ADDRESSES).is_file():
        (folder / ADDRESSES).write_bytes((site / ADDRESSES).read_bytes())


@contextmanager
def _as_then(origin: Origin, settings: Settings) -> Iterator[None]:
    """Context manager: build as on the day and at the commit of a site."""
    try:
        moment = origin.noon.replace(tzinfo=ZoneInfo(settings.timezone))
    except (TypeError, ValueError) as error:
        raise CharterbookError(f"{provenance.NAME}: {origin.day!r} is not a day") from error
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        if origin.published is None:
            yield
        else:
            with published_at(Tip(origin.published, origin.branch)):
                yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _compared(
    site: Path, origin: Origin, expected: Mapping[str, str], ignored: frozenset[str] | set[str] = frozenset()
) -> Verified:
    found = {path for path in files_below(site) if path in expected or not _is_users(site, path)} - ignored
    previous = found & {*read_previous(site), PREVIOUS} - expected.keys()
    found -= previous
    differing = dict.fromkeys(expected.keys() - found - ignored, MISSING)
    differing |= dict.fromkeys(found - expected.keys(), UNKNOWN)
    same = found & expected.keys()
    differing |= {path: CHANGED for path in same if provenance.digest_of(site / path) != expected[path]}
    return Verified(origin, len(found), dict(sorted(differing.items())), len(previous - {PREVIOUS}))


def _is_users(site: Path, path: str) -> bool:
    """Whether a file is in a hidden entry of site_dir. Builds leave these in place."""
    return is_preserved(site / path.partition("/")[0])
