"""Settings from mkdocs.yml, without MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.errors import SettingsError
from charterbook.settings import Settings, handbook_of, read_settings


def read(folder: Path, text: str) -> Settings:
    """The settings that a mkdocs.yml of this text gives."""
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return read_settings(folder)


@pytest.mark.parametrize(
    "text",
    [
        "site_name: x",
        "plugins: []",
        "plugins: [charterbook]",
        "plugins: [search, {charterbook: }]",
        "plugins: {charterbook: {}}",
    ],
)
def test_without_options_all_is_usual(tmp_path: Path, text: str) -> None:
    """Whether the plugin is listed or not."""
    assert read(tmp_path, text) == Settings()


def test_without_mkdocs_yml_all_is_usual(tmp_path: Path) -> None:
    """A charter needs no site."""
    assert read_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    "plugins", ["\n  - search\n  - charterbook: {%s}", "\n  search: {}\n  charterbook: {%s}"]
)
def test_options(tmp_path: Path, plugins: str) -> None:
    """Plugins may be a list or a mapping; options of others do not matter."""
    options = "charter: team/charter.yml, branch: main, tag_prefix: v, period: half, fiscal_year_start: 2, timezone: Asia/Tokyo"
    expected = Settings("team/charter.yml", "main", "v", "half", 2, "Asia/Tokyo")
    assert read(tmp_path, f"plugins:{plugins % options}") == expected


def test_rules(tmp_path: Path) -> None:
    """The word off needs no quotes, though YAML reads it as false."""
    options = "{rules: {placeholder: off, mission-why: error, id-reuse: 'off'}}"
    expected = (("placeholder", "off"), ("mission-why", "error"), ("id-reuse", "off"))
    assert read(tmp_path, f"plugins: [charterbook: {options}]").rules == expected


def test_tags_of_mkdocs_run_nothing(tmp_path: Path) -> None:
    """Python tags are read as nothing."""
    text = "x: !!python/name:os.system\ny: !!python/object/apply:os._exit [3]\nz: !relative\nplugins: [charterbook]"
    assert read(tmp_path, text) == Settings()


def test_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`!ENV` means what it means to MkDocs."""
    monkeypatch.setenv("CHARTER_BRANCH", "trunk")
    monkeypatch.delenv("CHARTER_NONE", raising=False)
    options = "{branch: !ENV CHARTER_BRANCH, tag_prefix: !ENV [CHARTER_NONE, v]}"
    assert read(tmp_path, f"plugins: [charterbook: {options}]") == Settings(branch="trunk", tag_prefix="v")


def test_inherit(tmp_path: Path) -> None:
    """A file that says nothing of the plugin takes it from the one it inherits from."""
    (tmp_path / "base.yml").write_text("plugins: [charterbook: {period: month}]", encoding="utf-8")
    assert read(tmp_path, "INHERIT: base.yml") == Settings(period="month")
    assert read(tmp_path, "INHERIT: base.yml\nplugins: [charterbook: {period: year}]") == Settings(
        period="year"
    )


def test_where_the_pages_are(tmp_path: Path) -> None:
    """MkDocs' own `docs_dir`, also from the file that is inherited from."""
    assert read(tmp_path, "docs_dir: pages").docs == "pages"
    (tmp_path / "base.yml").write_text("docs_dir: base", encoding="utf-8")
    assert read(tmp_path, "INHERIT: base.yml\nplugins: [charterbook]").docs == "base"
    assert read(tmp_path, "INHERIT: base.yml\ndocs_dir: pages").docs == "pages"


def test_the_handbook_of_a_charter(tmp_path: Path) -> None:
    """It stands beside the charter, or above it and names it."""
    assert handbook_of(tmp_path / "charter.yml") is None
    read(tmp_path, "plugins: [charterbook: {charter: team/charter.yml}]")
    assert handbook_of(tmp_path / "charter.yml") == tmp_path
    assert handbook_of(tmp_path / "team" / "charter.yml") == tmp_path
    assert handbook_of(tmp_path / "team" / "other.yml") is None


WRONG = {
    "charter: /etc/x": "charter: '/etc/x' cannot be used; allowed: a path relative to the folder of mkdocs.yml",
    "charter: 'C:/x'": "charter: 'C:/x' cannot be used",
    "branch: 1": "branch: 1 cannot be used; allowed: the name of a branch",
    "period: week": "period: 'week' cannot be used; allowed: year, half, quarter, month",
    "period: [x]": "period: .* cannot be used",
    "fiscal_year_start: 13": "fiscal_year_start: 13 cannot be used; allowed: a month, 1 to 12",
    "fiscal_year_start: true": "fiscal_year_start: True cannot be used",
    "timezone: Mars": "timezone: 'Mars' cannot be used; allowed: a name such as UTC or Europe/Berlin",
    "rules: [x]": "rules: .* cannot be used; allowed: names of rules, each with one of error, warning, hint, off",
    "rules: {placeholders: off}": r"rules: there is no rule 'placeholders'; did you mean placeholder\?",
    "rules: {xyz: off}": "rules: there is no rule 'xyz'; there are: mission-why, service-audience",
    "rules: {placeholder: warn}": "rules: placeholder: 'warn' cannot be used; allowed: error, warning, hint, off",
    "rules: {placeholder: on}": "rules: placeholder: True cannot be used; allowed: error",
    "rules: {placeholder: }": "rules: placeholder: None cannot be used",
    "timezone: ../../etc/passwd": "timezone: .* cannot be used",
}


@pytest.mark.parametrize("option", WRONG)
def test_values_that_cannot_be_used(tmp_path: Path, option: str) -> None:
    """The message names the file, the option and what is allowed."""
    with pytest.raises(SettingsError, match=rf"^mkdocs\.yml: plugins: charterbook: {WRONG[option]}"):
        read(tmp_path, f"plugins: [charterbook: {{{option}}}]")


def test_inherited_mappings_are_merged(tmp_path: Path) -> None:
    """Through two files, as MkDocs merges them."""
    (tmp_path / "first.yml").write_text("plugins: {charterbook: {period: month, timezone: Asia/Tokyo}}")
    (tmp_path / "base.yml").write_text("INHERIT: first.yml\nplugins: {charterbook: {timezone: UTC}}")
    own = "INHERIT: base.yml\nplugins: {charterbook: {fiscal_year_start: 4}}"
    assert read(tmp_path, own) == Settings(period="month", fiscal_year_start=4)


def test_a_circle_of_files(tmp_path: Path) -> None:
    """It is said, not followed."""
    with pytest.raises(SettingsError, match="inherits from itself"):
        read(tmp_path, "INHERIT: mkdocs.yml")


@pytest.mark.parametrize("text", ["a: [", "- x", "plugins: [charterbook: x]", "INHERIT: none.yml", "a: \0"])
def test_files_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    """A message, no traceback."""
    with pytest.raises(SettingsError, match=r"\.yml: "):
        read(tmp_path, text)
