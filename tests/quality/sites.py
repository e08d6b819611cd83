"""Sites for browser tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from benchmarks.generate import Size, quarters
from tests.charters import minimal_charter
from tests.histories import run_git
from tests.quality.stress_charter import stress_charter
from tests.site.handbooks import Built, Handbook
from tests.site_checks.server import PREFIX

ROOT = Path(__file__).parents[2]

#: Published address of the sites: below a path, as on GitHub Pages.
SITE_URL = f"https://quillmere.example{PREFIX}"

#: The day on which the sites are built, in seconds: 4 January 2027. The Russian example's review is overdue.
BUILT = "1799020800"


@dataclass(frozen=True)
class Site:
    """A finished site: its folder, and its address on the test server."""

    folder: Path
    address: str

    def pages(self, version: str) -> list[str]:
        """Addresses of a version's pages, relative to the site."""
        found = (self.folder / version).rglob("index.html")
        return sorted(f"{path.parent.relative_to(self.folder).as_posix()}/" for path in found)


def build(folder: Path, make: Callable[[Path], Handbook]) -> Built:
    """Build a site strictly."""
    book = make(folder)
    set_site_url(book)
    return book.build("--strict", SOURCE_DATE_EPOCH=BUILT)


def set_site_url(book: Handbook) -> None:
    """Set the published address of a handbook."""
    lines = (book.folder / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "site_url:" not in line]
    book.write("mkdocs.yml", "\n".join([f"site_url: {SITE_URL}", *kept, ""]))


def example(folder: Path) -> Handbook:
    """This repository: the history of its charter, with the pages of the working tree."""
    run_git(ROOT, "clone", "--quiet", "--no-checkout", str(ROOT), str(folder))
    run_git(folder, "checkout", "HEAD", "--", "charter.yml")
    _add_pages(folder)
    _need_all_of_the_history()
    return Handbook(folder)


def forge(folder: Path) -> Handbook:
    """The example at a forge: the present charter, and one of a year before, with other names of items."""
    _need_all_of_the_history()
    _add_pages(folder)
    book = Handbook(folder, started=True)
    before = run_git(ROOT, "rev-list", "-1", "--until=2025-09-30", "HEAD", "--", "charter.yml")
    for commit, date in ((before, "2025-09-30"), ("HEAD", "2026-11-30")):
        book.repo.commit({"charter.yml": run_git(ROOT, "show", f"{commit}:charter.yml") + "\n"}, date=date)
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    book.write("mkdocs.yml", f"repo_url: https://github.com/quillmere/charter\n{text}")
    return book


def _add_pages(folder: Path) -> None:
    shutil.copytree(ROOT / "docs", folder / "docs")
    for name in ("macros.py", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder / name)


def _need_all_of_the_history() -> None:
    shallow = run_git(ROOT, "rev-parse", "--is-shallow-repository")
    assert shallow == "false", "the example needs the whole history: git fetch --unshallow"


def russian(folder: Path) -> Handbook:
    """The Russian example: an earlier version with other pages, and a draft with an additional one."""
    book = Handbook(folder, "ru")
    text = (ROOT / "examples" / "ru" / "charter.yml").read_text(encoding="utf-8")
    book.repo.commit(
        {"charter.yml": _dump(_before(yaml.safe_load(text)))}, "Устав на третий квартал", "2026-07-06"
    )
    book.repo.commit({"charter.yml": text}, "Завершить пилот коучинга", "2026-10-05")
    draft = yaml.safe_load(text)
    draft["services"].append(
        {"id": "library", "name": "Библиотека звонков", "summary": "Записи лучших звонков."}
    )
    draft["change_note"] = "Появится библиотека звонков."
    book.write("charter.yml", _dump(draft))
    return book


def hebrew_names(folder: Path) -> Handbook:
    """The example's charter in two versions, with a name in Hebrew, a number and parentheses for each of its items."""
    book = Handbook(folder)
    before = run_git(ROOT, "rev-list", "-1", "--until=2026-07-31", "HEAD", "--", "charter.yml")
    for commit, date, version in ((before, "2026-07-31", "2026-Q3"), ("HEAD", "2026-11-30", "2026-Q4")):
        charter = yaml.safe_load(run_git(ROOT, "show", f"{commit}:charter.yml"))
        charter["version"] = version
        _in_hebrew(charter)
        book.repo.commit({"charter.yml": _dump(charter)}, date=date)
    return book


def _in_hebrew(part: Any) -> None:
    """Replace the names and titles below a part of a charter."""
    values = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for value in values:
        _in_hebrew(value)
    for key in ("name", "title"):
        if isinstance(part, dict) and isinstance(part.get(key), str):
            part[key] = f"שם {sum(map(ord, part[key]))} (ניסיון)"


def _before(charter: dict[str, Any]) -> dict[str, Any]:
    """Charter of the previous quarter: without a roadmap, and with a service that has ended since."""
    charter["version"] = "2026-Q3"
    del charter["roadmap"], charter["effective"]
    charter["services"].append(
        {"id": "trips", "name": "Выезды к клиентам", "summary": "Продавцы ездили вместе."}
    )
    return charter


def stress(folder: Path) -> Handbook:
    """Sixty audiences with long names, in two versions."""
    book = Handbook(folder)
    book.repo.commit(
        {"charter.yml": _dump(stress_charter(version="2026-Q3", language="ru"))}, "Begin", "2026-07-06"
    )
    book.repo.commit(
        {"charter.yml": _dump(stress_charter(version="2026-Q4", language="en"))}, "Go on", "2026-10-05"
    )
    return book


def large(folder: Path) -> Handbook:
    """Two hundred services for sixty audiences, in two versions."""
    book = Handbook(folder)
    for revision in quarters(Size("2x200x60", quarters=2, services=200, audiences=60, metrics=20), 2):
        book.repo.commit({"charter.yml": revision.text}, "A quarter", revision.date.isoformat())
    return book


def large_sums(folder: Path) -> Handbook:
    """Nine versions with sums of a thousand million, long words, and a promise that never changed beside one that did."""
    book = Handbook(folder)
    for place, (quarter, date) in enumerate(_NINE_QUARTERS):
        data = yaml.safe_load((Path(__file__).parent / "charters" / "finance.yml").read_text("utf-8"))
        data["version"] = quarter
        data["funding"]["sources"][0]["amount"] += place * 11_111_111
        data["services"][0]["service_levels"][0]["within"] += place % 2
        for metric in data["metrics"]:
            metric["values"] = metric["values"][: place + 1]
        book.repo.commit({"charter.yml": _dump(data)}, "A quarter", date)
    return book


_NINE_QUARTERS = [
    (f"{2024 + place // 4}-Q{place % 4 + 1}", f"{2024 + place // 4}-{place % 4 * 3 + 1:02}-05")
    for place in range(3, 12)
]


#: Colours of Material's palette, which it writes in shades that nobody can read; and tabs.
NAMED_COLOURS = """
  palette:
    - {media: "(prefers-color-scheme: light)", primary: yellow, accent: lime, toggle: {icon: material/brightness-4, name: Dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: light-green, accent: pink, toggle: {icon: material/brightness-7, name: Light}}
  features: [navigation.tabs]
"""


def minimal(folder: Path) -> Handbook:
    """The five questions only, in one version, with other colours and with tabs."""
    book = Handbook(folder)
    book.replace("mkdocs.yml", "\n  name: material\n", f"\n  name: material{NAMED_COLOURS}")
    book.repo.commit({"charter.yml": minimal_charter()}, "Begin", "2026-10-05")
    return book


def additions(folder: Path) -> Handbook:
    """A template, styles and an announcement of the author's, a header with tabs, and pages that replace each other."""
    book = Handbook(folder)
    features = (
        "announce.dismiss, header.autohide, navigation.instant, navigation.instant.progress, navigation.tabs, "
        "navigation.tabs.sticky"
    )
    settings = f"  custom_dir: overrides\n  features: [{features}]\nextra_css: [own.css]\n"
    book.replace("mkdocs.yml", "\n  name: material\n", f"\n  name: material\n{settings}")
    book.write("overrides/main.html", ANNOUNCEMENT)
    book.write(
        "docs/own.css",
        ".cb-top::before { background: red; content: ''; height: 1em; width: 1em; mask: var(--md-status--new) }",
    )
    for days, quarter, date in ((3, "2026-Q3", "2026-07-06"), (5, "2026-Q4", "2026-10-05")):
        services = [
            {
                "id": f"s{n}",
                "name": f"Service {n}",
                "summary": "X.",
                "service_levels": [{"request": "A card", "within": days}],
            }
            for n in range(20)
        ]
        charter = minimal_charter(version=quarter, services=services)
        book.repo.commit({"charter.yml": charter}, "A quarter", date)
    return book


#: An announcement above Charterbook's notices.
ANNOUNCEMENT = (
    '{% extends "base.html" %}{% block announce %}<p>We move on Friday.</p>{{ super() }}{% endblock %}'
)


#: Extensions of Markdown for the parts that Material's documentation shows.
EXTENSIONS = """markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, pymdownx.caret, pymdownx.critic,
  pymdownx.details, pymdownx.inlinehilite, pymdownx.keys, pymdownx.mark, pymdownx.superfences, pymdownx.tilde, tables,
  pymdownx.highlight: {anchor_linenums: true, line_spans: __span}, pymdownx.tabbed: {alternate_style: true},
  pymdownx.tasklist: {custom_checkbox: true}, toc: {permalink: true}]
"""

#: Features of Material that add to such parts.
FEATURES = (
    "content.code.annotate, content.code.copy, content.code.select, content.tabs.link, "
    "navigation.footer, navigation.instant.progress, navigation.path, navigation.top"
)

#: A page with one of each part that reading or copying depends on.
PARTS = """# Parts

| Region | Contact | Budget |
|---|:-:|--:|
| Americas | Desk | 1,000 |

| January planning | February planning | March planning | April planning | May planning | June planning | July planning | August planning | September planning |
|---|---|---|---|---|---|---|---|---|
| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |

=== "For sellers"

    ``` yaml
    within: 5
    ```

=== "For managers"

    Text.

- [x] Done
- [ ] Open

![A line that rises](line.svg){ align=left width=300 }

Explanations beside the image.

| A | B |
|---|---|
| Text with a [link](index.md) | 1 |

[A button](index.md){ .md-button }
"""

_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120"><path d="M10 100L290 10" stroke="#145"/></svg>'


#: A page with further parts: numbered and marked lines, annotations, linked content tabs, notes, footnotes, keys.
MORE_PARTS = """# More parts

## Code

``` py title="bubble.py" linenums="1" hl_lines="2 3"
def bubble_sort(items):  # (1)!
    for i in range(len(items)):
        for j in range(len(items) - 1 - i):  # a comment
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return f"sorted {items!r}" + 'x' * 3
```

1.  An annotation.

``` yaml
theme:
  features: # (1)!
    - content.code.annotate
  number: 3
  date: 2026-01-02
```

1.  Another annotation with `code`.

``` sh linenums="1"
cat file | grep "x" > $HOME/out  # why
```

The `#!python range()` function. Press ++ctrl+alt+del++.

## Tabs

=== "Python"

    Text of Python.

=== "Shell"

    Text of shell.

## More tabs

=== "Python"

    ``` python
    print(1)
    ```

=== "Shell"

    ``` sh
    echo 1
    ```

## Notes

!!! note "A note"

    Text (1)
    { .annotate }

    1.  Annotated text.

??? warning "Details"

    Hidden.

???+ tip

    Open tip.

!!! danger inline end

    Inline.

!!! quote

    Q

Some text[^1] and ==marked==, ~~gone~~, ^^new^^, H~2~O, {--deleted--} {++added++}.

[^1]: A footnote.

Term
:   Definition of the term.

The HTML term.

*[HTML]: Hyper Text

- [x] Done
- [ ] Open

| A | B |
|---|--:|
| 1 | 2 |

[A button](#code){ .md-button } [Primary](#code){ .md-button .md-button--primary }

<div class="grid cards" markdown>

- **One** card
- **Two** card

</div>
"""


def parts(folder: Path) -> Handbook:
    """A page of docs/ with tables, content tabs, tasks and code, and an announcement."""
    book = Handbook(folder, pages=["index"])
    book.replace(
        "mkdocs.yml",
        "\n  name: material\n",
        f"\n  name: material\n  custom_dir: overrides\n  features: [{FEATURES}]\n",
    )
    book.replace("mkdocs.yml", "markdown_extensions:\n  - admonition\n", EXTENSIONS)
    book.write("overrides/main.html", ANNOUNCEMENT)
    book.write("docs/parts.md", PARTS)
    book.write("docs/line.svg", _IMAGE)
    book.write("docs/more-parts.md", MORE_PARTS)
    book.repo.commit({"charter.yml": minimal_charter()}, "Begin", "2026-10-05")
    return book


def other_trade(folder: Path, *, charter: str, language: str) -> Handbook:
    """A charter of charters/, in one version: a team of another trade, with its own words."""
    book = Handbook(folder, language)
    text = (Path(__file__).parent / "charters" / f"{charter}.yml").read_text(encoding="utf-8")
    book.repo.commit({"charter.yml": text}, "Begin", "2026-10-05")
    return book


def many_findings(folder: Path) -> Handbook:
    """A charter with more than a hundred findings, most of them of a few rules."""
    book = Handbook(folder)
    services = [{"id": f"s{n}", "name": f"Service {n}", "summary": "X."} for n in range(30)]
    metrics = [{"id": f"m{n}", "name": f"Metric {n}", "kind": "leading"} for n in range(12)]
    charter = minimal_charter(version="2026-Q4", services=services, metrics=metrics)
    book.repo.commit({"charter.yml": charter}, "Begin", "2026-10-05")
    return book


def _dump(charter: dict[str, Any]) -> str:
    return yaml.safe_dump(charter, allow_unicode=True, sort_keys=False)


#: Builder of each site's handbook.
BOOKS: dict[str, Callable[[Path], Handbook]] = {
    "example": example,
    "forge": forge,
    "russian": russian,
    "stress": stress,
    "large": large,
    "hebrew names": hebrew_names,
    "minimal": minimal,
    "large sums": large_sums,
    "additions": additions,
    "parts": parts,
    "many findings": many_findings,
    "medical devices": partial(other_trade, charter="medical_devices", language="en"),
    "insurance": partial(other_trade, charter="insurance", language="ru"),
    "IT support": partial(other_trade, charter="it_support", language="ru"),
}
