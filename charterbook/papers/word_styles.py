"""The styles of a Word file: fonts and colours of headings, links, and two kinds of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from charterbook.papers.word_elements import CELL, FACTS, LINK, SMALL_CELL, TABLE, element

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_ACCENT, _TINT, _HAIRLINE, _QUIET = "303F9F", "E8EAF6", "C5CAE9", "5F6368"
#: A font that every system has, or a font of the same widths.
_FONT = "Arial"
#: Size, and space above, of headings, in half points and in twentieths of a point.
_HEADINGS = {1: (32, 400), 2: (25, 280), 3: (22, 220), 4: (21, 200), 5: (21, 200), 6: (21, 200)}
_LANGUAGES = {"en": "en-US", "ru": "ru-RU"}


def set_styles(file: WordFile, language: str) -> None:
    """Change the styles of a new file, and add styles of tables and links."""
    normal = file.styles["Normal"].element
    _set(normal, "rPr", _fonts(), *_size(20), element("lang", val=_LANGUAGES[language]))
    _set(normal, "pPr", element("spacing", before="0", after="120", line="264", lineRule="auto"))
    for level, (size, above) in _HEADINGS.items():
        _heading(file.styles[f"Heading {level}"].element, size, above)
    _set(file.styles["Title"].element, "rPr", _fonts(), element("b"), _colour(_ACCENT), *_size(52))
    _set(file.styles["Title"].element, "pPr", element("spacing", before="0", after="60"))
    _set(file.styles["Subtitle"].element, "rPr", _fonts(), _colour(_QUIET), *_size(26))
    caption = file.styles["Caption"].element
    _set(caption, "rPr", _fonts(), element("b"), *_size(21))
    _set(caption, "pPr", element("keepNext"), element("spacing", before="160", after="60"))
    spacer = file.styles["No Spacing"].element
    _set(spacer, "rPr", _fonts(), *_size(16))
    file.styles.element.extend(
        [
            _link_style(),
            _cell_style(CELL, "Charter Cell", 18),
            _cell_style(SMALL_CELL, "Charter Small Cell", 15),
            _table_style(TABLE, _table_parts()),
            _table_style(FACTS, []),
        ]
    )


def _heading(style: Any, size: int, above: int) -> None:
    _set(style, "rPr", _fonts(), element("b"), _colour(_ACCENT), *_size(size))
    outline = style.pPr.find(element("outlineLvl").tag)
    spacing = element("spacing", before=str(above), after="80")
    _set(style, "pPr", element("keepNext"), element("keepLines"), spacing, outline)


def _set(style: Any, part: str, *children: Any) -> None:
    """Replace the properties of a style."""
    found = style.get_or_add_rPr() if part == "rPr" else style.get_or_add_pPr()
    for child in list(found):
        found.remove(child)
    found.extend(children)


def _fonts() -> Any:
    return element("rFonts", ascii=_FONT, hAnsi=_FONT, cs=_FONT, eastAsia=_FONT)


def _size(half_points: int) -> tuple[Any, Any]:
    return element("sz", val=str(half_points)), element("szCs", val=str(half_points))


def _colour(value: str) -> Any:
    return element("color", val=value)


def _link_style() -> Any:
    looks = element("rPr", _colour(_ACCENT), element("u", val="single", color=_HAIRLINE))
    return _style("character", LINK, "Hyperlink", looks)


def _cell_style(id_: str, name: str, size: int) -> Any:
    spacing = element("pPr", element("spacing", before="0", after="0", line="240", lineRule="auto"))
    based = element("basedOn", val="Normal")
    return _style("paragraph", id_, name, spacing, element("rPr", *_size(size)), based=based)


def _style(kind: str, id_: str, name: str, *parts: Any, based: Any = None) -> Any:
    first = [
        element("name", val=name),
        *([based] if based is not None else []),
        element("uiPriority", val="99"),
    ]
    return element("style", *first, *parts, type=kind, styleId=id_)


def _table_style(id_: str, parts: list[Any]) -> Any:
    margins = element(
        "tblCellMar",
        *(
            element(side, w=width, type="dxa")
            for side, width in (("top", "40"), ("left", "85"), ("bottom", "40"), ("right", "85"))
        ),
    )
    name = {TABLE: "Charter Table", FACTS: "Charter Facts"}[id_]
    return _style(
        "table",
        id_,
        name,
        element("rPr", *_size(18)),
        element("tblPr", *parts[:1], margins),
        *parts[1:],
    )


def _table_parts() -> list[Any]:
    """The lines between rows, and the look of the first row."""
    lines = [
        element(side, val="single", sz="4", space="0", color=_HAIRLINE)
        for side in ("top", "bottom", "insideH")
    ]
    shade = element("tcPr", element("shd", val="clear", color="auto", fill=_TINT))
    first = element("tblStylePr", element("rPr", element("b"), _colour(_ACCENT)), shade, type="firstRow")
    return [element("tblBorders", *lines), first]
