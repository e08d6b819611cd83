from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site_checks.server import serve


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A small site, served."""
    (tmp_path / "a").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "index.html").write_text("home")
    (tmp_path / "a" / "index.html").write_text("page a")
    (tmp_path / "404.html").write_text("lost?")
    with serve(tmp_path, "/team/charter/") as address:
        yield address


def get(url: str) -> tuple[int, str]:
    """The status and the text of an answer."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", (200, "home")),
        ("a/", (200, "page a")),
        ("a", (200, "page a")),
        ("a/?x=1", (200, "page a")),
        ("none/", (404, "lost?")),
        ("empty/", (404, "lost?")),
        ("../", (404, "Outside of the site")),
        ("../../index.html", (404, "Outside of the site")),
    ],
)
def test_answers(address: str, path: str, expected: tuple[int, str]) -> None:
    """Pages come from the sub-path only; missing pages get the site's own 404 page."""
    assert get(address + path) == expected
