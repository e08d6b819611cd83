"""Charterbook's own assets: one name for one content, so that no page loads another build's assets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from charterbook.program_hash import ROOT
from charterbook.site.incremental.manifest import SiteManifest, files_below
from charterbook.site.output import previous_assets, stylesheet
from charterbook.site.output.asset_names import OWN, WORKER, AssetNames, name_assets
from charterbook.site.output.previous_assets import (
    PREVIOUS,
    STAY,
    link_previous_assets,
    link_same_assets,
    read_previous,
)
from tests.site.built_pairs import missing_targets
from tests.site.handbooks import Built, Handbook, snapshot
from tests.site.trees import grow, publish, shown, staged

STYLE, SCRIPT = f"{OWN}style.css", f"{OWN}charterbook.js"
MATERIAL = "assets/stylesheets/main.1a2b3c4d.min.css"


@pytest.fixture
def theme(tmp_path: Path) -> dict[str, Path]:
    """Assets of a theme."""
    paths = (STYLE, SCRIPT, WORKER, MATERIAL, "assets/images/favicon.png")
    folder = grow(tmp_path / "theme", dict.fromkeys(paths, "x"))
    return {path: folder / path for path in paths}


@pytest.mark.parametrize("path", [STYLE, SCRIPT, WORKER, MATERIAL])
def test_other_content_has_other_names(theme: dict[str, Path], path: str) -> None:
    """Even if only the name of a file differs, or Material's styles, which are combined with Charterbook's."""
    names = name_assets(theme, "<svg/>")
    assert name_assets(dict(reversed(theme.items())), "<svg/>") == names
    assert name_assets(theme, "<svg>A</svg>") != names
    theme[path].write_text("y")
    assert name_assets(theme, "<svg/>") != names
    del theme[path]
    assert name_assets(theme, "<svg/>") != names


def test_changed_code_changes_the_names(theme: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The code that combines styles is one of their inputs."""
    names = name_assets(theme, "")
    monkeypatch.setattr(stylesheet, "CODE", stylesheet.CODE[1:])
    assert name_assets(theme, "") != names


def test_the_code_of_styles_has_all_its_modules() -> None:
    """With those of this package that they import."""
    source = "".join((ROOT / path).read_text(encoding="utf-8") for path in stylesheet.CODE)
    imported = {
        f"site/output/{name}.py" for name in re.findall(r"charterbook\.site\.output\.(\w+) import", source)
    }
    assert imported | {"site/output/stylesheet.py"} == set(stylesheet.CODE)


def test_all_pages_of_a_site_load_the_same_assets(quarters: Built) -> None:
    """Of each version, the error page and latest/; the files exist, and none of Charterbook's is without a hash."""
    pages = [path.read_text(encoding="utf-8") for path in quarters.site.rglob("*.html")]
    loaded = {name for page in pages for name in re.findall(r"assets/((?:\w+/)*charterbook[^\"#]*)", page)}
    assert (
        len({name for found in loaded for name in re.findall(r"charterbook\.([0-9a-f]{8})[./]", found)}) == 1
    )
    assert [name for name in loaded if not re.search(r"charterbook\.[0-9a-f]{8}", name)] == []
    assert [name for name in loaded if not (quarters.site / "assets" / name).is_file()] == []


class Clock:
    """A clock that a test sets."""

    now = 1_000_000

    def time(self) -> float:
        """The time in seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the code that keeps files."""
    clock = Clock()
    monkeypatch.setattr(previous_assets, "time", clock)
    return clock


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Publish a site whose program has this hash; returns the files of the site."""

    def build(digest: str) -> dict[str, str]:
        site = tmp_path / "site"
        staging = staged(site, files(digest))
        link_previous_assets(staging.new, site)
        staging.publish()
        return shown(site)

    return build


def files(digest: str) -> dict[str, str]:
    """A site with a program of this hash."""
    return {
        f"assets/charterbook.{digest}/style.css": digest,
        f"assets/javascripts/workers/charterbook.{digest}.js": digest,
        f"assets/javascripts/bundle.{digest}.min.js": digest,
        "assets/images/favicon.png": digest,
        f"assets/own-{digest}.css": digest,
        f"assets/charterbook.{digest}/data.json": digest,
        f"2025-Q1/{digest}/index.html": digest,
    }


def kept(digest: str) -> dict[str, str]:
    """Only the program's files of such a site stay."""
    return dict.fromkeys(list(files(digest))[:3], digest)


def test_replaced_files_of_the_program_stay_for_an_hour(
    clock: Clock, build: Callable[[str], dict[str, str]]
) -> None:
    """Through any number of publications. Each sees the files of the last hour, without files of the author and data."""
    one, two, three = "00000001", "00000002", "00000003"
    assert build(one) == files(one)
    assert build(one) == files(one)
    found = build(two)
    assert json.loads(found.pop(PREVIOUS)) == dict.fromkeys(kept(one), clock.now)
    assert found == files(two) | kept(one)
    clock.now += STAY - 1
    found = build(three)
    assert json.loads(found.pop(PREVIOUS)).keys() == kept(one).keys() | kept(two).keys()
    assert found == files(three) | kept(one) | kept(two)
    clock.now += 1
    found = build(three)
    assert json.loads(found.pop(PREVIOUS)) == dict.fromkeys(kept(two), clock.now - 1)
    assert found == files(three) | kept(two)
    clock.now += STAY
    assert build(three) == files(three)


def test_files_that_are_used_again(clock: Clock, build: Callable[[str], dict[str, str]]) -> None:
    """They are no longer among the files of earlier builds, and a clock that goes back keeps nothing for longer."""
    build("00000001")
    build("00000002")
    found = build("00000001")
    assert json.loads(found[PREVIOUS]).keys() == kept("00000002").keys()
    clock.now -= 10 * STAY
    found = build("00000001")
    assert json.loads(found[PREVIOUS]) == dict.fromkeys(kept("00000002"), clock.now)
    clock.now += STAY
    assert build("00000001") == files("00000001")


def test_finished_assets_are_linked_if_they_have_the_same_names(tmp_path: Path, clock: Clock) -> None:
    """All of them, as the last build left them; of replaced ones, some are missing."""
    names, site = AssetNames("00000001"), tmp_path / "site"
    publish(site, files("00000001"))
    manifest = SiteManifest(site, files=files_below(site))
    assert link_same_assets(names, manifest, tmp_path / "new")
    own = [path for path in files("00000001") if "/charterbook." in path]
    assert shown(tmp_path / "new") == dict.fromkeys(own, "00000001")
    assert not link_same_assets(AssetNames("00000002"), manifest, tmp_path / "other")
    assert not link_same_assets(names, SiteManifest(site), tmp_path / "none")
    (site / PREVIOUS).write_text(json.dumps({own[0]: clock.now}))
    assert not link_same_assets(names, manifest, tmp_path / "replaced")


@pytest.mark.build
def test_an_edit_leaves_assets_as_they_are(tmp_path: Path) -> None:
    """The same files if nobody has changed them; otherwise they are made again."""
    book = Handbook(tmp_path / "book", pages=["index", "mission"])
    book.commit("2025-01-06")
    built = book.build()
    [folder] = (built.site / "assets").glob("charterbook.*")
    before, inode = snapshot(built.site / "assets"), (folder / "style.css").stat().st_ino

    def edit(number: int) -> None:
        book.replace("docs/mission.md", "# ", f"# {number} ")
        assert book.build().code == 0
        assert snapshot(built.site / "assets") == before

    edit(1)
    assert (folder / "style.css").stat().st_ino == inode
    (folder / "style.css").write_text("body {}")
    edit(2)
    (folder / "small.css").unlink()
    edit(3)
    edit(4)


#: A hook that changes every file that it finds, in place, and can fail then.
_REWRITE = """\
from pathlib import Path

def on_post_build(config):
    for file in Path(config.site_dir).parent.glob("assets/**/*.*"):
        file.write_bytes(file.read_bytes() + b"/**/")
    if Path("fail").exists():
        raise SystemExit(3)
"""


@pytest.mark.build
def test_a_hook_that_rewrites_files_does_not_change_the_old_site(tmp_path: Path) -> None:
    """Files that both sites share are linked once hooks have run. Otherwise a failed build, and each one, would change them."""
    book = Handbook(tmp_path / "book", pages=["index", "mission"])
    book.commit("2025-01-06")
    book.write("hook.py", _REWRITE)
    book.replace("mkdocs.yml", "theme:\n", "hooks: [hook.py]\ntheme:\n")
    built = book.build()
    before = snapshot(built.site)
    book.replace("docs/mission.md", "# ", "# New ")
    book.write("fail", "")
    assert book.build().code != 0
    assert snapshot(built.site) == before
    (book.folder / "fail").unlink()
    for number in range(2):
        book.replace("docs/mission.md", "# ", f"# {number} ")
        assert book.build().code == 0
        assert snapshot(built.site / "assets") == {
            path.removeprefix("assets/"): digest
            for path, digest in before.items()
            if path.startswith("assets/")
        }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"../x": 1}',
        '{"latest/index.html": 1}',
        '{"assets/charterbook/style.css": "1"}',
        '{"assets/charterbook/../../x.css": 1}',
    ],
)
def test_a_list_that_makes_no_sense(tmp_path: Path, text: str) -> None:
    """An invalid list names no file."""
    publish(tmp_path, {PREVIOUS: text})
    assert read_previous(tmp_path) == {}


SECOND_BUILD = """\
from mkdocs.commands.build import build


def on_files(files, config):
    for file in [file for file in files.documentation_pages() if config.extra.get("again")]:
        file.is_modified = lambda: True
        if file.src_uri != "index.md":
            files.remove(file)


def on_post_build(config):
    if not config.extra.get("again"):
        config.extra["again"] = True
        config.theme["palette"] = {"primary": "red"}
        build(config, dirty=True)
"""


def test_builds_of_a_version_in_several_languages_share_their_assets(tmp_path: Path) -> None:
    """A plugin builds again for each language, in which the site can have other colours, and thus another icon."""
    book = Handbook(tmp_path / "book", pages=["index", "mission"])
    book.write("again.py", SECOND_BUILD)
    book.replace(
        "mkdocs.yml", "  name: material", "  name: material\n  palette: {primary: blue}\nhooks: [again.py]"
    )
    book.commit("2025-01-06")
    built = book.build()
    assert built.code == 0, built.output
    colours = [
        re.findall('data-md-color-primary="(\\w+)"', built.html(page))
        for page in ("latest", "latest/mission")
    ]
    assert colours == [["red"], ["blue"]]
    assert missing_targets(built.site) == set()
