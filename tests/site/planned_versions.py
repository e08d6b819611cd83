"""Versions that a build would make: a run of `mkdocs build` that ends after planning."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.pipeline.site_build import SiteBuild
from tests.site.handbooks import PATIENCE, Handbook, environment
from tests.site.run_mkdocs import run_mkdocs

_PLANNED = "would build: "


def planned_versions(book: Handbook) -> set[str]:
    """Versions that a build would make; empty if the site is up to date."""
    with NamedTemporaryFile() as output:
        code = run_mkdocs(
            ("build",), book.folder, environment(), Path(output.name), PATIENCE, _end_when_planned
        )
        said = output.read().decode("utf-8")
    assert code == 0, said
    planned = [line.removeprefix(_PLANNED) for line in said.splitlines() if line.startswith(_PLANNED)]
    assert planned or "The site is up to date" in said, said
    return set(planned[0].split()) if planned else set()


def _end_when_planned() -> None:
    SiteBuild.begin = _print_planned  # type: ignore[method-assign, assignment]


def _print_planned(site_build: SiteBuild, _config: MkDocsConfig) -> None:
    """Print the versions that are neither in the old site nor in the cache, and the newest, which is always built."""
    *others, own = site_build.handbook_data.editions
    names = [*(edition.name for edition in others if not site_build._reuse(edition)), own.name]
    site_build.abandon()
    print(f"{_PLANNED}{' '.join(names)}", flush=True)  # noqa: T201 (to the run's own output)
    os._exit(0)
