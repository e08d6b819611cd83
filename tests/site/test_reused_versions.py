"""Versions that stay in the old site: only as its last build left them, and whole after each publication."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mkdocs.exceptions import PluginError

from charterbook.site.incremental.manifest import SiteManifest, files_below
from charterbook.site.incremental.version_cache import KnownInputs, VersionCache, entry_address
from charterbook.site.output.publish import Staging, open_staging
from charterbook.site.output.site_files import SiteFiles
from charterbook.site.pipeline.reused_versions import INPUTS, VERSIONS, ReusedVersions
from tests.site.handbooks import snapshot

NAME, KEY = "2025-Q1", "key"
PAGES = {f"{NAME}/index.html": "Home", f"{NAME}/deep/index.html": "Deep", "versions.json": "[]"}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site, whose version is also cached."""
    write(tmp_path / "site", PAGES)
    store = tmp_path / "store"
    KnownInputs(store / INPUTS).put(KEY, [])
    VersionCache(store / VERSIONS).put(entry_address(KEY, {}), tmp_path / "site" / NAME)
    return tmp_path / "site"


def reused(
    site: Path, forwards: frozenset[str] = frozenset(), latest: str = "", *, serving: bool = False
) -> tuple[ReusedVersions, Staging]:
    """The reuse of versions in the next build of a site whose latest/ is a copy of the version `latest`."""
    address = entry_address(KEY, {})
    manifest = SiteManifest(site, "stamp", {NAME: address}, files_below(site), frozenset(), forwards, latest)
    store = site.with_name("store")
    state: Any = SimpleNamespace(
        site=SimpleNamespace(store=store, target=site, serving=serving),
        manifest=manifest,
        states=SimpleNamespace(of=lambda _: {}),
    )
    staging = open_staging(site)
    return ReusedVersions(cast(Any, state), staging.new), staging


def publish(found: ReusedVersions, staging: Staging) -> None:
    """Publish a site with the contents of the staging folder."""

    def in_place() -> set[str]:
        found.confirm()
        return set(found.in_place)

    write(staging.new, {"versions.json": "[1]"})
    staging.publish(0, None, found.linked, in_place)


def test_an_unchanged_version_stays_where_it_is(site: Path) -> None:
    """Its files and folders are the same ones, and count as files of the new site."""
    found, staging = reused(site)
    before = {path: path.stat().st_ino for path in (site / NAME).rglob("*")}
    assert found.take(NAME, KEY, needed=False)
    assert not (staging.new / NAME).exists()
    files = SiteFiles(staging.new, site, found.files)
    assert files.listed().keys() == {path for path in PAGES if path.startswith(NAME)}
    assert Path(files.place(f"{NAME}/index.html")).read_text() == "Home"
    publish(found, staging)
    assert {path: path.stat().st_ino for path in (site / NAME).rglob("*")} == before
    assert (site / "versions.json").read_text() == "[1]"


@pytest.mark.parametrize("why", ["changed", "added", "needed", "redirected", "behind a link"])
def test_any_other_version_is_put_together_again(site: Path, why: str) -> None:
    """From the cache, or from the old site if that has the same files."""
    forwards = frozenset({f"{NAME}/old/index.html"} if why == "redirected" else set())
    found, staging = reused(site, forwards)
    if why == "changed":
        write(site, {f"{NAME}/index.html": "Another"})
    elif why == "added":
        write(site, {f"{NAME}/more.html": "More"})
    elif why == "behind a link":
        (site / NAME).rename(site.with_name("elsewhere"))
        (site / NAME).symlink_to(site.with_name("elsewhere"))
    assert found.take(NAME, KEY, needed=why == "needed")
    assert found.in_place == {}
    assert snapshot(staging.new / NAME).keys() == {"index.html", "deep/index.html"}
    assert (staging.new / NAME / "index.html").read_text() == "Home"
    staging.discard()


def test_what_another_build_has_changed_meanwhile_is_replaced(site: Path) -> None:
    """Once it can change nothing more."""
    found, staging = reused(site)
    assert found.take(NAME, KEY, needed=False)
    before = snapshot(site / NAME)
    write(site, {f"{NAME}/index.html": "Of another build"})
    publish(found, staging)
    assert snapshot(site / NAME) == before


def test_what_is_gone_meanwhile_cannot_be_published(site: Path) -> None:
    """The site of the other build stays."""
    found, staging = reused(site)
    assert found.take(NAME, KEY, needed=False)
    shutil.rmtree(site / NAME)
    shutil.rmtree(site.with_name("store") / VERSIONS)
    with pytest.raises(PluginError, match="Another build has changed 2025-Q1 in the site"):
        publish(found, staging)
    assert (site / "versions.json").read_text() == "[]"


def test_a_version_is_staged_for_its_redirect_pages(site: Path) -> None:
    """The old site gets none before the publication."""
    found, staging = reused(site)
    assert found.take(NAME, KEY, needed=False)
    found.stage(NAME)
    found.stage("2024-Q4")
    write(staging.new, {f"{NAME}/old/index.html": "Moved"})
    assert not (site / NAME / "old").exists()
    assert found.in_place == {}
    publish(found, staging)
    assert (site / NAME / "old/index.html").read_text() == "Moved"


def test_latest_stays_with_its_version_while_serving(site: Path) -> None:
    """Both folders are the same ones after the next build."""
    write(site, {"latest/index.html": "Home"})
    before = {path: path.stat().st_ino for path in site.rglob("*") if path.name != "versions.json"}
    found, staging = reused(site, latest=NAME, serving=True)
    assert found.take(NAME, KEY, needed=True)
    assert found.in_place.keys() == {NAME, "latest"}
    assert found.folder("latest") == site / "latest"
    publish(found, staging)
    assert {path: path.stat().st_ino for path in site.rglob("*") if path.name != "versions.json"} == before


@pytest.mark.parametrize("why", ["a build", "of another version", "changed", "missing", "redirected"])
def test_any_other_latest_is_made_again(site: Path, why: str) -> None:
    """From the version, which is put into the staging folder."""
    write(site, {"latest/index.html": "Home"} if why != "missing" else {})
    forwards = frozenset({"latest/old/index.html"} if why == "redirected" else set())
    latest = "2024-Q4" if why == "of another version" else NAME
    found, staging = reused(site, forwards, latest, serving=why != "a build")
    if why == "changed":
        write(site, {"latest/index.html": "Another"})
    assert found.take(NAME, KEY, needed=True)
    assert found.in_place == {}
    assert found.folder(NAME) == staging.new / NAME
    staging.discard()


def test_latest_is_staged_for_its_redirect_pages(site: Path) -> None:
    """Unchanged from the old site."""
    write(site, {"latest/deep/index.html": "Deep"})
    found, staging = reused(site, latest=NAME, serving=True)
    assert found.take(NAME, KEY, needed=True)
    found.stage("latest")
    assert found.in_place.keys() == {NAME}
    assert (found.folder("latest") / "deep/index.html").read_text() == "Deep"
    assert found.folder("latest") == staging.new / "latest"
    staging.discard()
