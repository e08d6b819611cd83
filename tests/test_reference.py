"""guide/reference/ agrees with the program: it is generated, and committed."""

from __future__ import annotations

import re

import click
import pytest

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.cli import main
from charterbook.site.plugin_config import PluginConfig
from charterbook.site.render.renderer import block_names
from tests.reference import FOLDER, pages

PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_reference_is_up_to_date(name: str) -> None:
    """`make reference` writes it."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]


def test_every_key_of_every_part_is_listed() -> None:
    """Counted from the model, not from the schema behind the page."""
    waiting: list[type[Part]] = [Charter]
    seen: set[type[Part]] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for shape in shapes(model).values():
            assert f"| `{shape.key}`" in PAGES["charter.md"]
            waiting += [shape.part] if shape.part else []
    rows = len(re.findall(r"^\| `", PAGES["charter.md"], re.MULTILINE))
    assert rows == sum(len(shapes(model)) for model in seen)


def test_every_setting_command_and_macro_is_listed() -> None:
    """None is left out, and each has a meaning."""
    for name, _ in PluginConfig._schema:
        assert re.search(rf"^\| `{name}` \|.*\| \S.*\|$", PAGES["settings.md"], re.MULTILINE)
    for name in main.commands:
        assert f"\n## {name}\n" in PAGES["commands.md"]
    for name in block_names():
        assert re.search(rf"^\| `{name}\(\)` \| \S.*\|$", PAGES["macros.md"], re.MULTILINE)


def test_every_option_is_listed_with_its_choices() -> None:
    """In the section of its command."""
    for name, command in main.commands.items():
        said = PAGES["commands.md"].split(f"\n## {name}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            shown = parameter.opts if isinstance(parameter, click.Option) else [parameter.human_readable_name]
            assert [str(word) for word in shown if str(word) not in said] == []
            if isinstance(parameter.type, click.Choice):
                assert [choice for choice in parameter.type.choices if choice not in said] == []


def test_every_default_is_listed() -> None:
    """If a setting has one."""
    for name, option in PluginConfig._schema:
        (row,) = re.findall(rf"^\| `{name}` \|(.*)$", PAGES["settings.md"], re.MULTILINE)
        default = option.default
        if default not in (None, ""):
            assert (
                f"`{str(default).lower() if isinstance(default, bool) else default}`" in row.split(" | ")[1]
            )


def test_links_inside_the_reference_lead_to_headings() -> None:
    """Each kind of entry has its own heading."""
    text = PAGES["charter.md"]
    headings = {line[3:].lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")}
    assert set(re.findall(r"\(#([a-z-]+)\)", text)) <= headings
