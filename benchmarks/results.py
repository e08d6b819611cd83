"""Raw figures as JSON, a file for each input or study, with the machine and the tools."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.contenders.hugo import program

FOLDER = Path(__file__).parent / "results"
_PACKAGES = (
    "charterbook",
    "mkdocs",
    "mkdocs-material",
    "mkdocs-macros-plugin",
    "mike",
    "markdown",
    "pyyaml",
    "jinja2",
)


def add(folder: Path, name: str, figures: dict[str, Any], facts: dict[str, Any]) -> None:
    """Add figures to a file, with the machine and the tools of this run."""
    file = folder / f"{name}.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    found = known | {"name": name, **facts, "figures": known.get("figures", {}) | figures}
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def read_all(folder: Path) -> dict[str, dict[str, Any]]:
    """All files of inputs and studies by their names. Lighthouse's results have their own page."""
    found = {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))
    }
    return {name: results for name, results in found.items() if "figures" in results}


def facts(folder: Path) -> dict[str, Any]:
    """Machine, file system of the built sites, and versions of all tools, without identifying names."""
    tools = {package: version(package) for package in _PACKAGES}
    tools |= {"git": _output(["git", "--version"]).removeprefix("git version "), "hugo": _hugo()}
    machine = {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
        "files on": _output(["stat", "--file-system", "--format=%T", str(folder)]),
        "python": platform.python_version(),
    }
    return {"tools": tools, "machine": machine}


def _hugo() -> str:
    return _output([program(), "version"]).split()[1] if program() else "not installed"


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode().strip()


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
