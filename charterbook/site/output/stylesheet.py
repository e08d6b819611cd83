"""Combined stylesheet of the site: all of Material's, then Charterbook's.

A page loads one file instead of eight. No rule is removed from it: scripts of authors, plugins or Material can use
any of Material's classes. Pages without such additions get `small_stylesheet`. The rules of the dark scheme occur
twice: the second copy is for pages on which no script has chosen a scheme, yet or ever.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from charterbook.file_store import Store
from charterbook.folders import code_folders
from charterbook.program_hash import program
from charterbook.program_store import stored
from charterbook.site.output.named_colours import with_readable_colours
from charterbook.site.output.small_script import BEFORE, SCRIPT, SMALL_SCRIPT, small_script
from charterbook.site.output.small_stylesheet import (
    COLOURS,
    OF_OTHER_PARTS,
    OF_OWN_PARTS,
    SMALL,
    VARIABLES,
    of_named_colours,
    variables_of_parts,
    without_parts,
)

#: Path of the stylesheet that pages link, below the root of the site.
STYLESHEET = "assets/charterbook/style.css"

#: Material's stylesheets, in the order in which its pages load them.
_PALETTE = "assets/stylesheets/palette.*.min.css"
_MATERIAL = ("assets/stylesheets/main.*.min.css", _PALETTE)
_OWN = "assets/charterbook/*.css"
#: Stylesheets that only pages of changes and the form link: other pages are smaller without them.
OF_SOME_PAGES = frozenset({"compare.css", "propose-form.css"})

#: Charterbook's scripts; none has a string of several lines.
_SCRIPTS = "assets/charterbook/*.js"

#: Code that determines the finished files.
CODE = (
    "site/output/stylesheet.py",
    "site/output/small_stylesheet.py",
    "site/output/small_script.py",
    "site/output/named_colours.py",
)

#: Files that the theme does not have.
_FINISHED = frozenset({STYLESHEET, SMALL, VARIABLES, COLOURS, SMALL_SCRIPT})

#: Cache entries that were not used for this many days are removed.
_KEEP_DAYS = 30

#: Rules of the dark scheme, and the scheme in their selectors.
_DARK_RULE = re.compile(r"""\[data-md-color-scheme="?slate"?\][^{},]*\{[^{}]*\}""")
_DARK = re.compile(r"""\[data-md-color-scheme="?slate"?\]""")

#: Makes the page follow the system's colour scheme until a script removes this element.
_UNDECIDED = ':root:has(>head>meta[content="light dark"])'

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s*\n\s*")
#: Texts in quotes, and signs with the spaces around them. A space before a colon can mean a descendant.
_SPACES = re.compile(r"""("[^"]*"|'[^']*')|\s*([{},;])\s*|(:)\s+""")
#: Comments, empty lines and indents of scripts.
_NOT_CODE = re.compile(r"^[ \t]*(?://.*)?\n|^[ \t]+", re.MULTILINE)
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")


def combine(root: Path, cache: Path | None = None, assets: Mapping[str, Path] | None = None) -> None:
    """Write the combined stylesheet below the root of a site, and the small one for pages with few parts.

    Scripts are replaced by smaller ones. Results are cached in the folder `cache`, or beside the program if `assets`,
    the sources of the files below `root`, are all of installed packages. Material's own stylesheets remain, for
    templates of the author that link them.
    """
    sources = _sources(root)
    is_installed = all(str((assets or {}).get(path, "")).startswith(code_folders()) for path in sources)
    finished = _cached(sources, cache, is_installed=is_installed)
    for path, text in finished.items():
        _write(root / path, text)
    for path in sources.keys() - finished.keys():
        if _is(path, _OWN):
            (root / path).unlink()


def _sources(root: Path) -> dict[str, str]:
    """The theme's stylesheets and scripts that are combined or made smaller, by path below the root of a site."""
    patterns = (*_MATERIAL, _OWN, _SCRIPTS, SCRIPT)
    paths = (path.relative_to(root).as_posix() for pattern in patterns for path in sorted(root.glob(pattern)))
    return {path: (root / path).read_text(encoding="utf-8") for path in paths if path not in _FINISHED}


def _cached(sources: Mapping[str, str], cache: Path | None, *, is_installed: bool) -> Mapping[str, str]:
    """The finished files by path, from a cache if nothing changed."""
    key = hashlib.blake2b(json.dumps([program(*CODE), sources]).encode(), digest_size=16).hexdigest()

    def make() -> bytes:
        return json.dumps(_finished(sources)).encode()

    def make_cached() -> bytes:
        return make() if cache is None else Store(cache).cached(key, make, _KEEP_DAYS)

    found = stored(Path(__file__).parent, key, ".styles", make_cached) if is_installed else make_cached()
    known = {*sources, *_FINISHED}
    return {path: str(text) for path, text in json.loads(found).items() if path in known}


def _finished(sources: Mapping[str, str]) -> dict[str, str]:
    """The finished files by path, from the theme's."""
    material = "".join(_material(path, text) for path, text in sources.items() if _is(path, *_MATERIAL))
    own = {Path(path): _minified(text) for path, text in sources.items() if _is(path, _OWN)}
    own = {path: own[path] for path in in_order(own)}
    on_all = [text for path, text in own.items() if path.name not in OF_SOME_PAGES]
    beside_small = {*OF_SOME_PAGES, *OF_OWN_PARTS, OF_OTHER_PARTS}
    small = [text for path, text in own.items() if path.name not in beside_small]
    finished = {
        path.as_posix(): _with_dark(text) if path.name in OF_OWN_PARTS else text
        for path, text in own.items()
        if path.name in {*OF_SOME_PAGES, *OF_OWN_PARTS}
    }
    finished[STYLESHEET] = _with_dark(material + "".join(on_all))
    finished[SMALL] = _with_dark(without_parts(material, "".join(on_all)) + "".join(small))
    finished[VARIABLES] = _with_dark(variables_of_parts(material, "".join(on_all)))
    finished[COLOURS] = _with_dark(of_named_colours(material))
    finished |= {path: _NOT_CODE.sub("", text) for path, text in sources.items() if _is(path, _SCRIPTS)}
    if SCRIPT in sources:
        finished[SMALL_SCRIPT] = finished.get(BEFORE, "") + small_script(sources[SCRIPT])
    return finished


def _is(path: str, *patterns: str) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def in_order(sheets: Iterable[Path]) -> list[Path]:
    """Charterbook's stylesheets in the order of their rules, the same for all pages: those of parts are last."""
    places = {name: place for place, name in enumerate(OF_OWN_PARTS, 1)}
    return sorted(sheets, key=lambda path: (places.get(path.name, 0), path.name))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _with_dark(text: str) -> str:
    return text + _dark_without_scripts(text) if _DARK_RULE.search(text) else text


def _dark_without_scripts(text: str) -> str:
    """The rules of the dark scheme for a system that prefers it, while the page sets no scheme."""
    rules = (_DARK.sub("[data-md-color-scheme]", rule) for rule in _DARK_RULE.findall(text))
    return f"\n@media screen and (prefers-color-scheme:dark){{{_UNDECIDED}{{{''.join(rules)}}}}}"


def _material(path: str, text: str) -> str:
    """A stylesheet of Material's with readable colours, without the link to a source map: the site does not have the map."""
    text = _SOURCE_MAP.sub("", text)
    return with_readable_colours(text) if _is(path, _PALETTE) else text


def _minified(text: str) -> str:
    """A stylesheet of Charterbook's without comments and insignificant white space."""
    text = _LINE_BREAKS.sub(" ", _COMMENT.sub("", text))
    return _SPACES.sub(lambda found: found[found.lastindex or 0], text).strip()
