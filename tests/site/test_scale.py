"""Forty quarters of the example's size fit on usual hosts, and a new quarter costs one build.

A site of eight quarters is built from the example's charters; the size of forty is extrapolated.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean

import pytest

from charterbook.history import read_history
from charterbook.settings import read_settings
from tests.site.handbooks import Built, Handbook

ROOT = Path(__file__).parents[2]

#: Which of the example's charters are taken: small ones and large ones, from the first to the last.
TAKEN = (0, 1, 3, 7)

#: Quarters that are built: two rounds of the same charters, so that only the history grows.
ROUND = len(TAKEN)
QUARTERS = 2 * ROUND

#: Quarters that must fit, and into how many bytes. Of these, 90 MB are the changes of each pair as JSON.
MANY = 40
ROOM = 240_000_000


@dataclass(frozen=True)
class Scale:
    """A site with eight quarters, and how it was built: at first, again, and with one quarter more."""

    book: Handbook
    first: Built
    again: Built
    more: Built


def _charters() -> list[str]:
    """Charters of the example, without links to items that other quarters lack."""
    found = read_history(ROOT, read_settings(ROOT)).published
    texts = [(found[index].data or b"").decode() for index in TAKEN]
    return [re.sub(r"\[([^]\n]+)\]\((?!https?:)[^)\s]+\)", r"\1", text) for text in texts]


def _commit(book: Handbook, number: int, charter: str) -> None:
    """The next quarter: in another round figures are others, and the name of the version is its own."""
    year, quarter = 2020 + number // 4, number % 4 + 1
    text = re.sub(r"^version: .*$", f"version: {year}-Q{quarter}", charter, flags=re.MULTILINE)
    text = re.sub(r"^effective: .*\n", "", text, flags=re.MULTILINE)  # it is outside this period
    text = re.sub(r"(value: )(\d+)", lambda found: f"{found[1]}{int(found[2]) + number // ROUND}", text)
    book.repo.commit({"charter.yml": text}, f"Quarter {number}", f"{year}-{quarter * 3:02}-10")


@pytest.fixture(scope="module")
def scale(tmp_path_factory: pytest.TempPathFactory) -> Scale:
    """The three builds; the site of the first remains."""
    folder = tmp_path_factory.mktemp("scale")
    for name in ("mkdocs.yml", "macros.py"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / ".gitignore").write_text("/site*/\n.cache/\n")
    book, charters = Handbook(folder, started=True), _charters()
    for number in range(QUARTERS):
        _commit(book, number, charters[number % ROUND])
    first, again = book.build("--strict"), book.build(site="site2")
    _commit(book, QUARTERS, charters[-1])
    return Scale(book, first, again, book.build(site="site3"))


def _built(build: Built) -> str:
    assert build.code == 0, build.output
    (line,) = re.findall(r"\d+ versions: .*", build.output)
    return str(line)


def test_a_build_grows_with_what_changed(scale: Scale) -> None:
    """MkDocs always builds the newest version; a new quarter also affects the one that it supersedes."""
    assert _built(scale.first) == f"{QUARTERS} versions: {QUARTERS} to build, 0 unchanged"
    assert _built(scale.again) == f"{QUARTERS} versions: 1 to build, {QUARTERS - 1} unchanged"
    assert _built(scale.more) == f"{QUARTERS + 1} versions: 2 to build, {QUARTERS - 1} unchanged"


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_forty_quarters_fit_on_a_page(scale: Scale) -> None:
    """All pairs are compared, and each version has more history than the previous one."""
    site = scale.first.site
    names = sorted(path.name for path in site.iterdir() if re.fullmatch(r"\d{4}-Q\d", path.name))
    pairs = [site / newer / "compare" / older for older, newer in combinations(names, 2)]
    pair = fmean(map(_bytes, pairs))
    alone = [_bytes(site / name) - pair * index for index, name in enumerate(names)]
    growth = (sum(alone[ROUND:]) - sum(alone[:ROUND])) / ROUND**2
    middle = fmean(alone[ROUND:]) + growth * ((MANY - 1) / 2 - ROUND * 3 / 2)
    newest = alone[-1] + growth * (MANY - QUARTERS) + pair * (MANY - 1)
    root = _bytes(site) - sum(_bytes(site / name) for name in [*names, "latest"])
    whole = middle * MANY + pair * MANY * (MANY - 1) / 2 + newest + root * MANY / QUARTERS
    assert whole < ROOM, (
        f"{pair=:,.0f} {middle=:,.0f} {growth=:,.0f} {newest=:,.0f} {root=:,.0f}: {whole:,.0f}"
    )
