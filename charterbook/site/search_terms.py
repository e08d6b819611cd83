"""Search terms of a version: other names of its pages and items, synonyms, and words without a meaning.

They are added to the configuration in Material's search index. Charterbook's search worker wraps Material's: it
indexes the names, adds synonyms to queries, and ranks the results.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from charterbook.charter import ITEM_LISTS, Item, Service
from charterbook.compare import section_title
from charterbook.i18n import N_, Translator, translator
from charterbook.site.edition import Edition
from charterbook.site.list_format import FORMAT
from charterbook.site.render.views.comparison_pages import comparison_folder
from charterbook.site.search_cues import CUES
from charterbook.site.search_synonyms import SYNONYMS
from charterbook.site.search_vocabulary import (
    COMPARING,
    IGNORED,
    INTENTS,
    NUMBERS,
    PAGE_PHRASES,
    QUARTERS,
    SECTION_PHRASES,
)

#: The index of Material's search within a version, and how it begins.
INDEX = Path("search", "search_index.json")
_BEGIN = '{"config":{'

#: Targets of a page's phrases, and of the questions that it answers, in a version without the page.
_INSTEAD = {"promises/": ("intake", "services")}
_ANSWERED = {"promises/": ("services", "intake")}

#: The page with all versions, and that of the changes since the previous one.
HISTORY = "history/"
CHANGES = "changes/"

#: Pages that repeat what other pages say: they come after others.
LAST = (HISTORY, "compare/", CHANGES, "health/", "propose/", "pre-read/", "sponsor/")

#: Sections with items about the subjects of other pages: those pages come first. The same applies to priorities.
_MINOR = ("roadmap", "risks", "decisions", "glossary", "objectives", "review")

#: Sections to offer if nothing is found.
_OFTEN_SOUGHT = ("services", "intake", "audiences", "glossary")

#: When something was true that the shown version does not say.
RANGES = {
    "one": N_("in {last}"),
    "some": N_("from {first} to {last}"),
    "older": N_("in {last} and older"),
    "newer": N_("in {first} and newer"),
}

#: Kinds of items with names that people shorten.
_NAMED = frozenset({"services", "audiences", "metrics", "roles", "partners", "platforms", "sections"})
_WORD = re.compile(r"\w+")
#: How many words an English term has at most.
_TERM = 3
#: How many words a name has that people shorten. In Russian, two initials usually mean something else: "КП" a proposal.
_SHORTENED = range(2, 6)


def add_search_terms(folder: Path, edition: Edition, moved: Mapping[str, str]) -> None:
    """Add the search terms of a version to its search index, if it has one. `moved` is as in PageRenderer."""
    file = folder / INDEX
    if not file.is_file():
        return
    text = file.read_text(encoding="utf-8")
    if text.startswith(_BEGIN):
        terms = json.dumps(
            _published(search_terms(edition), moved), ensure_ascii=False, separators=(",", ":")
        )
        file.write_text(f'{_BEGIN}"charterbook":{terms},{text[len(_BEGIN) :]}', encoding="utf-8")


def _published(terms: dict[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    """The terms with the addresses at which plugins publish pages."""
    if not moved:
        return terms

    def there(address: str) -> str:
        path, mark, anchor = address.partition("#")
        return f"{moved.get(path, path)}{mark}{anchor}"

    lists = {name: [*map(there, terms[name])] for name in ("general", "last", "minor", "reasons")}
    names = {there(address): phrases for address, phrases in terms["names"].items()}
    intents = [[phrases, [*map(there, addresses)]] for phrases, addresses in terms["intents"]]
    cues = [[there(address), *words] for address, *words in terms["cues"]]
    pages = {there(address): title for address, title in terms["nothing"]["pages"].items()}
    nothing = terms["nothing"] | {"pages": pages}
    return terms | lists | {"names": names, "intents": intents, "cues": cues, "nothing": nothing}


def search_terms(edition: Edition) -> dict[str, Any]:
    """The names of pages and items by address, the pages of no item, those that come later or last, and the vocabulary."""
    t = translator(edition.charter.language)
    names: dict[str, list[str]] = {}
    of_pages, of_items = list(_page_names(edition, t)), list(_item_names(edition))
    for address, phrases in [*of_pages, *of_items, *_version_names(edition), *_removed_names(edition)]:
        names.setdefault(address, []).extend(phrases)
    general = sorted({address for address, _ in of_pages} - {address for address, _ in of_items})
    return {
        "format": FORMAT,
        "version": edition.name,
        "nothing": {
            "advice": t.gettext("Check the spelling, or use fewer or more general words."),
            "see": t.gettext("Or go to:"),
            "pages": dict(_often_sought(edition, t)),
        },
        "ranges": {name: t.gettext(text) for name, text in RANGES.items()},
        "names": {**names, **{address: _joined(names[address]) for address in general}},
        "general": general,
        "last": [address for address in LAST if address in edition.pages.urls],
        "minor": [
            *_present(*map(edition.pages.section_url, _MINOR)),
            *(f"{address}#priorities" for address in _present(edition.pages.section_url("intake"))),
        ],
        "reasons": [
            *_present(edition.pages.section_url("decisions")),
            *(address for address in (HISTORY,) if address in edition.pages.urls),
        ],
        "intents": [[_split(t.gettext(INTENTS[name])), _pages(edition, name, _ANSWERED)] for name in INTENTS],
        "cues": [*_cues(edition, t.gettext(CUES))],
        "synonyms": _synonyms(t.gettext(SYNONYMS)),
        "ignored": t.gettext(IGNORED),
        "numbers": t.gettext(NUMBERS),
        "quarters": t.gettext(QUARTERS).split("\n"),
        "comparing": {name: t.gettext(words) for name, words in COMPARING.items()},
        "comparisons": _comparisons(edition, t),
    }


def _comparisons(edition: Edition, t: Translator) -> dict[str, str] | None:
    """Where the changes since the previous version are, and those since others, with their title; None if nowhere."""
    folder = comparison_folder(edition)
    if folder is None:
        return None
    title = t.gettext("What changed from %(old)s to %(new)s") % {"old": "{old}", "new": "{new}"}
    return {"changes": CHANGES, "compare": folder, "title": title}


def _often_sought(edition: Edition, t: Translator) -> Iterator[tuple[str, str]]:
    """Address and title of the pages to offer if nothing is found."""
    for section in _OFTEN_SOUGHT:
        yield from (
            (address, section_title(section, t)) for address in _present(edition.pages.section_url(section))
        )


def _cues(edition: Edition, lines: str) -> Iterator[list[str]]:
    """For the address of a section or page: words that speak for it, or against it, by weight; then for its items."""
    words = dict(line.split(": ", 1) for line in lines.splitlines())
    for name in dict.fromkeys(name.removesuffix("/*") for name in words):
        for address in _pages(edition, name, {}):
            yield [address, words.get(name, ""), words.get(f"{name}/*", "")]


@cache
def _split(phrases: str) -> Sequence[str]:
    """The phrases of a list; cached, since all versions have the same vocabulary."""
    return [phrase.strip() for phrase in phrases.split(",")]


@cache
def _synonyms(lines: str) -> Sequence[str]:
    return [_joined(_split(line)) for line in lines.splitlines()]


def _joined(phrases: Iterable[str]) -> str:
    """Phrases as one text, separated by commas: as a list they take a fifth more of the index."""
    return ",".join(phrase.replace(",", " ") for phrase in phrases)


@cache
def _in_both(phrases: str, english: str) -> Sequence[str]:
    """Phrases in the language of a charter, and English terms, because they are used in all languages.

    Whole questions are not: in a Russian handbook they would take an eighth of the index, and nobody asks them.
    """
    return list(dict.fromkeys([*_split(phrases), *filter(_is_term, _split(english))]))


def _is_term(phrase: str) -> bool:
    return len(_WORD.findall(phrase)) <= _TERM


def _page_names(edition: Edition, t: Translator) -> Iterator[tuple[str, Sequence[str]]]:
    pages = edition.pages
    for section, phrases in SECTION_PHRASES.items():
        yield from (
            (address, _in_both(t.gettext(phrases), phrases))
            for address in _present(pages.section_url(section))
        )
    body = edition.charter.review.body if edition.charter.review else None
    yield from ((address, [body]) for address in _present(pages.section_url("review")) if body)
    for page, phrases in PAGE_PHRASES.items():
        yield from ((address, _in_both(t.gettext(phrases), phrases)) for address in _pages(edition, page))


def _pages(
    edition: Edition, name: str, instead: Mapping[str, Sequence[str]] = MappingProxyType(_INSTEAD)
) -> list[str]:
    """Address of the page of a section or of a page of docs/, or of what replaces it, if any."""
    pages = edition.pages
    if name in pages.urls:
        return [name]
    return _present(*map(pages.section_url, instead.get(name, (name,))))[:1]


def _present(*addresses: str | None) -> list[str]:
    return [address for address in addresses if address is not None]


def _item_names(edition: Edition) -> Iterator[tuple[str, Sequence[str]]]:
    for kind in ITEM_LISTS:
        for item in edition.charter.items(kind):
            address = edition.pages.item_url(kind, item.id)
            if address is not None:
                names = [*([item.label] if "#" in address else []), *_names(kind, item)]
                yield address, list(dict.fromkeys(names))


def _version_names(edition: Edition) -> Iterator[tuple[str, Sequence[str]]]:
    """Names of this version and earlier ones, in the table of the history."""
    if HISTORY in edition.pages.urls:
        yield from ((f"{HISTORY}#version-{past.name}", [past.name]) for past in (*edition.past, edition.own))


def _removed_names(edition: Edition) -> Iterator[tuple[str, Sequence[str]]]:
    """Names of services, audiences and other items that the previous version had: the changes say that they are gone."""
    before = edition.past[-1] if edition.past else None
    if before is None or before.charter is None or CHANGES not in edition.pages.urls:
        return
    for kind in ITEM_LISTS:
        if kind in _NAMED:
            here = {id_ for item in edition.charter.items(kind) for id_ in (item.id, *item.was)}
            gone = [item.label for item in before.charter.items(kind) if item.id not in here]
            yield CHANGES, gone


def _names(kind: str, item: Item) -> Iterator[str]:
    """Names for searching an item: its ids, other names, requests, initials, and joined words."""
    yield from (id_.replace("-", " ") for id_ in (item.id, *item.was))
    yield from item.also_called
    if isinstance(item, Service):
        yield from (level.request for level in item.service_levels)
    if kind in _NAMED:
        yield from _shortened([item.label, *item.also_called])


def _shortened(labels: Iterable[str]) -> Iterator[str]:
    """Initials ("CRO") and joined words ("battlecards") of names of several words."""
    for label in labels:
        words = _WORD.findall(label)
        initials = "".join(word[0] for word in words)
        if len(words) in _SHORTENED and (initials.isascii() or len(words) > _SHORTENED.start):
            yield initials
        if len(words) == _SHORTENED.start:
            yield "".join(words)
