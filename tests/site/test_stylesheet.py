"""The one stylesheet of a site has every rule of Material's and of Charterbook's, in the order of a page that loads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.output.named_colours import with_readable_colours
from charterbook.site.output.small_script import SCRIPT
from charterbook.site.output.small_stylesheet import (
    COLOURS,
    OF_OWN_PARTS,
    SMALL,
    VARIABLES,
    sheets_for,
    variables_in,
    variables_of_parts,
    with_small,
    without_parts,
)
from charterbook.site.output.stylesheet import OF_SOME_PAGES, STYLESHEET, combine, in_order
from charterbook.site.pipeline.theme_config import THEME
from tests.site.handbooks import Built


def rules(text: str) -> list[str]:
    """Rules of a stylesheet without white space beside signs; `@charset` counts only in a first rule."""
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    lines = [re.sub(r"(/\*.*?\*/|\s)+", " ", node.serialize()) for node in nodes]
    written = [re.sub(r" ?([{},;]|:(?= )) ?", r"\1", line) for line in lines]
    return [rule for rule in written if not rule.startswith("@charset")]


def test_no_rule_is_left_out(quarters: Built) -> None:
    """Scripts of an author can put any of Material's classes on a page."""
    sheets = [
        *sorted(MATERIAL.glob("assets/stylesheets/*.css")),
        *(
            path
            for path in in_order(THEME.glob("assets/charterbook/*.css"))
            if path.name not in OF_SOME_PAGES
        ),
    ]
    assert len(sheets) >= 7
    texts = [sheet.read_text(encoding="utf-8") for sheet in sheets]
    expected = [rule for text in texts for rule in rules(with_readable_colours(text))]
    *found, dark = rules(
        next(quarters.site.glob("assets/charterbook.*/style.css")).read_text(encoding="utf-8")
    )
    assert found == expected
    assert dark.startswith("@media screen and (prefers-color-scheme:dark)")
    assert dark.count("[data-md-color-scheme]{color-scheme:dark") == 1


def declarations(nodes: Iterable[Any], condition: str = "") -> Iterator[tuple[str, str, str]]:
    """Condition, selector and property of each declaration, in order; `:is()` counts as each of its selectors."""
    for node in nodes:
        if node.type == "qualified-rule":
            names = {
                one.lower_name
                for one in tinycss2.parse_blocks_contents(node.content)
                if one.type == "declaration"
            }
            for selector in alternatives(tinycss2.serialize(node.prelude)):
                yield from ((condition, selector, name) for name in sorted(names))
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports", "container"):
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from declarations(inner, condition + tinycss2.serialize(node.prelude))


def alternatives(selector: str) -> list[str]:
    """The selectors of a list, without `:is()`."""
    found = []
    for one in re.split(r",(?![^()]*\))", selector):
        group = re.search(r":is\(([^()]*)\)", one)
        parts = group[1].split(",") if group else []
        found += [one.strip()] if group is None else []
        for part in parts:
            found += alternatives(one.replace(f":is({group[1]})" if group else "", part.strip(), 1))
    return found


def test_no_rule_undoes_one_with_a_condition() -> None:
    """Such as one for paper: the same selector without a condition does not come later."""
    sheets = in_order(THEME.glob("assets/charterbook/*.css"))
    text = "".join(path.read_text(encoding="utf-8") for path in sheets)
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    conditional: set[tuple[str, str]] = set()
    undone = []
    for condition, selector, name in declarations(nodes):
        if condition:
            conditional.add((selector, name))
        elif (selector, name) in conditional:
            undone.append(f"{selector}: {name}")
    assert len(conditional) > 100
    assert undone == []


def test_all_stylesheets_become_one(tmp_path: Path) -> None:
    """In the order in which a page would have loaded them; Material's stay for a template that links to them."""
    sheets = {
        "assets/stylesheets/main.1a.min.css": ".a{color:red}\n/*# sourceMappingURL=main.1a.min.css.map */",
        "assets/stylesheets/palette.2b.min.css": ".b{color:red}",
        "assets/charterbook/charterbook.css": '[data-md-color-scheme="slate"] i {\n  color: blue;\n}/* Why\n   so */\n.c {\n  color: red;\n}\n.d\n  .e::before { color: red; content: " , : " }',
    }
    for name, text in sheets.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    combine(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert left == {STYLESHEET, SMALL, VARIABLES, COLOURS, *list(sheets)[:2]}
    text = (tmp_path / STYLESHEET).read_text(encoding="utf-8")
    own, dark = text.split("@media")
    assert own.endswith("""i{color:blue;}.c{color:red;}.d .e::before{color:red;content:" , : "}\n""")
    assert own.startswith(".a{color:red}\n.b{color:red}")
    assert "[data-md-color-scheme] i{color:blue;}" in dark


def test_the_cache_makes_no_difference(tmp_path: Path) -> None:
    """Whether or not an asset has changed since."""
    cache = tmp_path / "cache"
    for number, added in enumerate(["", ".x { color: red }", ""]):
        roots = [tmp_path / f"{number}-{name}" for name in ("alone", "cached", "again")]
        for root, folder in zip(roots, (None, cache, cache), strict=True):
            _copy_assets(root, added)
            combine(root, folder)
        alone, *others = (contents(root) for root in roots)
        assert others == [alone, alone]
        assert ("x{color:red}" in alone[STYLESHEET]) == bool(added)
    assert len(list(cache.iterdir())) == 2


def _copy_assets(root: Path, added: str) -> None:
    for source, pattern in (
        (MATERIAL, "assets/stylesheets/*.css"),
        (THEME, "assets/charterbook/*"),
        (MATERIAL, SCRIPT),
    ):
        for path in source.glob(pattern):
            target = root / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            target.write_text(text + added * (path.name == "items.css"), encoding="utf-8")


def contents(root: Path) -> dict[str, str]:
    """The text of each file below a folder."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def selectors(text: str) -> list[str]:
    """Each selector of a stylesheet with its at-rules, in order."""
    found = []
    around: list[str] = []
    for before, brace in re.findall(r"([^{}]*)([{}])", text):
        if brace == "{":
            around.append(before.strip())
            if not before.startswith("@"):
                found += [" ".join([*around[:-1], one]) for one in re.split(r",(?![^()]*\))", before)]
        else:
            around.pop()
    return found


def test_small_stylesheet_lacks_only_rules_of_parts() -> None:
    """The remaining rules are in the same order; missing ones need a class, a colour or a direction of a part."""
    text = "".join(sheet.read_text("utf-8") for sheet in sorted(MATERIAL.glob("assets/stylesheets/*.css")))
    text = re.sub(r"/\*#.*?\*/", "", text).replace('@charset "UTF-8";', "")
    small, whole = selectors(without_parts(text, "")), selectors(text)
    assert len(small) > len(whole) / 3
    rest = iter(whole)
    assert all(one in rest for one in small)
    page = '<html class="no-js"><link rel="stylesheet" href="assets/charterbook.0123abcd/style.css">'
    kept = {*small, *selectors(variables_of_parts(text, ""))}
    for missing in (
        one for one in whole if one not in kept and not re.search(r"\[dir=rtl\]|-switching\]|::-ms-", one)
    ):
        names = " ".join(re.findall(r"\.([A-Za-z_][\w-]*)", missing))
        attributes = " ".join(re.findall(r"\[((?:data-md-color-(?:primary|accent)|role)=[\w-]+)\]", missing))
        needing = f'{page}<p class="{names}" {attributes}>'
        given = with_small(needing)
        assert given == needing or f"/{COLOURS.rpartition('/')[2]}" in given, missing


def test_every_variable_of_the_page_is_defined(tmp_path: Path) -> None:
    """A style of an author that uses one finds it, in one of the stylesheets that the page then links."""
    _copy_assets(tmp_path, "")
    combine(tmp_path)
    sheets = {Path(path).name: text for path, text in contents(tmp_path).items()}
    for name in sorted(root_variables(sheets[Path(STYLESHEET).name])):
        given = sheets_for("", variables_in(f"a {{ color: var( {name}, red) }}")) or ()
        assert any(name in root_variables(sheets[sheet]) for sheet in given), name
        if name not in root_variables(sheets[Path(SMALL).name]):
            assert sheets_for(f'<p style="color: var({name})">') == given
    assert sheets_for("", None) == tuple(Path(path).name for path in (SMALL, VARIABLES, *OF_OWN_PARTS))


def root_variables(text: str) -> set[str]:
    """The variables that any element of a page has."""
    found = re.findall(r"(?<![^{},])(?::root|html|body)(?:>\*)?(?:,[^{}]*)?\{([^{}]*)\}", text)
    return {name for block in found for name in re.findall(r"(--[\w-]+)\s*:", block)}


def test_material_adds_no_class_of_a_part_to_other_pages() -> None:
    """Its script names some of them: each for a part that is on the page before, or for a feature that has no small one."""
    script = next(MATERIAL.glob("assets/javascripts/bundle.*.js")).read_text(encoding="utf-8")
    made = set(re.findall(r'class:"([^"`]+)"|class:`([^`]+)`', script))
    names = {name for pair in made for text in pair for name in text.split() if re.fullmatch(r"[\w-]+", name)}
    page = '<link rel="stylesheet" href="assets/charterbook.0123abcd/style.css">'
    parts = {name for name in names if with_small(f'{page}<p class="{name}">') == f'{page}<p class="{name}">'}
    assert {name.split("__")[0] for name in parts} == MADE_OF_PARTS


#: Elements that Material's script makes for annotations, code, tabs, facts of a repository, and tooltips.
MADE_OF_PARTS = {
    "md-annotation",
    "md-code",
    "md-source",
    "md-tooltip",
    "md-tooltip--inline",
    "md-tooltip2",
    "mermaid",
    "tabbed-button",
}


def test_a_page_links_no_stylesheet_for_parts_that_its_parts_lack() -> None:
    """A rule for what has a certain element inside is of no use without that element, on screen and on paper."""
    page = (
        '<link rel="stylesheet" href="assets/charterbook.0/style.css"><p class="cb-table cb-stack cb-note">'
    )
    assert sheets_for(page) == ("small.css", "items.css")
    assert sheets_for(f'{page}<p class="cb-columns">') == ("small.css", "items.css", "charts.css")


def test_pages_with_other_parts_keep_the_whole_stylesheet() -> None:
    """Any class of Material's parts, or text from right to left. Other colours have a stylesheet of their own."""
    page = '<html dir="ltr"><link rel="stylesheet" href="../assets/charterbook.0123abcd/style.css"><p class="cb-note">'
    assert '<link rel="stylesheet" href="../assets/charterbook.0123abcd/small.css"><p' in with_small(page)
    for part in (
        '<div class="admonition note">',
        "<div class=highlight>",
        "<i class='x md-status'>",
        '<p dir="rtl">',
        '<th role="columnheader">',
        '<a data-md-component="source">',
        '<span class="twemoji">',
    ):
        assert with_small(page + part) == page + part
    for sheet, name in zip(OF_OWN_PARTS, ("cb-card", "cb-chart__key", "cb-health__word"), strict=True):
        assert f'href="../assets/charterbook.0123abcd/{sheet}"' in with_small(f'{page}<i class="{name}">')
