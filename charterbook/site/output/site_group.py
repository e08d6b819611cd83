"""Check that a build does not replace the handbook of a different group of readers.

Otherwise the readers of a group could find the whole handbook at the address that they know. So a build is refused if
its folder belongs to a different group: in mkdocs.yml, or by the provenance of the site in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from charterbook import git
from charterbook.config_locations import place_of
from charterbook.errors import CharterbookError, GitError, SettingsError
from charterbook.folders import resolved_path
from charterbook.settings import Settings, read_any_settings
from charterbook.site.incremental.manifest import is_preserved
from charterbook.site.output.deployed_versions import ADVICE, versions_on_branch
from charterbook.site.output.published_group import PROVENANCE, PublishedGroup, group_in, read_group
from charterbook.site.output.site_dir import inherited_files


class DeclaredFolder(NamedTuple):
    """The folder of a handbook as a mkdocs.yml declares it; `group` is empty for the whole handbook."""

    path: Path
    group: str
    file: Path


def check_site_group(file: Path, target: Path, group: str) -> None:
    """Raise CharterbookError if a handbook for a group would replace or contain that of a different group, or be
    inside it.

    `group` is empty for the whole handbook.
    """
    for other in _declared(file):
        relation = _relation(target, other.path)
        if relation and other.group != group:
            raise SettingsError(_declared_refusal(file, target, group, relation, other))
    for relation, site, found in _sites_near(target):
        _check(relation, target, site, found, group)


def check_replaced_site(target: Path, new: Path, group: str) -> None:
    """Raise CharterbookError if the site in a folder, or behind a link to be written through, is of a different group."""
    _check("has", target, target, read_group(target), group)
    for entry in new.iterdir():
        link = target / entry.name
        if entry.is_dir() and link.is_symlink():
            place = resolved_path(link)
            for site in (place, *place.parents):
                _check(f"leads through the link {entry.name} into", target, site, read_group(site), group)


def check_pages_branch(config: MkDocsConfig, group: str) -> None:
    """Raise CharterbookError if `mkdocs gh-deploy` would replace the handbook of a different group, or versions of mike."""
    branch, remote = config.remote_branch, config.remote_name
    for name in (f"refs/remotes/{remote}/{branch}", f"refs/heads/{branch}"):
        found = _on_branch(name)
        if found is not None and found.group not in (None, group):
            raise CharterbookError(
                f"The branch {branch} has {handbook_for(found.group)}, and gh-deploy would replace it with "
                f"{handbook_for(group)}. Set `remote_branch` in mkdocs.yml to another branch; to replace it on purpose, "
                f"delete the branch first, here and in {remote}."
            )
        if found is None and (versions := versions_on_branch(name)):
            raise CharterbookError(
                f"The branch {branch} has versions that mike or another program deployed ({', '.join(versions)}), "
                f"and gh-deploy would remove them. {ADVICE} the branch first, here and in {remote}."
            )


def _on_branch(name: str) -> PublishedGroup | None:
    try:
        return group_in(git.run(Path(), "cat-file", "blob", f"{name}:{PROVENANCE}"))
    except (GitError, ValueError):
        return None


def handbook_for(group: str | None) -> str:
    """The handbook of a group in words; the whole one without a group."""
    return f"the handbook for {group}" if group else "the whole handbook"


def _declared(file: Path) -> Iterator[DeclaredFolder]:
    """The folders of all handbooks that a mkdocs.yml or a file that it inherits from declares."""
    for one in inherited_files(file):
        with suppress(SettingsError):  # a parent need not be a handbook
            if place_of(one, ()) is not None:
                yield from _declared_in(one, read_any_settings(one.parent, one))


def _declared_in(file: Path, settings: Settings) -> Iterator[DeclaredFolder]:
    yield DeclaredFolder(resolved_path(file.parent / settings.site), settings.for_group or "", file)
    for group, own in settings.sites:
        if own.site_dir or not settings.for_group:
            yield DeclaredFolder(resolved_path(file.parent / settings.site_of(group)), group, file)


def _relation(one: Path, other: Path) -> str:
    """The relation of two folders in words; empty if they are apart."""
    if one == other:
        return "is"
    if one.is_relative_to(other):
        return "is inside"
    return "holds" if other.is_relative_to(one) else ""


def _declared_refusal(file: Path, target: Path, group: str, relation: str, other: DeclaredFolder) -> str:
    settings = read_any_settings(file.parent, file)
    keys = ("for_group",) if settings.for_group else ("sites", group or other.group)
    place = place_of(file, keys) or file.name
    folder = f"site-{group}" if settings.for_group else settings.site_of(group) if group else settings.site
    return (
        f"{place}: site_dir {target} {relation} the folder of {handbook_for(other.group)} in {other.file.name}. "
        f"Give {handbook_for(group)} its own folder, such as `site_dir: {folder}`."
    )


def _sites_near(target: Path) -> Iterator[tuple[str, Path, PublishedGroup | None]]:
    """Folders with a published site that a build into `target` would change: relation to `target`, folder and site."""
    own = read_group(target)
    yield "has", target, own
    for folder in target.parents:
        yield "is inside", folder, read_group(folder)
    with suppress(OSError):
        for entry in target.iterdir():
            if not is_preserved(entry) and (own is None or f"{entry.name}/{PROVENANCE}" not in own.files):
                yield "holds", entry, read_group(entry)


def _check(relation: str, target: Path, site: Path, found: PublishedGroup | None, group: str) -> None:
    if found is None or found.group in (None, group):
        return
    place = "" if site == target else f" {site} with"
    raise CharterbookError(
        f"{target} {relation}{place} {handbook_for(found.group)}, and this build of {handbook_for(group)} would replace it. "
        f"Give it its own folder with site_dir; to replace it on purpose, delete {site / PROVENANCE} first."
    )
