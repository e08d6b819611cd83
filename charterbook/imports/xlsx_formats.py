"""Signs in number formats: a percent sign, a currency symbol, or a month without its day."""

from __future__ import annotations

import re

from charterbook.imports.xlsx_package import STYLES, Package

#: Built-in formats with a sign: two with a percent sign, and `mmm-yy`. ECMA-376, part 1, 18.8.30.
_BUILT_IN = {9: "%", 10: "%", 17: "month"}
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_SIGN = re.compile("[$€£¥₽₴₸₹₺₩₪₫₱฿]|zł|kr|Kč|CHF|[A-Z]{3}(?![A-Za-z])")


def signs_of(package: Package) -> list[str]:
    """The sign of each cell style, by its number; empty for styles without one."""
    formats = dict(_BUILT_IN)
    found: list[str] = []
    within = [""]

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "numFmt":
            formats[_number(values.get("numFmtId"))] = sign_of(values.get("formatCode", ""))
        elif tag in ("cellXfs", "cellStyleXfs"):
            within[0] = tag
        elif tag == "xf" and within[0] == "cellXfs":
            found.append(formats.get(_number(values.get("numFmtId")), ""))

    if STYLES in package.names:
        package.parse(STYLES, start)
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else -1


def sign_of(code: str) -> str:
    """The sign in a number format; `month` for a date without its day."""
    positive = code.partition(";")[0]
    if named := _CURRENCY.search(positive):
        return named[1].strip()
    bare = _LITERAL.sub("", positive).casefold()
    if "%" in bare:
        return "%"
    if "m" in bare and "y" in bare and not set("dhs#0") & set(bare):
        return "month"
    sign = _SIGN.search(re.sub(r"\[[^\]]*\]", "", positive))
    return sign[0] if sign and "General" not in positive else ""
