"""The registry of undocumented library parts: every row is true of the installed libraries, and no row is missing."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import charterbook.site
from charterbook.errors import SettingsError
from charterbook.site.mkdocs_compat import registry
from charterbook.site.mkdocs_compat.registry import WITHOUT, installed, is_on, notices
from charterbook.site.mkdocs_compat.registry_row import Patch, RegistryRow
from charterbook.site.mkdocs_compat.rows import PATCHES, REQUIREMENTS
from tests.site.handbooks import Handbook

ROWS: Mapping[str, RegistryRow] = {**PATCHES, **{row.module: row for row in REQUIREMENTS}}
SITE = Path(charterbook.site.__file__).parent
PACKAGE = SITE / "mkdocs_compat"
LIBRARIES = ("jinja2", "material", "mkdocs", "mkdocs_macros")

#: Names that the libraries document, or use in annotations of documented names.
DOCUMENTED = {
    "jinja2": {
        "BaseLoader", "BytecodeCache", "ChoiceLoader", "Environment", "FileSystemLoader", "PackageLoader", "PrefixLoader",
        "StrictUndefined", "Template", "TemplateNotFound", "TemplateSyntaxError", "UndefinedError", "pass_context", "runtime",
    },
    "jinja2.bccache": {"Bucket"},
    "jinja2.environment": {"TemplateModule"},
    "jinja2.runtime": {"Context"},
    "mkdocs.config": {"config_options"},
    "mkdocs.config.base": {"Config", "ConfigErrors", "ConfigWarnings"},
    "mkdocs.config.defaults": {"MkDocsConfig"},
    "mkdocs.exceptions": {"Abort", "MkDocsException", "PluginError"},
    "mkdocs.livereload": {"LiveReloadServer"},
    "mkdocs.plugins": {"BasePlugin", "CombinedEvent", "event_priority"},
    "mkdocs.structure.files": {"File", "Files"},
    "mkdocs.structure.nav": {"Navigation", "Section"},
    "mkdocs.structure.pages": {"Page"},
    "mkdocs.utils.templates": {"TemplateContext"},
    "mkdocs_macros.plugin": {"MacrosPlugin"},
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_true(name: str) -> None:
    """Its module exists, the installed library is a tested version, and it has the named targets."""
    row = ROWS[name]
    assert SITE.joinpath(*row.module.split(".")).with_suffix(".py").is_file()
    assert f"{installed(row.library)[1]}.".startswith(f"{row.tested}.")
    for target in row.targets:
        assert _exists(target), target


def _exists(target: str) -> bool:
    """Whether a library has a folder, a module attribute, or an attribute that a class sets in its source."""
    if "/" in target:
        package, *rest = target.split("/")
        return Path(str(importlib.import_module(package).__file__)).parent.joinpath(*rest).is_dir()
    parts, found = target.split("."), None
    for index in range(1, len(parts)):
        try:
            found = importlib.import_module(".".join(parts[:index]))
        except ImportError:
            break
        rest = parts[index:]
    for part in rest:
        if not hasattr(found, part):
            return f"self.{part}" in inspect.getsource(found)  # type: ignore[arg-type]
        found = getattr(found, part)
    return True


@pytest.mark.parametrize("patch", PATCHES.values(), ids=list(PATCHES))
def test_a_patch_is_worth_it(patch: Patch) -> None:
    """A patch gains at least 3 % of a build."""
    assert patch.gain >= 3


def test_every_module_has_a_row() -> None:
    """And the package's docstring names it."""
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "registry", "registry_row", "rows"}
    rows = {
        row.module.removeprefix("mkdocs_compat.")
        for row in ROWS.values()
        if row.module.startswith("mkdocs_compat.")
    }
    assert modules == rows
    docs = inspect.getdoc(importlib.import_module("charterbook.site.mkdocs_compat")) or ""
    assert [name for name in modules if f"`{name}`" not in docs] == []


def test_undocumented_parts_are_used_only_in_mkdocs_compat() -> None:
    """Other modules import only documented names, nothing private, and replace nothing of a library."""
    for path in sorted(Path(charterbook.site.__file__).parents[1].rglob("*.py")):
        if PACKAGE in path.parents:
            continue
        text = path.read_text(encoding="utf-8")
        # Most modules import none of the libraries: a search is much faster than parsing.
        tree = ast.parse(text if any(library in text for library in LIBRARIES) else "")
        for module, name in _imported(tree):
            assert name in DOCUMENTED.get(module, ()), f"{path.name} imports {name} of {module}"
        assert "method-assign" not in text, path.name


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in LIBRARIES:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            dotted = [alias.name for alias in node.names if "." in alias.name]
            yield from ((name, "") for name in dotted if name.split(".")[0] in LIBRARIES)


OTHERS = [
    ("mkdocs-material", ("mkdocs-material", "9.99.0"), "Material for MkDocs 9.99.0 is newer than the tested 9.8.x: "),
    ("mkdocs-material", ("mkdocs-material", "9.8.17"), None),
    ("mkdocs-material", ("mkdocs-material", "9.80.0"), "Material for MkDocs 9.80.0 is newer than the tested 9.8.x: "),
    ("jinja2", ("jinja2", "3.0.9"), "Jinja 3.0.9 is older than the tested 3.1.x: "),
    ("mkdocs-macros-plugin", ("mkdocs-macros-plugin", "2"), "mkdocs-macros 2 is newer than the tested 1.5.x: "),
    ("mkdocs", ("properdocs", "1.6.7"), "ProperDocs 1.6.7 stands in for MkDocs: "),
    ("mkdocs", ("mkdocs", "1.7rc1"), "MkDocs 1.7rc1 is newer than the tested 1.6.x: "),
    ("jinja2", ("jinja2", ""), "The version of Jinja is unknown, and 3.1.x is tested: "),
]  # fmt: skip


@pytest.mark.parametrize(("library", "used", "told"), OTHERS)
def test_another_version_than_the_tested_one(
    monkeypatch: pytest.MonkeyPatch, library: str, used: tuple[str, str], told: str | None
) -> None:
    """Patches of that library are disabled, all others stay enabled, and one line reports it."""
    monkeypatch.setattr(registry, "installed", lambda name: used if name == library else installed(name))
    for name, patch in PATCHES.items():
        assert is_on(name) == (told is None or patch.library != library)
    lines = list(notices())
    if told is None:
        assert lines == []
    else:
        (line,) = lines
        assert line.startswith(told)
        assert line.endswith((" is off, builds are slower.", " are off, builds are slower."))
        assert [p.title in line for p in PATCHES.values()] == [p.library == library for p in PATCHES.values()]


def test_patches_that_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, or all; an unknown name is an error."""
    assert all(map(is_on, PATCHES))
    monkeypatch.setenv(WITHOUT, "git-info, fragments")
    assert [name for name in PATCHES if not is_on(name)] == ["fragments", "git-info"]
    monkeypatch.setenv(WITHOUT, "all")
    assert not any(map(is_on, PATCHES))
    monkeypatch.setenv(WITHOUT, "fragment")
    with pytest.raises(
        SettingsError, match=r"CHARTERBOOK_WITHOUT has an unknown patch: 'fragment'\. Available: all, "
    ):
        list(notices())


@pytest.mark.parametrize("library", ["jinja2", "mkdocs-macros-plugin", "mkdocs-material"])
def test_a_library_without_metadata(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Bundles can lack it: the version is unknown."""

    def version(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    registry._version.cache_clear()
    assert installed(library) == (library, "")
    registry._version.cache_clear()


#: A hook that has all libraries pretend to be others.
PRETEND = """\
import importlib.metadata
import mkdocs

real, others = importlib.metadata.version, {"jinja2": "3.9", "mkdocs-macros-plugin": "1.9", "mkdocs-material": "9.99.0"}
importlib.metadata.version = lambda name: others.get(name) or real(name)
mkdocs.__version__ = "1.9"
"""


def test_a_build_on_other_versions_says_so_once(book: Handbook) -> None:
    """One line for each library, with any number of versions; a strict build also succeeds."""
    book.write("pretend.py", PRETEND)
    book.replace("mkdocs.yml", "plugins:", "hooks: [pretend.py]\nplugins:")
    book.commit("2025-01-06")
    book.commit("2025-04-07", title="Next")
    built = book.build("--strict")
    assert built.code == 0, built.output
    for told in ("Jinja 3.9 is", "MkDocs 1.9 is", "mkdocs-macros 1.9 is", "Material for MkDocs 9.99.0 is"):
        assert built.output.count(f"INFO    -  {told} newer than the tested ") == 1
    assert "Next" in built.text("latest")
    assert book.build("--strict").code == 0
