"""README.md, CONTRIBUTING.md and guide/: every name in them exists, and everything is named."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from charterbook.cli import main
from charterbook.load import load
from charterbook.settings import Settings, read_settings
from charterbook.site.macros import DEPRECATED
from charterbook.site.plugin_config import PluginConfig
from charterbook.site.render.renderer import block_names
from charterbook.starter import start
from tests.load.sample import SMALL, small
from tests.site.handbooks import environment

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "guide"
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in GUIDE.rglob("*.md"))
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", *PAGES)


def text_of(name: str) -> str:
    """The text of a document."""
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(name: str) -> dict[str, str]:
    """Code blocks of a document, by the file name in their first line."""
    found = re.findall(r"```\w+\n(?:#|<!--) (\S+?)(?::[^\n]*)?(?: -->)?\n(.*?)```", text_of(name), re.DOTALL)
    return {file: code for file, code in found if "." in file}


def table(name: str, head: str) -> list[list[str]]:
    """Rows of the table in a document whose first line begins like this."""
    lines = text_of(name).split(f"\n{head}")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def shell_lines() -> list[tuple[str, str]]:
    """Each line of shell code with the document that it is in."""
    return [
        (name, line.split(" #")[0].strip())
        for name in DOCUMENTS
        for code in re.findall(r"```sh\n(.*?)```", text_of(name), re.DOTALL)
        for line in code.splitlines()
    ]


def test_the_readme_is_short() -> None:
    """Read in three minutes; the rest is in the guide."""
    assert len(text_of("README.md").splitlines()) <= 120


def test_the_documents_say_when_support_of_the_base_ends() -> None:
    """The README, the contributors' guide and the page about it, with the same day."""
    for name in ("README.md", "CONTRIBUTING.md", "guide/base.md"):
        assert "5 May 2027" in text_of(name), name


def test_the_guide_lists_its_pages() -> None:
    """All of them; the README lists those about tasks."""
    linked = set(re.findall(r"\]\(([\w/-]+\.md)\)", text_of("guide/index.md")))
    assert linked == {name.removeprefix("guide/") for name in PAGES} - {"index.md"}
    tasks = {name for name in PAGES if "reference" not in name} - {"guide/mkdocs.md"}
    assert tasks <= set(re.findall(r"\]\((guide/[\w-]+\.md)", text_of("README.md")))


def test_commands_in_the_documents_exist() -> None:
    """Each with its options."""
    lines = [(name, line) for name, line in shell_lines() if line.startswith("charterbook ")]
    assert len(lines) > 10
    for name, line in lines:
        words = shlex.split(line)
        options = {option for parameter in main.commands[words[1]].params for option in parameter.opts}
        unknown = {word.split("=")[0] for word in words if word.startswith("-")} - options
        assert not unknown, f"{name}: {line}"


def test_every_command_is_in_the_guide() -> None:
    """In the pages that are written by hand, with all its options."""
    written = "".join(text_of(name) for name in ("README.md", *PAGES) if "reference" not in name)
    for name, command in main.commands.items():
        assert f"charterbook {name}" in written
        options = [parameter.opts[0] for parameter in command.params if isinstance(parameter, click.Option)]
        assert [option for option in options if option not in written] == []


def test_settings_in_the_guide_exist() -> None:
    """With their defaults; and each setting is explained somewhere."""
    settings = {name: option.default for name, option in PluginConfig._schema}
    for name, default, _ in table("guide/versions.md", "| Setting |"):
        known = settings[name.strip("`")]
        if known not in (None, ""):
            assert default == f"`{str(known).lower() if isinstance(known, bool) else known}`"
    written = "".join(text_of(name) for name in PAGES if "reference" not in name)
    assert [name for name in settings if not re.search(rf"`{name}\b|^ +{name}:", written, re.MULTILINE)] == []


def test_macros_in_the_guide_exist() -> None:
    """All macros are documented, and no others."""
    blocks = " ".join(cells for _, cells in table("guide/customise.md", "| Page | Macros |"))
    assert sorted(re.findall(r"`(\w+)\(\)`", blocks)) == sorted(block_names())
    former = text_of("guide/customise.md").split("The former names ")[1].split(" work until")[0]
    assert sorted(re.findall(r"`(\w+)\(\)`", former)) == sorted(DEPRECATED)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_headings_of_files(name: str) -> None:
    """Of this repository."""
    folder = (ROOT / name).parent
    targets = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", text_of(name))
    for path, anchor in targets:
        target = folder / path if path else ROOT / name
        assert target.exists(), f"{name}: {path} does not exist"
        assert not anchor or anchor in _anchors(target), f"{name}: {path} has no heading #{anchor}"


def _anchors(document: Path) -> set[str]:
    """The fragments of a document's headings, as forges make them."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_knows_its_targets(name: str) -> None:
    """Every `make x` that is named."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = re.findall(r"`(make [^`\n]+)`|^(make .*)$", text_of(name), re.MULTILINE)
    named = {word for pair in code for word in _targets("".join(pair))}
    assert named - targets == set()


def _targets(command: str) -> list[str]:
    words = command.split("#", maxsplit=1)[0].split()[1:]
    return [word for word in words if re.fullmatch(r"[a-z-]+", word)]


def test_paths_in_contributing_exist() -> None:
    """Every file and folder that CONTRIBUTING.md names, from the root, the program or `mkdocs_compat`."""
    paths = re.findall(r"`([\w./-]+(?:\.py|/))`", text_of("CONTRIBUTING.md"))
    assert len(paths) > 30
    starts = ("", "charterbook", "charterbook/site/mkdocs_compat")
    unknown = [path for path in paths if not any((ROOT / start / path).exists() for start in starts)]
    assert [path for path in unknown if not re.search("NAME|CODE", path)] == []


def test_the_picture_is_small() -> None:
    """A page with it opens at once."""
    assert (ROOT / ".github" / "handbook.png").stat().st_size < 200_000


def test_the_mistake_is_reported_as_shown() -> None:
    """The words in the guide are the program's."""
    (problem,) = load(small("[sales]", "[sale]").encode()).problems
    shown = next(
        line for line in text_of("guide/author.md").splitlines() if line.startswith("charter.yml:38:17: ")
    )
    assert shown == "charter.yml:38:17: " + str(problem).split(": ", 1)[1]
    assert load(SMALL.encode()).problems == ()


def test_proposals_of_the_guide_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the example charter."""
    (tmp_path / "charter.yml").write_bytes((ROOT / "charter.yml").read_bytes())
    monkeypatch.chdir(tmp_path)
    text = text_of("guide/propose-and-review.md")
    lines = [line for line in text.splitlines() if line.startswith("charterbook propose --set")]
    assert len(lines) == 2
    for line in lines:
        result = CliRunner().invoke(main, [*shlex.split(line)[1:], "--output", "-"])
        assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.build
def test_the_handbook_of_the_guide_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its settings, its page, its macro and its navigation, put into a new handbook."""
    book = tmp_path / "book"
    start(book, "en")
    settings = (book / "mkdocs.yml").read_text(encoding="utf-8").split("plugins:")[0]
    (book / "mkdocs.yml").write_text(settings + _settings(), encoding="utf-8")
    code = code_of("guide/customise.md")
    for name in ("macros.py", "docs/how-we-work.md"):
        (book / name).write_text(code[name], encoding="utf-8")
    assert read_settings(book) == Settings(fiscal_year_start=2, timezone="Europe/Berlin")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("CI", "true")
    config = load_config(str(book / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    page = (book / "site" / "latest" / "how-we-work" / "index.html").read_text(encoding="utf-8")
    content = page.split("<article")[1].split("</article>")[0]
    assert '<a href="../funding/">Funding</a>' in content
    assert '<a href="../services/training/">our courses</a>' in content
    assert '<a href="../audiences/sales-managers/">Sales managers</a> (? people)' in content
    assert "We answer 12 requests a week." in content
    found = re.findall(r'<span class="md-ellipsis">\s*(.*?)\s*</span>', page.split("md-nav--primary")[1])
    assert [
        title for title in ("What we offer", "Content management", "How we work") if title not in found
    ] == []


def _settings() -> str:
    """Both pieces of mkdocs.yml: its plugins and its navigation."""
    return code_of("guide/versions.md")["mkdocs.yml"] + code_of("guide/customise.md")["mkdocs.yml"]


def test_a_handbook_can_be_started_as_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, up to the first version."""
    monkeypatch.chdir(tmp_path)
    section = text_of("README.md").split("## Make your own")[1].split("## ")[0]
    lines = [shlex.split(line, comments=True) for line in section.splitlines()]
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    for program, *words in [line for line in lines if line and line[0] in ("charterbook", "git")]:
        if program == "git":
            subprocess.run(["git", *who, *words], check=True, capture_output=True, env=environment())
        elif words[0] == "new":
            assert CliRunner().invoke(main, ["new", "our-charter"]).exit_code == 0
            monkeypatch.chdir("our-charter")
    listed = CliRunner().invoke(main, ["versions"])
    assert (listed.exit_code, len(listed.stdout.splitlines())) == (0, 2)
