"""The handbook for a group of readers: nothing in it, and nothing in its cache, comes from hidden parts."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from charterbook.site.output.provenance import read_origin
from tests.site.handbooks import Handbook, snapshot
from tests.visibility.canaries import CanaryMaker

#: The word in all hidden values, and the words searched in texts alone: numbers in any format, years, a currency. Digits in the
#: middle of a time in nanoseconds are no number.
WORD = re.compile(rb"(?i)hush")
IN_TEXTS = re.compile(
    rb"(?<!\d\d)918(?:,|\.|\xc2\xa0|\xe2\x80\xaf| )?27[0-9](?!\d\d\d)|91[.,]8273|(?<![0-9a-f.])2099(?![0-9a-f])|Swiss|CHF"
)

SETTINGS = """\
site_name: Charter
theme: {name: material}
plugins:
  - charterbook:
      twins: true
      papers: true
      sites: {partners: {site_url: "https://partners.example.com/"}}
  - macros: {module_name: macros}
  - search
"""


def handbook(folder: Path, maker: CanaryMaker, *, more_commits: bool) -> Handbook:
    """A handbook of three versions: without marks, with marks, and with a change that partners see."""
    book = Handbook(folder)
    book.write("mkdocs.yml", SETTINGS)
    book.write("docs/newest.md", "# Newest\n\n- {{ git.message }} {{ git.author }} {{ git }}\n")
    unmarked = CanaryMaker(maker.secret, maker.number, maker.year, marked=False)
    word = maker.secret
    texts = {
        "2026-01-10": unmarked.charter(),
        "2026-04-10": maker.charter(),
        "2026-07-10": maker.charter(change_note="open note"),
    }
    for date, text in texts.items():
        message = f"{word} subject\n\n{word} body\n\nCo-authored-by: {word}"
        book.repo.commit({"charter.yml": text}, message, date, author=f"{word} author")
    if more_commits:
        changed = re.sub(rf"({word}[0-9]+ )", r"\1other ", text)
        book.repo.commit({"charter.yml": changed}, f"Only {word}", "2026-08-20")
        book.repo.commit({"charter.yml": f"{changed}# {word}"}, f"Only {word}", "2026-10-20")
        book.repo.commit({"charter.yml": text}, f"Only {word}", "2026-11-20")
        book.repo.commit({"charter.yml": changed}, f"Only {word}", "2026-11-21")
    book.repo.git("tag", f"{word}-tag")
    book.repo.git("branch", f"{word}-branch")
    book.repo.git("checkout", "--quiet", "-b", f"{word}-main")
    return book


def build(book: Handbook, *options: str) -> str:
    """The output of `charterbook build`."""
    built = book.run("build", *options, program="charterbook")
    assert built.code == 0, built.output[-3000:]
    return built.output


def contents(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and the files packed in it."""
    yield name, data
    if data.startswith(b"\x1f\x8b"):
        yield from contents(f"{name}!gz", gzip.decompress(data))
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for inner in packed.namelist():
                yield inner, inner.encode()
                yield from contents(f"{name}!{inner}", packed.read(inner))
    if data.startswith(b"%PDF"):
        for place, stream in enumerate(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)):
            try:
                yield f"{name}!{place}", zlib.decompress(stream)
            except zlib.error:
                yield f"{name}!{place}", stream


def found_in(folder: Path) -> list[str]:
    """Every secret in the names and the contents of all files of a folder."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        files = contents(name, path.read_bytes()) if path.is_file() else iter(())
        for place, data in ((f"name of {name}", name.encode()), *files):
            if hit := WORD.search(data) or (_is_text(data) and IN_TEXTS.search(data)):
                around = data[max(0, hit.start() - 60) : hit.end() + 60]
                found.append(f"{place}: {around!r}")
    return found


def _is_text(data: bytes) -> bool:
    """Whether bytes are text; in a PDF they are numbers of its objects."""
    try:
        return b"\0" not in data and bool(data.decode()) and not data.startswith(b"%PDF")
    except UnicodeDecodeError:
        return False


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Handbook, Handbook]:
    """Two handbooks that differ only in parts hidden from partners, built for partners."""
    folder = tmp_path_factory.mktemp("groups")
    one = handbook(folder / "one" / "book", CanaryMaker(), more_commits=False)
    other = handbook(folder / "other" / "book", CanaryMaker("muted", 645_132, 2088), more_commits=True)
    for book in (one, other):
        build(book, "--for", "partners")
    return one, other


def test_no_secret_in_any_file(two: tuple[Handbook, Handbook]) -> None:
    """Neither in the site nor in its cache, even inside archives."""
    for name in ("site-partners", ".cache/charterbook/groups"):
        folder = two[0].folder / name
        assert any(folder.rglob("*.html")) or any(folder.rglob("*"))
        assert found_in(folder) == []


def test_what_is_hidden_makes_no_difference(two: tuple[Handbook, Handbook]) -> None:
    """Charters that differ in hidden parts alone, and histories that differ in commits alone that change these."""
    one, other = (snapshot(book.folder / "site-partners") for book in two)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_the_site_of_a_group_can_be_verified(two: tuple[Handbook, Handbook]) -> None:
    """By whoever has the repository; the site itself names no commit."""
    book = two[0]
    origin = read_origin(book.folder / "site-partners")
    assert (origin.checkout, origin.published, origin.branch, origin.group) == (None, None, None, "partners")
    done = book.run("verify", "--for", "partners", "site-partners", program="charterbook")
    assert (done.code, "files match this checkout" in done.output) == (0, True), done.output
    done = book.run("verify", "site-partners", program="charterbook")
    assert (done.code, "is the handbook for partners: add --for partners" in done.output) == (2, True), (
        done.output
    )
