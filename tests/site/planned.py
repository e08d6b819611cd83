"""What a build would make, without making it: a run of `mkdocs build` that ends once it has planned the site."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from charterbook.site.pipeline.site_build import SiteBuild
from tests.site.handbooks import PATIENCE, Handbook, environment
from tests.site.press import press

_TOLD = "would build: "


def planned(book: Handbook) -> set[str]:
    """The versions that a build would make; none where the site is up to date."""
    with NamedTemporaryFile() as output:
        code = press(("build",), book.folder, environment(), Path(output.name), PATIENCE, _end_when_planned)
        said = output.read().decode("utf-8")
    assert code == 0, said
    told = [line.removeprefix(_TOLD) for line in said.splitlines() if line.startswith(_TOLD)]
    assert told or "The site is up to date" in said, said
    return set(told[0].split()) if told else set()


def _end_when_planned() -> None:
    SiteBuild.begin = _tell  # type: ignore[method-assign, assignment]


def _tell(plan: SiteBuild) -> None:
    """Say which versions are neither in the old site nor in the cache, and the newest, which is always made."""
    *others, own = plan.found.editions
    names = [*(edition.name for edition in others if not plan._is_kept(edition)), own.name]
    plan.abandon()
    print(f"{_TOLD}{' '.join(names)}", flush=True)  # noqa: T201 (to the run's own output)
    os._exit(0)
