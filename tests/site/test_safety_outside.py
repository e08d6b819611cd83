"""Charter and git text outside of pages has no effect: in the terminal, in files, as single texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from charterbook.check import check
from charterbook.cli import main
from charterbook.errors import SettingsError
from charterbook.load import load
from charterbook.settings import settings_from
from charterbook.site.output.root_files import problems_page
from charterbook.site.render.safe_text import escape_markdown, plain, prose, prose_inline
from tests.charters import minimal_charter
from tests.hanging import never_hangs
from tests.histories import Repo
from tests.site.attacks import LINES, REFUSED, UNSEEN
from tests.site.handbooks import Handbook
from tests.site.hostile import BRANCHES, TAGS
from tests.site.page_scanner import ScannedPage
from tests.site.rotated_attacks import all_attacks

#: Nothing that a terminal acts on, nothing that turns writing; line ends alone separate lines.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: Text that GitHub reads as a command: at the beginning of a line, spaces apart, or anywhere in it.
_COMMAND = re.compile(r"^\s*::\S*?::|##\w*\[", re.MULTILINE)
#: The only one that is allowed: an annotation of `check --format github`.
_ANNOTATION = re.compile(r"^::(error|warning|notice) file=[^\s:,]+,line=\d+,col=\d+,title=[a-z0-9-]+::\S.*$")

#: Attacks in ASCII: the hostile handbook tests the others.
ATTACKS = [one for one in all_attacks() if one.isascii() and not _UNSEEN.search(one)]


def _page(folder: Path, body: str) -> ScannedPage:
    return ScannedPage(_write(folder / "page.html", f"<!doctype html><title>t</title><main>{body}</main>"))


def _write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("attack", REFUSED.values(), ids=REFUSED)
def test_check_refuses_links_that_are_not_safe(attack: str) -> None:
    """Each with its place."""
    problems = check(minimal_charter(change_note=attack).encode())
    errors = [(p.line, p.rule) for p in problems if p.severity == "error"]
    line = minimal_charter(change_note=attack).splitlines().index("change_note: " + _yaml(attack)) + 1
    assert errors[:1] in ([(line, "unsafe-link")], [(line, "unknown-link")])


def _yaml(text: str) -> str:
    return yaml.safe_dump(text, width=1_000).removesuffix("\n").removesuffix("\n...")


def test_texts_become_harmless_html(tmp_path: Path) -> None:
    """Even the ones that `check` refuses, alone and within a sentence."""
    for attack in ATTACKS:
        body = prose(attack, lambda _: None) + prose_inline(f"a {attack} b", lambda _: None)
        assert _page(tmp_path, body).unexpected == [], attack


def test_texts_without_markdown_and_for_markdown_are_harmless() -> None:
    """Plain text says no more than the text does; for Markdown every sign is an entity."""
    assert [
        one for one in ATTACKS if re.findall(r"[^\w\s&#;]", escape_markdown(one)) or "\n" in plain(one)
    ] == []


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "*a_" * 6_000, "`" * 20_000, "![" * 10_000, "<a " * 6_000, "&" * 20_000, "- " * 10_000,
     "\n".join(" " * n + "- x" for n in range(190)), "[a](" * 5_000, "**a " * 5_000, "<" * 20_000],
    ids=lambda text: text[:4],
)  # fmt: skip
def test_no_text_hangs(text: str) -> None:
    """The longest texts that are allowed, at their worst."""
    with never_hangs():
        prose(text, lambda _: None)
        plain(text)


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("written", ["as it is", "escaped"])
def test_check_refuses_what_cannot_be_seen(unseen: str, written: str) -> None:
    """Invisible characters, literal or escaped in double quotes."""
    value = unseen if written == "as it is" else "".join(f"\\u{ord(char):04x}" for char in unseen)
    text = minimal_charter() + f'organisation: "a{value}"\n'
    found = {problem.rule for problem in check(text.encode()) if problem.severity == "error"}
    assert found == {"control-character" if written == "as it is" else "control-escape"}


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def _hostile_file(folder: Path) -> None:
    """A charter in which every text that a problem quotes is an attack."""
    everything = [
        *LINES.values(),
        *REFUSED.values(),
        *UNSEEN.values(),
        "a\n::error::attacked",
        "\r::stop-commands::x",
    ]
    wrong = "".join(f"{json.dumps(word)}: {json.dumps(word)}\n" for word in everything)
    charters = {
        "keys.yml": minimal_charter() + wrong,
        "values.yml": minimal_charter(
            version="a\n::error::attacked", language="\u0661<x-attacked>", effective="x"
        ),
        "ids.yml": minimal_charter(
            sections=[{"id": word, "title": "T", "text": word} for word in everything]
        ),
        "yaml.yml": "title: '\x1b[31m\n::error::attacked: [\n",
        "anchors.yml": "title: &::error::attacked x\nb: *::error::attacked\n? [a]\n: !::error::x y\n",
    }
    for name, text in charters.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("style", ["text", "json", "github"])
@pytest.mark.parametrize("file", ["keys.yml", "values.yml", "ids.yml", "yaml.yml", "anchors.yml"])
def test_check_prints_nothing_that_acts(tmp_path: Path, file: str, style: str) -> None:
    """No control characters, one line for each problem, and on GitHub nothing but annotations."""
    _hostile_file(tmp_path)
    result = _run("check", str(tmp_path / file), "--format", style)
    assert result.exit_code == 1
    assert _UNSEEN.findall(result.output) == []
    if style == "json":
        assert json.loads(result.output)["counts"]["error"] > 0
    lines = result.output.splitlines()
    assert [line for line in lines if _COMMAND.search(line) and not _ANNOTATION.match(line)] == []
    assert "##[" not in result.output
    start = {"text": str(tmp_path), "github": "::", "json": ""}[style]
    assert [line for line in lines if not line.startswith(start)] == []


def test_the_page_of_problems_is_harmless(tmp_path: Path) -> None:
    """While an invalid charter is served, its problems are on a page."""
    _hostile_file(tmp_path)
    lines = [str(p) for file in sorted(tmp_path.glob("*.yml")) for p in load(file.read_bytes()).problems]
    page = ScannedPage(_write(tmp_path / "page.html", problems_page("en", [*lines, *LINES.values()])))
    assert page.unexpected == []
    assert [line for line in LINES.values() if " ".join(line.split()) not in page.text] == []


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_check_prints_the_name_of_a_file_in_one_line(tmp_path: Path, style: str) -> None:
    """With any file name."""
    name = "a\n::error::attacked\x1b[31m\u202e##[error].yml"
    (tmp_path / name).write_text("title: 1", encoding="utf-8")
    result = _run("check", str(tmp_path / name), "--format", style)
    assert result.exit_code == 1
    assert (_UNSEEN.findall(result.output), "##[" in result.output, "\n::error::" in result.output) == (
        [],
        False,
        False,
    )


@pytest.mark.parametrize(
    "charter", ["::error::x.yml", " ::error::x.yml", "a\x1b.yml", "a\n.yml", "../x\u202e.yml"]
)
def test_settings_refuse_a_path_that_acts(charter: str) -> None:
    """Lines of `check` begin with the path that mkdocs.yml names."""
    with pytest.raises(SettingsError):
        settings_from({"charter": charter})


def _hostile_git(repo: Repo) -> Repo:
    former = "charter\u009b31m\u202e##[error].yml"
    for number, attack in enumerate([*LINES.values(), *UNSEEN.values()]):
        text = minimal_charter() + f"# {number}\n" + ("<x-attacked>: 1\n" if number % 9 == 4 else "")
        repo.commit({former: text}, f"{attack}\n::error::attacked\n{attack}", author=f"A {attack}")
    repo.commit({former: None, "charter.yml": text}, "Rename")
    for tag in TAGS:
        repo.tag(tag)
    repo.tag("<x-attacked>-2026-Q1")
    repo.write({"mkdocs.yml": "plugins: [charterbook: {tag_prefix: <x-attacked>-}]"})
    for branch in BRANCHES:
        repo.branch(branch)
    return repo


@pytest.mark.parametrize("style", ["text", "json"])
def test_versions_prints_nothing_that_acts(repo: Repo, monkeypatch: pytest.MonkeyPatch, style: str) -> None:
    """With any messages, authors, tags and branches."""
    monkeypatch.chdir(_hostile_git(repo).folder)
    result = _run("versions", "--format", style)
    assert (result.exit_code, "<x-attacked>-2026-Q1" in result.output) == (0, True)
    assert _UNSEEN.findall(result.output) == []
    assert _COMMAND.findall(result.output) == []


def test_an_error_prints_nothing_that_acts(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message about a missing branch lists the existing ones."""
    _hostile_git(repo).write({"mkdocs.yml": "plugins: [charterbook: {branch: none}]"})
    monkeypatch.chdir(repo.folder)
    result = _run("versions")
    assert result.exit_code == 2
    assert _COMMAND.findall(result.output) == []
    assert "no branch 'none'" in result.output
    assert _UNSEEN.findall(result.output) == []


def test_a_build_that_fails_prints_nothing_that_acts(book: Handbook) -> None:
    """The same error, reported by mkdocs."""
    book.commit("2026-01-01")
    for branch in (*BRANCHES, "\udcff\udcfe"):
        book.repo.git("update-ref", f"refs/heads/{branch}", "HEAD")
    book.replace("mkdocs.yml", "  - charterbook\n", "  - charterbook: {branch: none}\n")
    built = book.build()
    assert (built.code, "no branch 'none'" in built.output) == (1, True)
    assert "Traceback" not in built.output
    assert _UNSEEN.findall(built.output) == []


@pytest.mark.parametrize(
    "name",
    ["../../x", "..", "/etc/x", "a/b", "a\\b", "con", "nul", "com1", "Ünïcode", "index", "readme", "x.html", "x y",
     "-x", "x-", "", " ", "$(id)", "<x-attacked>", "{{ 1 }}", "%2e%2e", "a" * 65, "ONBOARDING", "x\n", "\u202ex"],
)  # fmt: skip
def test_no_id_leads_out_of_its_folder(name: str) -> None:
    """Such ids are refused, with their line."""
    text = (
        minimal_charter(services=None) + f"services: [{{name: S, summary: s,\n  id: {json.dumps(name)}}}]\n"
    )
    loaded = load(text.encode())
    lines = {problem.line for problem in loaded.problems if problem.severity == "error"}
    assert (loaded.charter, lines) == (
        None,
        {len(text.splitlines()) if "\n" not in name else text.count("\n")},
    )


@pytest.mark.parametrize(
    "name", ["assets", "latest", "draft", "404", "search", "history", "compare", "services"]
)
def test_no_section_takes_a_folder_of_the_site(name: str) -> None:
    """Custom sections are at the root of a version, so these ids are reserved there."""
    text = minimal_charter(sections=[{"id": name, "title": "T", "text": "t"}])
    assert [(p.rule, p.severity) for p in load(text.encode()).problems] == [("reserved-id", "error")]


def test_no_item_takes_the_page_of_docs(book: Handbook) -> None:
    """The build fails with the place of the id, and nothing is written."""
    book.write("docs/services/faq.md", "# Questions\n")
    book.write("charter.yml", minimal_charter(services=[{"id": "faq", "name": "F", "summary": "f"}]))
    before = {path for path in book.folder.parent.rglob("*") if ".git" not in path.parts}
    built = book.build()
    assert built.code == 1
    assert re.search(r"charter\.yml:\d+:\d+: error page-collision: ", built.output) is not None
    made = {path for path in book.folder.parent.rglob("*") if ".git" not in path.parts} - before
    assert {path.name for path in made if "__pycache__" not in path.parts} <= {"__pycache__"}
