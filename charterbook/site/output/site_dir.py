"""Check that site_dir contains no sources of the handbook: a build replaces its contents."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from charterbook.errors import CharterbookError
from charterbook.folders import resolved_path
from charterbook.pipes import read_regular
from charterbook.site.incremental.fingerprint import files_beside_docs
from charterbook.site.incremental.manifest import is_preserved
from charterbook.site.output.foreign_repositories import holds_message, is_bare, is_repository


class SourcePath(NamedTuple):
    """A source file or folder, and its name in messages."""

    name: str
    path: Path


def check_site_dir(config: MkDocsConfig, charter: str) -> None:
    """Raise CharterbookError if a build would replace sources; `charter` is relative to mkdocs.yml."""
    given = Path(config.site_dir)
    target, sources = resolved_path(given), list(_sources(config, charter))
    if circle := next((path for path in (target, *target.parents) if path.is_symlink()), None):
        raise CharterbookError(f"site_dir {given} leads in a circle: {circle} is a link to itself.")
    held = find_overwritten_source(target, sources)
    if held is not None:
        relation = "is" if _identity(target) == _identity(held.path) else "holds"
        raise CharterbookError(_refusal(given, relation, held))
    for repository in _foreign_repositories(target):
        relation = "is" if repository == target else "holds"
        raise CharterbookError(_refusal(given, relation, SourcePath("a git repository", repository)))
    for source in sources:
        if (
            source.name not in (_ROOT, _READ)
            and source.path.is_dir()
            and resolved_path(source.path) in target.parents
        ):
            raise CharterbookError(_refusal_inside(given, source, sources[0].path))


#: Source folders that are allowed to contain site_dir, but not to be inside it.
_ROOT, _READ = "the folder of mkdocs.yml", "a source of pages"

_INHERIT = re.compile(r"^INHERIT:[ \t]*(\S+)", re.MULTILINE)


def _refusal(given: Path, relation: str, source: SourcePath) -> str:
    return holds_message(given, relation, source.name, source.path)


def _refusal_inside(given: Path, source: SourcePath, root: Path) -> str:
    """The message for a site_dir inside a source folder; `root` is the folder of mkdocs.yml, which can be in it, too."""
    outside = source.path.parent / "site" if root.is_relative_to(source.path) else root / "site"
    return (
        f"site_dir {given} is inside {source.name} ({source.path}). Give the site a folder outside, such as "
        f"`site_dir: {Path(os.path.relpath(outside, root)).as_posix()}`."
    )


def _sources(config: MkDocsConfig, charter: str) -> Iterator[SourcePath]:
    file = Path(config.config_file_path)
    root = file.parent
    yield SourcePath(_ROOT, root)
    yield from (SourcePath("mkdocs.yml", path) for path in inherited_files(file))
    yield SourcePath("docs_dir", Path(config.docs_dir))
    yield SourcePath("the charter", root / charter)
    if config.theme.custom_dir:
        yield SourcePath("custom_dir of the theme", root / config.theme.custom_dir)
    for hook in config.hooks or ():
        yield SourcePath("a hook", root / hook)
    yield from _macros(config, root)
    yield from (SourcePath(_READ, path) for path in files_beside_docs(config, root))
    yield from _repositories({resolved_path(root / charter).parent, resolved_path(root)})


def inherited_files(file: Path) -> Iterator[Path]:
    """A settings file and its parents."""
    seen = set[Path]()
    while file not in seen and file.is_file():
        yield file
        seen.add(file)
        found = _INHERIT.search(file.read_text(encoding="utf-8"))
        file = resolved_path(file.parent / found[1].strip("\"'")) if found else file


def _macros(config: MkDocsConfig, root: Path) -> Iterator[SourcePath]:
    """Sources of mkdocs-macros outside docs/."""
    options = config.plugins["macros"].config
    if options.get("include_dir"):
        yield SourcePath("include_dir of macros", root / options["include_dir"])
    module = root / str(options.get("module_name") or "main")
    for path in (module, module.with_suffix(".py")):
        if path.exists():
            yield SourcePath("module_name of macros", path)


def _repositories(folders: set[Path]) -> Iterator[SourcePath]:
    """Git folders of the repositories of these folders. Git itself is not run, to keep every build fast."""
    for folder in folders:
        found = next((top / ".git" for top in [folder, *folder.parents] if (top / ".git").exists()), None)
        if found is not None:
            for path in _git_folders(found):
                yield SourcePath("the git repository of the handbook", path)
    if os.environ.get("GIT_DIR"):
        yield SourcePath("the git repository of the handbook", Path(os.environ["GIT_DIR"]).absolute())


def _foreign_repositories(target: Path) -> Iterator[Path]:
    """Git repositories that a build would remove: a bare one in site_dir itself, and those in its folders."""
    if is_bare(target):
        yield target
    for entry in _entries(target):
        if not is_preserved(entry) and is_repository(entry):
            yield entry


def _git_folders(git: Path) -> Iterator[Path]:
    """A .git folder, or the target of a .git file or of a linked working tree."""
    yield git
    if git.is_file():
        named = _path_in(git, "gitdir:")
        if not named:
            return  # git does not read it either
        git = git.parent / named
        yield git
    common = _path_in(git / "commondir")
    if common:
        yield git / common


def _path_in(file: Path, label: str = "") -> str:
    """The path after a label in a file of git, which has no encoding; empty if the file has none."""
    try:
        text = os.fsdecode(read_regular(file))
    except OSError:
        return ""
    return text.removeprefix(label).strip() if text.startswith(label) else ""


def find_overwritten_source(target: Path, sources: Iterable[SourcePath]) -> SourcePath | None:
    """The first source that a build into a folder would replace, also through links and mounts."""
    above: dict[object, SourcePath] = {}
    for source in sources:
        for place in {source.path.absolute(), resolved_path(source.path)}:
            for top in (place, *place.parents):
                above.setdefault(top, source)
                above.setdefault(_identity(top) or top, source)
    replaced = [target, *(entry for entry in _entries(target) if not is_preserved(entry))]
    keys = [target, *(found for path in replaced if (found := _identity(path)))]
    return next((above[key] for key in keys if key in above), None)


def _entries(target: Path) -> list[Path]:
    try:
        return [path for path in target.iterdir() if not path.is_symlink()]
    except OSError:
        return []


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file or folder; None if it does not exist."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
