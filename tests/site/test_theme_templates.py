"""Parts of Material's templates that Charterbook's overrides lack."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase as fnmatch
from typing import Any

import pytest
from jinja2 import Environment, nodes

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.pipeline.theme_config import THEME

#: How our templates name Material's own.
PREFIX = "material/"

OURS = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html"))

#: Intended omissions, by template and part (a star means all), each with its reason.
LACKS = {
    ("404.html", "*"): "the page is made for the root of the site, where no version's templates are",
    ("base.html", "text: main.57a0d79d.min.css"): "its rules are in style.css",
    ("base.html", "text: palette.fb2fffe2.min.css"): "its rules are in style.css",
    ("partials/language.html", "*"): "charterbook_word asks Material's own template, for each word once",
}


def parse(text: str) -> nodes.Template:
    """A template as Jinja reads it."""
    return Environment(autoescape=False).parse(text)  # noqa: S701 (nothing is rendered)


def chain(node: nodes.Node) -> str | None:
    """The name of a value with its attributes: `config.theme.icon`, None without a name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = chain(node.node)
        return None if before is None else f"{before}.{node.attr}"
    return None


def files(tree: nodes.Node, *kinds: type[nodes.Stmt]) -> list[str]:
    """The names of the files that such statements take in, with a star if one is computed."""
    named: list[Any] = [node for kind in kinds for node in tree.find_all(kind)]
    return [str(node.template.value) if isinstance(node.template, nodes.Const) else "*" for node in named]


def parts(tree: nodes.Node) -> set[str]:
    """Includes, imports, blocks, macros, values, and texts of expressions that a template has."""
    found = {f"include: {name}" for name in files(tree, nodes.Include)}
    found |= {f"import: {name}" for name in files(tree, nodes.Import, nodes.FromImport)}
    found |= {f"block: {node.name}" for node in tree.find_all(nodes.Block)}
    found |= {f"macro: {node.name}" for node in tree.find_all(nodes.Macro)}
    found |= {f"value: {name}" for node in tree.find_all(nodes.Getattr) if (name := chain(node))}
    texts = (node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str))
    return found | {f"text: {text.rpartition('/')[2]}" for text in texts}


def taken_whole(tree: nodes.Node) -> set[str]:
    """The parts of Material that a template includes or imports."""
    names = files(tree, nodes.Include, nodes.Import, nodes.FromImport)
    return parts_of(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))


def parts_of(names: Iterable[str]) -> set[str]:
    """The parts of Material's own templates."""
    return {part for name in names for part in parts(parse((MATERIAL / name).read_text(encoding="utf-8")))}


def extended(tree: nodes.Template) -> set[str]:
    """The parts that a template preserves of the one that it extends: all but the blocks that it has without `super`."""
    (base,) = files(tree, nodes.Extends)
    original = parse((MATERIAL / base.removeprefix(PREFIX)).read_text(encoding="utf-8"))
    replaced = {block.name for block in tree.find_all(nodes.Block) if not asks_super(block)}
    for block in original.find_all(nodes.Block):
        if block.name in replaced:
            block.body = []
    return parts(original)


def asks_super(block: nodes.Block) -> bool:
    """Whether a block has that of Material in it."""
    return any(name.name == "super" for name in block.find_all(nodes.Name))


def lacking(name: str) -> set[str]:
    """Parts of Material's template that ours lacks."""
    ours = parse((THEME / name).read_text(encoding="utf-8"))
    kept = extended(ours) if ours.find(nodes.Extends) else set()
    return parts_of([name]) - parts(ours) - taken_whole(ours) - kept


@pytest.mark.parametrize("name", [name for name in OURS if (MATERIAL / name).exists()])
def test_a_template_has_all_parts_of_the_one_it_replaces(name: str) -> None:
    """A part that is new in Material, or missing in ours, is reported."""
    allowed = [part for template, part in LACKS if template == name]
    found = lacking(name)
    assert [part for part in found if not any(fnmatch(part, one) for one in allowed)] == []
    assert [one for one in allowed if not any(fnmatch(part, one) for part in found)] == []


def test_every_own_template_replaces_one_of_materials() -> None:
    """None has lost its original unseen."""
    assert [name for name in OURS if not (MATERIAL / name).exists()] == []
    assert "partials/content.html" in OURS


def test_a_missing_part_is_found() -> None:
    """With templates that once lacked parts."""
    content = parts(parse('{{ page.content }}{% include "partials/comments.html" %}'))
    assert {"include: partials/tags.html", "value: page.title"} <= parts_of(
        ["partials/content.html"]
    ) - content
