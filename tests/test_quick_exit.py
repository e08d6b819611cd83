"""Quick exit: before it ends, the process does the same as with a teardown of Python."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.command_line import ROOT

_CODE = """
import atexit, sys, threading, time
from charterbook.cli.quick_exit import exit_quickly

class Noisy:
    def __del__(self):
        print("torn down")

def late():
    time.sleep(0.1)
    print("thread")

noisy = Noisy()
with exit_quickly():
    atexit.register(print, "handler")
    threading.Thread(target=late).start()
    print("begun")
    {end}
"""


def run(end: str) -> subprocess.CompletedProcess[str]:
    """A program that ends like this."""
    return subprocess.run(
        [sys.executable, "-c", _CODE.format(end=end)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("end", "code"), [("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(2)", 2)])
def test_only_the_interpreter_is_not_torn_down(end: str, code: int) -> None:
    """Threads are joined, exit handlers run, output is written, and the exit code stays."""
    done = run(end)
    assert (done.returncode, done.stdout, done.stderr) == (code, "begun\nthread\nhandler\n", "")


@pytest.mark.parametrize(
    ("end", "message"), [("sys.exit('words')", "words"), ("raise ValueError('words')", "ValueError: words")]
)
def test_any_other_end_is_python_s(end: str, message: str) -> None:
    """With its message, and exit code 1."""
    done = run(end)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, message)
    assert done.stdout == "begun\nthread\nhandler\ntorn down\n"


def test_output_that_cannot_be_written_is_reported() -> None:
    """As Python does it: with exit code 120."""
    code = f"import sys; sys.stdout = open('/dev/full', 'w'); sys.__stdout__ = sys.stdout\n{_CODE.format(end='sys.exit()')}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, "No space left on device" in done.stderr) == (120, True)


INTERRUPTED = """
import os, runpy, signal, sys

class Interruption:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interruption())
signal.signal(signal.SIGINT, signal.SIG_IGN if sys.argv[2] == "ignored" else signal.default_int_handler)
sys.argv[1:] = ["schema"]
runpy.run_module("charterbook", run_name="__main__", alter_sys=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("module", "how", "code", "message"),
    [
        ("click", "", -signal.SIGINT, ""),
        ("charterbook.cli", "", -signal.SIGINT, ""),
        ("charterbook.cli.schema_command", "", 130, "charterbook: interrupted\n"),
        ("charterbook.charter", "", 130, "charterbook: interrupted\n"),
        ("charterbook.charter", "ignored", 0, ""),
    ],
)
def test_an_interruption_is_no_traceback(module: str, how: str, code: int, message: str) -> None:
    """While modules are imported, too: those of the program, silently, and those of its commands."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            INTERRUPTED.replace("sys.argv[1]", repr(module)).replace("sys.argv[2]", repr(how)),
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, message)
