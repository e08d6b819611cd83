"""Digests: changes for one reader in each format, escaped for any charter."""

from __future__ import annotations

import copy
import email
import json
import re
from dataclasses import replace
from email.policy import default
from pathlib import Path
from typing import Any, get_args

import lxml.html
import pytest
from click.testing import CliRunner

from charterbook.cli import main
from charterbook.compare import compare
from charterbook.export.digest_formats import MOST, SENT, Digest, Format, render
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.editions import charter
from tests.site.rotated_attacks import all_attacks

FORMATS: tuple[Format, ...] = get_args(Format)
HOSTILE = "<!channel> @here <@U1> & *b* [x](http://e.example) </li><script>x</script> ${{ x }} `id` $(id)"


def digest(old: dict[str, Any], new: dict[str, Any], **more: Any) -> Digest:
    """The digest of two minimal charters with changes."""
    return Digest(compare(charter(**old), charter(**new), ("2026-Q2", "2026-Q3")), **more)


def services(*names: str, **more: Any) -> list[dict[str, Any]]:
    """Services with these names."""
    return [
        {"id": f"s{place}", "name": name, "summary": "X.", **copy.deepcopy(more)}
        for place, name in enumerate(names)
    ]


def linked(name: str = "Coaching") -> Digest:
    """A digest with a link to each change and to all."""
    return digest(
        {},
        {"services": services(name)},
        reader="Sellers",
        page="https://example.com/latest/changes/?audience=sellers",
        link=lambda statement: "https://example.com/latest/services/",
    )


def test_most_important_first() -> None:
    """Commitments before wording, at most a handful, and the number of others."""
    old = {"services": services(*"ABCDEFGH"), "title": "One"}
    new = {"services": services(*"ABCDEFGH", status="sunset"), "title": "Two"}
    found = digest(old, new)
    assert len(found.lines) == MOST
    assert all("status" in sentence for sentence, _ in found.lines)
    assert found.more == "and 4 more"
    assert render(found).splitlines()[0] == "Two: what changed from 2026-Q2 to 2026-Q3"


def test_nothing_changed() -> None:
    """Nothing is sent; formats for people say that nothing changed."""
    for style in FORMATS:
        assert bool(render(digest({}, {}, reader="Sellers"), style)) is (style not in SENT)
    assert "Nothing changed for this audience." in render(digest({}, {}, reader="Sellers"))
    assert "No changes." in render(digest({}, {}))


def test_slack() -> None:
    """Slack's signs are escaped in the fallback, and everything else is literal text."""
    payload = json.loads(render(linked(HOSTILE), "slack"))
    without_links = re.sub(r"<https://example\.com/[^|<>]*\|[^<>]*>", "", payload["text"])
    assert not re.search(r"[<>]|@\w|!\w|`", without_links)
    assert not re.search(r"&(?!amp;|lt;|gt;)", payload["text"])
    (block,) = payload["blocks"]
    assert block["type"] == "rich_text"
    types = {run["type"] for section in _sections(block) for run in section["elements"]}
    assert types == {"text", "link"}
    texts = "".join(run["text"] for section in _sections(block) for run in section["elements"])
    assert "@here" not in texts


def _sections(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        inner
        for element in block["elements"]
        for inner in (element["elements"] if element["type"] == "rich_text_list" else [element])
    ]


def test_teams() -> None:
    """A message with an Adaptive Card, in which no text is Markdown."""
    message = json.loads(render(linked(HOSTILE), "teams"))
    (attached,) = message["attachments"]
    card = attached["content"]
    assert (message["type"], attached["contentType"], card["type"], card["version"]) == (
        "message",
        "application/vnd.microsoft.card.adaptive",
        "AdaptiveCard",
        "1.4",
    )
    assert {part["type"] for part in card["body"]} == {"RichTextBlock"}
    assert card["actions"][0]["url"] == "https://example.com/latest/changes/?audience=sellers"
    assert "@here" not in json.dumps(card)
    assert "msteams" not in card


def test_email() -> None:
    """Plain text and HTML, the same bytes each time, and no header from a charter's text."""
    old, new = {"audiences": [{"id": "a", "name": "A"}]}, {"audiences": [{"id": "a", "name": HOSTILE}]}
    text = render(digest(old, new, reader=f"Sellers\r\nBcc: x@example.com {HOSTILE}"), "email")
    assert text == render(digest(old, new, reader=f"Sellers\r\nBcc: x@example.com {HOSTILE}"), "email")
    message = email.message_from_bytes(text.encode("ascii"), policy=default)
    assert message.defects == []
    assert set(message.keys()) == {"Subject", "X-Unsent", "Auto-Submitted", "MIME-Version", "Content-Type"}
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "what changed" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_html() -> None:
    """Only the elements of the digest."""
    page = lxml.html.fromstring(render(linked(HOSTILE), "html"))
    assert {element.tag for element in page.iter()} <= {
        "html", "head", "meta", "title", "body", "h1", "p", "ul", "li", "a",
    }  # fmt: skip
    assert {link.get("href").partition("?")[0] for link in page.iter("a")} == {
        "https://example.com/latest/services/",
        "https://example.com/latest/changes/",
    }


def test_markdown() -> None:
    """No markup, no mention, no link but the digest's own."""
    text = render(linked(HOSTILE), "markdown")
    assert "<script" not in text
    assert "@here" not in text
    assert set(re.findall(r"\]\(<(.*?)>\)", text)) == {
        "https://example.com/latest/services/",
        "https://example.com/latest/changes/?audience=sellers",
    }


@pytest.mark.parametrize(
    "address", ["javascript:x", "https://e.example/>|x", "https://e.example/ x", 'https://e/"']
)
def test_addresses_are_checked(address: str) -> None:
    """An address that could end a link is left out."""
    found = digest({"title": "A"}, {"title": "B"}, page=address, link=lambda statement: address)
    for style in FORMATS:
        assert address not in render(found, style)


def test_the_command(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the last two versions, or since a revision, with links to pages that exist."""
    monkeypatch.chdir(repo.folder)
    settings = "site_name: X\nsite_url: https://example.com/c\nplugins: [charterbook]\n"
    pages = {
        "docs/index.md": "# X\n",
        "docs/changes.md": "# X\n",
        "docs/compare/each.md": "---\nfor_each: versions\n---\n# X\n",
        "docs/services/each.md": "---\nfor_each: services\n---\n# X\n",
    }
    use = {"audiences": ["sellers"]}
    repo.commit({"README": "x"}, date="2026-01-01")
    empty = repo.git("rev-parse", "HEAD").strip()
    repo.commit(
        {"charter.yml": minimal_charter(services=services("A", **use)), "mkdocs.yml": settings, **pages},
        date="2026-01-10",
    )
    first = repo.git("rev-parse", "HEAD").strip()
    repo.commit({"charter.yml": minimal_charter(services=services("B", **use))}, date="2026-04-10")
    repo.commit({"charter.yml": minimal_charter(services=services("C", "D", **use))}, date="2026-07-10")

    def said(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["digest", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    text = said("--audience", "sellers")
    assert text.startswith(
        "Enablement charter: what changed from 2026-Q2 to 2026-Q3, for Sellers\n2 changes: "
    )
    assert "(https://example.com/c/latest/services/s1/)" in text
    assert text.endswith("All changes: https://example.com/c/latest/changes/?audience=sellers\n")
    assert said("--since", "2026-Q1").endswith("All changes: https://example.com/c/latest/compare/2026-Q1/\n")
    since = said("--since", first)
    assert since.startswith("Enablement charter: what changed in 2026-Q3\n")
    assert "latest/changes/" in since
    assert said("--since", "0" * 40, "--format", "slack") == ""
    assert said("--since", empty, "--format", "slack") == ""
    assert said("--since", "latest", "--format", "teams") == ""
    assert json.loads(said("--since", first, "--format", "slack"))["text"]


def test_the_command_without_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to compare with."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charter.yml").write_text(minimal_charter(), encoding="utf-8")
    result = CliRunner().invoke(main, ["digest"])
    assert (result.exit_code, "no earlier version" in result.stderr) == (2, True)


#: Parts of a text that Slack and Teams would obey: mentions, values, emoji and times.
_LIVE = re.compile(r"[@#!]\w|[{$]\{|:[\w+-]+:")


@pytest.mark.long
def test_no_attack_acts_in_a_message() -> None:
    """Each attack as the name of the reader, which is in all parts of a message."""
    found = linked("Coaching")
    for attack in all_attacks():
        one = replace(found, reader=" ".join(attack.split()))
        slack, teams = json.loads(render(one, "slack")), json.loads(render(one, "teams"))
        own = re.sub(r"<https://example\.com/[^|<>]*\|([^<>]*)>", r"\1", slack["text"])
        assert "<" not in own, attack
        texts = [own, *_texts(slack["blocks"]), *_texts(teams)]
        assert [text for text in texts if _LIVE.search(text)] == [], attack


def _texts(payload: Any) -> list[str]:
    """The texts that readers see, in all parts of a message."""
    if isinstance(payload, list):
        return [text for part in payload for text in _texts(part)]
    if not isinstance(payload, dict):
        return []
    own = [payload[key] for key in ("text", "fallbackText", "title") if isinstance(payload.get(key), str)]
    return [*own, *(text for part in payload.values() for text in _texts(part))]


def test_names_from_right_to_left_are_isolated() -> None:
    """Programs show a line in the direction of its first letter outside of isolated parts."""
    old, new = (services("הדרכה", owner=owner) for owner in ("Ada", "Grace"))
    for format_ in FORMATS:
        text = render(digest({"services": old}, {"services": new}), format_)
        if format_ == "email":
            parts = email.message_from_string(text, policy=default).iter_parts()
            assert all("\u2068הדרכה\u2069: " in part.get_content() for part in parts)
        else:
            assert "\u2068הדרכה\u2069: " in text, format_
