"""Build of an order in a process of its own, apart from values that hooks and plugins store in their modules and classes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from mkdocs.exceptions import PluginError

from charterbook.site.order import BuildOrder, BuildResult
from charterbook.site.pipeline.order_build import build

ENDED = "A process that builds versions was ended from outside: perhaps there was not enough memory."


def build_isolated(order: BuildOrder, start_method: str, *, alone: bool) -> BuildResult:
    """Build an order in a child process. Raises the exceptions of the build."""
    context: Any = multiprocessing.get_context(start_method)
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send_result, args=(sender, order, alone))
    child.start()
    sender.close()
    return _received(receiver, child)


def follow_parent() -> None:
    """In a child process: ignore SIGINT, and exit when the parent dies.

    An interruption reaches all processes of a terminal; only the main build reports it, and stops the workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _received(receiver: Connection, child: BaseProcess) -> BuildResult:
    """The result that a child process sends. Raises the exception of its build."""
    try:
        result, told = receiver.recv()
    except EOFError:
        raise PluginError(ENDED) from None
    finally:
        child.join()
    if isinstance(result, BuildResult):
        return result
    raise result from _ChildError(told)


class _ChildError(Exception):
    """The traceback of an exception in a child process, as a text."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


def _send_result(sender: Connection, order: BuildOrder, alone: bool) -> None:
    """In a child process: build an order, and send the result, or the exception with its traceback."""
    follow_parent()
    try:
        sender.send((build(order, alone=alone, isolated=True), ""))
    except Exception as error:  # noqa: BLE001 (it is raised again in the parent)
        told = traceback.format_exc()
        known = error if _can_be_sent(error) else PluginError(f"{type(error).__name__}: {error}")
        sender.send((known, told))
    finally:
        _end_children()


@contextmanager
def children_ended() -> Iterator[None]:
    """Context manager: after an exception, end the processes that a plugin has started in this one."""
    try:
        yield
    except BaseException:
        _end_children()
        raise


def _end_children() -> None:
    """End the processes that plugins have started and left, such as an executor: this process would wait for them."""
    for child in multiprocessing.active_children():
        child.terminate()


def _can_be_sent(error: Exception) -> bool:
    """Whether an exception is the same after pickling: some need other arguments than they were made with."""
    try:
        return type(pickle.loads(pickle.dumps(error))) is type(error)  # noqa: S301 (its own)
    except Exception:  # noqa: BLE001 (any class can define how it is pickled)
        return False
