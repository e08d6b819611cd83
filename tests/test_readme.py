"""The documents at the top of the repository: what they name exists, and what exists is named."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from charterbook.cli import main
from charterbook.load import load
from charterbook.settings import Settings, read_settings
from charterbook.site.plugin import PluginConfig
from charterbook.site.render.renderer import block_names
from charterbook.starter import start
from tests.load.sample import SMALL, small

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "guide/base.md")

#: The pieces of code in the README, by the name of the file that their first line names.
CODE = {
    name: code
    for name, code in re.findall(
        r"```\w+\n(?:#|<!--) (\S+?)(?::[^\n]*)?(?: -->)?\n(.*?)```", README, re.DOTALL
    )
    if "." in name
}


def row(first: str) -> str:
    """The row of a table whose first cell holds this in code."""
    return next((line for line in README.splitlines() if line.startswith(f"| `{first}")), "")


def test_every_command_and_option_is_in_the_readme() -> None:
    """In the row of its command, with all its choices."""
    for name, command in main.commands.items():
        said = row(f"charterbook {name}")
        for parameter in command.params:
            shown = (
                parameter.opts[0]
                if isinstance(parameter, click.Option)
                else str(parameter.human_readable_name)
            )
            assert shown in said, f"README.md does not say `charterbook {name}` {shown}"
            if isinstance(parameter.type, click.Choice):
                assert [choice for choice in parameter.type.choices if choice not in said] == []


def test_every_setting_is_in_the_readme() -> None:
    """With its usual value; and none that does not exist."""
    settings = {name: option.default for name, option in PluginConfig._schema}
    for name, default in settings.items():
        said = row(f"{name}` |").split("|")
        assert len(said) == 5, f"README.md does not say the setting {name}"
        if default not in (None, ""):
            assert f"`{str(default).lower() if isinstance(default, bool) else default}`" in said[2]
    table = README.split("| Setting |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(settings)


def test_every_block_is_in_the_readme() -> None:
    """A block that authors do not know of is of no use; one that is gone is worse."""
    table = README.split("| Page | Blocks |")[1].split("\n\n")[0]
    assert sorted(re.findall(r"`(\w+)\(\)`", table)) == sorted(block_names())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files(name: str) -> None:
    """Of this repository."""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", text)
    folder = (ROOT / name).parent
    assert [target for target in targets if not (folder / target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_knows_its_targets(name: str) -> None:
    """Every `make x` that is named."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = re.findall(
        r"`(make [^`\n]+)`|^(make .*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
    )
    named = {word for pair in code for word in _targets("".join(pair))}
    assert named - targets == set()


def _targets(command: str) -> list[str]:
    words = command.split("#", maxsplit=1)[0].split()[1:]
    return [word for word in words if re.fullmatch(r"[a-z-]+", word)]


def test_rooms_are_where_contributors_are_sent() -> None:
    """Every path of the program or its tests that CONTRIBUTING.md names."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:charterbook|tests)/[^`]*)`", text)
    assert paths
    assert [path for path in paths if not re.search("NAME|CODE", path) and not (ROOT / path).exists()] == []


def test_the_picture_is_small() -> None:
    """A page that shows it opens at once."""
    assert (ROOT / ".github" / "handbook.png").stat().st_size < 200_000


def test_the_mistake_is_reported_as_shown() -> None:
    """The words in the README are those of the program."""
    (problem,) = load(small("[sales]", "[sale]").encode()).problems
    shown = next(line for line in README.splitlines() if line.startswith("charter.yml:38:17: "))
    assert shown == "charter.yml:38:17: " + str(problem).split(": ", 1)[1]
    assert load(SMALL.encode()).problems == ()


def test_proposals_of_the_readme_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the example charter."""
    (tmp_path / "charter.yml").write_bytes((ROOT / "charter.yml").read_bytes())
    monkeypatch.chdir(tmp_path)
    lines = [line for line in README.splitlines() if line.startswith("charterbook propose --set")]
    assert len(lines) == 2
    for line in lines:
        result = CliRunner().invoke(main, [*shlex.split(line)[1:], "--output", "-"])
        assert (result.exit_code, result.stderr) == (0, "")


def test_the_handbook_of_the_readme_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its settings, its page, its macro and its navigation, put into a new handbook."""
    book = tmp_path / "book"
    start(book, "en")
    settings = (book / "mkdocs.yml").read_text(encoding="utf-8").split("plugins:")[0]
    (book / "mkdocs.yml").write_text(settings + _settings(), encoding="utf-8")
    for name in ("macros.py", "docs/how-we-work.md"):
        (book / name).write_text(CODE[name], encoding="utf-8")
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
    pieces = re.findall(r"```yaml\n# mkdocs\.yml[^\n]*\n(.*?)```", README, re.DOTALL)
    assert len(pieces) == 2
    return "".join(pieces)
