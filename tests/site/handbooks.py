"""Handbooks with a history, built as a person builds them: with `mkdocs`, in another process."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from charterbook.history.missing_history import host_variables
from charterbook.starter import start
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.press import press

#: No build of these small handbooks takes longer, however busy the machine is; in seconds.
PATIENCE = 600


def environment(**variables: str) -> dict[str, str]:
    """The environment of a build: nothing in it that changes a site, beside these variables."""
    without = ("CI", "SOURCE_DATE_EPOCH", "COLUMNS", *host_variables())
    kept = {
        key: value for key, value in os.environ.items() if key not in without and not key.startswith("GIT_")
    }
    fixed = {"NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return kept | fixed | variables


def visible(page: str) -> str:
    """The words of a page, each space one."""
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())


@dataclass(frozen=True)
class Built:
    """A site, or what is left of it, after a build that ended with `code` and printed `output`."""

    site: Path
    code: int
    output: str

    def html(self, address: str) -> str:
        """The source of the page at an address below the site's root."""
        return (self.site / address / "index.html").read_text(encoding="utf-8")

    def text(self, address: str) -> str:
        """The words that a reader without JavaScript sees at an address."""
        return visible(self.html(address))

    def part(self, address: str, opening: str, closing: str) -> str:
        """The source of the first part of a page between two pieces of its source."""
        return self.html(address).partition(opening)[2].partition(closing)[0]

    def json(self, name: str) -> Any:
        """What a JSON file at the root holds."""
        return json.loads((self.site / name).read_text(encoding="utf-8"))

    def pages(self, version: str) -> set[str]:
        """The addresses of a version's pages within it."""
        folder = self.site / version
        found = {path.parent.relative_to(folder).as_posix() + "/" for path in folder.rglob("index.html")}
        return {"" if address == "./" else address for address in found}

    @property
    def log(self) -> list[str]:
        """What was printed, line by line, but for the news of MkDocs and mkdocs-macros."""
        return [line for line in self.output.splitlines() if line and not line.startswith("INFO")]


class Handbook:
    """A handbook in a folder with a repository of its own, to which a test adds revisions."""

    def __init__(self, folder: Path, language: str = "en", *, started: bool = False) -> None:
        if not started and not (folder / "mkdocs.yml").exists():
            start(folder, language)
        self.folder = folder
        self.repo = Repo(folder)

    def commit(self, date: str, message: str = "A change", **changes: Any) -> str:
        """Commit the minimal charter with changes; the commit's id."""
        return self.repo.commit({"charter.yml": minimal_charter(**changes)}, message, date)

    def write(self, name: str, text: str) -> None:
        """Write a file without committing it."""
        self.repo.write({name: text})

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text that stands once in a file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def build(self, *options: str, site: str = "site", **variables: str) -> Built:
        """Run `mkdocs build`."""
        return self.run("build", "--site-dir", site, *options, site=site, **variables)

    def run(self, *arguments: str, site: str = "site", **variables: str) -> Built:
        """Run mkdocs in the handbook's folder."""
        with NamedTemporaryFile() as output:
            code = press(arguments, self.folder, environment(**variables), Path(output.name), PATIENCE)
            return Built(self.folder / site, code, output.read().decode("utf-8"))

    def run_anew(self, *arguments: str, site: str = "site", **variables: str) -> Built:
        """Run mkdocs in a Python of its own, which reads its environment, too."""
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
        """What builds have left in the site and beside it: nothing, if all is well."""
        return sorted(path.name for path in self.folder.rglob(".*charterbook-*"))


def snapshot(folder: Path) -> dict[str, str]:
    """Each file below a folder with a hash of its content."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
