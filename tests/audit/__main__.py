"""Look up known vulnerabilities of all pinned dependencies, with pip-audit: `make audit`.

pip-audit succeeds even if it has reached no advisory: here that is a failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCKS = (
    "requirements.lock",
    "benchmarks/requirements.lock",
    "charterbook/starter/ci/handbook.lock",
    *(f"tests/{group}/requirements.lock" for group in ("audit", "fuzz", "properdocs")),
)
_UNREACHABLE = (
    "The advisories of PyPI cannot be reached: nothing was audited. `make audit` needs the network."
)

Dependency = Mapping[str, Any]


def lines_about(found: Iterable[Dependency]) -> tuple[int, list[str]]:
    """Exit code and lines for the dependencies in pip-audit's report: 1 for a vulnerability, 2 if none was audited."""
    dependencies = list(found)
    audited = [dependency for dependency in dependencies if "skip_reason" not in dependency]
    if not audited:
        return 2, [_UNREACHABLE]
    lines = [line for dependency in audited for line in _vulnerabilities(dependency)]
    skipped = sorted({dependency["name"] for dependency in dependencies} - {one["name"] for one in audited})
    if skipped:
        lines.append(f"Not audited: {', '.join(skipped)}.")
    return int(bool(lines)), lines or [f"No known vulnerabilities in {len(audited)} dependencies."]


def _vulnerabilities(dependency: Dependency) -> Iterable[str]:
    for known in dependency["vulns"]:
        fixed = ", ".join(known["fix_versions"]) or "no version yet"
        yield f"{dependency['name']} {dependency['version']}: {known['id']}, fixed in {fixed}"


def main() -> int:
    """Audit the lock files of this repository, one by one: they can pin different versions."""
    found: list[Dependency] = []
    for name in LOCKS:
        done = _pip_audit(name)
        try:
            found += json.loads(done.stdout)["dependencies"]
        except (ValueError, KeyError):
            return _print(2, [_UNREACHABLE if "requests.exceptions" in done.stderr else done.stderr.rstrip()])
    return _print(*lines_about(found))


def _pip_audit(name: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    command += ["--progress-spinner", "off", "--requirement", str(ROOT / name)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def _print(code: int, lines: Iterable[str]) -> int:
    print("\n".join(lines))  # noqa: T201 – the output of this program
    return code


if __name__ == "__main__":
    sys.exit(main())
