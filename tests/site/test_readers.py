"""Readers of a site that is replaced while it is served: no file is missing, each is whole, and a page has the program of its build.

Styles and scripts have a hash in their name, and stay for an hour after their replacement. So a page that is
open during an exchange loads the files that it was built with, even if every build has another program, as
here.

The lists of versions and the search index have one address in each build, so that finished versions know
newer ones. They belong to the present site: newer than a page that is open during an exchange, once for each
reader and publication.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from charterbook.site.output.previous_assets import link_previous_assets
from tests.site.trees import staged

VERSIONS, PAGES = ("2025-Q1", "2025-Q2", "latest"), 12

_SERVER = """
import functools, http.server, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_): pass
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 2048
server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
"""


def program(build: int) -> tuple[str, str, str]:
    """The styles and scripts of a build: each has another program."""
    digest = f"{build:08x}"
    return (
        f"assets/charterbook.{digest}/style.css",
        f"assets/javascripts/bundle.{digest}.min.js",
        f"assets/javascripts/workers/charterbook.{digest}.js",
    )


def site(build: int) -> dict[str, str]:
    """A site whose files name their build; the size differs, too."""
    text = f"build {build}." * (200 + build % 7)
    files = dict.fromkeys(("index.html", "versions.json", *program(build)), text)
    for version in VERSIONS:
        files |= {f"{version}/page-{number}/index.html": text for number in range(PAGES)}
        files |= {f"{version}/new-in-{build}/index.html": text, f"{version}/search/search_index.json": text}
    return files


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The port of a web server for a folder."""
    command = [sys.executable, "-c", _SERVER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


async def get(port: int, path: str) -> tuple[int, str]:
    """Status and body of a file."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /{path} HTTP/1.0\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    head, _, body = answer.decode().partition("\r\n\r\n")
    return int(head.split()[1]), body


class Readers:
    """Readers that open one page after another, each with its files, until the publications end."""

    def __init__(self, port: int) -> None:
        self.port, self.ended = port, False
        self.seen = Counter[str]()

    async def read(self, seed: int) -> None:
        """One reader."""
        chance = Random(seed)  # noqa: S311 (not for secrets)
        while not self.ended:
            version = chance.choice(VERSIONS)
            page = f"{version}/page-{chance.randrange(PAGES)}/index.html"
            await self._open(page, "versions.json", f"{version}/search/search_index.json")

    async def _open(self, page: str, *data: str) -> None:
        build = await self._get(page)
        parts = {await self._get(path) for path in program(build)}
        lists = {await self._get(path) for path in data}
        self.seen["pages"] += 1
        self.seen["mixed"] += parts != {build}
        self.seen["newer lists"] += lists != {build}

    async def _get(self, path: str) -> int:
        """The build of a file; -1 if it is missing or has parts of several."""
        status, body = await get(self.port, path)
        self.seen["requests"] += 1
        self.seen["missing"] += status != 200
        named = {int(build) for build in re.findall(r"build (\d+)\.", body)}
        is_whole = len(named) == 1 and site(*named).get(path) == body
        self.seen["torn"] += status == 200 and not is_whole
        return named.pop() if is_whole else -1


def replace(folder: Path, build: int) -> None:
    """Publish the next build of a site, as a build does."""
    staging = staged(folder, site(build))
    link_previous_assets(staging.new, folder)
    staging.publish()


async def run(folder: Path, port: int, readers: int, publications: int) -> Counter[str]:
    """Replace a site while it is read."""
    crowd = Readers(port)
    tasks = [asyncio.create_task(crowd.read(seed)) for seed in range(readers)]
    for build in range(1, publications + 1):
        before = crowd.seen["pages"]
        await asyncio.to_thread(replace, folder, build)
        while crowd.seen["pages"] < before + max(5, readers // 20):
            await asyncio.sleep(0.01)
    crowd.ended = True
    await asyncio.gather(*tasks)
    return crowd.seen


@pytest.mark.long
@pytest.mark.parametrize(
    ("readers", "publications"), [(20, 10), pytest.param(1000, 100, marks=pytest.mark.slow)]
)
def test_readers_of_a_site_that_is_replaced(tmp_path: Path, readers: int, publications: int) -> None:
    """No file is missing or mixed from two builds, and no page has the program of another build; only lists can be newer."""
    folder = tmp_path / "site"
    replace(folder, 0)
    # A browser of another test can have a loop in this thread.
    with served(folder) as port, ThreadPoolExecutor() as threads:
        seen = threads.submit(lambda: asyncio.run(run(folder, port, readers, publications))).result()
    print(dict(seen))  # noqa: T201 – the figures, with pytest -s
    assert seen["requests"] > 5 * publications
    assert (seen["missing"], seen["torn"], seen["mixed"]) == (0, 0, 0)
    assert seen["newer lists"] <= readers * publications
