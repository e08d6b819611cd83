"""The docstring of each package is a map of its modules: none is missing, and none is invented."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import grimp
import pytest

import charterbook

FOLDER = Path(charterbook.__file__).parent
PACKAGES = sorted(path.parent for path in FOLDER.rglob("__init__.py"))

#: Folders that only a built package has, or that only Python writes.
UNLISTED = {"__pycache__", "starter/docs"}


def dotted(package: Path) -> str:
    """The name by which a package is imported."""
    return ".".join(("charterbook", *package.relative_to(FOLDER).parts))


def contents(package: Path) -> set[str]:
    """The modules and packages of a package by name, and its other folders with a slash."""
    found = {path.stem for path in package.glob("*.py")} - {"__init__"}
    for path in package.iterdir():
        if path.is_dir() and not {path.name, path.relative_to(FOLDER).as_posix()} & UNLISTED:
            found.add(path.name if (path / "__init__.py").exists() else f"{path.name}/")
    return found


def listed(text: str) -> list[str]:
    """The names before the colon of each entry of the lists in a docstring."""
    entries = [line.partition(": ")[0] for line in text.splitlines() if line.startswith("- `")]
    return [name for entry in entries for name in re.findall(r"`([^`]+)`", entry)]


@pytest.mark.parametrize("package", PACKAGES, ids=dotted)
def test_a_package_lists_its_modules(package: Path) -> None:
    """Each once, and nothing else."""
    text = import_module(dotted(package)).__doc__ or ""
    assert sorted(listed(text)) == sorted(contents(package))


@pytest.mark.parametrize("package", PACKAGES, ids=dotted)
def test_every_name_in_a_map_exists(package: Path) -> None:
    """Also outside the lists: a module, something public of the package, or a module by its full name."""
    module = import_module(dotted(package))
    names = {
        name for name in re.findall(r"`([^`]+)`", module.__doc__ or "") if re.fullmatch(r"[\w./]+", name)
    }
    assert [name for name in names if not _exists(name, package, module)] == []


def _exists(name: str, package: Path, module: ModuleType) -> bool:
    if name in contents(package) or hasattr(module, name) or name == "RULE":
        return True
    path = FOLDER.parent / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file() or any(package.rglob(name))


def test_layers_are_those_that_are_checked() -> None:
    """The map of the program and the contract in pyproject.toml agree."""
    settings = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = [
        entry for entry in settings["tool"]["importlinter"]["contracts"] if entry["type"] == "layers"
    ]
    checked = [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    parts = re.split(r"^Layer \d: .*$", charterbook.__doc__ or "", flags=re.MULTILINE)[1:]
    named = [{name for name in listed(part) if not name.endswith("/")} for part in parts]
    assert named == checked


def test_no_two_modules_share_a_name() -> None:
    """A file is found by its name alone."""
    names = Counter(path.stem for path in FOLDER.rglob("*.py") if path.stem != "__init__")
    names.update(package.name for package in PACKAGES)
    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_public_classes_share_a_name() -> None:
    """A class is found by its name alone."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.rglob("*.py"))
    classes = (node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    names = Counter(name for name in classes if not name.startswith("_"))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("package", PACKAGES, ids=dotted)
def test_nothing_hides_a_module(package: Path) -> None:
    """A package's attribute with the name of one of its modules is that module."""
    module = import_module(dotted(package))
    for name in contents(package):
        found = getattr(module, name, None)
        assert found is None or isinstance(found, ModuleType), f"{name} of {dotted(package)} hides a module"


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Import-linter compares siblings; this finds a cycle through a package's `__init__`."""
    graph = grimp.build_graph("charterbook", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError with the modules of a circle
