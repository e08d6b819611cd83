"""Read mkdocs.yml without MkDocs: inherited files are merged, and YAML tags are not executed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from charterbook.config_locations import place_of_mkdocs
from charterbook.errors import SettingsError
from charterbook.folders import resolved_path
from charterbook.pipes import read_regular
from charterbook.suggestions import question

FILES = ("mkdocs.yml", "mkdocs.yaml")


def read_with_parents(file: Path, children: tuple[Path, ...] = ()) -> dict[str, Any]:
    """A file's settings over inherited ones. Raises SettingsError for circular inheritance."""
    if resolved_path(file) in children:
        raise SettingsError(f"{file.name}: inherits from itself")
    config = _read(file)
    if "INHERIT" not in config:
        return config
    parent = config.pop("INHERIT")
    words = ""
    if not isinstance(parent, str):
        words = "expected the path of a file"
    elif not os.path.lexists(file.parent / parent):
        words = f"there is no file {parent}.{question(parent, _settings_beside(file))}"
    if words:
        raise SettingsError(f"{place_of_mkdocs(file, 'INHERIT') or file.name}: INHERIT: {words}")
    return _merged(read_with_parents(file.parent / parent, (*children, resolved_path(file))), config)


def _settings_beside(file: Path) -> list[str]:
    """The other YAML files in the folder of a file."""
    return sorted(path.name for path in file.parent.glob("*.y*ml") if path != file)


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Merge two groups of settings: mappings are merged, other values overridden."""
    both = {
        key: _merged(base[key], own[key])
        for key in base.keys() & own.keys()
        if _mappings(base[key], own[key])
    }
    return base | own | both


def _mappings(*values: Any) -> bool:
    return all(isinstance(value, dict) for value in values)


def settings_file(folder: Path) -> Path | None:
    """The mkdocs.yml of a folder, if any: it need not be readable, since a build without its settings would be another one."""
    return next((folder / name for name in FILES if os.path.lexists(folder / name)), None)


def _read(file: Path) -> dict[str, Any]:
    try:
        data = read_regular(file)
        config = yaml.load(data.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506
    except OSError as error:
        raise SettingsError(f"{file.name}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        line, column, words = _explained(error, data)
        raise SettingsError(f"{file.name}:{line}:{column}: {words}") from error
    if not isinstance(config, dict):
        found = {type(None): "nothing", list: "a list"}.get(type(config), "a text")
        words = (
            f"expected keys with values, found {found}. `charterbook new` writes a mkdocs.yml for a handbook."
        )
        raise SettingsError(f"{file.name}:1:1: {words}")
    if "mission" in config and "services" in config:
        beside = file.with_name(FILES[0])
        raise SettingsError(
            f"{file.name}:1:1: this is a charter. Name the mkdocs.yml of the handbook: -f {beside}"
        )
    return config


def _explained(error: Exception, data: bytes) -> tuple[int, int, str]:
    """Line and column of an error, counted from 1, and its words in one line."""
    # Its words need the catalogs, which a build without errors does not load.
    from charterbook.load.other_yaml import syntax_fault, text_fault

    if fault := text_fault(data):
        return fault
    if isinstance(error, yaml.constructor.ConstructorError) and error.problem_mark:
        return error.problem_mark.line + 1, error.problem_mark.column + 1, str(error.problem)
    if isinstance(error, yaml.YAMLError):
        return syntax_fault(data.decode("utf-8-sig"), error)
    return 1, 1, "values are nested too deeply"


class _Loader(yaml.SafeLoader):
    """YAML loader that resolves MkDocs' own `!ENV` like MkDocs, ignores other tags, and refuses a key that appears twice.

    MkDocs uses the last of several values, and says nothing about the others.
    """

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        """The node of a mapping. Raises ConstructorError if a key appears twice."""
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value != "<<":
                if key.value in seen:
                    words = f'the key "{key.value}" appears twice, first on line {seen[key.value]}. Keep one of the two.'
                    raise yaml.constructor.ConstructorError(None, None, words, key.start_mark)
                seen[key.value] = key.start_mark.line + 1
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of a node. Raises ConstructorError instead of PyYAML's other exceptions, for example for `!!bool x`."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            words = f"this is not a value of the type {node.tag.rpartition(':')[2]}"
            raise yaml.constructor.ConstructorError(None, None, words, node.start_mark) from error


def _environment(loader: _Loader, node: yaml.Node) -> Any:
    """`!ENV NAME` or `!ENV [NAME, OTHER, default]`."""
    if isinstance(node, yaml.SequenceNode):
        names = loader.construct_sequence(node)
        default = names.pop() if len(names) > 1 else None
    else:
        names, default = [loader.construct_scalar(node)], None  # type: ignore[arg-type]
    for name in names:
        if isinstance(name, str) and name in os.environ:
            return yaml.safe_load(os.environ[name])
    return default


def _nothing(_loader: _Loader, _suffix: str, _node: yaml.Node) -> None:
    return None


_Loader.add_constructor("!ENV", _environment)


_Loader.add_multi_constructor("", _nothing)
