"""The same pages built as a handbook and by plain MkDocs."""

from __future__ import annotations

import html
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.site.handbooks import Built, Handbook


@dataclass(frozen=True)
class Pair:
    """One handbook, built by Charterbook and, without it, by plain MkDocs."""

    ours: Built
    plain: Built

    def pages(self, address: str) -> list[str]:
        """The source of a page in each version, and in plain MkDocs."""
        return [self.ours.html(f"{name}/{address}") for name in ("2025-Q1", "latest")] + [
            self.plain.html(address)
        ]


def build_pair(folder: Path, settings: str, plugins: str, files: dict[str, str]) -> Pair:
    """Build both, strictly. Of the two versions only the second one has a scope."""
    book = Handbook(folder / "book")
    plain = Handbook(folder / "plain", started=True)
    for name in ("index", "services/index", "scope"):
        plain.write(f"docs/{name}.md", f"# {name}\n")
    plain.write("macros.py", "def define_env(env): ...\n")
    for handbook, own in ((book, "  - charterbook\n"), (plain, "")):
        macros = "  - macros: {module_name: macros}\n  - search\n"
        handbook.write("mkdocs.yml", f"{settings}plugins:\n{own}{macros}{plugins}")
        for name, text in files.items():
            handbook.write(name, text)
    book.commit("2025-01-06")
    book.commit("2025-04-07", scope={"out": [{"id": "x", "name": "Events"}]})
    plain.repo.commit({}, date="2025-04-07")
    return Pair(book.build("--strict"), plain.build("--strict"))


def warned(built: Built) -> list[str]:
    """Warnings of a build with their lines, except for the lists of pages."""
    return sorted(line for line in built.output.splitlines() if line.startswith(("WARNING", "ERROR")))


def links(page: str) -> list[tuple[str, str]]:
    """The links of the navigation with their titles, in order."""
    found = re.findall(r'<a href="([^"]*)"[^>]*class="md-nav__link[^>]*>(.*?)</a>', page, re.DOTALL)
    return [
        (href, " ".join(re.sub("<[^>]*>", " ", title).split())) for href, title in found if href[0] != "#"
    ]


def missing_targets(site: Path) -> set[str]:
    """Relative links of the pages of a site that lead nowhere, with their page."""
    found = set()
    for page in site.rglob("*.html"):
        for link in re.findall(
            r'<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^":]+)"', page.read_text(encoding="utf-8")
        ):
            path = unquote(urlsplit(html.unescape(link)).path)
            target = Path(os.path.normpath(page.parent / path))
            if (
                path
                and not path.startswith("/")
                and not (target / "index.html" if path.endswith("/") else target).exists()
            ):
                found.add(f"{page.relative_to(site)}: {link}")
    return found
