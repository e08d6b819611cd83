"""Versions that a build would make: a run of `mkdocs build` that ends after planning."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from charterbook.site.pipeline.site_build import SiteBuild
from tests.site.handbooks import PATIENCE, Handbook, environment
from tests.site.run_mkdocs import run_mkdocs

_TOLD = "would build: "


def planned_versions(book: Handbook) -> set[str]:
    """Versions that a build would make; empty where the site is up to date."""
    with NamedTemporaryFile() as output:
        code = run_mkdocs(
            ("build",), book.folder, environment(), Path(output.name), PATIENCE, _end_when_planned
        )
        said = output.read().decode("utf-8")
    assert code == 0, said
    told = [line.removeprefix(_TOLD) for line in said.splitlines() if line.startswith(_TOLD)]
    assert told or "The site is up to date" in said, said
    return set(told[0].split()) if told else set()


def _end_when_planned() -> None:
    SiteBuild.begin = _tell  # type: ignore[method-assign, assignment]


def _tell(plan: SiteBuild) -> None:
    """Print the versions that are neither in the old site nor in the cache, and the newest, which is always built."""
    *others, own = plan.handbook_data.editions
    names = [*(edition.name for edition in others if not plan._reuse(edition)), own.name]
    plan.abandon()
    print(f"{_TOLD}{' '.join(names)}", flush=True)  # noqa: T201 (to the run's own output)
    os._exit(0)
