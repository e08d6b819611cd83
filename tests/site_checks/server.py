"""A folder served over HTTP from a sub-path, and compressed, the way GitHub Pages serves a project's site.

Listens on 127.0.0.1 only. A missing page gets the folder's own 404.html; an address outside the
sub-path gets a bare 404, so that a link which leaves the site is noticed.
"""

from __future__ import annotations

import gzip
import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

#: Path of the site: not the root of its host, to detect absolute paths.
PREFIX = "/team/charter/"


#: Suffixes of files that are sent with gzip.
_COMPRESSED = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"})


@lru_cache(maxsize=256)
def _compressed(file: Path, _modified: int) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore connections that a browser closes early."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*args, directory=directory)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        path = urlsplit(self.path).path
        if not path.startswith(self.prefix) or ".." in path.split("/"):
            return self._answer_missing(b"Outside of the site")
        target = Path(self.translate_path(path))
        if target.is_dir() and path.endswith("/"):
            target /= "index.html"
        if self._compresses(target):
            return self._answer_compressed(target)
        if target.is_file() or (target / "index.html").is_file():
            return super().send_head()
        page = Path(self.directory) / "404.html"
        return self._answer_missing(page.read_bytes() if page.is_file() else b"Not found")

    def _compresses(self, target: Path) -> bool:
        accepted = self.headers.get("Accept-Encoding", "")
        return target.suffix in _COMPRESSED and target.is_file() and "gzip" in accepted

    def _answer_compressed(self, target: Path) -> io.BytesIO:
        body = _compressed(target, target.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(target))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def _answer_missing(self, body: bytes) -> io.BytesIO:
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600" if "/assets/" in self.path else "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Requests are not logged."""


class _SlowHandler(_Handler):
    """The bodies of pages arrive in pieces, as over a slow line: browsers paint some of them early."""

    #: Bytes of a piece, and the time until the next one in seconds.
    _PIECE, _GAP = 1500, 0.02

    def _compresses(self, target: Path) -> bool:
        return target.suffix != ".html" and super()._compresses(target)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        begin = max(data.find(b"<body"), 0) if data[:9].lower() == b"<!doctype" else len(data)
        outputfile.write(data[:begin])
        for place in range(begin, len(data), self._PIECE):
            outputfile.write(data[place : place + self._PIECE])
            time.sleep(self._GAP)


@contextmanager
def serve(folder: Path, prefix: str = PREFIX, *, slow: bool = False) -> Iterator[str]:
    """Serve `folder` under `prefix` (with a slash at both ends) on a free port; gives its address.

    If `slow`, pages arrive in pieces.
    """
    handler = _SlowHandler if slow else _Handler
    server = _Server(("127.0.0.1", 0), partial(handler, prefix=prefix, directory=str(folder)))
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
