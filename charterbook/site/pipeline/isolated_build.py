"""Build of an order in a separate process, apart from values that hooks and plugins store in their modules and classes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from mkdocs.exceptions import PluginError

from charterbook.site.order import BuildOrder, BuildResult
from charterbook.site.output.write_errors import name_file
from charterbook.site.pipeline import module_values
from charterbook.site.pipeline.order_build import build

ENDED = "A process that builds versions was ended from outside: perhaps there was not enough memory."


def build_isolated(
    order: BuildOrder, start_method: str, *, alone: bool, environment: Mapping[str, str]
) -> BuildResult:
    """Build an order in a child process, with this noted environment. Raises the exceptions of the build."""
    context: Any = multiprocessing.get_context(start_method)
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send_result, args=(sender, order, alone, environment))
    child.start()
    sender.close()
    try:
        result: BuildResult = received(receiver)
    finally:
        receiver.close()
        child.join()
    return result


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


def received(receiver: Connection) -> Any:
    """What another process sends by `send_outcome`. Raises its exception, and PluginError if the process has ended."""
    try:
        result, trace = receiver.recv()
    except (EOFError, OSError):
        raise PluginError(ENDED) from None
    if isinstance(result, BaseException):
        raise result from _ChildError(trace)
    return result


class _ChildError(Exception):
    """The traceback of an exception in a child process, as a text."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


def send_outcome(sender: Connection, made: Callable[[], Any]) -> Any:
    """Send and return the result of a function, or its exception with the traceback. Raises OSError without a receiver."""
    try:
        outcome, trace = made(), ""
    except BaseException as error:  # noqa: BLE001 (it is raised again in the parent)
        if isinstance(error, OSError):
            name_file(error)
        outcome = error if _can_be_sent(error) else PluginError(f"{type(error).__name__}: {error}")
        trace = traceback.format_exc()
    sender.send((outcome, trace))
    return outcome


def close_in_children(sender: Connection) -> None:
    """Close a connection in the processes that are forked from this one, so that its end means the end of this process."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=sender.close)


def _send_result(sender: Connection, order: BuildOrder, alone: bool, environment: Mapping[str, str]) -> None:
    """In a child process: build an order, and send the result, or the exception with its traceback."""
    follow_parent()
    module_values.note_environment(environment)
    close_in_children(sender)
    try:
        with suppress(OSError):
            send_outcome(sender, partial(build, order, alone=alone, isolated=True))
    finally:
        end_children()


@contextmanager
def children_ended() -> Iterator[None]:
    """Context manager: after an exception, end the processes that a plugin has started in this one."""
    try:
        yield
    except BaseException:
        end_children()
        raise


def end_children() -> None:
    """End the processes that plugins have started and left, such as an executor: this process would wait for them."""
    for child in multiprocessing.active_children():
        child.terminate()


def _can_be_sent(error: BaseException) -> bool:
    """Whether an exception is the same after pickling: some need other arguments than they were made with."""
    try:
        return type(pickle.loads(pickle.dumps(error))) is type(error)  # noqa: S301 (its own)
    except Exception:  # noqa: BLE001 (any class can define how it is pickled)
        return False
