from __future__ import annotations

import logging
import re
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError

from charterbook.site.config_check import check, error_settings, set_defaults
from charterbook.site.mkdocs_commands import _config
from charterbook.site.pipeline.version_build import VersionBuild
from charterbook.starter import start

CI = ("1", "0", "woodpecker", "yes", "", "true", "false", "True", "null", "[", "a: b")
OLD = "module_name: macros\n      on_error_fail: !ENV [CI, false]  # stop in CI"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The mkdocs.yml of a new handbook."""
    start(tmp_path / "book", "en")
    return tmp_path / "book/mkdocs.yml"


@pytest.mark.long
@pytest.mark.parametrize("value", [None, *CI])
def test_a_new_handbook_can_be_used_whatever_ci_is(
    settings: Path, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mkdocs.yml does not depend on CI."""
    monkeypatch.delenv("CI", raising=False)
    if value is not None:
        monkeypatch.setenv("CI", value)
    config = load_config(str(settings))
    assert "charterbook" in config.plugins


@pytest.mark.long
@pytest.mark.parametrize("value", CI)
@pytest.mark.parametrize("inherited", [False, True])
def test_an_old_handbook_gets_advice(
    settings: Path,
    value: str,
    inherited: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If mkdocs-macros refuses the value, there is one error, which names the line."""
    monkeypatch.setenv("CI", value)
    settings.write_text(settings.read_text().replace("module_name: macros", OLD))
    file = settings
    if inherited:
        file = settings.with_name("other.yml")
        file.write_text("INHERIT: mkdocs.yml\n")
    if value.lower() in ("true", "false", "yes", "null", ""):
        load_config(str(file))
        (found,) = error_settings(str(file))
        assert "delete `on_error_fail: !ENV [CI, false]`" in found.advice
        return
    with pytest.raises(Abort):
        load_config(str(file))
    (error,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "mkdocs.yml:14:22: delete `on_error_fail: !ENV [CI, false]`" in error


def test_a_plugin_that_comes_too_late_is_named(caplog: pytest.LogCaptureFixture) -> None:
    """Settings that pages rely on are restored."""
    builder = VersionBuild.__new__(VersionBuild)
    builder._set = {"site_url": "https://example.org/2025-Q1/", "use_directory_urls": True}
    config = {"site_url": "https://example.org/2025-Q1/", "use_directory_urls": False}
    builder.confirm(config)  # type: ignore[arg-type]
    assert config["use_directory_urls"] is True
    (message,) = [record.getMessage() for record in caplog.records]
    assert message.startswith("use_directory_urls: false has no effect")


def test_an_undefined_name_is_a_mistake_unless_mkdocs_yml_says_otherwise(settings: Path) -> None:
    """Reported before the inputs of a site are read."""
    given = settings.read_text()
    for setting, expected in (("", "strict"), ("\n      on_undefined: keep", "keep")):
        settings.write_text(given.replace("module_name: macros", f"module_name: macros{setting}"))
        config = load_config(str(settings))
        set_defaults(config)
        assert config.plugins["macros"].config["on_undefined"] == expected


@pytest.mark.parametrize(
    ("is_closed", "words"), [(False, "needs a mkdocs.yml on disk"), (True, "standard input is closed")]
)
def test_settings_without_a_file(monkeypatch: pytest.MonkeyPatch, is_closed: bool, words: str) -> None:
    """MkDocs says nothing of the file if it is standard input, or if that is closed."""
    if is_closed:
        monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(PluginError, match=words):
        check(MkDocsConfig())


def test_a_build_of_the_command_line_with_standard_input_closed(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It knows the path that MkDocs does not record."""
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.chdir(settings.parent)
    assert _config(Path("docs/../mkdocs.yml"), None, strict=False).config_file_path == str(settings)


def test_what_an_existing_site_lacks_is_said_until_it_builds(tmp_path: Path) -> None:
    """One addition after the other, as the messages say."""
    settings = tmp_path / "mkdocs.yml"
    for plugins, said in (
        (
            "[charterbook]",
            "add `- macros: {modules: [charterbook.site.macros]}` to plugins, after charterbook.",
        ),
        ("[macros, charterbook]", "list charterbook before macros"),
        (
            "[charterbook, macros: {module_name: macros}]",
            "there is no macros.py in the folder of mkdocs.yml; without macros",
        ),
    ):
        settings.write_text(
            f"site_name: A\ntheme: {{name: material}}\nplugins: {plugins}\n", encoding="utf-8"
        )
        (tmp_path / "docs").mkdir(exist_ok=True)
        with pytest.raises(PluginError, match=re.escape(said)):
            check(load_config(str(settings)))
    for module in ("own", "[charterbook.site.macros]"):
        key = "module_name" if module == "own" else "modules"
        (tmp_path / "own.py").write_text("", encoding="utf-8")
        settings.write_text(
            f"site_name: A\ntheme: {{name: material}}\nplugins: [charterbook, macros: {{{key}: {module}}}]\n"
        )
        check(load_config(str(settings)))


def test_a_theme_of_the_command_line(settings: Path) -> None:
    """The message names the option, not a line of mkdocs.yml."""
    with pytest.raises(PluginError, match=r"^--theme: Charterbook's pages need"):
        check(load_config(str(settings), theme={"name": "mkdocs"}))


def test_dirty_builds_are_complete(settings: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The option has nothing to leave out."""
    caplog.set_level(logging.INFO)
    config = load_config(str(settings))
    config.plugins.on_startup(command="build", dirty=True)
    assert (
        "--dirty has no effect: only what has changed is built, and no page is left out." in caplog.messages
    )
