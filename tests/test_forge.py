"""The forge's own addresses."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from charterbook.forge import LONGEST, Forge, forge_at

PATH = "team/charter.yml"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/our/charter", "github"),
        ("https://github.com/our/charter.git/", "github"),
        ("https://github.our-company.example/our/charter", "github"),
        ("https://gitlab.com/our/team/charter", "gitlab"),
        ("https://gitlab.company.example/our/charter", "gitlab"),
        ("https://codeberg.org/our/charter", "gitea"),
        ("https://gitea.example/our/charter", "gitea"),
        ("https://my-forgejo.example/our/charter", "gitea"),
        ("https://bitbucket.org/our/charter", "bitbucket"),
    ],
)
def test_a_forge_is_known_by_its_host(url: str, kind: str) -> None:
    """Also where a company runs it under a name of its own."""
    forge = forge_at(url)
    assert forge is not None
    assert forge.kind == kind
    assert forge.url.endswith("/charter")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)//github.com/",
        "git@github.com:our/charter",
        "https://code.example/our/charter",
    ],
)
def test_an_unknown_forge_is_none(url: str | None) -> None:
    """Nobody is sent to an address that was guessed."""
    assert forge_at(url) is None


def test_the_kind_can_be_said() -> None:
    """For a host whose name does not tell; a word that is no kind says nothing."""
    assert forge_at("https://code.example/our/charter", "gitlab") == Forge(
        "https://code.example/our/charter", "gitlab"
    )
    assert forge_at("https://code.example/our/charter", "sourceforge") is None


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("github", "https://x.example/o/r/edit/next/v1/team/charter.yml#L12"),
        ("gitlab", "https://x.example/o/r/-/edit/next/v1/team/charter.yml#L12"),
        ("gitea", "https://x.example/o/r/_edit/next/v1/team/charter.yml#L12"),
        ("bitbucket", "https://x.example/o/r/src/next/v1/team/charter.yml?mode=edit&at=next/v1#lines-12"),
    ],
)
def test_the_editor_at_a_line(kind: str, address: str) -> None:
    """A branch may have slashes in its name."""
    forge = forge_at("https://x.example/o/r", kind)
    assert forge is not None
    assert forge.edit("next/v1", PATH, 12) == address


def test_names_are_quoted() -> None:
    """Nothing of a branch or a file's name ends the path."""
    forge = Forge("https://x.example/o/r", "github")
    assert forge.edit("a#b?c", "x y.yml") == "https://x.example/o/r/edit/a%23b%3Fc/x%20y.yml"


@pytest.mark.parametrize("kind", ["github", "gitea"])
def test_a_new_file_is_filled_in(kind: str) -> None:
    """Name and content come back whole."""
    forge = forge_at("https://x.example/o/r", kind)
    assert forge is not None
    text = "reason: 100 % & more + ещё\nchanges: []\n"
    address = forge.new_file("main", "proposals/a.yml", text)
    assert parse_qs(urlsplit(address or "").query) == {"filename": ["proposals/a.yml"], "value": [text]}


def test_an_address_is_never_too_long() -> None:
    """Then there is none, and none where the forge cannot be given a content."""
    forge = Forge("https://x.example/o/r", "github")
    assert forge.new_file("main", "a.yml", "ы" * (LONGEST // 6)) is None
    assert Forge("https://x.example/o/r", "gitlab").new_file("main", "a.yml", "a: 1") is None
    assert Forge("https://x.example/o/r", "bitbucket").new_file("main", "a.yml", "a: 1") is None


@pytest.mark.parametrize(
    ("kind", "proposal", "commit"),
    [
        ("github", "pull/7", "commit/abc"),
        ("gitlab", "-/merge_requests/7", "-/commit/abc"),
        ("gitea", "pulls/7", "commit/abc"),
        ("bitbucket", "pull-requests/7", "commits/abc"),
    ],
)
def test_commits_and_pull_requests(kind: str, proposal: str, commit: str) -> None:
    """As each forge calls them."""
    forge = forge_at("https://x.example/o/r", kind)
    assert forge is not None
    assert forge.change_request(7) == f"https://x.example/o/r/{proposal}"
    assert forge.commit("abc") == f"https://x.example/o/r/{commit}"
