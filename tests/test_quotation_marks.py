"""Quotation marks of Charterbook's own words: those of the language, except around what is typed into a file as it stands."""

from __future__ import annotations

from collections.abc import Collection

from babel.messages.pofile import read_po

from tests.catalogs import ROOT

#: Messages about the text of a file, which quote it as written, and commands.
_OF_FILES = ("charterbook/load/", "charterbook/imports/")


def test_findings_pages_and_feeds_have_curly_quotation_marks() -> None:
    """If a translation has the marks of its language, the English message has its own."""
    with (ROOT / "charterbook/locale/ru/LC_MESSAGES/charterbook.po").open("rb") as file:
        catalog = read_po(file)
    found = [
        message.id
        for message in catalog
        if not any(place.startswith(_OF_FILES) for place, _ in message.locations)
        and any('"' in text and "href=" not in text for text in _forms(message.id))
        and any("«" in text for text in _forms(message.string))
    ]
    assert found == []


def _forms(text: str | Collection[str] | None) -> Collection[str]:
    """The plural forms of a message, or its only one."""
    return [text] if isinstance(text, str) else text or ()
