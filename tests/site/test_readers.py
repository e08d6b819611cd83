"""Readers of a served site while it is replaced: no file is missing, and each is whole and of one build.

What a page loads after it (styles, scripts, the search index) comes by further requests. A reader whose requests straddle
the exchange of a version gets some of them from the new build: a static folder has one file at each address, and a server
does not know which page a request belongs to. So this is bounded: at most one page for each reader and publication.
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

from tests.site.trees import publish

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


def site(build: int) -> dict[str, str]:
    """A site whose files, except styles and scripts of the same program, name their build; the size differs, too."""
    text = f"build {build}." * (200 + build % 7)
    files = {
        "index.html": text,
        "versions.json": text,
        "assets/style.css": "style",
        "assets/bundle.0.js": "script",
    }
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
    """Readers that open one page after another, each with what it loads, until the publications end."""

    def __init__(self, port: int) -> None:
        self.port, self.ended = port, False
        self.seen = Counter[str]()

    async def read(self, seed: int) -> None:
        """One reader."""
        chance = Random(seed)  # noqa: S311 (not for secrets)
        while not self.ended:
            version = chance.choice(VERSIONS)
            page = f"{version}/page-{chance.randrange(PAGES)}/index.html"
            await self._open(
                [page, "assets/style.css", "assets/bundle.0.js", f"{version}/search/search_index.json"]
            )
            await self._open([page, "versions.json"])

    async def _open(self, paths: list[str]) -> None:
        builds = set()
        for path in paths:
            status, body = await get(self.port, path)
            self.seen["requests"] += 1
            self.seen["missing"] += status != 200
            named = set(re.findall(r"build (\d+)\.", body))
            self.seen["torn"] += len(named) > 1 or (bool(named) and site(int(*named))[path] != body)
            builds |= named
        self.seen["pages"] += 1
        self.seen["mixed"] += len(builds) > 1


async def run(folder: Path, port: int, readers: int, publications: int) -> Counter[str]:
    """Replace a site while it is read."""
    crowd = Readers(port)
    tasks = [asyncio.create_task(crowd.read(seed)) for seed in range(readers)]
    for build in range(1, publications + 1):
        before = crowd.seen["pages"]
        await asyncio.to_thread(publish, folder, site(build))
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
    """No file is missing or torn; parts of two builds only where a page was open during an exchange."""
    folder = tmp_path / "site"
    publish(folder, site(0))
    # A browser of another test may have a loop in this thread.
    with served(folder) as port, ThreadPoolExecutor() as threads:
        seen = threads.submit(lambda: asyncio.run(run(folder, port, readers, publications))).result()
    print(dict(seen))  # noqa: T201 – the figures, with pytest -s
    assert seen["requests"] > 5 * publications
    assert (seen["missing"], seen["torn"]) == (0, 0)
    assert seen["mixed"] <= readers * publications
