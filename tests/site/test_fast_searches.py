"""Fast searches in the HTML of pages find the same as plain ones."""

from __future__ import annotations

import logging
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charterbook.site.output.content_policy import is_suspicious, with_policy
from charterbook.site.render.page_headings import anchors

HEAD = '<html><head><meta charset="utf-8"></head><body>'
PIECES = [
    "<a",
    "<h2 ",
    "<img alt='a > b' ",
    "<script>",
    "<script src=/a.js>",
    "</script>",
    "<STYLE>",
    "</style>",
    ' id="x"',
    '\nid="y"',
    ' id=""',
    ' xid="z"',
    ' style="color: red"',
    "\tSTYLE = a",
    ' onclick="go()"',
    " on=1",
    ' src="https://one.example/a.png"',
    " href=//two.example/",
    ' rel="canonical"',
    "<link",
    "<img",
    "</p>",
    ">",
    '"',
    "words //not a link ",
]
page_parts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(page_parts)
@example('<a id="x" id="y"><h2 \nid="z">')
def test_ids(content: str) -> None:
    """Every first id of a tag."""
    assert anchors(content) == set(re.findall(r"<[a-z][a-z0-9]*\b[^>]*?\sid=\"([^\"]+)\"", content))


@given(page_parts, page_parts)
def test_what_a_policy_blocks(content: str, theme: str) -> None:
    """The same policy and the same warnings, whether a harmless content is searched or not."""
    page = f"{HEAD}{theme}<main>{content}</main>"
    assert is_suspicious(content) or policy_and_warnings(page, content, False) == policy_and_warnings(
        page, content, True
    )


def policy_and_warnings(page: str, content: str, suspicious: bool) -> tuple[str, list[str]]:
    """A page with its policy, and the messages of the log about it."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("mkdocs.plugins.charterbook")
    log.addHandler(handler)
    try:
        return with_policy(page, {}, "https://here.example/", content, suspicious=suspicious), said
    finally:
        log.removeHandler(handler)


@pytest.mark.parametrize(
    ("tag", "origin"),
    [
        ('<img src="https://one.example/a.png">', "https://one.example"),
        ("<script async src=//two.example/a.js></script>", "https://two.example"),
        ('<link rel="stylesheet" href="http://three.example/">', "http://three.example"),
        ('<link href="http://three.example/" rel="stylesheet">', "http://three.example"),
        ('<link href="http://three.example/" rel="canonical">', ""),
        ('<video poster="/a//b.png" src="https://four.example/v"></video>', "https://four.example"),
        ('<a href="https://five.example/">', ""),
        ('<img src="https://here.example/a.png">', ""),
        ("// <img alt='//six.example/'>", ""),
    ],
)
def test_other_hosts(tag: str, origin: str) -> None:
    """A tag that loads something from elsewhere is a warning that names the host."""
    _, said = policy_and_warnings(f"{HEAD}{tag}", "", True)
    assert [origin in message for message in said] == ([True] if origin else [])
