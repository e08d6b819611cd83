"""Builds versions, each as a complete MkDocs build, in this process or in workers."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from charterbook.site.edition import Edition

if TYPE_CHECKING:
    from charterbook.site.plugin import CharterbookPlugin


@dataclass(frozen=True)
class Order:
    """One edition to build into a folder, with the settings of the build that asks for it.

    `branch` is the published one, and `path` the charter's file there.
    """

    edition: Edition
    folder: Path
    config_file: str
    site_url: str | None
    branch: str | None = None
    path: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How a build went: its warnings, how long it took in seconds, and whether MkDocs or a plugin gave up."""

    name: str
    warnings: tuple[str, ...]
    seconds: float
    failed: bool = False


class _Collector(logging.Handler):
    """Keeps what MkDocs and its plugins warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def build(order: Order) -> Outcome:
    """Build one edition.

    Warnings, and what MkDocs and its plugins give up with, are collected instead of being shown; any
    other error is raised.
    """
    start = time.monotonic()
    failed = False
    with _collected() as messages:
        config = load_config(config_file=order.config_file, strict=False)
        config.site_url = order.site_url
        plugin: CharterbookPlugin = config.plugins["charterbook"]  # type: ignore[assignment]
        with plugin.assigned(order):
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            except SystemExit:
                failed = True
    return Outcome(order.edition.name, tuple(messages), time.monotonic() - start, failed)


@contextmanager
def _collected() -> Iterator[list[str]]:
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    before, handlers = logger.propagate, logger.handlers[:]
    logger.handlers, logger.propagate = [collector], False
    try:
        yield collector.messages
    finally:
        logger.handlers, logger.propagate = handlers, before


#: The orders of the crew that this process belongs to. A forked worker is born with them.
_orders: list[Order] = []


def _take(orders: Sequence[Order]) -> None:
    _orders[:] = orders


def _build_nth(index: int) -> Outcome:
    return build(_orders[index])


class Crew:
    """Workers that build editions beside the build that hired them.

    They are given the number of an order: an order holds the charters of all versions before its own, and
    sending it takes longer than building a small one.
    """

    def __init__(self, orders: Sequence[Order]) -> None:
        self.orders = list(orders)
        self._pool: ProcessPoolExecutor | None = None
        self._futures: list[Future[Outcome]] = []
        if len(self.orders) > 1:
            context = _context()
            born_with = context.get_start_method() == "fork"
            _take(self.orders)
            self._pool = ProcessPoolExecutor(
                min(workers(), len(self.orders)),
                mp_context=context,
                initializer=None if born_with else partial(_take, self.orders),
            )
            self._futures = [self._pool.submit(_build_nth, index) for index in range(len(self.orders))]

    def outcomes(self) -> Iterator[Outcome]:
        """The outcome of every order, in the order given. Raises what a build raised."""
        if self._pool is None:
            yield from (build(order) for order in self.orders)
            return
        with self._pool:
            for future in self._futures:
                yield future.result()

    def dismiss(self) -> None:
        """Stop: what is not yet begun is not built."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def workers() -> int:
    """How many processes build at once: as many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _context() -> Any:
    """Forked workers share what is imported; where that is unsafe they are started afresh."""
    alone = threading.active_count() == 1
    fork = alone and os.name == "posix" and os.uname().sysname == "Linux"
    return multiprocessing.get_context("fork" if fork else "spawn")
