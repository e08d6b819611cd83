"""Errors in an author's pages and Python files, as one line with the place in the author's file."""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import FrameType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from charterbook.errors import CharterbookError
from charterbook.folders import resolved_path
from charterbook.frozen_dataclass import dataclass
from charterbook.suggestions import closest

#: The file of a page in tracebacks of Jinja.
_TEMPLATE = "<template>"
#: Quotation marks of text processors.
_CURLY = re.compile("[\u2018-\u201f\u00ab\u00bb\u2039\u203a]")
#: The folder of Charterbook, and those of Python and its libraries: nothing there is an author's.
_OURS = resolved_path(__file__).parent.parent
_CALLS = _OURS / "site" / "mkdocs_compat" / "jinja_calls.py"  # calls macros in place of Jinja
_LIBRARIES = ("site-packages", "dist-packages")
#: The variables of pages with for_each, each with a value of that key.
_OF_FOR_EACH = {"item": "services", "older": "versions"}

#: Number of nested folders from which they can be the cause of too many nested calls, of which Python allows 1000.
_DEEP = 50


class PageError(CharterbookError):
    """A mistake in a page's call of a macro; the message has no place."""


@dataclass(frozen=True)
class PageSource:
    """The page that is rendered: its name in messages, its file in docs/ if any, and its Markdown without front matter."""

    name: str
    file: Path | None
    markdown: str

    def place(self, line: int, word: str = "") -> str:
        """The place in the file of a line (from 1) of the Markdown: with the column of a word, or of the first macro."""
        text = self.line(line)
        found = re.search(rf"\b{re.escape(word)}\b" if word else r"\{[{%#]", text)
        first = self._first_line()
        if first is None:
            return self.name
        return f"{self.name}:{first + line - 1}" + (f":{found.start() + 1}" if found else "")

    def place_of(self, word: str) -> str:
        """The place of the first line with a word."""
        lines = self.markdown.splitlines()
        return self.place(next((number for number, line in enumerate(lines, 1) if word in line), 1), word)

    def line(self, number: int) -> str:
        """A line of the Markdown, from 1."""
        lines = self.markdown.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _first_line(self) -> int | None:
        """The line of the file on which the Markdown begins, after the front matter; None if no file has it unchanged."""
        try:
            text = self.file.read_text(encoding="utf-8-sig", errors="replace") if self.file else ""
        except OSError:
            return None
        own = self.markdown.rstrip()
        return text[: text.rindex(own)].count("\n") + 1 if own and own in text else None


#: The source before any page is rendered.
NO_PAGE = PageSource("", None, "")


@dataclass(frozen=True)
class PageNames:
    """The names that pages can use, the attributes of some of them, and Charterbook's own names that are missing.

    `remedy` says how to get these.
    """

    known: Collection[str]
    attributes: Mapping[str, Collection[str]]
    lacking: Collection[str] = ()
    remedy: str = ""


def page_error(error: BaseException, page: PageSource, folder: Path, names: PageNames) -> str | None:
    """An error in a page's macros as one line; None for an error of a program."""
    if isinstance(error, TemplateSyntaxError):
        return f"{page.place(error.lineno)}: {_syntax_words(str(error.message), page.line(error.lineno))}"
    frames = list(_frames(error))
    line = next((number for name, number, _ in reversed(frames) if name == _TEMPLATE), None)
    if line is None:
        return None
    if isinstance(error, UndefinedError):
        return _undefined(error, page, line, names)
    author = _author_frame(frames, folder)
    if author:
        return f"{author}: {_words(error)}. {page.place(line)} calls this macro."
    words = _words_of_call(error, frames)
    return f"{page.place(line)}: {words}" if words else None


def _words_of_call(error: BaseException, frames: list[tuple[str, int, FrameType]]) -> str | None:
    """The message about an error in a call of a macro; None if Charterbook's own code has failed."""
    if isinstance(error, PageError):
        return str(error)
    if isinstance(error, TemplateNotFound):
        return f"there is no file {error.name!r} to include."
    calls = [Path(name) for name, _, _ in frames[_last_template(frames) + 1 :]]
    fails = any(path.is_relative_to(_OURS) and path != _CALLS for path in calls)
    return None if fails else f"{_words(error)}."


def depth_error(error: BaseException, docs: Path) -> str | None:
    """The message if folders are nested too deeply for MkDocs or the templates of the navigation; None for another error."""
    if not isinstance(error, RecursionError):
        return None
    deepest = max((Path(top).relative_to(docs).parts for top, _, _ in os.walk(docs)), key=len, default=())
    if len(deepest) < _DEEP:
        return None
    return f"docs/{deepest[0]}/… has {len(deepest)} folders in one another: navigations cannot be that deep."


def code_error(error: BaseException, folder: Path) -> str | None:
    """An error of an author's Python file as one line; None if none of an author's files has to do with it."""
    for one in _causes(error):
        if isinstance(one, SyntaxError) and _is_author(one.filename or "", folder):
            place = f"{_shown(one.filename or '', folder)}:{one.lineno or 1}:{one.offset or 1}"
            return f"{place}: this is not valid Python: {one.msg}."
        author = _author_frame(list(_frames(one)), folder)
        if author:
            return f"{author}: {_words(one)}."
    return None


def place_of_code(code: object, folder: Path) -> str:
    """The file and line of a function or class, relative to the handbook's folder if below it; its module without a file."""
    inner = inspect.unwrap(code) if callable(code) else code
    found = getattr(inner, "__code__", None)
    if found is None:
        return str(getattr(inner, "__module__", None) or type(inner).__name__)
    path = Path(found.co_filename)
    name = _shown(str(path), folder) if path.is_relative_to(folder) else str(path)
    return f"{name}:{found.co_firstlineno}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The errors behind an error, the first one first."""
    chain: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in chain:
        chain.append(found)
        found = found.__cause__ or found.__context__
    return reversed(chain)


def _undefined(error: UndefinedError, page: PageSource, line: int, names: PageNames) -> str:
    """The message about a name or an attribute that does not exist, with the nearest one that does."""
    words = str(error)
    if match := re.fullmatch("'(.+)' is undefined", words):
        name = match[1]
        place = page.place(line, name)
        if name in names.lacking:
            return f"{place}: there is no {name}: {names.remedy}"
        if name in _OF_FOR_EACH and name not in names.known:
            wanted = f"such as for_each: {_OF_FOR_EACH[name]}"
            return f"{place}: {name} exists only on pages with for_each in their front matter, {wanted}."
        return f"{place}: there is no macro or variable {name}; {closest(name, names.known)}"
    match = re.fullmatch("'(.+) object' has no attribute '(.+)'", words)
    if match is None:
        return f"{page.place(line)}: {words}."
    owner, name = match[1], match[2]
    place = page.place(line, name)
    if owner == "list":
        return f"{place}: a list has no {name}. Go through its entries: {{% for entry in … %}}."
    before = re.search(rf"(\w+)\.{re.escape(name)}\b", page.line(line))
    known = names.attributes.get(before[1], ()) if before else ()
    whole = f"{before[1]}.{name}" if before else name
    near = closest(name, known)
    return f"{place}: there is no {whole}{f'; {near}' if near else '.'}"


def _syntax_words(message: str, line: str) -> str:
    """The message about a line that Jinja cannot read."""
    if match := re.search(r"Unexpected end of template.*needs to be closed is '(\w+)'", message):
        return f"{{% {match[1]} … %}} is not closed. Add {{% end{match[1]} %}} after what belongs to it."
    if message.startswith("No filter named"):
        return f"{message.rstrip('.')}. Correct its name."
    if _CURLY.search(line):
        return f'{message}. Write straight quotation marks: "…".'
    return (
        f"{message.rstrip('.')}. Correct it, or put {{% raw %}} and {{% endraw %}} around text with braces."
    )


def _frames(error: BaseException) -> Iterator[tuple[str, int, FrameType]]:
    """File, line and frame of each call in an error's traceback, the innermost last."""
    step = error.__traceback__
    while step is not None:
        yield step.tb_frame.f_code.co_filename, step.tb_lineno, step.tb_frame
        step = step.tb_next


def _last_template(frames: list[tuple[str, int, FrameType]]) -> int:
    return max(index for index, (name, _, _) in enumerate(frames) if name == _TEMPLATE)


def _author_frame(frames: list[tuple[str, int, FrameType]], folder: Path) -> str | None:
    """The place of the innermost call in a file of the author's."""
    return next(
        (f"{_shown(name, folder)}:{line}" for name, line, _ in reversed(frames) if _is_author(name, folder)),
        None,
    )


def _is_author(name: str, folder: Path) -> bool:
    """Whether a file is in a handbook's folder, and of no library."""
    path = Path(name)
    if not path.is_absolute() or not path.is_relative_to(folder) or path.is_relative_to(_OURS):
        return False
    inside = path.relative_to(folder).parts
    return not any(part in _LIBRARIES for part in inside) and not path.is_relative_to(sys.prefix)


def _shown(name: str, folder: Path) -> str:
    return Path(name).relative_to(folder).as_posix()


def _words(error: BaseException) -> str:
    """The type and the text of an error in one line."""
    text = " ".join(str(error).split()).rstrip(".")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
