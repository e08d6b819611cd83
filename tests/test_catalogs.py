"""Every text on pages exists in every language of a charter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, get_args

import pytest
from babel.messages import Message

from charterbook.charter import SECTIONS, Charter, Role
from charterbook.charter.base import ServiceId
from charterbook.i18n import translator
from charterbook.problems import ProblemSeverity
from charterbook.site.labels import KINDS, SECTION_TITLES, VALUES
from tests import catalogs
from tests.catalogs import TRANSLATED, catalog_path, committed, extracted, messages

Found = dict[tuple[str | None, str], Message]

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

#: The model's closed lists, and the first part of the key under which labels.py has their values.
LABELLED = {
    "Service.status": "status",
    "Audience.kind": "audience",
    "Audience.part": "part",
    "Metric.kind": "metric",
    "Metric.direction": "direction",
    "Metric.level": "level",
    "Source.cost": "cost",
    "SignOff.decision": "decision",
    "Review.cadence": "cadence",
    "Maturity.today": "stage",
    "Maturity.aim": "stage",
    "Step.status": "step",
    "Risk.likelihood": "rating",
    "Risk.impact": "rating",
    "Action.state": "state",
    "Calendar.days": "day",
    "Item.review_in": "cadence",
}

#: Closed lists that are not words on a page: Words.duration speaks units, Material the language.
UNLABELLED = {"Charter.language", "ServiceLevel.unit", "Priority.unit"}


@pytest.fixture(scope="module")
def said() -> Found:
    """Messages of the sources."""
    return messages(extracted())


def problem_lines(problems: Iterable[str], language: str) -> str:
    """Problems of a catalog, one in a line, and how to fix them."""
    path = catalog_path(language).relative_to(catalogs.ROOT)
    found = "".join(f"\n  {problem}" for problem in problems)
    return f"{path}:{found}\nRun `make catalog`, then write what is missing into that file."


def forms(message: Message) -> tuple[str, ...]:
    """All words of a translation: one text, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(text: str) -> Counter[str]:
    """Placeholders of a text, and their numbers."""
    return Counter(_PLACEHOLDER.findall(text))


def closed_lists() -> dict[str, list[str]]:
    """Every enumeration of the model: the field, and its values."""
    schema = Charter.model_json_schema()
    parts = {"Charter": schema, **schema["$defs"]}
    return {
        f"{'Item' if name == 'review_in' else part}.{name}": values
        for part, described in parts.items()
        for name, field in described["properties"].items()
        if (values := _values(field))
    }


def _values(field: dict[str, Any]) -> list[str]:
    """Values of an enumeration or of a numeric scale; empty for other fields."""
    if "minimum" in field and "maximum" in field and field["type"] == "integer":
        return [str(value) for value in range(field["minimum"], field["maximum"] + 1)]
    inner = [*field.get("anyOf", ()), *([field["items"]] if "items" in field else [])]
    return field.get("enum") or next((found for kind in inner if (found := _values(kind))), [])


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_sources_is_in_the_catalog(language: str, said: Found) -> None:
    """A new message in a template, in Python or in docs/ needs a translation."""
    missing = [f"missing: {key[1]!r}" for key in said.keys() - messages(committed(language)).keys()]
    assert not missing, problem_lines(sorted(missing), language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalog_has_no_unused_message(language: str, said: Found) -> None:
    """Unused messages are removed, not even commented out."""
    catalog = committed(language)
    left = [f"no longer used: {key[1]!r}" for key in messages(catalog).keys() - said.keys()]
    left += [f"obsolete: {singular!r}" for singular in catalog.obsolete]
    assert not left, problem_lines(sorted(left), language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_in_all_its_forms(language: str) -> None:
    """Russian has three plural forms: an empty one would show English."""
    catalog = committed(language)
    bad = [
        f"not translated: {key[1]!r}"
        for key, message in messages(catalog).items()
        if len(forms(message)) != (catalog.num_plurals if message.pluralizable else 1)
        or not all(forms(message))
    ]
    assert not bad, problem_lines(bad, language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str) -> None:
    """Gettext ignores fuzzy messages: readers would see English."""
    fuzzy = [f"fuzzy: {key[1]!r}" for key, message in messages(committed(language)).items() if message.fuzzy]
    assert not fuzzy, problem_lines(fuzzy, language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    """Names, numbers and days of the message are in the translation as well."""
    wrong = [
        f"other placeholders: {key[1]!r} -> {form!r}"
        for key, message in messages(committed(language)).items()
        for form in filter(None, forms(message))
        if placeholders(form) != placeholders(key[1])
    ]
    assert not wrong, problem_lines(wrong, language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_looks_as_make_catalog_leaves_it(language: str) -> None:
    """Messages are in the order of the sources, so that a diff shows only changes."""
    differs = catalog_path(language).read_text(encoding="utf-8") != catalogs.update(language)
    assert not differs, problem_lines(["not in the form and order that `make catalog` writes"], language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_page_is_given_the_words_of_the_catalog(language: str) -> None:
    """The running program reads the same file."""
    own = translator(language)
    kept = {
        key[1]: message.string
        for key, message in messages(committed(language)).items()
        if key[0] is None and not message.pluralizable
    }
    assert {text: own.gettext(text) for text in kept} == kept


def test_words_are_found_wherever_pages_come_from(said: Found) -> None:
    """Python, templates and the pages of docs/ are all read; also plural forms and contexts."""
    assert said[None, "The agreement"].locations[0][0] == "charterbook/site/pipeline/nav.py"
    assert said[None, "Page not found"].locations[0][0] == "charterbook/site/templates/root/404.html"
    assert said[None, "History"].locations[-1][0] == "docs/history.md"
    assert said[None, "%(n)s person"].id == ("%(n)s person", "%(n)s people")
    assert ("a fraction, such as 2.5", "%(n)s working days") in said


#: Turns of phrase that an editor would have struck out: in messages, and in their Russian.
ODD = re.compile(
    r"\b(mend|anew|reckon|whom to|shall|is to be|are to be|is let|of one's own|stands? (?:here|there))\b|\bin line %"
    r"|\bnobody is named|\bis told\b|\?$",
    re.IGNORECASE,
)
ODD_IN_RUSSIAN = re.compile(
    r"клиентск\w+ успех|дол\w+ побед|^со временем$|движутся ли|сам устав", re.IGNORECASE
)

#: The modules whose messages are words that readers type into the search, also odd ones.
TYPED = frozenset(f"charterbook/site/search_{name}.py" for name in ("cues", "synonyms", "vocabulary"))

#: Real questions: the five of a charter, and questions of a reader or the form.
QUESTIONS = re.compile(r"^(What|Which|Who|How|Did|On track|Why)\b")


def test_messages_are_worded_plainly() -> None:
    """In both languages; a label is no question."""
    odd = [
        text
        for message in extracted()
        for text in _texts(message.id)
        if ODD.search(text) and not (text.endswith("?") and QUESTIONS.search(text))
    ]
    said = (message for message in committed("ru") if TYPED.isdisjoint(dict(message.locations)))
    russian = [text for message in said for text in _texts(message.string)]
    assert odd + [text for text in russian if ODD_IN_RUSSIAN.search(text)] == []


#: Words beside the one word of an idea, and that word.
SECOND_WORDS = {
    r"promises?\b[^.:;]*\b(?:not (?:kept|met)|broken)\b|\bBROKEN\b|\bbroken promise|\bkept for %": "missed, and on time",
    r"planned for later": "not offered yet",
    r"\bpartner teams?\b": "partner",
    r"\bno longer listed\b(?! as)": "removed",
    r"\bnot (?:signed|decided)\b(?! off)": "not signed off",
    r"\bservice levels?\b": "promise",
    r"\btime per quarter$": "hours a quarter",
    r" %%": "% without a space",
}
SECOND_WORDS_IN_RUSSIAN = {
    r"обещани\w+ не (?:выполнен|сдержан|соблюд)|\bне сдержан": "нарушено",
    r"\bпункт": "элемент, or запись for the entry of a list",
    r"партнёрск\w+ команд": "партнёр",
    r"редакци\w+ устава, %": "версия",
    r"больше не предоставля": "закрытые услуги",
    r"больше нет:": "удалено",
    r"\bитог\w* для бизнеса|результат\w* бизнеса": "результат для бизнеса",
    r"\bключ(?!ев)": "поле",
    r"обещанн\w+ срок": "обещание",
}

#: English terms of a charter, each with the beginnings of its Russian words.
GLOSSARY = {
    "baseline": "исходн|Было",
    "commitment": "обязательств",
    "fingerprint": "отпечат",
    "handbook": "справочник",
    "partner": "партнёр",
    "platform": "платформ",
    "proposal": "предложен",
    "roadmap": r"план\w* развития",
    "sign-off": "согласован",
    "workbook": "книг",
}


def test_a_term_has_one_translation() -> None:
    """In all messages; keys of the file, such as `roadmap:`, are not translated."""
    said = [
        (message.id, words)
        for message in committed("ru")
        if message.id and TYPED.isdisjoint(dict(message.locations))
        for words in _texts(message.string)
    ]
    assert [
        (term, text, words)
        for text, words in said
        for term, stem in GLOSSARY.items()
        if re.search(rf"(?<!\w){term}s?(?![\w:])", _texts(text)[0])
        and not re.search(stem, words, re.IGNORECASE)
    ] == []


def test_an_idea_has_one_word() -> None:
    """Pages, papers, reports and the terminal call a missed promise, or a partner, by the same word; so does the guide."""
    russian = (message for message in committed("ru") if TYPED.isdisjoint(dict(message.locations)))
    english = (message for message in extracted() if TYPED.isdisjoint(dict(message.locations)))
    pages = [*(catalogs.ROOT / "guide").glob("*.md"), catalogs.ROOT / "README.md"]
    lines = [line for page in pages for line in page.read_text("utf-8").splitlines()]
    promises, *_ = SECOND_WORDS
    found = [
        f"{text}: {word}" for text in lines for word in [SECOND_WORDS[promises]] if re.search(promises, text)
    ]
    for words, texts in (
        (SECOND_WORDS, [text for message in english for text in _texts(message.id)]),
        (SECOND_WORDS_IN_RUSSIAN, [text for message in russian for text in _texts(message.string)]),
    ):
        found += [f"{text}: {word}" for odd, word in words.items() for text in texts if re.search(odd, text)]
    assert found == []


def test_a_sentence_in_russian_ends_with_one_full_stop() -> None:
    """A date in words ends with the one of "г."; days of files are written in digits."""
    in_digits = ("charterbook/imports/", "charterbook/load/")
    said = [
        words
        for message in committed("ru")
        if not any(place.startswith(in_digits) for place, _ in message.locations)
        for words in _texts(message.string)
    ]
    assert [words for words in said if re.search(r"%\((?:day|date|old|new)\)s\.", words)] == []


def test_names_in_sentences_are_quoted_in_russian() -> None:
    """Names inside sentences have «», since they are not declined."""
    said = translator("ru")
    sentences = [
        text
        for message in extracted()
        for text in _texts(message.id)
        if re.search(r"^(?:New|Now|No longer|Planned) .*%\(name\)s$|removed: %\(name\)s$", text)
    ]
    assert len(sentences) > 30
    assert [text for text in sentences if "«%(name)s»" not in said.gettext(text)] == []


def _texts(words: Any) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_pages_of_docs_say_nothing_but_messages() -> None:
    """Literal text in a page of docs/ would stay English: it belongs into _("…")."""
    pages = sorted((catalogs.ROOT / "docs").rglob("*.md"))
    front_matter, macros = (
        re.compile(r"\A---\n.*?\n---\n", re.DOTALL),
        re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL),
    )
    left = {
        page.name: words_left
        for page in pages
        if (words_left := re.findall(r"\w+", macros.sub("", front_matter.sub("", page.read_text("utf-8")))))
    }
    assert left == {}


def test_every_closed_list_of_the_model_is_known_here() -> None:
    """A new enumeration either has labels, or is listed as never shown."""
    assert set(closed_lists()) == LABELLED.keys() | UNLABELLED


def test_every_value_of_the_model_has_a_label_and_every_label_a_value() -> None:
    """labels.py and the model have the same values."""
    lists = closed_lists()
    of_lists = {f"{key}.{value}" for field, key in LABELLED.items() for value in lists[field]}
    of_roles = {
        f"raci.{name}" for name, field in Role.model_fields.items() if field.annotation == list[ServiceId]
    }
    of_kinds = {f"kind.{kind}" for kind in KINDS} & VALUES.keys()
    of_problems = {f"severity.{severity}" for severity in get_args(ProblemSeverity)}
    assert set(VALUES) == of_lists | of_roles | of_kinds | of_problems


def test_every_section_has_a_title() -> None:
    """In the order of the pages."""
    assert tuple(SECTION_TITLES) == SECTIONS


def test_messages_in_format_strings_are_found() -> None:
    """Also with a plural, and as parts of other expressions."""
    source = "x = f\"a {t.gettext('One')} {t.ngettext('%(n)s day', '%(n)s days', 2)} {other('Two')}\"\n"
    found = {message for _, message in catalogs.in_format_strings(source)}
    assert found == {"One", ("%(n)s day", "%(n)s days")}
