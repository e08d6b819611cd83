"""A new handbook, checked and built with Charterbook installed from its wheel.

The wheel is installed into an empty virtual environment. Its dependencies come from the environment of the tests, by
a path after the wheel's own, so that nothing is downloaded.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.histories import Repo

ROOT = Path(__file__).parents[1]

LANGUAGES = ("en", "ru")

pytestmark = pytest.mark.build


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program without this repository on its path."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def succeed(*command: str | Path, cwd: Path) -> str:
    """Output of a program, which must succeed."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Charterbook's wheel, built from this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    succeed(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--skip-dependency-check",
        "--outdir",
        folder,
        ROOT,
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a virtual environment with Charterbook and its dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    succeed(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    own = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(succeed(own, "-c", where, cwd=folder).strip())
    pip = (sys.executable, "-m", "pip", "--python", own, "--disable-pip-version-check")
    succeed(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "lent.pth").write_text("".join(f"{path}\n" for path in lent), encoding="utf-8")
    found = succeed(own, "-c", "import charterbook; print(charterbook.__file__)", cwd=folder).strip()
    assert Path(found) == packages / "charterbook" / "__init__.py"
    return own


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request: pytest.FixtureRequest, python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new handbook, at a path that is not plain."""
    folder = tmp_path_factory.mktemp("Our team’s книга")
    succeed(python, "-m", "charterbook", "new", folder / "the book", "--language", request.param, cwd=folder)
    return folder / "the book"


def build(python: Path, book: Path, site: Path) -> list[str]:
    """Build a handbook strictly, and return the names of the entries at the root of its site."""
    succeed(python, "-m", "mkdocs", "build", "--strict", "--site-dir", site, cwd=book)
    return sorted(path.name for path in site.iterdir())


def test_contents_of_the_wheel(wheel: Path) -> None:
    """All that a handbook needs, and nothing of the example or the tests."""
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = [
        *(f"charterbook/starter/{path.relative_to(ROOT).as_posix()}" for path in _files(ROOT / "docs")),
        *(path.relative_to(ROOT).as_posix() for path in _files(ROOT / "charterbook")),
    ]
    assert [name for name in needed if name not in names] == []
    others = {name for name in names if not name.startswith("charterbook/")}
    assert {name.split("/")[0].split("-")[0] for name in others} == {"charterbook"}
    assert all(".dist-info/" in name for name in others)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def test_a_new_handbook(book: Path) -> None:
    """These files, and no trace of how they were made."""
    assert sorted(path.name for path in book.iterdir()) == [
        ".gitignore",
        "README.md",
        "charter.schema.json",
        "charter.yml",
        "docs",
        "macros.py",
        "mkdocs.yml",
    ]
    assert [path.name for path in book.parent.iterdir()] == ["the book"]
    assert {p.relative_to(book / "docs") for p in _files(book / "docs")} == {
        p.relative_to(ROOT / "docs") for p in _files(ROOT / "docs")
    }


def test_check_leaves_only_hints(python: Path, book: Path) -> None:
    """Placeholders, and values that are not known yet."""
    done = run(python, "-m", "charterbook", "check", cwd=book)
    assert done.returncode == 0
    found = {line.split(": ")[1] for line in done.stdout.splitlines()}
    assert found == {"hint placeholder", "hint metric-complete", "warning review-dates"}
    waiting = [line for line in done.stdout.splitlines() if "hint placeholder" in line]
    text = (book / "charter.yml").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if "‹" in line and not line.startswith("#")]
    assert len(waiting) == len(written)


#: Languages in which a handbook is built, with git or without: `make slow` builds both in both.
SLOW = pytest.mark.slow
IN_ENGLISH = pytest.mark.parametrize("book", ["en", pytest.param("ru", marks=SLOW)], indirect=True)
IN_RUSSIAN = pytest.mark.parametrize("book", ["ru", pytest.param("en", marks=SLOW)], indirect=True)


@IN_RUSSIAN
def test_it_builds_without_git(python: Path, book: Path, tmp_path: Path) -> None:
    """The charter alone is a version."""
    names = build(python, book, tmp_path / "site")
    assert {"index.html", "404.html", "assets", "latest", "versions.json"} <= set(names)
    charter = (book / "charter.yml").read_text(encoding="utf-8")
    title = next(line for line in charter.splitlines() if line.startswith("title: ")).removeprefix("title: ")
    assert title in (tmp_path / "site" / "latest" / "index.html").read_text(encoding="utf-8")


@IN_ENGLISH
def test_it_builds_with_git(python: Path, book: Path, tmp_path: Path) -> None:
    """The first commit is the first version; files of the build are not committed."""
    book = shutil.copytree(book, tmp_path / "with git")
    repo = Repo(book)
    repo.commit({}, "First charter", date="2027-02-01")
    committed = repo.git("ls-files").splitlines()
    assert [name for name in committed if name.startswith((".cache", "site", "__pycache__"))] == []
    names = build(python, book, tmp_path / "site")
    assert "2027-Q1" in names
    assert "draft" not in names
    assert repo.git("status", "--porcelain") == ""
    listed = succeed(python, "-m", "charterbook", "versions", cwd=book).splitlines()[1]
    assert listed.split()[:3] == ["2027-Q1", "1", "2027-02-01"]


def test_the_readme_of_a_new_handbook_is_true(python: Path, book: Path) -> None:
    """Each file exists, and each command is one of Charterbook's or of MkDocs."""
    readme = (book / "README.md").read_text(encoding="utf-8")
    code = readme.replace("\n", " ").split("`")[1::2]
    names = [word for word in code if word.endswith((".yml", ".json", ".py", "/")) and " " not in word]
    made = {"site/"}
    assert [name for name in names if not (book / name).exists() and name not in made] == []
    commands = {tuple(word.split()[:2]) for word in code if word.startswith(("charterbook ", "mkdocs "))}
    assert commands >= {("charterbook", command) for command in ("check", "serve", "build")}
    for command in commands:
        succeed(python, "-m", *command, "--help", cwd=book)


def test_the_schema_is_where_the_charter_says(python: Path, book: Path) -> None:
    """The editor's line names a file, and `charterbook schema` makes the same one."""
    first = (book / "charter.yml").read_text(encoding="utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    assert (book / name).read_text(encoding="utf-8") == run(
        python, "-m", "charterbook", "schema", cwd=book
    ).stdout


def test_a_folder_that_holds_anything_is_refused(python: Path, tmp_path: Path) -> None:
    """It is unchanged; an empty repository is allowed."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "notes.txt").write_text("mine", encoding="utf-8")
    done = run(python, "-m", "charterbook", "new", "book", cwd=tmp_path)
    assert done.returncode == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["book", "notes.txt"]
    Repo(tmp_path / "fresh")
    succeed(python, "-m", "charterbook", "new", ".", cwd=tmp_path / "fresh")
    assert (tmp_path / "fresh" / "charter.yml").is_file()
