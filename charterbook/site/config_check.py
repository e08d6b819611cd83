"""Checks of mkdocs.yml before a build."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from charterbook.config_locations import place_of_key
from charterbook.folders import resolved_path
from charterbook.frozen_dataclass import dataclass
from charterbook.site.mkdocs_compat.user_config import ValidationError, command_line, is_set, read_value
from charterbook.suggestions import closest

_ON_ERROR = re.compile(r"^[^#\n]*?\bon_error_fail:[ \t]*(!ENV[ \t]*(?:\[[^\]\n]*\]|[^\s#]+))", re.MULTILINE)
_INHERITS = re.compile(r"^INHERIT:[ \t]*[\"']?([^\"'#\n]+)", re.MULTILINE)

#: The plugin that pages need, as advice writes it.
ADD_MACROS = "`- macros: {modules: [charterbook.site.macros]}`"


def check(config: MkDocsConfig) -> None:
    """Raise PluginError with the missing lines if mkdocs.yml lacks what Charterbook needs."""
    if not config.config_file_path and sys.stdin is None:
        raise PluginError(
            "MkDocs does not say where mkdocs.yml is, because standard input is closed: add `< /dev/null`."
        )
    if not config.config_file_path:
        raise PluginError(
            "Charterbook needs a mkdocs.yml on disk: it looks for the charter next to that file."
        )
    if config.theme.name != "material":
        place = "--theme" if "theme" in command_line(config) else _key(config, "theme")
        raise PluginError(f"{place}: Charterbook's pages need `theme: {{name: material}}`.")
    names = list(config.plugins)
    place = _key(config, "plugins", "charterbook")
    if "macros" not in names:
        raise PluginError(
            f"{place}: add {ADD_MACROS} to plugins, after charterbook. If pages have "
            "double braces of their own, also set `render_by_default: false`."
        )
    if names.index("charterbook") > names.index("macros"):
        raise PluginError(f"{place}: list charterbook before macros under plugins.")
    _check_module(config)


def _check_module(config: MkDocsConfig) -> None:
    """Raise PluginError if the author's module of macros is missing."""
    macros = config.plugins["macros"].config
    if not is_set(macros, "module_name"):
        return
    file = Path(config.config_file_path)
    module = file.parent / str(macros["module_name"])
    if module.is_dir() or module.with_name(f"{module.name}.py").is_file():
        return
    keys = ("plugins", "macros", "module_name")
    others = sorted(path.stem for path in file.parent.glob("*.py"))
    remedy = closest(module.name, others) or (
        "without macros of your own, write `modules: [charterbook.site.macros]` instead"
    )
    raise PluginError(
        f"{_key(config, *keys)}: {': '.join(keys)}: there is no {module.name}.py in the folder of {file.name}; {remedy}"
    )


def _key(config: MkDocsConfig, *keys: str) -> str:
    """The place of a key of mkdocs.yml, or the name of the file."""
    file = Path(config.config_file_path)
    return str(place_of_key(file, keys) or file.name)


def set_defaults(config: MkDocsConfig) -> None:
    """Treat misspelled names in pages as errors, unless mkdocs.yml says otherwise."""
    macros = config.plugins["macros"].config
    if not is_set(macros, "on_undefined"):
        macros["on_undefined"] = "strict"


@dataclass(frozen=True)
class ErrorSetting:
    """An `on_error_fail` of mkdocs-macros that is set by an environment variable: its place, text and value."""

    place: str
    text: str
    value: Any

    @property
    def advice(self) -> str:
        """Advice for correcting the setting."""
        return (
            f"{self.place}: delete `on_error_fail: {self.text}`. It allows only true and false, which not every CI "
            "sets, and Charterbook ends a build anyway if a page has an error."
        )


def check_error_settings(config_file: str | None) -> None:
    """Raise ValidationError for a setting of older handbooks that mkdocs-macros refuses."""
    for setting in error_settings(config_file):
        if not isinstance(setting.value, bool | None):
            raise ValidationError(f"{setting.advice} Here it is {setting.value!r}.")


def error_settings(config_file: str | None) -> Iterator[ErrorSetting]:
    """All such settings of a mkdocs.yml and of the files that it inherits from."""
    seen: set[Path] = set()
    file = Path(config_file) if config_file else None
    while file is not None and file not in seen and file.is_file():
        seen.add(file)
        text = file.read_text(encoding="utf-8-sig", errors="replace")
        for found in _ON_ERROR.finditer(text):
            yield ErrorSetting(_place(file, text, found.start(1)), found[1], read_value(found[1]))
        parent = _INHERITS.search(text)
        file = resolved_path(file.parent / parent[1].strip()) if parent else None


def _place(file: Path, text: str, offset: int) -> str:
    before = text[:offset]
    return f"{file.name}:{before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}"
