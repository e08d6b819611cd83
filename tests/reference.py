"""Generate guide/reference/: every key of charter.yml, setting, command and macro, from the program itself.

`python -m tests.reference` writes the pages; tests/test_reference.py compares them with the generated ones.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import click

from charterbook.charter import SCHEMA
from charterbook.charter.charter_schema import json_schema
from charterbook.cli import main
from charterbook.identity import path_of
from charterbook.site import macros
from charterbook.site.plugin_config import PluginConfig
from charterbook.site.render.renderer import block_names

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "guide" / "reference"

_GENERATED = "<!-- Generated from the program by `make reference`; do not edit. -->\n"


def pages() -> dict[str, str]:
    """The reference pages by file name, as Markdown."""
    makers: Mapping[str, Callable[[], str]] = {
        "charter.md": charter_page,
        "commands.md": commands_page,
        "macros.md": macros_page,
        "settings.md": settings_page,
    }
    return {name: _GENERATED + make() for name, make in makers.items()}


def write() -> None:
    """Write all pages of the reference."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


def charter_page() -> str:
    """Every key of charter.yml: one table for the top level, then one for each kind of entry."""
    schema = json_schema()
    parts = [
        (
            f"# Keys of charter.yml\n\nFormat {SCHEMA}. Required keys are marked; everything else is optional. "
            "Your editor completes and explains the same keys from `charter.schema.json`.\n"
        ),
        "## Top level\n",
        _key_table(schema),
    ]
    for name in _reachable(schema):
        model = schema["$defs"][name]
        parts += [f"## {_spaced(name)}\n", model.get("description", "") + "\n", _key_table(model)]
    return "\n".join(parts)


def _reachable(schema: Mapping[str, Any]) -> list[str]:
    """The definitions in the order in which the keys of the file first use them."""
    found: dict[str, None] = {}
    waiting = [schema]
    while waiting:
        model = waiting.pop(0)
        for value in model["properties"].values():
            name = _definition(value)
            if name and name not in found:
                found[name] = None
                waiting.append(schema["$defs"][name])
    return list(found)


def _key_table(model: Mapping[str, Any]) -> str:
    required = set(model.get("required", ()))
    rows = [
        (f"`{key}`" + (" (required)" if key in required else ""), _type(value), value.get("description", ""))
        for key, value in model["properties"].items()
    ]
    return _table(("Key", "Value", "Meaning"), rows)


def _definition(value: Mapping[str, Any]) -> str | None:
    """The name of the definition that a property, or the entries of a list, refer to."""
    holder = value.get("items", value)
    parts = [holder, *holder.get("allOf", ()), *holder.get("oneOf", ())]
    reference = next((part["$ref"] for part in parts if "$ref" in part), None)
    return reference.rpartition("/")[2] if reference else None


def _type(value: Mapping[str, Any]) -> str:
    """Description of a value: its type, choices, limits and default."""
    if value.get("type") == "array":
        return f"list of {_plural(_single(value['items']))}"
    default = f"; default `{_code(value['default'])}`" if "default" in value else ""
    return _single(value) + default


def _single(value: Mapping[str, Any]) -> str:
    if "oneOf" in value:
        return " or ".join(_single(choice) for choice in value["oneOf"])
    name = _definition(value)
    if name:
        return f"[{_spaced(name).lower()}](#{_spaced(name).lower().replace(' ', '-')})"
    if value.get("x-refers-to"):
        return "id from " + " or ".join(f"`{'.'.join(path_of(kind))}`" for kind in value["x-refers-to"])
    if "enum" in value:
        return "one of " + ", ".join(f"`{choice}`" for choice in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    return _plain_type(value) + _limits(value)


def _plain_type(value: Mapping[str, Any]) -> str:
    if value.get("format") == "date":
        return "day (YYYY-MM-DD)"
    kinds = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}
    return kinds.get(value.get("type", ""), "value")


def _limits(value: Mapping[str, Any]) -> str:
    words = {
        "minimum": "at least {}",
        "exclusiveMinimum": "above {}",
        "maximum": "at most {}",
        "exclusiveMaximum": "below {}",
    }
    found = [text.format(_code(value[key])) for key, text in words.items() if key in value]
    return f", {' and '.join(found)}" if found else ""


def _plural(text: str) -> str:
    words = {"text": "texts", "number": "numbers", "whole number": "whole numbers"}
    return words.get(text, re.sub(r"^id from", "ids from", text))


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _spaced(name: str) -> str:
    """A class name as words: `ServiceLevel` is `Service level`."""
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: " " + found[1].lower(), name)


def settings_page() -> str:
    """Every setting under `plugins: - charterbook:` in mkdocs.yml."""
    meanings = _below_options(PluginConfig)
    rows = [
        (f"`{name}`", _option_type(option), _default(option.default), meanings[name])
        for name, option in PluginConfig._schema
    ]
    return (
        "# Settings in mkdocs.yml\n\nThey go under `plugins: - charterbook:`. All of them are optional.\n\n"
        + _table(("Setting", "Value", "Default", "Meaning"), rows)
    )


def _below_options(config: type) -> dict[str, str]:
    """The text below each option of a configuration class, by the option's name."""
    (source,) = ast.parse(inspect.getsource(config)).body
    assert isinstance(source, ast.ClassDef)
    found: dict[str, str] = {}
    name = ""
    for node in source.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            found[name] = " ".join(inspect.cleandoc(str(node.value.value)).split())
    return found


def _option_type(option: Any) -> str:
    inner = getattr(option, "option", option)
    choices = getattr(inner, "choices", None)
    if choices:
        return "one of " + ", ".join(f"`{choice}`" for choice in choices)
    kinds = {str: "text", bool: "true or false", dict: "keys with values", int: "whole number"}
    return kinds.get(getattr(inner, "_type", str), "text")


def _default(value: Any) -> str:
    return "–" if value in (None, "") else f"`{_code(value)}`"


def commands_page() -> str:
    """Every command of `charterbook` with its arguments and options."""
    parts = [
        (
            "# Commands\n\nEvery command has `--help`. Exit codes: 0 success, 1 a problem or a difference was found, "
            "2 the command could not do its work.\n"
        )
    ]
    program = click.Context(main, info_name="charterbook", **main.context_settings)
    for name, command in sorted(main.commands.items()):
        context = click.Context(command, parent=program, info_name=name)
        usage = f"charterbook {name} {' '.join(command.collect_usage_pieces(context))}"
        parts += [f"## {name}\n", _help(command), f"```text\n{usage}\n```\n"]
        rows = list(_option_rows(command, context))
        parts += [_table(("Option", "Meaning"), rows)] if rows else []
    return "\n".join(parts)


def _help(command: click.Command) -> str:
    paragraphs = inspect.cleandoc(command.help or "").replace("\b", "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs) + "\n"


def _option_rows(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and "--help" not in record[0]:
            yield f"`{record[0].replace('|', ', ')}`", record[1]


def macros_page() -> str:
    """Every macro that a page of docs/ can call."""
    rows = [(f"`{name}()`", _macro_meaning(name)) for name in block_names()]
    return (
        "# Macros for pages in docs/\n\n"
        "Each is called as `{{ name() }}` and writes one part of a page from the charter.\n\n"
        + _table(("Macro", "Writes"), rows)
        + "\nValues and helpers:\n\n"
        + _table(("Name", "Gives"), macros.HELPERS.items())
    )


def _macro_meaning(name: str) -> str:
    """The comment in the first line of a macro's template."""
    folder = resources.files("charterbook.site") / "templates" / "blocks"
    text = (folder / f"{name}.html").read_text(encoding="utf-8")
    found = re.match(r"\{#-? (.*?) -?#\}", text, re.DOTALL)
    assert found, f"templates/blocks/{name}.html begins with no comment that says what the macro writes"
    return " ".join(found[1].split())


def _table(head: tuple[str, ...], rows: Any) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    write()
