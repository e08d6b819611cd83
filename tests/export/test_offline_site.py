"""A site that opens without a server."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from charterbook.cli import main
from charterbook.export.offline_site import make_offline, named


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("funding/", "funding/index.html"),
        ("../", "../index.html"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("a/?audience=x#changes", "a/index.html?audience=x#changes"),
        ("feed.xml", "feed.xml"),
        ("#top", "#top"),
        ("?x=/", "?x=/"),
        ("", ""),
        ("https://example.com/a/", "https://example.com/a/"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("//example.com/", "//example.com/"),
        ("/", "/"),
    ],
)
def test_links(link: str, expected: str) -> None:
    """Only relative links to folders change, and only once."""
    assert named(link.encode()).decode() == expected
    assert named(named(link.encode())).decode() == expected


def test_pages(tmp_path: Path) -> None:
    """In all elements with links, quoted or not; never in text."""
    before = (
        '<meta http-equiv=refresh content="0; url=latest/"><a title="a > b" href="x/">x</a> <a href=../>y</a>'
    )
    after = (
        before.replace("latest/", "latest/index.html")
        .replace('"x/', '"x/index.html')
        .replace("../", "../index.html")
    )
    text = '<code>href="z/"</code>'
    (tmp_path / "a").mkdir()
    (tmp_path / "versions.json").write_text("[]", encoding="utf-8")
    for file in (tmp_path / "index.html", tmp_path / "a" / "index.html"):
        file.write_text(before + text, encoding="utf-8")
    assert [make_offline(tmp_path), make_offline(tmp_path)] == [2, 2]
    assert (tmp_path / "a" / "index.html").read_text(encoding="utf-8") == after + text


def test_no_site(tmp_path: Path) -> None:
    """The error says how to build one."""
    result = CliRunner().invoke(main, ["offline", str(tmp_path / "site")])
    assert (result.exit_code, "mkdocs build" in result.stderr) == (2, True)


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    """Such as the handbook's own, with templates and pages of HTML."""
    (tmp_path / "main.html").write_text('<a href="x/">', encoding="utf-8")
    result = CliRunner().invoke(main, ["offline", str(tmp_path)])
    assert (result.exit_code, "there is no site here" in result.stderr) == (2, True)
    assert (tmp_path / "main.html").read_text(encoding="utf-8") == '<a href="x/">'


@pytest.mark.parametrize("command", [["offline"], ["headers", "netlify"]])
def test_a_folder_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """It is named: its pages would have other links, or another policy, than the rest."""
    for name in ("versions.json", "index.html", "a/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    real = os.scandir

    def scandir(path: str) -> Any:
        if Path(path).name == "a":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        result = CliRunner().invoke(main, [*command, str(tmp_path)])
    assert (result.exit_code, result.stderr) == (2, f"charterbook: {tmp_path / 'a'}: Permission denied\n")


@pytest.mark.parametrize("command", [["offline"], ["headers", "netlify"]])
def test_what_is_no_file_is_no_page(tmp_path: Path, command: list[str]) -> None:
    """A pipe would be waited for, and a device has no end."""
    for name in ("versions.json", "index.html"):
        (tmp_path / name).write_text("")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "link.html").symlink_to("pipe.html")
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    (tmp_path / "nowhere.html").symlink_to("missing")
    assert CliRunner().invoke(main, [*command, str(tmp_path)]).exit_code == 0


def test_a_page_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says how many pages were written before it. The next run writes the others."""
    names = ["a/index.html", "b/index.html", "index.html"]
    (tmp_path / "versions.json").write_text("")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('<a href="c/">')
    real = os.replace

    def replace(self: Path, goal: Path) -> None:
        if goal == tmp_path / names[1]:
            raise OSError(errno.ENOSPC, "No space left on device", str(goal))
        real(self, goal)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        result = CliRunner().invoke(main, ["offline", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr == (
        f"charterbook: {tmp_path / names[1]}: No space left on device. Only 1 of 3 pages can be read without a server. "
        "Run this again; pages are only changed once.\n"
    )
    assert CliRunner().invoke(main, ["offline", str(tmp_path)]).exit_code == 0
    assert {(tmp_path / name).read_text() for name in names} == {'<a href="c/index.html">'}
