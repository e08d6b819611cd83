"""The SBOM of the wheel (PEP 770): Charterbook, its bundled files, and its dependencies as `make lock` pins them.

`make lock` writes it, as CycloneDX: `python -m tests.sbom`. It has neither a date nor a serial number, so that the same
dependencies give the same bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from charterbook import __version__

ROOT = Path(__file__).parents[1]
FILE = ROOT / "sbom.cdx.json"
LOCK = ROOT / "charterbook" / "starter" / "ci" / "handbook.lock"

#: Third-party parts of the wheel: name, version, licence, and origin.
BUNDLED = (("inter", "3.19", "OFL-1.1", "https://github.com/rsms/inter"),)


def text() -> str:
    """The SBOM as text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own: dict[str, Any] = {
        "type": "library",
        "bom-ref": "charterbook",
        "name": "charterbook",
        "version": __version__,
    }
    own |= {
        "purl": f"pkg:pypi/charterbook@{__version__}",
        "licenses": [{"license": {"id": project["license"]}}],
    }
    parts = [*map(_bundled, BUNDLED), *map(_dependency, pins())]
    needs = [{"ref": "charterbook", "dependsOn": [part["bom-ref"] for part in parts]}]
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": own}}
    return json.dumps(bom | {"components": parts, "dependencies": needs}, indent=1) + "\n"


def pins() -> list[tuple[str, str]]:
    """Name and version of each pinned dependency."""
    return re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def _dependency(pin: tuple[str, str]) -> dict[str, Any]:
    name, version = pin
    purl = f"pkg:pypi/{name}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _bundled(part: tuple[str, str, str, str]) -> dict[str, Any]:
    name, version, licence, url = part
    return {
        "type": "file",
        "bom-ref": f"bundled:{name}",
        "name": name,
        "version": version,
        "licenses": [{"license": {"id": licence}}],
        "externalReferences": [{"type": "vcs", "url": url}],
    }


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
