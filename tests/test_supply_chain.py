"""The lock files, the SBOM, the audit and the release: the pinned, built and published files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from charterbook import __version__
from tests import sbom
from tests.audit.__main__ import LOCKS, lines_about

ROOT = Path(__file__).parents[1]
_WORKFLOWS = ROOT / ".github" / "workflows"


def test_each_line_of_each_lock_has_a_hash() -> None:
    """Also in the folders of tests; and `make audit` reads all of them."""
    found = {
        path.relative_to(ROOT).as_posix() for path in ROOT.glob("**/requirements.lock") if _is_ours(path)
    }
    assert found | {"charterbook/starter/ci/handbook.lock"} == set(LOCKS)
    for name in LOCKS:
        lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "").splitlines()
        pinned = [line for line in lines if not line.startswith("#")]
        assert pinned
        assert [line for line in pinned if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line)] == []


def _is_ours(path: Path) -> bool:
    return not {"node_modules", ".venv", ".venv-bench"} & set(path.parts)


def test_the_sbom_is_current() -> None:
    """`make lock` writes it: the same dependencies as in the lock of handbooks, and the fonts in the wheel."""
    assert sbom.FILE.read_text(encoding="utf-8") == sbom.text(), "run `make lock`"
    data = json.loads(sbom.text())
    assert (data["bomFormat"], data["metadata"]["component"]["version"]) == ("CycloneDX", __version__)
    references = [part["bom-ref"] for part in data["components"]]
    assert len(set(references)) == len(references) == len(data["dependencies"][0]["dependsOn"])
    assert len(sbom.pins()) > 40
    fonts = {path.name.partition("-")[0].lower() for path in (ROOT / "charterbook").rglob("*.otf")}
    assert fonts == {name for name, *_ in sbom.BUNDLED}


@pytest.mark.build
def test_the_wheel_has_the_sbom_and_the_lock(tmp_path: Path) -> None:
    """In .dist-info/sboms/, where PEP 770 looks for it."""
    command = [
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(tmp_path),
        ".",
    ]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True)
    (wheel,) = tmp_path.iterdir()
    assert wheel.name == f"charterbook-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as files:
        found = files.read(f"charterbook-{__version__}.dist-info/sboms/{sbom.FILE.name}").decode()
        assert "charterbook/starter/ci/handbook.lock" in files.namelist()
    assert found == sbom.text()


CLEAN = {"name": "a", "version": "1", "vulns": []}
KNOWN = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found on PyPI"}


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        ([CLEAN], 0, "No known vulnerabilities in 1 dependencies."),
        ([CLEAN, KNOWN], 1, "b 2: PYSEC-1, fixed in 3"),
        ([CLEAN, SKIPPED], 1, "Not audited: c."),
        ([SKIPPED], 2, "nothing was audited"),
        ([], 2, "nothing was audited"),
    ],
)
def test_an_audit_without_advisories_is_a_failure(found: list[dict[str, Any]], code: int, words: str) -> None:
    """pip-audit itself succeeds then."""
    exit_code, lines = lines_about(found)
    assert (exit_code, words in "\n".join(lines)) == (code, True)


def _jobs(workflow: str) -> dict[str, dict[str, Any]]:
    text = (_WORKFLOWS / f"{workflow}.yml").read_text(encoding="utf-8")
    assert not re.search(r"secrets\.|github\.token|password", text)
    found = yaml.safe_load(text)
    assert found["permissions"] == {}
    jobs: dict[str, dict[str, Any]] = found["jobs"]
    return jobs


def test_a_release_is_built_once_and_published_without_a_secret() -> None:
    """A job that can attest or publish runs no code of the repository, and the one that builds can do neither."""
    package, release = _jobs("build-package"), _jobs("release")
    assert package["build"]["permissions"] == {"contents": "read"}
    assert package["attest"]["permissions"] == {"id-token": "write", "attestations": "write"}
    assert release["publish"]["permissions"] == {"id-token": "write"}
    for job in (package["attest"], release["publish"]):
        assert all(set(step) == {"uses", "with"} or set(step) == {"uses"} for step in job["steps"])
        assert "checkout" not in str(job["steps"])
    assert release["package"]["uses"] == "./.github/workflows/build-package.yml"
    assert (release["publish"]["needs"], release["publish"]["environment"]["name"]) == ("package", "pypi")


def test_release_actions_are_pinned() -> None:
    """To a commit, with the version in a comment."""
    for workflow in ("build-package", "release"):
        text = (_WORKFLOWS / f"{workflow}.yml").read_text(encoding="utf-8")
        used = [
            line.strip().removeprefix("- ")
            for line in text.splitlines()
            if "uses:" in line and "./" not in line
        ]
        assert used
        assert [
            line for line in used if not re.fullmatch(r"uses: [\w/-]+@[0-9a-f]{40} # v[\d.]+", line)
        ] == []


def test_the_version_is_one_number() -> None:
    """In the program and in pyproject.toml."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.findall(r'^version = "(.*)"$', project, re.MULTILINE) == [__version__]
