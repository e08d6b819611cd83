"""Handbooks with a history, built with `mkdocs` in another process."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from charterbook.history.missing_history import host_variables
from charterbook.pull_request import request_variables
from charterbook.site.output.provenance import NAME
from charterbook.starter import start
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.run_mkdocs import Program, run_mkdocs

#: Timeout of a build in seconds, also on a busy machine.
PATIENCE = 600

#: A hook that writes the command of MkDocs on each page.
COMMAND_HOOK = """\
said = []

def on_startup(command, dirty):
    said.append(command)

def on_page_markdown(markdown, **_):
    return f"{markdown}\\n\\nBy {said}."
"""


def environment(**variables: str) -> dict[str, str]:
    """Environment of a build with these variables, and without others that change a site."""
    without = ("CI", "SOURCE_DATE_EPOCH", "COLUMNS", *host_variables(), *request_variables())
    kept = {
        key: value for key, value in os.environ.items() if key not in without and not key.startswith("GIT_")
    }
    fixed = {"NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return kept | fixed | variables


def visible(page: str) -> str:
    """Visible text of a page with normalized white space."""
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())


@dataclass(frozen=True)
class Built:
    """Result of a build with exit code `code` and output `output`."""

    site: Path
    code: int
    output: str

    def html(self, address: str) -> str:
        """The source of the page at an address below the site's root."""
        return (self.site / address / "index.html").read_text(encoding="utf-8")

    def text(self, address: str) -> str:
        """Visible text at an address without JavaScript."""
        return visible(self.html(address))

    def part(self, address: str, opening: str, closing: str) -> str:
        """The source of the first part of a page between two pieces of its source."""
        return self.html(address).partition(opening)[2].partition(closing)[0]

    def json(self, name: str) -> Any:
        """Content of a JSON file at the root."""
        return json.loads((self.site / name).read_text(encoding="utf-8"))

    def pages(self, version: str) -> set[str]:
        """The addresses of a version's pages within it."""
        folder = self.site / version
        found = {path.parent.relative_to(folder).as_posix() + "/" for path in folder.rglob("index.html")}
        return {"" if address == "./" else address for address in found}

    @property
    def log(self) -> list[str]:
        """Output lines without messages of MkDocs and mkdocs-macros at level info."""
        return [line for line in self.output.splitlines() if line and not line.startswith("INFO")]


class Handbook:
    """A handbook in a folder with its own repository, to which a test adds revisions.

    `pages` are those of a new handbook's docs/ to build, without `.md`: all of them take a third of a build.
    """

    def __init__(
        self,
        folder: Path,
        language: str = "en",
        *,
        started: bool = False,
        pages: Collection[str] | None = None,
    ) -> None:
        if not started and not (folder / "mkdocs.yml").exists():
            start(folder, language)
            if pages is not None:
                _keep_pages(folder / "docs", pages)
        self.folder = folder
        self.repo = Repo(folder)

    def commit(self, date: str, message: str = "A change", **changes: Any) -> str:
        """Commit the minimal charter with changes; the commit's id."""
        return self.repo.commit({"charter.yml": minimal_charter(**changes)}, message, date)

    def write(self, name: str, text: str) -> None:
        """Write a file without committing it."""
        self.repo.write({name: text})

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def build(self, *options: str, site: str = "site", **variables: str) -> Built:
        """Run `mkdocs build`."""
        return self.run("build", "--site-dir", site, *options, site=site, program="mkdocs", **variables)

    def run(
        self, *arguments: str, site: str = "site", program: Program = "mkdocs", **variables: str
    ) -> Built:
        """Run a program in the handbook's folder."""
        with NamedTemporaryFile() as output:
            found = (arguments, self.folder, environment(**variables), Path(output.name), PATIENCE)
            code = run_mkdocs(*found, program=program)
            return Built(self.folder / site, code, output.read().decode("utf-8"))

    def run_in_new_process(self, *arguments: str, site: str = "site", **variables: str) -> Built:
        """Run mkdocs in a new Python process, which also reads its environment."""
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", *arguments],
            cwd=self.folder,
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        return Built(self.folder / site, done.returncode, done.stdout)

    @property
    def left_over(self) -> list[str]:
        """Leftovers of builds in the site and beside it; normally empty."""
        return sorted(path.name for path in self.folder.rglob(".*charterbook-*"))


def _keep_pages(docs: Path, kept: Collection[str]) -> None:
    for page in docs.rglob("*.md"):
        if page.relative_to(docs).with_suffix("").as_posix() not in kept:
            page.unlink()


def undated(folder: Path) -> dict[str, str]:
    """A snapshot of a site without the day on which it was built."""
    origin = json.loads((folder / NAME).read_bytes())
    assert origin.pop("day")
    return snapshot(folder) | {NAME: json.dumps(origin)}


def snapshot(folder: Path) -> dict[str, str]:
    """Each file below a folder with a hash of its content."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
