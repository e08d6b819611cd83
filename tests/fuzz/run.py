"""One target under Atheris, which looks for inputs that reach new code: `python -m tests.fuzz.run NAME FOLDER [OPTIONS]`.

The options are libFuzzer's. The process ends with the first input for which an invariant fails.
"""

from __future__ import annotations

import sys

import atheris


def main() -> None:
    """Import Charterbook with instrumentation, and fuzz a target."""
    name, *arguments = sys.argv[1:]
    with atheris.instrument_imports(include=["charterbook"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([name, *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
