from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_checks.links import bad_links

SITE = {
    "index.html": "<h1 id='top-of-all'>Home</h1><a name='old'></a>",
    "a/index.html": "<h2 id='éa'>A</h2>",
    "a/b/index.html": "",
    "style.css": "",
    "2x.png": "",
}


def problems(folder: Path, html: str, name: str = "a/page/index.html") -> list[str]:
    """The faults of a page of a small site."""
    for path, text in {**SITE, name: html}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    found = bad_links(folder, "/team/charter/", "https://example.org/team/charter/")
    return [f"{link.address} {link.reason}" for link in found]


@pytest.mark.parametrize(
    "html",
    [
        "<a href='../../'>",
        "<a href='..'>",
        "<a href='.'>",
        "<a href='../../#top-of-all'>",
        "<a href='../../index.html#old'>",
        "<a href='../#%C3%A9a'>",
        "<a href='#'><a href='#top'>",
        "<a id='here' href='#here'>",
        "<a href='../b/?q=1#:~:text=word'>",
        "<a href='/team/charter/a/'>",
        "<a href='/team/charter'>",
        "<a href='https://example.org/team/charter/a/b/'>",
        "<a href='https://elsewhere.example/none/'>",
        "<a href='mailto:a@example.org'>",
        "<link rel=stylesheet href=../../style.css>",
        "<img src=../../2x.png srcset='../../2x.png 2x, ../../2x.png 3x'>",
        "<meta http-equiv=refresh content='0; url=../../a/'>",
    ],
)
def test_valid_links(tmp_path: Path, html: str) -> None:
    """An address that resolves, or that is on another host, is not a fault."""
    assert problems(tmp_path, html) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='../none/'>", "../none/ leads to no file"),
        ("<a href='../../#none'>", "../../#none finds no #none in index.html"),
        ("<a href='#none'>", "#none finds no #none in a/page/index.html"),
        ("<a href='../../..'>", "../../.. leaves /team/charter/"),
        ("<a href='../../../charter/'>", "../../../charter/ leaves /team/charter/"),
        ("<a href='/a/'>", "/a/ leaves /team/charter/"),
        ("<a href='/team/charter/none/'>", "/team/charter/none/ leads to no file"),
        ("<a href='/team/charter/../a/'>", "/team/charter/../a/ leaves /team/charter/"),
        ("<link rel=canonical href='https://example.org/team/charter/x/'>", "/x/ leads to no file"),
        ("<a href='javascript:alert(1)'>", "javascript:alert(1) begins with javascript:"),
        ("<a href='http://[x/'>", "http://[x/ is no address"),
        ("<img src=none.png>", "none.png leads to no file"),
        ("<img srcset='../../2x.png 1x, none.png 2x'>", "none.png leads to no file"),
        ("<script src=none.js></script>", "none.js leads to no file"),
        ("<object data=none.svg></object>", "none.svg leads to no file"),
        ("<svg><use xlink:href='#none'/></svg>", "#none finds no #none in a/page/index.html"),
        ("<meta http-equiv=refresh content='0;url=../none/'>", "../none/ leads to no file"),
        ("<noscript><a href='../none/'></a></noscript>", "../none/ leads to no file"),
    ],
)
def test_broken_links(tmp_path: Path, html: str, expected: str) -> None:
    """A broken address is reported, with the reason."""
    found = problems(tmp_path, html)
    assert [problem[-len(expected) :] for problem in found] == [expected]


def test_the_404_page(tmp_path: Path) -> None:
    """404.html is shown at any address, so relative ones cannot work there."""
    expected = ["style.css is relative on 404.html, which is shown at any address"]
    assert (
        problems(tmp_path, "<link href=style.css><link href=/team/charter/style.css>", "404.html") == expected
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<base href=/team/charter/><link href=style.css><a href='a/b/'><a href='#top-of-all'>", []),
        ("<base href=/team/charter/><link href=a/style.css>", ["a/style.css leads to no file"]),
        ("<base href=/team/charter/><a href=../a/>", ["../a/ leaves /team/charter/"]),
        ("<base href=./>", ["./ is relative on 404.html, which is shown at any address"]),
    ],
)
def test_base(tmp_path: Path, html: str, expected: list[str]) -> None:
    """A page with a base says itself from where its relative addresses are seen."""
    assert problems(tmp_path, html, "404.html") == expected


def test_place(tmp_path: Path) -> None:
    """A bad link is reported with its page and line."""
    (tmp_path / "index.html").write_text("<p>\n<a href='x/'>x</a>")
    assert [str(link) for link in bad_links(tmp_path)] == ["index.html:2: 'x/' leads to no file"]
