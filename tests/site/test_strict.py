"""Messages about mistakes, exit codes, and preservation of the old site after a failed build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.charters import minimal_charter
from tests.site.handbooks import COMMAND_HOOK, Built, Handbook, snapshot


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook with a finished site of two versions, of which only the first has a scope."""
    book = Handbook(tmp_path_factory.mktemp("old") / "book", pages=("index", "mission", "scope"))
    book.commit("2025-01-06", scope={"out": [{"id": "x", "name": "Events"}]})
    book.commit("2025-04-07")
    built = book.build("--strict")
    assert (built.code, built.log) == (0, [])
    return book.folder


@pytest.fixture
def old_site(built_once: Path, book: Handbook) -> Built:
    """The same for one test, which can break it."""
    shutil.rmtree(book.folder)
    shutil.copytree(built_once, book.folder)
    return Built(book.folder / "site", 0, "")


def assert_left_whole(book: Handbook, before: dict[str, str]) -> None:
    """Check that the old site is unchanged byte for byte, without leftovers."""
    assert snapshot(book.folder / "site") == before
    assert book.left_over == []


def test_a_history_that_cannot_be_read_fails_a_strict_build(book: Handbook, old_site: Built) -> None:
    """The site keeps its older versions, even in another folder that only the cache knows."""
    book.build()
    before = snapshot(old_site.site)
    shutil.rmtree(book.folder / ".git")
    built = book.build("--strict")
    assert built.code == 1
    (warning,) = [line for line in built.log if line.startswith("WARNING")]
    assert "The history of charter.yml cannot be read (git: fatal: not a git repository" in warning
    assert "but there is a history: the site has 2025-Q1, 2025-Q2. Build from a full clone" in warning
    assert_left_whole(book, before)
    old_site.site.rename(book.folder / "published")
    assert "the site has 2025-Q1, 2025-Q2" in book.build("--strict").output
    (book.folder / ".git").write_text("gitdir: /nowhere\n")
    book.replace("mkdocs.yml", "- charterbook\n", '- charterbook: {history: false, gone: "*"}\n')
    built = book.build("--strict")
    assert (built.code, built.log) == (0, [])


def test_a_warning_in_any_version_fails_a_strict_build(book: Handbook, old_site: Built) -> None:
    """A page links to one that only the newest version has; each mistake is reported once, with its versions."""
    before = snapshot(old_site.site)
    book.write("docs/faq.md", "# Questions\n\n[Scope](scope.md), [nothing](nothing.md)\n")
    built = book.build("--strict")
    assert built.code == 1
    assert built.output.count("nothing.md") == 1
    assert "INFO    -  Warnings above also concern 2025-Q1." in built.output
    assert "Aborted with 2 warnings in strict mode!" in built.output  # as in plain MkDocs
    assert built.output.count("'scope.md'") == 1
    assert_left_whole(book, before)
    loose = book.build()
    assert loose.code == 0
    assert "faq/" in loose.pages("2025-Q1")
    again = book.build("--strict")
    assert (again.code, again.output.count("nothing.md")) == (1, 1)


def test_a_quiet_build_does_not_hide_its_warnings_from_the_next_one(book: Handbook, old_site: Built) -> None:
    """`--quiet` neither prints nor counts them, as in MkDocs; the site still is not one without warnings."""
    book.write("docs/scope.md", "---\nsection: scope\n---\n\n[nothing](nothing.md)\n")
    quiet = book.build("--strict", "--quiet")
    assert (quiet.code, quiet.output) == (0, "")
    built = book.build("--strict")
    assert built.code == 1
    assert "WARNING -  2025-Q1: Doc file 'scope.md' contains a link 'nothing.md'" in built.output


def test_a_broken_charter_is_one_message_with_every_place(book: Handbook, old_site: Built) -> None:
    """As file:line:column, without a traceback."""
    before = snapshot(old_site.site)
    book.replace("charter.yml", "kind: lagging", "kind: late\n  drives: [nowhere]")
    built = book.build()
    assert built.code == 1
    places = [line for line in built.log if line.startswith("charter.yml:")]
    assert [line.split(" ")[0] for line in places] == ["charter.yml:20:9:", "charter.yml:21:12:"]
    assert "Traceback" not in built.output
    assert_left_whole(book, before)


def test_a_charter_that_the_clone_lacks_fails_the_build(book: Handbook, old_site: Built) -> None:
    """Without a cache that has it. An older charter is not published instead, as the version in force."""
    before = snapshot(old_site.site)
    blob = book.repo.git("rev-parse", "HEAD:charter.yml").strip()
    (book.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    shutil.rmtree(book.folder / ".cache")
    built = book.build()
    assert built.code == 1
    assert "2025-Q2: this clone lacks the content of charter.yml in commit" in built.output
    assert_left_whole(book, before)


def test_a_broken_commit_is_a_warning(book: Handbook, old_site: Built) -> None:
    """The version shows its last good revision; a strict build fails."""
    before = snapshot(old_site.site)
    book.repo.commit({"charter.yml": "title: [\n"}, date="2025-05-01")
    book.write("charter.yml", minimal_charter(title="Mended"))
    strict = book.build("--strict")
    assert strict.code == 1
    assert_left_whole(book, before)
    built = book.build()
    assert built.code == 0
    assert "WARNING -  2025-Q2: the charter of commit" in built.output
    assert "charter.yml:2:1: this is not valid YAML" in built.output
    assert "Enablement charter" in built.text("2025-Q2")


@pytest.mark.parametrize(("setting", "code"), [("", 1), ("\n      on_error_fail: false", 0)])
def test_an_error_in_a_page_of_an_old_version_is_reported(
    book: Handbook, old_site: Built, setting: str, code: int
) -> None:
    """An unknown macro aborts the build with a message; mkdocs.yml can say otherwise."""
    before = snapshot(old_site.site)
    book.replace("mkdocs.yml", "module_name: macros", f"module_name: macros{setting}")
    book.write("docs/scope.md", "---\nsection: scope\n---\n\n{{ no_such_macro() }}\n")
    built = book.build()
    assert built.code == code
    words = "2025-Q1: docs/scope.md:5:4: there is no macro or variable no_such_macro; available: "
    assert built.output.count(words) == 1
    assert book.left_over == []
    if code:
        assert "ERROR   -  Version 2025-Q1 cannot be built: see above." in built.output
        assert snapshot(book.folder / "site") == before
    else:
        assert book.build("--strict").code == 1


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("raise Abort('The cache is valid.')", "The cache is valid."),
        ("raise SystemExit('Enough.')", "Enough."),
        ("raise SystemExit", "a plugin or hook ended it with exit code 0."),
    ],
)
def test_the_end_of_an_old_version_by_a_hook_is_reported(
    book: Handbook, old_site: Built, end: str, reason: str
) -> None:
    """With its reason, which MkDocs would have printed, and as an error: the version is missing."""
    before = snapshot(old_site.site)
    book.write("hook.py", ENDING.format(end=end))
    book.replace("mkdocs.yml", "plugins:\n", "hooks: [hook.py]\nplugins:\n")
    built = book.build()
    assert built.code == 1
    assert f"ERROR   -  Version 2025-Q1 cannot be built: {reason}\n" in built.output
    assert_left_whole(book, before)


ENDING = """\
from mkdocs.exceptions import Abort


def on_nav(nav, config, files):
    if config.site_dir.endswith("2025-Q1"):
        {end}
"""


def test_an_error_in_a_page_of_the_newest_version_leaves_nothing_behind(book: Handbook) -> None:
    """Mkdocs-macros ends the program itself, independent of CI."""
    book.commit("2025-04-07")
    book.write("docs/faq.md", "{{ no_such_macro() }}\n")
    built = book.build(CI="woodpecker")
    assert built.code != 0
    assert "docs/faq.md:1:4: there is no macro or variable no_such_macro; available: " in built.output
    assert (book.left_over, built.site.exists()) == ([], False)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("mkdocs.yml", "  - charterbook\n", "", "macros.py needs the plugin charterbook"),
        ("mkdocs.yml", "  - charterbook\n  - macros:", "  - charterbook\n  - search:", "add `- macros:"),
        ("mkdocs.yml", "  - search\n", "  - search\n  - charterbook\n", "list charterbook before macros"),
        ("mkdocs.yml", "name: material", "name: mkdocs", "need `theme: {name: material}`"),
        (
            "mkdocs.yml",
            "- charterbook\n",
            "- charterbook: {branch: nowhere}\n",
            "there is no branch 'nowhere'",
        ),
        ("mkdocs.yml", "- charterbook\n", "- charterbook: {timezone: Mars}\n", "timezone: 'Mars'"),
        ("mkdocs.yml", "- charterbook\n", "- charterbook: {charter: no.yml}\n", "There is no no.yml"),
        (
            "mkdocs.yml",
            "- charterbook\n",
            "- charterbook: {severity: {services.gone.owner: order}}\n",
            "severity: services.gone.owner: there is no item 'gone' in services",
        ),
        ("docs/scope.md", "section: scope", "section: scoop", "docs/scope.md:2:1: section: 'scoop'"),
    ],
)
def test_a_mistake_in_the_settings_is_one_message(
    book: Handbook, file: str, old: str, new: str, words: str
) -> None:
    """It gives the correction; no traceback, and nothing is left behind."""
    if "list charterbook before" in words:
        book.replace(file, "  - charterbook\n", "")
    if "add `- macros" in words:
        settings = (book.folder / file).read_text().partition("plugins:")[0]
        book.write(file, f"{settings}plugins:\n  - charterbook\n  - search\n")
    else:
        book.replace(file, old, new)
    book.commit("2025-04-07")
    built = book.build()
    assert built.code == 1
    assert words in built.output
    assert "Traceback" not in built.output
    assert (book.left_over, built.site.exists()) == ([], False)


def test_an_id_that_a_page_of_docs_has_is_a_problem_of_the_charter(book: Handbook) -> None:
    """Before the first commit already, at its place."""
    book.write("charter.yml", minimal_charter(services=[{"id": "faq", "name": "F", "summary": "S."}]))
    book.write("docs/services/faq.md", "# Questions\n")
    built = book.build()
    assert built.code == 1
    assert (
        "charter.yml:5:7: error page-collision: the page of “faq” would overwrite docs/services/faq.md"
        in built.output
    )


def test_a_site_that_cannot_be_written_is_one_message(small_book: Handbook) -> None:
    """Where a file is, or below one."""
    for site in ("README.md", "README.md/site"):
        built = small_book.build(site=site)
        assert built.code == 1
        assert "ERROR   -  The site cannot be written" in built.output
        assert "Traceback" not in built.output
    assert (small_book.folder / "README.md").is_file()


def test_a_site_behind_a_link_is_written_there(small_book: Handbook) -> None:
    """The link stays one."""
    (small_book.folder / "www").mkdir()
    (small_book.folder / "public").symlink_to("www")
    built = small_book.build(site="public")
    assert built.code == 0, built.output
    assert ((small_book.folder / "public").is_symlink(), (small_book.folder / "www/latest").is_dir()) == (
        True,
        True,
    )


def test_publishing_with_gh_deploy_pushes_the_whole_site(small_book: Handbook) -> None:
    """Not only the version that MkDocs built itself, and not the last build if hooks get the name of the command."""
    small_book.write("hook.py", COMMAND_HOOK)
    small_book.replace("mkdocs.yml", "theme:\n", "hooks: [hook.py]\ntheme:\n")
    small_book.commit("2025-01-06")
    small_book.commit("2025-04-07", title="Next")
    assert "By ['build']." in small_book.build().text("2025-Q1")
    small_book.repo.git("init", "--quiet", "--bare", "../remote.git")
    small_book.repo.git("remote", "add", "origin", "../remote.git")
    who = {
        f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    built = small_book.run("gh-deploy", "--no-history", program="mkdocs", **who)
    assert built.code == 0, built.output
    pushed = small_book.repo.git("--git-dir=../remote.git", "ls-tree", "--name-only", "gh-pages").splitlines()
    assert {"index.html", "latest", "2025-Q2", "assets", "versions.json", ".nojekyll"} <= set(pushed)
    for version in ("2025-Q1", "latest"):
        page = small_book.repo.git("--git-dir=../remote.git", "show", f"gh-pages:{version}/index.html")
        assert "By ['gh-deploy']." in page
