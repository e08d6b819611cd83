"""Extraction of Charterbook's messages from its sources, and update of the catalogs.

`python -m tests.catalogs` adds new messages to every catalog without a translation, keeps the ones in use
unchanged, and removes the others. tests/test_catalogs.py names what is missing then.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po

from charterbook.charter import LANGUAGES
from charterbook.charter.charter_schema import json_schema
from charterbook.i18n import DOMAIN

ROOT = Path(__file__).parents[1]

#: Languages that have a catalog: all but English, the language of the messages.
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")

_JINJA = {"newstyle_gettext": "true", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}

#: Occurs in every source with a message; other files need not be parsed.
_CALL = re.compile(r"\b(?:_|N_|\w*gettext)\(")


def _python(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterable[tuple[Any, ...]]:
    """Messages of a Python file, as Babel finds them."""
    if not _CALL.search(file.read().decode("utf-8")):
        return ()
    file.seek(0)
    return extract_python(file, keywords, comment_tags, options)


#: Sources of messages: a folder, and the extraction method of its files.
_SOURCES: tuple[tuple[str, list[tuple[str, Any]]], ...] = (
    ("charterbook", [("**.py", _python), ("**.html", "jinja2")]),
    ("docs", [("**.md", "jinja2")]),
)

_HEADER = """\
# Charterbook's own words: {name}. `make catalog` brings the messages up to date.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def catalog_path(language: str) -> Path:
    """Path of the catalog of a language."""
    return ROOT / "charterbook" / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def extracted() -> Catalog:
    """All messages of the sources, in the order of the files and of their lines."""
    found = Catalog(domain=DOMAIN)
    for place, message, comments, context in sorted(_messages(), key=lambda entry: entry[0]):
        found.add(message, locations=[place], auto_comments=comments, context=context)
    return found


def _messages() -> Iterator[tuple[tuple[str, int], str | tuple[str, ...], list[str], str | None]]:
    for folder, methods in _SOURCES:
        options = {pattern: _JINJA for pattern, method in methods if method == "jinja2"}
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder, methods, options, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            yield (f"{folder}/{Path(name).as_posix()}", line), message, comments, context
    for path in sorted((ROOT / "charterbook").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for line, found in in_format_strings(source) if _CALL.search(source) else ():
            yield (path.relative_to(ROOT).as_posix(), line), found, [], None
    for line, text in enumerate(_descriptions()):
        yield ("charterbook/charter.schema.json", line), text, [], None


def in_format_strings(source: str) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """Messages inside f-strings, with their lines. Babel does not find them before Python 3.12."""
    texts = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    for call in (node for text in texts for node in ast.walk(text) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        count = {"gettext": 1, "N_": 1, "ngettext": 2}.get(name, 0)
        found = [str(one.value) for one in call.args[:count] if isinstance(one, ast.Constant)]
        if found:
            yield call.lineno, found[0] if count == 1 else tuple(found)


def _descriptions() -> Iterator[str]:
    """Field descriptions of the JSON Schema, which the form for proposals shows translated."""
    schema = json_schema()
    for model in (schema, *schema["$defs"].values()):
        yield from (value["description"] for value in model["properties"].values())


def committed(language: str) -> Catalog:
    """Committed catalog of a language."""
    with catalog_path(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def messages(catalog: Catalog) -> dict[tuple[str | None, str], Message]:
    """A catalog's messages by context and msgid (the singular), without its header."""
    return {(message.context, singular(message)): message for message in catalog if message.id}


def singular(message: Message) -> str:
    """Msgid of a message."""
    return message.id if isinstance(message.id, str) else message.id[0]


def update(language: str) -> str:
    """Text of a language's catalog with the present messages of the sources."""
    known = messages(committed(language)) if catalog_path(language).is_file() else {}
    fresh = Catalog(locale=language, domain=DOMAIN)
    for key, message in messages(extracted()).items():
        kept = key in known and known[key].pluralizable == message.pluralizable
        fresh.add(
            message.id,
            known[key].string if kept else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return _header(fresh) + _body(fresh)


def _header(catalog: Catalog) -> str:
    assert catalog.locale is not None
    return _HEADER.format(
        name=catalog.locale.english_name, language=catalog.locale_identifier, plural=catalog.plural_forms
    )


def _body(catalog: Catalog) -> str:
    text = io.BytesIO()
    write_po(text, catalog, width=110, omit_header=True, include_lineno=False)
    return text.getvalue().decode().rstrip("\n") + "\n"


def main() -> None:
    """Bring every catalog up to date."""
    for language in TRANSLATED:
        path = catalog_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(update(language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
