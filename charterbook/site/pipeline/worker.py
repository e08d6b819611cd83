"""A worker process of a pool: it carries out requests, one after another, and sends the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from charterbook.site.pipeline.isolated_build import (
    close_in_children,
    end_children,
    follow_parent,
    received,
    send_outcome,
)
from charterbook.site.signals import uninterrupted

#: What a worker sends after the results of a request.
_DONE = "done"


class Worker:
    """A process that calls a function for each request, and sends what it yields.

    `others` are the workers that were started before: a forked process closes its copies of their connections. Nothing
    but a worker itself has its end of the connection for results, so that these end with it.
    """

    def __init__(
        self, context: Any, work: Callable[[Any], Iterator[Any]], others: Iterable[Worker] = ()
    ) -> None:
        self.is_busy = False
        requests, self._requests = context.Pipe(duplex=False)
        self.results, results = context.Pipe(duplex=False)
        is_forked = context.get_start_method() == "fork"
        unused = [end for worker in (*others, self) for end in worker._ends()] if is_forked else []
        self._process = context.Process(target=_serve, args=(requests, results, unused, work))
        with requests, results, uninterrupted():
            self._process.start()

    def _ends(self) -> tuple[Connection, Connection]:
        """This process's ends of the connections."""
        return self._requests, self.results

    def request(self, words: Any) -> None:
        """Ask for something. Without a word if the worker has ended: `received` says so."""
        self.is_busy = True
        with suppress(OSError):
            self._requests.send(words)

    def received(self) -> Any:
        """Wait for the next result; None after the last. Raises the worker's exceptions, and PluginError if it has ended."""
        found = received(self.results)
        if found == _DONE:
            self.is_busy = False
            return None
        return found

    def leave(self) -> None:
        """Let the worker end after what it is doing: nobody waits for its results any more."""
        with suppress(OSError):
            self._requests.send(None)
        self._requests.close()
        self.results.close()

    def join(self) -> None:
        """Wait for the end of the worker."""
        self._process.join()
        self._process.close()


def ready(workers: Iterable[Worker], seconds: float | None) -> list[Worker]:
    """The workers that have sent something or have ended; wait at most some seconds for one."""
    found = {worker.results: worker for worker in workers}
    return [found[connection] for connection in wait(list(found), seconds)]


def _serve(
    requests: Connection,
    results: Connection,
    unused: Iterable[Connection],
    work: Callable[[Any], Iterator[Any]],
) -> None:
    """In a worker: carry out requests until there are none."""
    follow_parent()
    for connection in unused:
        connection.close()
    close_in_children(results)
    try:
        with suppress(EOFError, OSError):
            while (words := requests.recv()) is not None:
                found = work(words)
                while send_outcome(results, partial(next, found, _DONE)) != _DONE:
                    pass
    finally:
        end_children()
