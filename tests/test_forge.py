"""The forge's own addresses."""

from __future__ import annotations

import pytest

from charterbook.forge import Forge, NewFile, forge_at

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
        ("https://our-company.ghe.com/our/charter", "github"),
        ("https://dev.azure.com/our/Sales%20team/_git/charter", "azure"),
        ("https://our.visualstudio.com/DefaultCollection/team/_git/charter/", "azure"),
        ("https://tfs.example:8080/tfs/DefaultCollection/team/_git/charter", "azure"),
        ("https://bitbucket.our-company.example/projects/OUR/repos/charter", "bitbucket-data-center"),
        ("https://code.example/bitbucket/projects/OUR/repos/charter/browse", "bitbucket-data-center"),
        ("https://code.example/users/dana/repos/charter", "bitbucket-data-center"),
        ("https://gitlab.com/our/projects/OUR/repos/charter", "gitlab"),
    ],
)
def test_a_forge_is_known_by_its_host(url: str, kind: str) -> None:
    """Also for a company's own host."""
    forge = forge_at(url)
    assert forge is not None
    assert forge.kind == kind
    assert forge.url.endswith("/charter")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/our/charter", "GitHub"),
        ("https://gitlab.com/our/charter", "GitLab"),
        ("https://codeberg.org/our/charter", "Codeberg"),
        ("https://bitbucket.org/our/charter", "Bitbucket"),
        ("https://gitea.com/our/charter", "Gitea"),
        ("https://dev.azure.com/our/team/_git/charter", "Azure DevOps"),
        ("https://our.visualstudio.com/team/_git/charter", "Azure DevOps"),
        ("https://user:secret@gitlab.company.example:8443/our/charter", "gitlab.company.example"),
    ],
)
def test_name_for_people(url: str, name: str) -> None:
    """The name of a public forge; else the host, and nothing else of the address."""
    forge = forge_at(url)
    assert forge is not None
    assert forge.name == name


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
    """No address is guessed."""
    assert forge_at(url) is None


@pytest.mark.parametrize(
    ("url", "kind", "pages"),
    [
        (
            "https://our@dev.azure.com/our/team/_git/charter",
            None,
            "https://dev.azure.com/our/team/_git/charter",
        ),
        ("https://dana:secret@github.com/our/charter.git", None, "https://github.com/our/charter"),
        (
            "https://gitlab.example:8443/our/team/sub/charter.git/",
            None,
            "https://gitlab.example:8443/our/team/sub/charter",
        ),
        (
            "https://bitbucket.example/scm/OUR/charter.git",
            None,
            "https://bitbucket.example/projects/OUR/repos/charter",
        ),
        (
            "https://code.example/x/scm/~dana/charter.git",
            "bitbucket-data-center",
            "https://code.example/x/users/dana/repos/charter",
        ),
    ],
)
def test_addresses_for_clones(url: str, kind: str | None, pages: str) -> None:
    """The address of the pages, without names and passwords: pages are public."""
    forge = forge_at(url, kind)
    assert forge is not None
    assert forge.url == pages


def test_the_kind_can_be_configured() -> None:
    """For a host with another name; an unknown kind is ignored."""
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
        (
            "bitbucket-data-center",
            "https://x.example/o/r/browse/team/charter.yml?at=refs/heads/next/v1#12",
        ),
        ("azure", "https://x.example/o/r?path=/team/charter.yml&version=GBnext/v1&line=12"),
    ],
)
def test_the_editor_at_a_line(kind: str, address: str) -> None:
    """A branch can have slashes in its name. Scripts replace a line of 0 at the end."""
    forge = forge_at("https://x.example/o/r", kind)
    assert forge is not None
    assert forge.edit("next/v1", PATH, 0).removesuffix("0") + "12" == address
    assert forge.edit("next/v1", PATH, 12) == address


def test_names_are_quoted() -> None:
    """No branch or file name ends the path."""
    forge = Forge("https://x.example/o/r", "github")
    assert forge.edit("a#b?c", "x y.yml") == "https://x.example/o/r/edit/a%23b%3Fc/x%20y.yml"
    forge = Forge("https://x.example/o/r", "azure")
    assert forge.edit("a#b&c", "x&y.yml") == "https://x.example/o/r?path=/x%26y.yml&version=GBa%23b%26c"


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("github", NewFile("https://x.example/o/r/new/next/v1", "filename", "value")),
        ("gitlab", NewFile("https://x.example/o/r/-/new/next/v1", "file_name", None)),
        ("gitea", NewFile("https://x.example/o/r/_new/next/v1/", "filename", "value")),
        ("bitbucket", None),
        ("bitbucket-data-center", None),
        ("azure", None),
    ],
)
def test_a_new_file_is_filled_in(kind: str, page: NewFile | None) -> None:
    """As far as the forge supports it: GitLab ignores the content."""
    forge = forge_at("https://x.example/o/r", kind)
    assert forge is not None
    assert forge.new_file("next/v1") == page


@pytest.mark.parametrize(
    ("kind", "proposal", "commit"),
    [
        ("github", "pull/7", "commit/abc"),
        ("gitlab", "-/merge_requests/7", "-/commit/abc"),
        ("gitea", "pulls/7", "commit/abc"),
        ("bitbucket", "pull-requests/7", "commits/abc"),
        ("bitbucket-data-center", "pull-requests/7", "commits/abc"),
        ("azure", "pullrequest/7", "commit/abc"),
    ],
)
def test_commits_and_pull_requests(kind: str, proposal: str, commit: str) -> None:
    """As each forge calls them."""
    forge = forge_at("https://x.example/o/r", kind)
    assert forge is not None
    assert forge.change_request(7) == f"https://x.example/o/r/{proposal}"
    assert forge.commit("abc") == f"https://x.example/o/r/{commit}"
