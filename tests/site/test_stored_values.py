"""Values that a handbook's own code stores in its modules and classes do not pass from one version to another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.built_pairs import Pair, build_pair
from tests.site.handbooks import Handbook

COUNTER = """\
from itertools import count

numbers = count(1)
"""
EXTENSION = f"""{COUNTER}
from markdown import Extension
from markdown.preprocessors import Preprocessor

try:
    import charterbook.site.pipeline.pool as pool
except ImportError:
    pass
else:
    pool.workers = lambda: 1


class Numbering(Preprocessor):
    def run(self, lines):
        return [line.replace("EXTENSION", f"extension={{next(numbers)}}") if "EXTENSION" in line else line for line in lines]


class Numbered(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Numbering(md), "numbering", 100)


def makeExtension(**_):
    return Numbered()
"""
MACROS = f"""{COUNTER}
import helper
import shared


def define_env(env):
    if "charterbook" in env.conf.plugins:
        from charterbook.site.macros import define_env as charterbook_macros

        charterbook_macros(env)
    env.macro(lambda: f"macros={{next(numbers)}} helper={{next(helper.numbers)}}", "counted")
    env.macro(lambda: f"shared={{shared.pages}}", "shared_pages")
"""
HOOK = f"""{COUNTER}
from pathlib import Path

import shared
from mkdocs.structure.pages import Page

of_files = count(1)
render = Page.render
files_seen = []


def render_marked(page, config, files):
    render(page, config, files)
    page.content += "WRAPPED"


Page.render = render_marked


def on_files(files, config):
    shared.pages += 1
    files_seen.append(next(of_files))


def on_shutdown():
    with open(Path(__file__).parents[1] / f"{{Path(__file__).parent.name}}.ended", "a") as file:
        print("ended", file=file)


def on_page_markdown(markdown, **_):
    return markdown.replace("HOOK", f"hook={{next(numbers)}} files={{files_seen[-1]}}") if "HOOK" in markdown else markdown
"""
PAGE = "\n\n{{ counted() }} {{ shared_pages() }} HOOK EXTENSION\n"
FILES = {
    "extension.py": EXTENSION,
    "macros.py": MACROS,
    "helper.py": COUNTER,
    "shared.py": "pages = 0\n",
    "docs/one.md": "# One" + PAGE,
    "docs/two.md": "# Two" + PAGE,
}
SETTINGS = "site_name: Charter\ntheme: {name: material}\nmarkdown_extensions: [extension]\n"


@pytest.fixture(scope="module", params=["hooks", "no hooks"])
def pair(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Pair:
    """Two versions, built by one processor, one after another."""
    hooks = {"hook.py": HOOK} if request.param == "hooks" else {}
    settings = SETTINGS + ("hooks: [hook.py]\n" if hooks else "")
    pair = build_pair(tmp_path_factory.mktemp("stored"), settings, "", FILES | hooks)
    assert (pair.plain.code, pair.ours.code) == (0, 0), pair.plain.output + pair.ours.output
    return pair


def test_each_version_counts_from_the_start(pair: Pair) -> None:
    """In macros, hooks, extensions and the modules that they import, as if it was the only one."""
    for address in ("one", "two"):
        old, new, plain = (re.findall(r"\w+=\d+", page) for page in pair.pages(address))
        assert old == new == plain


def test_a_hook_replaces_parts_of_mkdocs_once(pair: Pair) -> None:
    """It is imported once in each process."""
    old, new, plain = (page.count("WRAPPED") for page in pair.pages("one"))
    assert old == new == plain


def test_the_build_of_each_version_ends_with_its_event(pair: Pair) -> None:
    """As the build of the only site in plain MkDocs."""
    for built, versions in ((pair.plain, 1), (pair.ours, 2)):
        book = built.site.parent
        if (book / "hook.py").exists():
            assert book.with_name(f"{book.name}.ended").read_text().count("ended") == versions


LEAVING = """\
from concurrent.futures import ProcessPoolExecutor

helpers = []


def on_files(files, config):
    helpers[:] = [ProcessPoolExecutor(1)]


def on_page_content(html, **_):
    return html + f"<p>{helpers[0].submit(len, 'four').result()} letters</p>"
"""


def test_processes_that_a_hook_leaves_do_not_hold_up_a_build(tmp_path: Path) -> None:
    """Python ends them with the build; a process that builds a version would wait for them."""
    book = Handbook(tmp_path / "book", pages=["index"])
    book.write("hook.py", LEAVING)
    book.replace("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    book.commit("2025-01-06")
    book.commit("2025-04-07", title="Next")
    built = book.run_in_new_process("build", "--strict")
    assert built.code == 0, built.output
    assert all("4 letters" in built.text(version) for version in ("2025-Q1", "2025-Q2"))


ENVIRONMENT = """\
import os
import threading

if {threads}:
    threading.Thread(target=threading.Event().wait, daemon=True).start()


def on_config(config):
    os.environ["GROWING"] = os.environ.get("GROWING", "") + "x"


def on_page_content(html, config, **_):
    return html + "<p>{{}} {{}}</p>".format(os.environ["GROWING"], config.extra["given"])
"""


@pytest.mark.parametrize("threads", [True, False])
def test_each_version_has_the_environment_of_the_build(tmp_path: Path, threads: bool) -> None:
    """Also if a thread forbids forking, for example of a library of a plugin, so that processes are spawned."""
    book = Handbook(tmp_path / "book", pages=["index"])
    book.write("hook.py", ENVIRONMENT.format(threads=threads))
    settings = "hooks: [hook.py]\nextra: {given: !ENV [OF_THE_BUILD, lost]}\nplugins:"
    book.replace("mkdocs.yml", "plugins:", settings)
    for day, title in (("2025-01-06", "First"), ("2025-04-07", "Next"), ("2025-07-07", "Last")):
        book.commit(day, title=title)
    built = book.run_in_new_process("build", "--strict", OF_THE_BUILD="set", GROWING="g")
    assert built.code == 0, built.output
    found = [
        re.findall(r"<p>(g\w* \w+)</p>", built.html(version)) for version in ("2025-Q1", "2025-Q2", "latest")
    ]
    assert found == [["gx set"]] * 3
