"""Combined stylesheet of the site: all of Material's, then Charterbook's.

A page loads one file instead of eight. No rule is removed: scripts of authors, plugins or Material may
use any of Material's classes. The rules of the dark scheme are there twice: also for pages on which no script has chosen a
scheme yet, or ever will.
"""

from __future__ import annotations

import re
from pathlib import Path

#: Path of the stylesheet below the root of the site, which pages link.
STYLESHEET = "assets/charterbook/style.css"

#: Material's stylesheets, in the order in which its pages load them.
_MATERIAL = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
_OWN = "assets/charterbook/*.css"
#: Those that only the pages of changes and the form link: the others are lighter without them.
OF_SOME_PAGES = frozenset({"compare.css"})

#: Rules of the dark scheme, and the scheme in their selectors.
_DARK_RULE = re.compile(r"""\[data-md-color-scheme="?slate"?\][^{},]*\{[^{}]*\}""")
_DARK = re.compile(r"""\[data-md-color-scheme="?slate"?\]""")

#: The page follows the system until a script removes this element.
_UNDECIDED = ':root:has(>head>meta[content="light dark"])'

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")


def combine(root: Path) -> None:
    """Write the combined stylesheet below the root of a site.

    Material's own stylesheets remain, for templates of the author that link them.
    """
    own = [
        path for path in sorted(root.glob(_OWN)) if path.name not in {Path(STYLESHEET).name, *OF_SOME_PAGES}
    ]
    material = [path for pattern in _MATERIAL for path in sorted(root.glob(pattern))]
    text = "".join([*map(_without_source_map, material), *map(_minified, own)])
    text += _dark_without_scripts(text)
    for path in own:
        path.unlink()
    for path in (root / STYLESHEET).parent.glob("*.css"):
        path.write_text(_minified(path), encoding="utf-8", newline="\n")
    (root / STYLESHEET).parent.mkdir(parents=True, exist_ok=True)
    (root / STYLESHEET).write_text(text, encoding="utf-8", newline="\n")


def _dark_without_scripts(text: str) -> str:
    """The rules of the dark scheme for a system that prefers it, while the page says that it has no scheme of its own."""
    rules = (_DARK.sub("[data-md-color-scheme]", rule) for rule in _DARK_RULE.findall(text))
    return f"\n@media screen and (prefers-color-scheme:dark){{{_UNDECIDED}{{{''.join(rules)}}}}}"


def _without_source_map(path: Path) -> str:
    """Material's stylesheet without the link to a source map, which the site does not have."""
    return _SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))


def _minified(path: Path) -> str:
    """A stylesheet of Charterbook's without comments and indents."""
    return _LINE_BREAKS.sub("\n", _COMMENT.sub("", path.read_text(encoding="utf-8")))
