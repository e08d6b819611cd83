"""Mistakes in pages and in Python files of the handbook: one line with the place in the author's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from charterbook.problems import escape_terminal
from charterbook.site.author_errors import (
    PageError,
    PageNames,
    PageSource,
    code_error,
    depth_error,
    page_error,
)
from charterbook.starter import start
from tests.command_line import program
from tests.site.handbooks import Handbook

#: The front matter of the pages of these tests has three lines.
_FRONT = "---\ntitle: Ours\n---\n\n"
_HEADING = "# Ours\n\n"

#: A line of a page -> the message, after the name of the file.
MISTAKES = {
    "{{ overveiw() }}": "7:4: there is no macro or variable overveiw; did you mean overview?",
    "Text, then {{ overview(3) }}": "7:12: TypeError: overview() takes 0 positional arguments but 1 was given.",
    "{{ refuse() }}": "7:1: has(): no such section",
    "{{ item.name }}": "7:4: item exists only on pages with for_each in their front matter, such as for_each: services.",
    "{{ older }}": "7:4: older exists only on pages with for_each in their front matter, such as for_each: versions.",
    "{{ lost() }}": "7:4: there is no lost: write macros.py anew",
    "{{ charter.titel }}": "7:12: there is no charter.titel; did you mean title?",
    "{{ charter.services.onboarding }}": "7:21: a list has no onboarding. Go through its entries: {% for entry in … %}.",
    "{% if charter %}": "7:1: {% if … %} is not closed. Add {% endif %} after what belongs to it.",
    "{{ overview( }}": "7:1: unexpected '}', expected ')'. Correct it, or put {% raw %} and {% endraw %} around text with braces.",
    "{{ overview(“x”) }}": "7:1: unexpected char '“' at 20. Write straight quotation marks: \"…\".",
    "{{ 'a' | uper }}": "7:1: No filter named 'uper'. Correct its name.",
    "{{ 1 / 0 }}": "7:1: ZeroDivisionError: division by zero.",
    "{% include 'none.md' %}": "7:1: there is no file 'none.md' to include.",
}


class _Charter:
    title = "A charter"
    services = ()


def _rendering_error(markdown: str, **names: Any) -> BaseException:
    environment = Environment(undefined=StrictUndefined, loader=DictLoader({}), autoescape=False)  # noqa: S701
    with pytest.raises(Exception) as caught:  # noqa: PT011
        environment.from_string(markdown).render(**names)
    return caught.value


def _overview() -> str:
    return ""


_overview.__qualname__ = "overview"


def _refuse() -> str:
    raise PageError("has(): no such section")


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_in_a_page(tmp_path: Path, line: str) -> None:
    """The line is that of the file, with its front matter."""
    file = tmp_path / "x.md"
    file.write_text(f"{_FRONT}{_HEADING}{line}\n", encoding="utf-8")
    page = PageSource("docs/x.md", file, f"{_HEADING}{line}\n")
    charter = {"title": "", "services": []}
    given = {"overview": _overview, "refuse": _refuse, "charter": charter}
    names = PageNames({*given}, {"charter": ["title", "services"]}, {"lost"}, "write macros.py anew")
    error = _rendering_error(page.markdown, **given)
    if "titel" in line:
        error = _rendering_error(page.markdown, **given | {"charter": _Charter()})
    assert page_error(error, page, tmp_path, names) == f"docs/x.md:{MISTAKES[line]}"


def test_an_error_of_the_program_keeps_its_traceback(tmp_path: Path) -> None:
    """Only what an author can correct is explained."""
    page = PageSource("docs/x.md", None, "{{ broken(3) }}")
    error = _rendering_error(page.markdown, broken=escape_terminal)
    assert page_error(error, page, tmp_path, PageNames(set(), {})) is None


def test_a_page_that_a_plugin_has_changed_has_no_line(tmp_path: Path) -> None:
    """Its lines are not those of the file."""
    (tmp_path / "x.md").write_text("# Ours\n", encoding="utf-8")
    page = PageSource("docs/x.md", tmp_path / "x.md", "# Theirs\n\n{{ absent }}\n")
    error = _rendering_error(page.markdown)
    assert str(page_error(error, page, tmp_path, PageNames({"one"}, {}))).startswith("docs/x.md: there is no")


#: macros.py -> the message.
CODE = {
    "def define_env(env)\n    pass\n": "macros.py:1:20: this is not valid Python: expected ':'.",
    "import none_of_this\n": "macros.py:1: ModuleNotFoundError: No module named 'none_of_this'.",
    "\n\nx = 1 / 0\n": "macros.py:3: ZeroDivisionError: division by zero.",
    "def define_env(env):\n    env['x'] = 1\n\n\ndefine_env({})\ndefine_env(None)\n": (
        "macros.py:2: TypeError: 'NoneType' object does not support item assignment."
    ),
}


@pytest.mark.parametrize("text", CODE)
def test_a_mistake_in_a_python_file(tmp_path: Path, text: str) -> None:
    """The place is in the author's file, and not in the library that called it."""
    file = tmp_path / "macros.py"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Exception) as caught:  # noqa: PT011
        exec(compile(text, str(file), "exec"), {})  # noqa: S102
    assert code_error(caught.value, tmp_path) == CODE[text]


def test_code_of_libraries_is_no_author_s(tmp_path: Path) -> None:
    """Also if they are in a folder of the handbook."""
    file = tmp_path / ".venv" / "lib" / "site-packages" / "one.py"
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile("1 / 0", str(file), "exec"), {})  # noqa: S102
    assert code_error(caught.value, tmp_path) is None


_OURS = "from charterbook.site.macros import define_env as ours\n\n\ndef define_env(env):\n    ours(env)\n\n    @env.macro\n    def hello():\n        return 1 / 0\n"

#: Files of a handbook -> the line that a build prints.
BUILDS: dict[str, tuple[dict[str, str], str]] = {
    "a macro that fails": (
        {"macros.py": _OURS, "docs/x.md": "# X\n\n{{ hello() }}\n"},
        "macros.py:9: ZeroDivisionError: division by zero. docs/x.md:3:1 calls this macro.",
    ),
    "a misspelt macro": (
        {"docs/x.md": "# X\n\n{{ overveiw() }}\n"},
        "docs/x.md:3:4: there is no macro or variable overveiw; did you mean overview?",
    ),
    "a misspelt section": (
        {"docs/x.md": "# X\n\n{{ link('fundng') }}\n"},
        'docs/x.md:3:1: link("fundng"): there is no section of this name; did you mean funding?',
    ),
    "an item that no version has": (
        {"docs/x.md": "# X\n\n{{ link('services', 'onbording') }}\n"},
        'docs/x.md:3:22: link("services", "onbording"): no version has this item; did you mean onboarding?',
    ),
    "no module": (
        {"macros.py": ""},
        "macros.py: define_env is missing. Add the line: from charterbook.site.macros import define_env",
    ),
    "a module of another name": (
        {"mkdocs.yml": "makros"},
        "mkdocs.yml:13:7: plugins: macros: module_name: there is no makros.py in the folder of mkdocs.yml; did you mean macros?",
    ),
    "without Charterbook's macros": (
        {"macros.py": "def define_env(env):\n    pass\n"},
        "docs/index.md:",
    ),
}


@pytest.mark.parametrize("name", BUILDS)
def test_a_build_prints_one_line(tmp_path: Path, name: str) -> None:
    """No traceback, and no page of Markdown."""
    files, expected = BUILDS[name]
    book = Handbook(tmp_path)
    for path, text in files.items():
        if path == "mkdocs.yml":
            book.replace(path, "module_name: macros", f"module_name: {text}")
        else:
            book.write(path, text)
    book.commit("2025-01-06")
    built = book.build("--strict")
    lines = [
        line.partition(" -  ")[2] for line in built.output.splitlines() if line.startswith(("ERROR", "WARN"))
    ]
    assert built.code != 0  # 100 if mkdocs-macros ends it
    assert "Traceback" not in built.output
    assert [line for line in lines if expected in line] == lines[:1], built.output


@pytest.mark.parametrize(
    ("hook", "words"),
    [
        (
            "def on_env(env, config, files)\n    return env\n",
            "hook.py:1:31: this is not valid Python: expected ':'.",
        ),
        ("import none_of_this\n", "hook.py:1: ModuleNotFoundError: No module named 'none_of_this'."),
        ("def on_env(env, config, files):\n    return env + 1\n", "hook.py:2: TypeError: "),
    ],
)
def test_a_mistake_in_a_hook(tmp_path: Path, hook: str, words: str) -> None:
    """When it is loaded, and when it is called."""
    folder = tmp_path / "book"
    start(folder, "en")
    (folder / "hook.py").write_text(hook, encoding="utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    built = program(folder, "build")
    assert built.returncode in (1, 2)
    assert words in built.stderr
    assert "Traceback" not in built.stderr


@pytest.mark.parametrize("depth", [49, 50, 300])
def test_folders_that_are_nested_too_deeply(tmp_path: Path, depth: int) -> None:
    """One line names the folder; too many nested calls have another cause if there are few."""
    (tmp_path / "/".join(["deep"] * depth)).mkdir(parents=True)
    (tmp_path / "other").mkdir()
    found = depth_error(RecursionError(), tmp_path)
    assert found == (
        None
        if depth < 50
        else f"docs/deep/… has {depth} folders in one another: navigations cannot be that deep."
    )
    assert depth_error(ValueError(), tmp_path) is None
