"""Security headers for a web server: one policy for all pages, and files to cache for ever."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from charterbook.errors import CharterbookError, SettingsError
from charterbook.export.server_headers import OTHERS, server_headers
from charterbook.settings import settings_from
from charterbook.site.output.content_policy import with_policy

NAMED = (
    "assets/charterbook.0123abcd/style.css",
    "assets/javascripts/bundle.d7400e62.min.js",
    "assets/javascripts/workers/charterbook.0123abcd.js",
)
OTHER = ("style.css", "assets/charterbook/style.css", "latest/charterbook.json")
HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title></head><body>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two pages with different scripts, and files, some of them with a hash in the name of the file or its folder."""
    for number, name in enumerate(("index.html", "latest/index.html")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        page = with_policy(f"{HEAD}<script>run({number})</script>", {"img-src": ("https://i.example",)})
        (tmp_path / name).write_text(page, encoding="utf-8")
    for name in (*NAMED, *OTHER):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("server", ["netlify", "nginx", "apache"])
def test_one_policy_for_all_pages(site: Path, server: str) -> None:
    """With the scripts of each page, who may frame it, and without sources for the search worker."""
    text = server_headers(site, server, {"frame-ancestors": ("https://f.example",)})
    policy = re.search(r"default-src 'none'[^\"\n]*", text)
    assert policy is not None
    assert policy[0].count("'sha256-") == 2
    assert "img-src 'self' data: https://i.example" in policy[0]
    assert policy[0].endswith("; frame-ancestors https://f.example")
    assert not re.search("unsafe|trusted", policy[0])
    assert [name for name, value in OTHERS.items() if f"{name}" not in text or value not in text] == []


def test_files_with_a_hash_are_cached_for_ever(site: Path) -> None:
    """No others."""
    text = server_headers(site, "netlify", {})
    cached = "".join(f"/{name}\n  Cache-Control: public, max-age=31536000, immutable\n" for name in NAMED)
    assert text.endswith(f"\n{cached}")
    assert text.count("Cache-Control") == len(NAMED)
    assert "frame-ancestors 'self'" in text
    for server in ("nginx", "apache"):
        (pattern,) = re.findall(r'(?:location ~ "|m#)([^"#]*)["#]', server_headers(site, server, {}))
        assert [name for name in (*NAMED, *OTHER) if re.search(pattern, f"/{name}")] == list(NAMED)


def test_a_folder_without_a_site(tmp_path: Path) -> None:
    """Says what makes one."""
    with pytest.raises(CharterbookError, match="there is no site here"):
        server_headers(tmp_path, "nginx", {})


ODD_NAMES = (
    "assets/charterbook.0123abcd/a\n/*\n  Set-Cookie: a=b.js",
    "assets/charterbook.0123abcd/* b.js",
    "assets/charterbook.0123abcd/:splat.js",
    "assets/a.0123abcd.min.js\n",
    "latest/charterbook.0123abcd/x.js",
    "latest/a.0123abcd.min.css",
)


def test_names_of_files_add_no_lines(site: Path) -> None:
    """Files of docs/ can have any name."""
    for name in ODD_NAMES:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("", encoding="utf-8")
    text = server_headers(site, "netlify", {})
    assert [line for line in text.splitlines() if line.startswith("/")] == [
        "/*",
        *(f"/{name}" for name in NAMED),
    ]
    assert "Cookie" not in text


@pytest.mark.parametrize(
    ("server", "expected"), [("netlify", "/a$b%20"), ("nginx", "/a%24b%20"), ("apache", "/a%%24b%%20")]
)
def test_sources_are_no_variables(site: Path, server: str, expected: str) -> None:
    """Of the server's configuration."""
    text = server_headers(site, server, {"frame-ancestors": ("https://f.example/a$b%20",)})
    assert f"https://f.example{expected}" in text


@pytest.mark.parametrize(
    "source", ['https://a"b', "https://a;b", "a\\b", "<a>", "a,b", "a b", "a\nb", "é", ""]
)
def test_a_source_ends_nothing(source: str) -> None:
    """Neither the directive, nor the attribute of a page, nor the string of a server's configuration."""
    with pytest.raises(SettingsError, match="cannot be used"):
        settings_from({"content_security_policy": {"img-src": source}})
