"""A published site can be verified: against its own hashes, and against a build of its commit."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from charterbook.cli import main
from charterbook.site.incremental.manifest import files_below
from charterbook.site.output.previous_assets import PREVIOUS
from charterbook.site.output.provenance import NAME, read_hashes, read_origin
from tests.site.handbooks import Handbook, snapshot


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """A handbook with a published site of two versions, the second built beside the finished first."""
    book = Handbook(tmp_path_factory.mktemp("verified") / "book")
    book.commit("2025-01-06")
    assert book.build().code == 0
    book.commit("2025-04-07", title="Second")
    book.repo.commit({"docs/faq.md": "# Questions\n"}, "Answer questions", "2025-04-08")
    built = book.build()
    assert (built.code, built.log) == (0, [])
    shutil.copytree(built.site, book.folder.parent / "published")
    return book


@pytest.fixture
def site(book: Handbook, tmp_path: Path) -> Path:
    """A copy of the site, as from a host."""
    return Path(shutil.copytree(book.folder.parent / "published", tmp_path / "site"))


def verify(book: Handbook, site: Path, *options: str) -> Result:
    """Run `charterbook verify` for a site."""
    return CliRunner().invoke(main, ["verify", "-f", str(book.folder / "mkdocs.yml"), str(site), *options])


def spoil(site: Path) -> list[str]:
    """Change, remove and add a file; return the lines about them."""
    (site / "2025-Q1/index.html").write_text("spoilt")
    (site / "versions.json").unlink()
    (site / "latest/more.html").write_text("more")
    return [
        f"{site}/2025-Q1/index.html: is not what the handbook builds",
        f"{site}/latest/more.html: is not part of the handbook",
        f"{site}/versions.json: is missing",
    ]


def test_each_file_has_its_hash(book: Handbook, site: Path) -> None:
    """Whether its version was built or reused. The commits are from the history."""
    hashes = read_hashes(site)
    assert hashes == {path: digest for path, digest in snapshot(site).items() if path != NAME}
    origin = read_origin(site)
    assert (origin.checkout, origin.published, origin.branch) == (book.repo.head, book.repo.head, "main")
    assert origin.group == ""
    versions = [json.loads((site / name / NAME).read_bytes()) for name in ("2025-Q1", "2025-Q2")]
    commits = [book.repo.git("rev-parse", name).strip() for name in ("HEAD~2", "HEAD~1")]
    assert [data["commit"] for data in versions] == commits
    assert not (site / "latest" / NAME).exists()


def test_an_incremental_build_has_the_same_hashes_as_a_clean_one(book: Handbook, site: Path) -> None:
    """Byte for byte, as the rest of the site."""
    shutil.rmtree(book.folder / ".cache")
    assert book.build(site="anew").code == 0
    assert (book.folder / "anew" / NAME).read_bytes() == (site / NAME).read_bytes()


def test_hashes_find_what_was_changed(book: Handbook, site: Path) -> None:
    """Without a build."""
    assert verify(book, site, "--hashes-only").exit_code == 0
    lines = spoil(site)
    found = verify(book, site, "--hashes-only")
    assert (found.exit_code, found.stdout.splitlines()[:-1]) == (1, lines)
    assert found.stdout.splitlines()[-1].startswith("3 of ")


def test_a_site_is_what_its_commit_makes(book: Handbook, site: Path) -> None:
    """On another day, and after the branch has moved on. Files that a host needs are left alone."""
    (site / ".nojekyll").touch()
    published = book.repo.head
    book.commit("2025-07-07", title="Third")
    other = verify(book, site)
    assert (other.exit_code, f"git switch --detach {published}" in other.stderr) == (2, True)
    book.repo.git("checkout", "--quiet", "--detach", published)
    found = verify(book, site)
    count = len(files_below(site)) - 1
    assert (found.exit_code, f"All {count} files match commit {published} on " in found.stdout) == (
        0,
        True,
    )
    lines = spoil(site)
    # A forger also changes the hashes.
    data = json.loads((site / "2025-Q1" / NAME).read_bytes())
    data["files"]["index.html"] = sha256(b"spoilt").hexdigest()
    (site / "2025-Q1" / NAME).write_text(json.dumps(data))
    found = verify(book, site)
    assert (found.exit_code, set(lines) < set(found.stdout.splitlines())) == (1, True)
    book.repo.git("checkout", "--quiet", "main")


def test_files_of_earlier_builds_are_named_apart(book: Handbook, site: Path) -> None:
    """No page loads them. They do not hide a file that the site should not have."""
    old = "assets/charterbook.0123abcd/style.css"
    (site / old).parent.mkdir()
    (site / old).write_text("a{}")
    (site / PREVIOUS).write_text(json.dumps({old: 1, "latest/more.html": 1}))
    found = verify(book, site, "--hashes-only")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (
        0,
        "1 unused style or script of an earlier build is not compared.",
    )
    (site / "latest/more.html").write_text("more")
    found = verify(book, site, "--hashes-only")
    assert (found.exit_code, f"{site}/latest/more.html: is not part of the handbook" in found.stdout) == (
        1,
        True,
    )


SOUND: dict[str, object] = {
    "schema": 1,
    "checkout": None,
    "branch": None,
    "published": None,
    "day": "2026-01-01",
}
SOUND |= {"charterbook": "1", "libraries": {}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "is missing: name the folder of a site"),
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read: it is nested too deeply"),
        ("[]", "has another format"),
        ('{"schema": 99}', "has another format"),
        ('{"schema": 1, "day": "x"}', "its day makes no sense"),
        *[
            (json.dumps(SOUND | {name: wrong}), f"its {name} makes no sense")
            for name, wrong in (
                ("checkout", "--help"),
                ("checkout", 1),
                ("published", "HEAD"),
                ("branch", "a\x1b[31m"),
                ("day", "2026-01-01\n"),
                ("libraries", ["x"]),
                ("libraries", {"x": 1}),
                ("group", "../x"),
            )
        ],
        (json.dumps(SOUND), "has no list of files"),
        (json.dumps(SOUND | {"files": {"../x": ""}}), "has no list of files"),
    ],
)
def test_what_cannot_be_verified_is_one_line(
    book: Handbook, tmp_path: Path, text: str | None, words: str
) -> None:
    """No list of hashes, or one that makes no sense."""
    if text is not None:
        (tmp_path / NAME).write_text(text)
    found = verify(book, tmp_path, "--hashes-only")
    assert (found.exit_code, found.stderr.count("\n"), words in found.stderr) == (2, 1, True), found.output
