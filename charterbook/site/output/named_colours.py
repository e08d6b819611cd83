"""Readable shades of the colours that an author can choose by name (`theme.palette`), for links, focus and the header.

Material's own shades have a contrast of 1.4:1 to 7:1. These have the hue of the name, and at least 7:1 on each
background of a page. The header has the shade that is nearest to the chosen colour and has 7:1 with black or white
text. An author's stylesheet overrides all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from colorsys import hls_to_rgb

#: Material's rules for the shade of links, which the rules of this module replace.
_LINKS = re.compile(r"[^{}]*\[data-md-color-primary=[^{}]*\{--md-typeset-a-color:[^{};]*\}")
#: A rule with the colour of a name, as Material writes it.
_NAMED = re.compile(
    r"\[data-md-color-(primary|accent)=([a-z-]+)\]\{--md-(?:primary|accent)-fg-color:([^;]+);"
)
_HSL = re.compile(r"hsla?\((\d+), ?(\d+)%, ?(\d+)%")

#: Shade of links for names without a hue, as in Material.
_WITHOUT_HUE = "#4051b5"
_GREY = frozenset({"black", "white", "grey", "blue-grey"})
#: Names with which Material's text of the header is readable.
_FITTING = frozenset({"black", "white"})

#: The background on which texts are hardest to read, by scheme: see `test_palette.py`.
_HARDEST: Mapping[str, str] = {"default": "#e3f0f2", "slate": "#173640"}
_BLACK, _WHITE = "#000000", "#ffffff"

#: Contrast of texts (WCAG 1.4.6), and a little more for rounded shades.
_TEXT = 7.1

_STEPS = 100

#: Brightness up to which sRGB is linear.
_LINEAR = 0.04045

#: The search field is lighter than a bright header, and darker than others, also below the pointer. BRIGHT stands for the
#: names with black text, DARK for those with white text.
_SEARCH = (
    "@media screen and (min-width:60em){:is(BRIGHT) .md-search__form{background-color:#ffffff61}"
    ":is(DARK) .md-search__form:hover{background-color:#00000061}}"
)

#: Buttons have the shade of links, as Material's have for black and white. ALL stands for all names. The specificity is that of
#: Material's rules, so that the same rules of an author's stylesheet override them.
_BUTTONS = (
    ":where(ALL) .md-typeset .md-button:where(:not(:hover,:focus)){color:var(--md-typeset-a-color)}"
    ":where(ALL) .md-typeset .md-button--primary:where(:not(:hover,:focus)){background-color:var(--md-typeset-a-color);"
    "border-color:var(--md-typeset-a-color);color:var(--md-default-bg-color)}"
)


def with_readable_colours(palette: str) -> str:
    """Material's stylesheet of colours with readable shades of them."""
    named = _NAMED.findall(palette)
    if not named:
        return palette
    light = "".join(
        f"[data-md-color-{kind}={name}]{{{_in_light(kind, name, given)}}}" for kind, name, given in named
    )
    dark = "".join(
        f"[data-md-color-scheme=slate]:where([data-md-color-{kind}={name}]){{{_in_dark(kind, name, given)}}}"
        for kind, name, given in named
    )
    primary = {name: _hexadecimal(given) for kind, name, given in named if kind == "primary"}
    headers = {name: header_colours(colour) for name, colour in primary.items() if name not in _FITTING}
    search = _SEARCH.replace("BRIGHT", _any(name for name, (_, text) in headers.items() if text == _BLACK))
    search = search.replace("DARK", _any(name for name, (_, text) in headers.items() if text == _WHITE))
    controls = _BUTTONS.replace("ALL", _any(primary)) + search
    return f"{_LINKS.sub('', palette)}{light}@media screen{{{dark}}}{controls}"


def _any(names: Iterable[str]) -> str:
    return ",".join(f"[data-md-color-primary={name}]" for name in names)


def _in_light(kind: str, name: str, given: str) -> str:
    """Declarations for a name in the light scheme, and for its header in both."""
    colour = _hexadecimal(given)
    if kind == "accent":
        return _accent(readable(colour, "default"), "#fff")
    link = f"--md-typeset-a-color:{readable(_hue(name, colour), 'default')}"
    if name in _FITTING:
        return f"{link};--md-primary-bg-color--light:var(--md-primary-bg-color)"
    shade, text = header_colours(colour)
    return f"{link};--md-primary-fg-color:{shade};--md-primary-bg-color:{text};--md-primary-bg-color--light:{text}"


def header_colours(colour: str) -> tuple[str, str]:
    """The shade for a header that is nearest to a colour, and its text: black or white, whichever needs less of a change."""
    steps = {text: _steps(colour, towards, text) for text, towards in ((_WHITE, _BLACK), (_BLACK, _WHITE))}
    text = min(steps, key=steps.__getitem__)
    return _mixed(colour, _WHITE if text == _BLACK else _BLACK, steps[text] / _STEPS), text


def ink_on(colour: str) -> str:
    """Black or white, whichever has more contrast with a colour."""
    return max((_BLACK, _WHITE), key=lambda ink: contrast(ink, colour))


def _steps(colour: str, towards: str, other: str) -> int:
    """How many hundredths of a second colour give a colour enough contrast with another one."""
    return bisect_left(
        range(_STEPS + 1), _TEXT, key=lambda step: contrast(_mixed(colour, towards, step / _STEPS), other)
    )


def _in_dark(kind: str, name: str, given: str) -> str:
    """Declarations for a name in the dark scheme."""
    colour = _hexadecimal(given)
    if kind == "accent":
        return _accent(readable(colour, "slate"), "#000")
    return f"--md-typeset-a-color:{readable(_hue(name, colour), 'slate')}"


def _hue(name: str, colour: str) -> str:
    return _WITHOUT_HUE if name in _GREY else colour


def _accent(shade: str, ground: str) -> str:
    return f"--md-accent-fg-color:{shade};--md-accent-fg-color--transparent:{shade}1a;--md-accent-bg-color:{ground}"


def _hexadecimal(colour: str) -> str:
    """A colour of Material's stylesheet as #rrggbb."""
    found = _HSL.match(colour)
    if found is None:
        return colour if len(colour) == len(_BLACK) else "#" + "".join(digit * 2 for digit in colour[1:])
    hue, saturation, lightness = (int(part) for part in found.groups())
    red, green, blue = hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def readable(colour: str, scheme: str) -> str:
    """The shade of a colour that is nearest to it and readable on all backgrounds of a scheme; both as #rrggbb."""
    towards = _BLACK if scheme == "default" else _WHITE
    return _mixed(colour, towards, _steps(colour, towards, _HARDEST[scheme]) / _STEPS)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG defines it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _mixed(colour: str, towards: str, part: float) -> str:
    pairs = zip(_parts(colour), _parts(towards), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * part):02x}" for one, other in pairs)


def _luminance(colour: str) -> float:
    linear = (
        part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in _parts(colour))
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
