from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from charterbook.site.edition_builder import editions
from charterbook.site.moved_pages import MovedPages
from charterbook.site.output.host_files import ERROR_PAGE, place_host_files
from charterbook.site.output.root_files import RootSettings, SiteRoot, redirect_to_latest, write_root
from tests.charters import charter_file, minimal_charter
from tests.histories import Repo
from tests.site.handbooks import Handbook, snapshot
from tests.site.test_feeds import DOCS

URL = "https://example.org/h/"
#: Files that name all versions, also the draft.
_LISTS = {"404.html", "index.html", "pages.json", "versions.json"}


def write(folder: Path, **files: str) -> None:
    """Write files, whose names have __ for a slash and _dot_ for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one version, and the docs/ that it was made of."""
    write(tmp_path / "docs", robots_dot_txt="Allow", versions_dot_json="own", _dot_well__x="known")
    write(tmp_path / "site/2025-Q1", robots_dot_txt="Allow", versions_dot_json="own", _dot_well__x="known")
    write(tmp_path / "site/2025-Q1", index_dot_html="page", faq__index_dot_html="page", sub__a_dot_txt="sub")
    write(tmp_path / "site", versions_dot_json="Charterbook's")
    return tmp_path


def place(site: Path, *own: str) -> Path:
    """Put the version's files at the root."""
    root = site / "site"
    place_host_files(root, root / "2025-Q1", URL, site / "docs", own)
    return root


def test_a_draft_is_in_no_feed(repo: Repo, tmp_path: Path) -> None:
    """Nor in the search data of other versions; only lists of versions and pages have it."""
    repo.commit(charter_file("One"), date="2026-01-13")
    written = {}
    for text in (None, minimal_charter(title="One", audiences=[{"id": "all", "name": "All"}])):
        if text is not None:
            (repo.folder / "charter.yml").write_text(text, encoding="utf-8")
        found = editions(repo.history(), DOCS, datetime.date(2026, 2, 1))
        root = tmp_path / f"root-{len(found)}"
        moved = MovedPages(found, DOCS, {})
        keys = dict.fromkeys((one.name for one in found), root.name)
        write_root(SiteRoot(root, found, URL), keys, {}, moved, RootSettings(serving=False))
        written[len(found)] = {name: digest for name, digest in snapshot(root).items() if name not in _LISTS}
    assert written[1]
    assert written[2] == written[1]


def test_files_that_are_no_pages_are_at_the_root(site: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Files and hidden folders; other folders stay. A name that is taken is one warning."""
    root = place(site)
    assert (root / "robots.txt").read_text() == "Allow"
    assert (root / ".well/x").read_text() == "known"
    assert sorted(path.name for path in root.iterdir()) == [".well", "2025-Q1", "robots.txt", "versions.json"]
    assert (root / "versions.json").read_text() == "Charterbook's"
    assert [record.getMessage() for record in caplog.records] == [
        "versions.json is not put at the root of the site: Charterbook has its own file versions.json there."
    ]


def test_an_own_template_replaces_charterbooks_file(site: Path) -> None:
    """Such as 404.html."""
    root = place(site, "versions.json")
    assert (root / "versions.json").read_text() == "own"


def test_addresses_in_generated_files_are_those_of_the_root(site: Path) -> None:
    """Files at the root have their addresses there, pages those below latest/; files of docs/ are unchanged."""
    version = f"{URL}2025-Q1/"
    text = f"{version} {version}robots.txt <{version}faq/> {URL}2025-Q2/"
    write(site / "site/2025-Q1", generated_dot_txt=text, verbatim_dot_txt=text)
    write(site / "docs", verbatim_dot_txt=text)
    (site / "site/2025-Q1/logo.ico").write_bytes(b"\xff\x00")
    write(site / "site", robots_dot_txt="there")
    root = place(site, "robots.txt")
    assert (root / "generated.txt").read_text() == f"{URL} {URL}robots.txt <{URL}latest/faq/> {URL}2025-Q2/"
    assert (root / "verbatim.txt").read_text() == text
    assert (root / "logo.ico").read_bytes() == b"\xff\x00"


def test_what_a_hook_adds_to_the_error_page_is_around_the_page_at_the_root(site: Path) -> None:
    """A version has a short text instead of Charterbook's page."""
    write(site / "site", **{"404_dot_html": "<h1>Lost</h1>"})
    write(site / "site/2025-Q1", **{"404_dot_html": f"{ERROR_PAGE}\n<!-- hook -->"})
    root = place(site, "404.html")
    assert (root / "404.html").read_text() == "<h1>Lost</h1>\n<!-- hook -->"


def test_only_redirects_of_the_newest_version_are_at_the_root(tmp_path: Path) -> None:
    """No page is replaced."""
    write(tmp_path / "latest/a", index_dot_html="redirect")
    write(tmp_path / "latest", index_dot_html="page")
    write(tmp_path, index_dot_html="root")
    redirect_to_latest(tmp_path, tmp_path / "latest", ["a/index.html", "index.html", "gone/index.html"])
    assert 'url=../latest/a/"' in (tmp_path / "a/index.html").read_text()
    assert (tmp_path / "index.html").read_text() == "root"
    assert not (tmp_path / "gone").exists()


_SET_LATE = """\
def on_env(env, config, files):
    config.repo_url = "https://github.com/quillmere/book"
    return env
"""


@pytest.mark.build
def test_lists_have_settings_that_a_hook_changes_late(tmp_path: Path) -> None:
    """Another process can have written the lists before."""
    book = Handbook(tmp_path / "book", pages=["index"])
    for day in ("2025-01-06", "2025-04-07", "2025-07-07"):
        book.repo.commit({"charter.yml": minimal_charter(title=day)}, "Change", day)
    book.write("hook.py", _SET_LATE)
    book.replace("mkdocs.yml", "theme:\n", "hooks: [hook.py]\ntheme:\n")
    built = book.build()
    assert built.code == 0, built.output
    assert "https://github.com/quillmere/book" in (built.site / "propose.json").read_text(encoding="utf-8")
