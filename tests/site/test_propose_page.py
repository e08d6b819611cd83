from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.charters import minimal_charter
from tests.site.handbooks import Built, Handbook

LED: dict[str, Any] = {
    "roles": [{"id": "lead", "name": "The <b>lead</b>"}],
    "funding": {"owner": "lead", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]},
}


def book_at(folder: Path, **settings: str) -> Handbook:
    """A handbook of two quarters whose mkdocs.yml has these settings; the newer one has renamed its service."""
    pages = ("index", "services/index", "services/each", "roles", "funding", "propose")
    book = Handbook(folder, pages=pages)
    lines = [f"{key}: {value}" for key, value in settings.items() if key != "forge"]
    book.write("mkdocs.yml", "\n".join([*lines, (folder / "mkdocs.yml").read_text(encoding="utf-8")]))
    if "forge" in settings:
        book.replace(
            "mkdocs.yml", "  - charterbook\n", f"  - charterbook:\n      forge: {settings['forge']}\n"
        )
    book.commit("2026-07-06", **LED)
    service = {"id": "welcome", "was": ["onboarding"], "name": "Welcome", "summary": "Four weeks."}
    book.commit("2026-10-05", services=[service], **LED)
    return book


def line_of(book: Handbook, text: str) -> int:
    """Line number in charter.yml with this text, from 1."""
    lines = (book.folder / "charter.yml").read_text(encoding="utf-8").splitlines()
    return lines.index(text) + 1


def foot(built: Built, address: str) -> str:
    """Links to proposals in the page foot."""
    return built.part(address, '<div class="cb-propose">', "</div>")


#: How a proposal becomes a request at each forge, in the forge's words.
WAYS = {
    "github": ["Open it on GitHub", "“Propose changes”", "“Create pull request”"],
    "gitlab": [
        "Open a new file on GitLab",
        "“Create a merge request for this change”",
        "“Create merge request”",
    ],
    "codeberg": ["Open it on Codeberg", "“Propose file change”", "“Create pull request”"],
    "git": ["Open it on git.example.com", "“Propose file change”", "“Create pull request”"],
    "dev": [
        "Copy it and open Azure DevOps",
        "create a new file",
        "create a pull request from it",
        "choose “Edit” there",
    ],
    "bitbucket": ["Copy it and open Bitbucket", "“Add file”", "“Create a pull request for this change”"],
}


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"repo_url": "https://github.com/q/c"}, "https://github.com/q/c/edit/main/charter.yml#L{}"),
        ({"repo_url": "https://gitlab.com/q/c"}, "https://gitlab.com/q/c/-/edit/main/charter.yml#L{}"),
        ({"repo_url": "https://codeberg.org/q/c"}, "https://codeberg.org/q/c/_edit/main/charter.yml#L{}"),
        (
            {"repo_url": "https://git.example.com/q/c", "forge": "gitea"},
            "https://git.example.com/q/c/_edit/main/charter.yml#L{}",
        ),
        (
            {"repo_url": "https://bitbucket.org/q/c"},
            "https://bitbucket.org/q/c/src/main/charter.yml?mode=edit&amp;at=main#lines-{}",
        ),
        (
            {"repo_url": "https://dev.azure.com/q/p/_git/c"},
            "https://dev.azure.com/q/p/_git/c?path=/charter.yml&amp;version=GBmain&amp;line={}",
        ),
    ],
)
def test_editor(tmp_path: Path, settings: dict[str, str], address: str) -> None:
    """Below an item's page is a link to the form, and to the forge's editor at its line."""
    book = book_at(tmp_path, **settings)
    built = book.build("--strict")
    assert built.code == 0, built.output
    below = foot(built, "latest/services/welcome")
    line = line_of(book, "- id: welcome")
    assert 'href="../../propose/?item=services/welcome"' in below
    assert f'href="{address.format(line)}"' in below
    assert f"Edit charter.yml at line {line}" in below
    form = built.text("latest/propose")
    ways = WAYS[settings["repo_url"].split("/")[2].split(".")[0]]
    assert [word for word in ways if word not in form] == []
    section = line_of(book, "services:")
    assert f'href="{address.format(section)}"' in foot(built, "latest/services")
    assert 'href="../propose/?section=services"' in foot(built, "latest/services")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "By hand: open charter.yml at line {}, change it and send it"),
        (
            {"repo_url": "https://git.example.com/q/c"},
            'By hand: open charter.yml at line {} in <a href="https://git.example.com/q/c">the repository</a>',
        ),
    ],
)
def test_by_hand(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    """Without a known forge, page and form explain how to edit by hand."""
    book = book_at(tmp_path, **settings)
    built = book.build("--strict")
    assert said.format(line_of(book, "- id: welcome")) in foot(built, "latest/services/welcome")
    assert "By hand: open charter.yml" in built.text("latest/propose")
    assert built.json("propose.json")["newFile"] is None
    assert ("is not at a forge with known addresses" in built.output) == bool(settings)
    assert (
        "set `forge:` to github, gitlab, gitea, bitbucket, bitbucket-data-center, azure." in built.output
        or not settings
    )


def test_the_recipient_of_a_proposal(tmp_path: Path) -> None:
    """Addresses of mkdocs.yml; a setting that has no effect is a warning, and one that cannot be used an error."""
    book = book_at(tmp_path, forge="gitea\n      proposals_to: [a@example.com, b@example.org]")
    built = book.build()
    assert built.json("propose.json")["mailTo"] == ["a@example.com", "b@example.org"]
    assert "WARNING -  `forge: gitea` has no effect: mkdocs.yml has no `repo_url`." in built.output
    book.replace("mkdocs.yml", "[a@example.com, b@example.org]", "a at example.com")
    refused = book.build()
    assert refused.code == 1
    assert (
        "proposals_to: 'a at example.com' cannot be used; allowed: an e-mail address such as"
        in refused.output
    )


def test_old_pages(tmp_path: Path) -> None:
    """A superseded version's page links to the form in force, and has no line: it is never rebuilt."""
    built = book_at(tmp_path, repo_url="https://github.com/q/c").build("--strict")
    below = foot(built, "2026-Q3/services/onboarding")
    assert 'href="../../../latest/propose/?item=services/onboarding"' in below
    assert 'href="https://github.com/q/c/edit/main/charter.yml"' in below
    assert 'data-charterbook-line="services/onboarding"' in below
    assert 'data-at="https://github.com/q/c/edit/main/charter.yml#L0"' in below
    assert '<form class="cb-form"' not in built.html("2026-Q3/propose")
    assert "Proposals are for the charter in force." in built.text("2026-Q3/propose")


def test_lines(tmp_path: Path) -> None:
    """lines.json has the line of each section and item, also under former ids."""
    book = book_at(tmp_path)
    lines = book.build().json("lines.json")["lines"]
    assert lines["services"] == line_of(book, "services:")
    assert lines["services/welcome"] == lines["services/onboarding"] == line_of(book, "- id: welcome")
    assert lines["sources/sales"] == line_of(book, "  - id: sales")
    assert "review" not in lines


def test_lines_move(tmp_path: Path) -> None:
    """A comment that moves all lines changes the links of pages in force; finished versions are unchanged."""
    book = book_at(tmp_path, repo_url="https://github.com/q/c")
    before = book.build()
    old = before.html("2026-Q3/services/onboarding")
    line = before.json("lines.json")["lines"]["services/welcome"]
    text = (tmp_path / "charter.yml").read_text(encoding="utf-8")
    book.repo.commit({"charter.yml": f"# One.\n# Two.\n{text}"}, "Say more", "2026-10-06")
    book.write("charter.yml", f"# One.\n# Two.\n{text}change_note: A draft.\n")
    after = book.build()
    assert after.json("lines.json")["lines"]["services/welcome"] == line + 2
    for version in ("2026-Q4", "latest", "draft"):
        assert f"charter.yml#L{line + 2}" in foot(after, f"{version}/services/welcome")
    assert after.html("2026-Q3/services/onboarding") == old


def test_newer_than_the_pinned_version(tmp_path: Path) -> None:
    """If a tag pins an older commit, the form has the values of the published branch."""
    book = book_at(tmp_path)
    book.repo.git("tag", "2026-Q4", "HEAD~1")
    built = book.build()
    assert built.json("propose.json")["charter"]["services"][0]["id"] == "welcome"


def test_items_of_a_section(tmp_path: Path) -> None:
    """An item without a page has a link in its section, named after it, without markup."""
    built = book_at(tmp_path).build("--strict")
    page = built.html("latest/roles")
    assert (
        'href="../propose/?item=roles/lead" aria-label="Propose a change: The &lt;b&gt;lead&lt;/b&gt;"'
        in page
    )
    assert 'href="../propose/?item=sources/sales"' in built.html("latest/funding")
    assert "../../latest/propose/?item=roles/lead" in built.html("2026-Q3/roles")


def test_handbook_without_the_form(tmp_path: Path) -> None:
    """Without a page for the form there are no links to one; the editor's link stays."""
    book = book_at(tmp_path, repo_url="https://github.com/q/c")
    (tmp_path / "docs" / "propose.md").unlink()
    built = book.build("--strict")
    assert built.code == 0, built.output
    assert "Propose a change" not in built.html("latest/services/welcome")
    assert "Edit charter.yml at line" in foot(built, "latest/services/welcome")


def test_description(tmp_path: Path) -> None:
    """The form gets the values as in the file, and for each field its name, help and limits."""
    book = Handbook(tmp_path, "ru")
    review: dict[str, Any] = {"last": "2026-07-01", "sign_offs": []}
    text = minimal_charter(language="ru", version="2026-Q3", review=review).replace(
        "'2026-07-01'", "2026-07-01"
    )
    book.repo.commit({"charter.yml": text}, "Начало", "2026-07-06")
    told = book.build("--strict").json("propose.json")
    assert told["charter"]["review"] == {"last": "2026-07-01", "sign_offs": []}
    assert told["charter"]["services"][0].keys() == {"id", "name", "summary"}
    share = next(field for field in told["parts"]["Service"] if field["key"] == "effort_share")
    assert (share["label"], share["min"], share["max"]) == ("Доля времени службы", 0, 100)
    assert told["folder"] == "proposals/"
    fields = [field for part in told["parts"].values() for field in part]
    assert [field["key"] for field in fields if not field["label"] or not field["help"]] == []
