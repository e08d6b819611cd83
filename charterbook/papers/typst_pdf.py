"""A document as a tagged PDF (PDF/UA-1), made by Typst from one of the templates.

Nothing is read except the templates and fonts of this package, and no temporary file is written. The clock is
in no part of the result. The library is imported on use: it is an optional one.
"""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charterbook.errors import CharterbookError

if TYPE_CHECKING:
    from typst import Compiler

#: The date if no version gives one; it does not depend on the clock.
_EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)

#: Characters for which the fonts of this package and of Typst mostly have no glyph.
_WITHOUT_GLYPH = re.compile("[^\x20-\u052f\u2000-\u2bff\ufffd\n]")
_NO_GLYPH = "\N{WHITE SQUARE}"
#: Characters that a font can lack, without those that never have a glyph.
_RARE = re.compile(
    "[^\x00-\u024f\u0300-\u036f\u0400-\u052f\u2000-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufffd\U000e0000-\U000e0fff]"
)
#: Characters that modify the preceding one: accents, variation selectors, skin tones, tags.
_MARKS = "[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"

#: Typst's message about a text without glyphs. Its characters can be escaped.
_NOT_DISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
#: Number of missing characters; with more, all characters that most fonts lack are replaced.
_MOST_TRIES = 40

#: Receiver of the characters that no font has.
Report = Callable[[frozenset[str]], None]


def as_pdf(
    template: str,
    data: dict[str, Any],
    made: datetime.datetime | None = None,
    report: Report = lambda signs: None,
) -> bytes:
    """The PDF of a template with these data. Raises CharterbookError with the reason if Typst cannot make it.

    Characters that no font has are replaced by a sign, and reported.
    """
    given = _inputs(data)
    try:
        return _compile(template, given, made, is_own=True)
    except CharterbookError:
        return _with_other_fonts(template, given, made, report)


def page_count(template: str, data: dict[str, Any]) -> int:
    """The number of pages that a template says it has."""
    import typst

    given = _inputs(data)
    found = typst.query(
        selector="<pages>", field="value", one=True, sys_inputs=given, **_files(template, True)
    )
    return int(found)


def _inputs(data: dict[str, Any]) -> dict[str, str]:
    code = {"qr": qr_code(data["link"])} if data.get("link") else {}
    return {"data": json.dumps(data | code, ensure_ascii=False)}


def _with_other_fonts(
    template: str, given: dict[str, str], made: datetime.datetime | None, report: Report
) -> bytes:
    """The PDF with the fonts of this machine; a sign replaces a glyph that these lack as well."""
    missing = _missing_signs(_text(given))
    report(missing)
    try:
        return _compile(template, _without(given, missing), made, is_own=False)
    except CharterbookError:
        return _compile(
            template, _without(given, frozenset(_WITHOUT_GLYPH.findall(_text(given)))), made, is_own=True
        )


def _missing_signs(text: str) -> frozenset[str]:
    """The characters of a text that no font has. Typst names one at a time, so it gets a document of single ones."""
    rare = frozenset(_RARE.findall(text))
    missing: frozenset[str] = frozenset()
    for _ in range(_MOST_TRIES):
        try:
            _compile("signs", {"data": json.dumps({"signs": sorted(rare - missing)})}, None, is_own=False)
        except CharterbookError as error:
            found = _signs_in(str(error))
            if not found - missing:
                break
            missing |= found
        else:
            return missing
    return missing | rare & frozenset(_WITHOUT_GLYPH.findall(text))


def _text(given: dict[str, str]) -> str:
    return json.dumps(json.loads(given["data"]), ensure_ascii=False)


def _without(given: dict[str, str], missing: frozenset[str]) -> dict[str, str]:
    """The data with a sign for each of these characters, together with its marks, and for each joined sequence."""
    if not missing:
        return given
    one = f"[{re.escape(''.join(sorted(missing)))}]{_MARKS}*"
    return {"data": re.sub(rf"{one}(?:\u200d{one})*\u200d?", _NO_GLYPH, _text(given))}


def _signs_in(message: str) -> frozenset[str]:
    """The characters that Typst names in a message about missing glyphs."""
    texts = [
        _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _NOT_DISPLAYED.findall(message)
    ]
    return frozenset(sign for text in texts for sign in text if ord(sign) > ord("~"))


def _compile(template: str, given: dict[str, str], made: datetime.datetime | None, *, is_own: bool) -> bytes:
    from typst import TypstError

    try:
        found = _compiler(template, is_own).compile(
            format="pdf", sys_inputs=given, pdf_standards=["ua-1"], timestamp=made or _EPOCH
        )
    except TypstError as error:
        raise CharterbookError(f"the PDF cannot be made: {error}") from error
    assert isinstance(found, bytes)
    return found


@cache
def _compiler(template: str, is_own: bool) -> Compiler:
    """The compiler of a template; it keeps the fonts that it has read."""
    from typst import Compiler

    return Compiler(**_files(template, is_own))


def _files(template: str, is_own: bool) -> dict[str, Any]:
    """The only files that Typst reads."""
    folder = Path(str(resources.files("charterbook.papers")))
    return {
        "input": str(folder / "templates" / f"{template}.typ"),
        "root": str(folder / "templates"),
        "font_paths": [str(folder / "fonts")],
        "ignore_system_fonts": is_own,
    }


@cache
def qr_code(address: str) -> tuple[int, ...]:
    """The QR code of an address as the bytes of a PNG, embedded once for all pages of a PDF."""
    import segno

    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", border=0, scale=10, dark="#202124")
    return tuple(target.getvalue())
