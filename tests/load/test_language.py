"""Problems are in the language that a charter declares."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Kind, Shape, shapes
from charterbook.check import check
from charterbook.i18n import translator
from charterbook.load import load
from charterbook.load.language import language_of
from charterbook.load.loader_messages import NONE_OF, UNKNOWN
from charterbook.load.type_names import expected, type_of
from charterbook.pages import DocsPage
from charterbook.rule_context import RuleContext
from tests.load.sample import SMALL, small
from tests.rules.sample import only


def russian(source: str) -> bytes:
    """The same charter with its language."""
    return f"{source}language: ru\n".encode()


#: A mistake -> the charter, and the messages about it.
CASES: dict[str, tuple[bytes, str, str]] = {
    "unknown id": (
        russian(small("[sales]", "[sale]")),
        "в уставе нет аудитории «sale»",
        "Возможно, имелось в виду «sales»?",
    ),
    "unknown id where there is none": (
        russian(small("[sales]", "[sales]\n    intake: form")),
        "в уставе нет способа обратиться «form»",
        "В этом уставе нет ни одного способа обратиться (routes).",
    ),
    "typo in a key": (
        russian(small("    kind:", "    kidn:")),
        "поле «kidn» здесь не предусмотрено",
        "Возможно, имелось в виду «kind»?",
    ),
    "missing key": (
        russian(small("title: Our charter\n", "")),
        "здесь не хватает поля «title»",
        "Добавьте title: Несколько слов.",
    ),
    "missing section": (
        russian(small("mission:\n  statement: We help.\n", "")),
        "здесь не хватает поля «mission»",
        "Добавьте mission: и ниже, с отступом, statement: ….",
    ),
    "wrong type": (
        russian(small("Win rate", "[Win]")),
        "ожидается строка текста, а здесь список",
        "Напишите name: Несколько слов.",
    ),
    "list of ids": (
        russian(small("[sales]", "Sales")),
        "ожидается список id, а здесь текст «Sales»",
        "Напишите audiences: [sales].",
    ),
    "id in Russian": (
        russian(small("id: win-rate", "id: Доля выигранных сделок")),
        "«Доля выигранных сделок» не может быть id",
        "Используйте строчные латинские буквы, цифры и одиночные дефисы, например «dolya-vyigrannykh-sdelok».",
    ),
    "number out of range": (
        russian(small("lagging", "lagging\n    level: 5")),
        "число 5 вне допустимых пределов",
        "Напишите число не больше 4.",
    ),
    "shares": (
        russian(small("funder: Sales\n", "funder: Sales\n      share: 99.5\n")),
        "доли всех источников в сумме дают 99,5, а не 100",
        "Измените доли так, чтобы в сумме было 100.",
    ),
    "boolean": (
        russian(small("Win rate", "no")),
        "no читается как false, а не как текст",
        'Возьмите значение в прямые кавычки: "no".',
    ),
    "key twice": (
        russian(small("    name: Win rate", "    name: Win rate\n    name: Wins")),
        "поле «name» указано здесь дважды, впервые — в строке 20",
        "Оставьте одно из двух.",
    ),
    "broken YAML": (
        russian(small("Win rate", "Win: rate")),
        "в тексте есть двоеточие с пробелом, или нарушен отступ",
        'Если это текст, возьмите его в кавычки: name: "Win: rate".',
    ),
    "tab": (
        russian(small("  statement", "\tstatement")),
        "отступ в этой строке сделан табуляцией",
        "Сделайте отступ пробелами: табуляцию YAML здесь не допускает.",
    ),
    "another encoding": (
        russian(small("We help.", "Мы помогаем.")).decode().encode("cp1251"),
        "файл сохранён не в кодировке UTF-8 (найден байт 0xCC)",
        "Сохраните его в редакторе в кодировке UTF-8.",
    ),
    "UTF-16": (
        russian(small("We help.", "Мы помогаем.")).decode().encode("utf-16"),
        "файл сохранён не в кодировке UTF-8 (похоже на UTF-16)",
        "Сохраните его в редакторе в кодировке UTF-8.",
    ),
    "too large": (
        b"language: ru\n" + b"#" * 1_000_000,
        "файл больше 1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000 байт",
        "Храните длинные документы отдельно и ставьте на них ссылки.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_in_russian(name: str) -> None:
    """Problem and advice."""
    data, text, fix = CASES[name]
    assert (text, fix) in [(problem.text, problem.fix) for problem in load(data).problems]


@pytest.mark.parametrize("name", CASES)
def test_every_message_is_in_russian(name: str) -> None:
    """No sentence about a Russian charter is in English."""
    for problem in load(CASES[name][0]).problems:
        assert set("абвгдеё") & set(problem.text.lower())
        assert set("абвгдеё") & set(problem.fix.lower())


def test_rule_and_page_messages_are_in_russian() -> None:
    """All problems of `check`, not only the loader's."""
    source = small("    audiences: [sales]\n", "").replace("We help.", "‹x›")
    docs = (DocsPage("a/sales.md"), DocsPage("a/each.md", for_each="audiences"))
    few = RuleContext(only("placeholder", "service-audience", "audience-service"))
    assert [(problem.rule, problem.text) for problem in check(russian(source), docs, few)] == [
        ("placeholder", "«‹x›»: ещё не заполнено"),
        ("service-audience", "для услуги «Onboarding» не указана ни одна аудитория"),
        ("audience-service", "у аудитории «Sales» нет ни одной услуги"),
        ("page-collision", "страница элемента «sales» перезаписала бы docs/a/sales.md"),
    ]


@pytest.mark.parametrize(
    "line", ["", "language: en\n", "language: fr\n", "# language: ru\n", "  language: ru\n"]
)
def test_english_otherwise(line: str) -> None:
    """For a charter without a language, or with an unsupported one."""
    problems = load(f"{line}{SMALL}kidn: x".encode()).problems
    assert not set("абвгдеё") & set("".join(problem.words for problem in problems))


LINES = {
    "plain": b"a: b\nlanguage: ru\n",
    "quoted": b"a: b\nlanguage: 'ru' # Russian\n",
    "on Windows": b"a: b\r\nlanguage: ru\r\n",
    "first, with a byte order mark": b"\xef\xbb\xbflanguage: ru\n",
    "without the space": b"a: b\nlanguage:ru\n",
}


@pytest.mark.parametrize("name", LINES)
def test_where_the_language_is_found(name: str) -> None:
    """On a line without indent, in any notation."""
    assert language_of(LINES[name]) == "ru"


def test_charters_read_at_the_same_time_do_not_share_a_language() -> None:
    """Each has messages in its own."""
    english, told = small("[sales]", "[sale]").encode(), CASES["unknown id"][0]
    with ThreadPoolExecutor(4) as pool:
        found = [loaded.problems[0].text for loaded in pool.map(load, [english, told] * 20)]
    assert found == ['there is no audience "sale"', "в уставе нет аудитории «sale»"] * 20


def parts(model: type[Part] = Part) -> Iterator[type[Part]]:
    """Every mapping of the model."""
    for part in model.__subclasses__():
        yield part
        yield from parts(part)


def test_every_reference_of_the_model_has_a_message() -> None:
    """A new kind of reference needs its own sentences: they cannot be composed from nouns."""
    refers = {shape.refers for part in parts() for shape in shapes(part).values() if shape.refers}
    assert refers
    assert {reference.kinds for reference in refers} == UNKNOWN.keys()
    assert {reference.kinds[0] for reference in refers if not reference.if_any} == NONE_OF.keys()


def test_every_kind_of_value_has_a_type_name() -> None:
    """Alone and in a list, in both languages."""
    for kind in get_args(Kind):
        for is_list in (False, True):
            noun = expected(Shape("x", kind, is_list))
            assert noun.text(translator("en")) != noun.text(translator("ru")) or noun.message == "an id"


def test_a_number_is_written_as_in_the_file() -> None:
    """With a decimal point, since an author looks for it in the file."""
    assert type_of(1234.5).text(translator("ru")) == "число 1234.5"
