"""Read mkdocs.yml without MkDocs: inherited files are merged, and YAML tags are not executed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from charterbook.errors import SettingsError
from charterbook.pipes import read_regular

FILES = ("mkdocs.yml", "mkdocs.yaml")


def read_with_parents(file: Path, children: tuple[Path, ...] = ()) -> dict[str, Any]:
    """A file's settings over inherited ones. Raises SettingsError for circular inheritance."""
    if file.resolve() in children:
        raise SettingsError(f"{file.name}: inherits from itself")
    config = _read(file)
    parent = config.pop("INHERIT", None)
    if not isinstance(parent, str):
        return config
    return _merged(read_with_parents(file.parent / parent, (*children, file.resolve())), config)


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
    """The mkdocs.yml of a folder, if any."""
    return next((folder / name for name in FILES if (folder / name).is_file()), None)


def _read(file: Path) -> dict[str, Any]:
    text = _text_of(file)
    try:
        config = yaml.load(text, Loader=_Loader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        line, column, words = _explained(error, text)
        raise SettingsError(f"{file.name}:{line}:{column}: is not valid YAML: {words}") from error
    if not isinstance(config, dict):
        raise SettingsError(f"{file.name}:1:1: expected keys with values")
    return config


def _text_of(file: Path) -> str:
    try:
        return read_regular(file).decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{file.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file.name}: is not saved as UTF-8") from error


def _explained(error: Exception, text: str) -> tuple[int, int, str]:
    """Line and column of an error, counted from 1, and its words in one line."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        column = error.position - before.rfind("\n")
        return before.count("\n") + 1, column, f"the character #x{error.character:04x} is not allowed"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    words = " ".join(str(getattr(error, "problem", None) or error).split())
    return (mark.line + 1, mark.column + 1, words) if mark else (1, 1, words)


class _Loader(yaml.SafeLoader):
    """YAML loader that resolves MkDocs' own `!ENV` like MkDocs, and ignores other tags."""

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
