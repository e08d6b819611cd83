"""Coverage-guided fuzzing of all targets, one after the other: `make fuzz`.

Inputs that reach new code are stored in .cache/fuzz/, and the next run begins with them. An input for which an invariant
fails is printed and stored: make a test of it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import SEEDS, TARGETS
from tests.load.sample import SMALL
from tests.load.test_never_raises import SIGNS, VALUES_AND_MORE

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".cache" / "fuzz"

#: Longest input, most seconds and most megabytes for one input.
_LONGEST, _PATIENCE, _MEMORY = 4096, 20, 2048


def main() -> int:
    """Fuzz the targets; 1 if an invariant failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3600, help="for all targets together (an hour)")
    parser.add_argument("targets", nargs="*", help="by default all: " + ", ".join(TARGETS))
    options = parser.parse_args()
    names = options.targets or list(TARGETS)
    return max(_fuzz(name, max(options.seconds // len(names), 1)) for name in names)


def _fuzz(name: str, seconds: int) -> int:
    corpus, failures = FOLDER / name, FOLDER / "failures"
    for folder in (corpus, failures):
        folder.mkdir(parents=True, exist_ok=True)
    for index, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{index}").write_bytes(seed)
    words = FOLDER / "words"
    words.write_text(_dictionary(), encoding="ascii")
    limits = {"max_total_time": seconds, "max_len": _LONGEST, "timeout": _PATIENCE, "rss_limit_mb": _MEMORY}
    arguments = [f"-{key}={value}" for key, value in limits.items()]
    arguments += [
        f"-artifact_prefix={failures}/{name}-",
        f"-dict={words}",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    command = [sys.executable, "-m", "tests.fuzz.run", name, str(corpus), *arguments]
    print(f"{name}: {seconds} s", flush=True)  # noqa: T201 – the output of this program
    return int(subprocess.run(command, cwd=ROOT, check=False).returncode != 0)


def _dictionary() -> str:
    """Pieces of charters as libFuzzer's dictionary."""
    words = [*SIGNS, *VALUES_AND_MORE, *(line.strip() for line in SMALL.splitlines())]
    return "".join(f'"{_escaped(word.encode())}"\n' for word in words)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    sys.exit(main())
