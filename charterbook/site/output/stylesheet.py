"""Combined stylesheet of the site: all of Material's, then Charterbook's.

A page loads one file instead of eight. No rule is removed from it: scripts of authors, plugins or Material can use
any of Material's classes. Pages without such additions get `small_stylesheet`. The rules of the dark scheme occur
twice: the second copy is for pages on which no script has chosen a scheme, yet or ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from charterbook.site.output.small_script import write_small_script
from charterbook.site.output.small_stylesheet import OF_OWN_PARTS, SMALL, without_parts

#: Path of the stylesheet that pages link, below the root of the site.
STYLESHEET = "assets/charterbook/style.css"

#: Material's stylesheets, in the order in which its pages load them.
_MATERIAL = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
_OWN = "assets/charterbook/*.css"
#: Stylesheets that only pages of changes and the form link: other pages are smaller without them.
OF_SOME_PAGES = frozenset({"compare.css", "propose-form.css"})

#: Charterbook's scripts; none has a string of several lines.
_SCRIPTS = "assets/charterbook/*.js"

#: Rules of the dark scheme, and the scheme in their selectors.
_DARK_RULE = re.compile(r"""\[data-md-color-scheme="?slate"?\][^{},]*\{[^{}]*\}""")
_DARK = re.compile(r"""\[data-md-color-scheme="?slate"?\]""")

#: Makes the page follow the system's colour scheme until a script removes this element.
_UNDECIDED = ':root:has(>head>meta[content="light dark"])'

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s*\n\s*")
#: Texts in quotes, and signs with the spaces around them. A space before a colon can mean a descendant.
_SPACES = re.compile(r"""("[^"]*"|'[^']*')|\s*([{},;])\s*|(:)\s+""")
#: Comments and indents of scripts.
_NOT_CODE = re.compile(r"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")


def combine(root: Path) -> None:
    """Write the combined stylesheet below the root of a site, and the small one for pages with few parts.

    Material's own stylesheets remain, for templates of the author that link them.
    """
    folder = (root / STYLESHEET).parent
    folder.mkdir(parents=True, exist_ok=True)
    combined = {Path(STYLESHEET).name, Path(SMALL).name}
    own = {path: _minified(path) for path in in_order(root.glob(_OWN)) if path.name not in combined}
    paths = [path for pattern in _MATERIAL for path in sorted(root.glob(pattern))]
    material = "".join(map(_without_source_map, paths))
    for path, text in own.items():
        _write(path, _with_dark(text) if path.name in OF_OWN_PARTS else text)
    own = {path: text for path, text in own.items() if path.name not in OF_SOME_PAGES}
    _write(root / STYLESHEET, _with_dark(material + "".join(own.values())))
    small = "".join(text for path, text in own.items() if path.name not in OF_OWN_PARTS)
    _write(root / SMALL, _with_dark(without_parts(material, "".join(own.values())) + small))
    for path in own:
        if path.name not in OF_OWN_PARTS:
            path.unlink()
    for path in sorted(root.glob(_SCRIPTS)):
        _write(path, _NOT_CODE.sub("", path.read_text(encoding="utf-8")))
    write_small_script(root)


def in_order(sheets: Iterable[Path]) -> list[Path]:
    """Charterbook's stylesheets in the order of their rules, the same for all pages: those of parts are last."""
    places = {name: place for place, name in enumerate(OF_OWN_PARTS, 1)}
    return sorted(sheets, key=lambda path: (places.get(path.name, 0), path.name))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _with_dark(text: str) -> str:
    return text + _dark_without_scripts(text) if _DARK_RULE.search(text) else text


def _dark_without_scripts(text: str) -> str:
    """The rules of the dark scheme for a system that prefers it, while the page sets no scheme."""
    rules = (_DARK.sub("[data-md-color-scheme]", rule) for rule in _DARK_RULE.findall(text))
    return f"\n@media screen and (prefers-color-scheme:dark){{{_UNDECIDED}{{{''.join(rules)}}}}}"


def _without_source_map(path: Path) -> str:
    """Material's stylesheet without the link to a source map, since the site does not have the map."""
    return _SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))


def _minified(path: Path) -> str:
    """A stylesheet of Charterbook's without comments and insignificant white space."""
    text = _LINE_BREAKS.sub(" ", _COMMENT.sub("", path.read_text(encoding="utf-8")))
    return _SPACES.sub(lambda found: found[found.lastindex or 0], text).strip()
