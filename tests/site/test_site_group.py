"""No build replaces the handbook of another group of readers, or mixes with it."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from charterbook.cli.build_command import _site
from charterbook.cli.handbook import Handbook as CommandHandbook
from charterbook.errors import CharterbookError, SettingsError
from charterbook.settings import read_settings
from charterbook.site import mkdocs_commands
from charterbook.site.output.deployed_versions import removed_versions_warning
from charterbook.site.output.published_addresses import packed
from charterbook.site.output.site_group import check_pages_branch, check_replaced_site, check_site_group
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.handbooks import Handbook, snapshot
from tests.site.trees import grow, shown

WHOLE = "plugins:\n  - charterbook:\n"
PARTNERS = "INHERIT: mkdocs.yml\nplugins:\n  - charterbook:\n      for_group: partners\n"
LISTED = "      sites:\n        partners: {site_dir: p}\n        sponsors:\n"


def said(file: Path, site_dir: str, group: str = "") -> str:
    """The message about a build into a folder, which is relative to that of the file; empty where it is fine."""
    try:
        check_site_group(file, (file.parent / site_dir).resolve(), group)
    except CharterbookError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("files", "site_dir", "expected"),
    [
        ({"mkdocs.yml": WHOLE}, "site", "is the folder of the whole handbook in mkdocs.yml"),
        ({"mkdocs.yml": f"site_dir: out\n{WHOLE}"}, "out", "is the folder of the whole handbook"),
        ({"mkdocs.yml": f"site_dir: out\n{WHOLE}"}, "out/partners", "is inside the folder of the whole"),
        ({"mkdocs.yml": f"site_dir: out/a\n{WHOLE}"}, "out", "holds the folder of the whole handbook"),
        ({"mkdocs.yml": f"site_dir: out\n{WHOLE}"}, "link", "is the folder of the whole handbook"),
        ({"mkdocs.yml": f"{WHOLE}{LISTED}"}, "site-sponsors", "is the folder of the handbook for sponsors"),
        ({"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": WHOLE}, "site", "of the whole handbook in"),
        ({"mkdocs.yml": f"{WHOLE}      for_group: sponsors\n"}, "site", "of the handbook for sponsors"),
    ],
)
def test_a_mkdocs_yml_of_a_group(tmp_path: Path, files: dict[str, str], site_dir: str, expected: str) -> None:
    """It may not share a folder with the handbook that it inherits from, or with another group."""
    (tmp_path / "link").symlink_to("out")
    for name, text in ({"partners.yml": PARTNERS} | files).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = said(tmp_path / "partners.yml", site_dir, "partners")
    assert expected in found
    assert found.startswith("partners.yml:4:7: site_dir ")
    assert found.endswith("Give the handbook for partners its own folder, such as `site_dir: site-partners`.")
    assert said(tmp_path / "partners.yml", "site-partners", "partners") == ""


@pytest.mark.parametrize(
    ("site_dir", "group", "expected"),
    [
        ("site", "partners", "mkdocs.yml:4:9: .* is the folder of the whole handbook .* `site_dir: p`"),
        ("site/p", "partners", "is inside the folder of the whole"),
        ("p", "", "mkdocs.yml:4:9: .* is the folder of the handbook for partners .* `site_dir: site`"),
        ("p/whole", "", "is inside the folder of the handbook for partners"),
        ("site-sponsors", "", "mkdocs.yml:5:9: .* is the folder of the handbook for sponsors"),
        ("p", "internal", "mkdocs.yml:3:7: .* for partners .* `site_dir: site-internal`"),
        ("p", "partners", ""),
        ("new", "partners", ""),
        ("new", "", ""),
    ],
)
def test_a_folder_of_the_command_line(tmp_path: Path, site_dir: str, group: str, expected: str) -> None:
    """--site-dir, with and without --for."""
    (tmp_path / "mkdocs.yml").write_text(f"{WHOLE}{LISTED}", encoding="utf-8")
    found = said(tmp_path / "mkdocs.yml", site_dir, group)
    assert bool(found) == bool(expected)
    if expected:
        with pytest.raises(CharterbookError, match=expected):
            raise CharterbookError(found)


FOLDERS = st.sampled_from(["site", "a", "a/b", "./a/b/../c", "to-a", "to-a/b", "site-partners", "../book/a"])


@given(whole=FOLDERS, listed=FOLDERS, own=st.one_of(st.none(), FOLDERS), other=FOLDERS)
def test_handbooks_that_may_be_built_are_apart(whole: str, listed: str, own: str | None, other: str) -> None:
    """However their folders are declared: by mkdocs.yml, by `sites`, by a child or by inheritance."""
    with TemporaryDirectory() as name:
        book = Path(name) / "book"
        book.mkdir()
        (book / "to-a").symlink_to("a")
        sites = f"      sites: {{partners: {{site_dir: {listed}}}}}\n"
        (book / "mkdocs.yml").write_text(f"site_dir: {whole}\n{WHOLE}{sites}", encoding="utf-8")
        child = PARTNERS.replace("partners", "sponsors") + (f"site_dir: {own}\n" if own else "")
        (book / "sponsors.yml").write_text(child, encoding="utf-8")
        builds = [
            ("mkdocs.yml", whole, ""),
            ("mkdocs.yml", listed, "partners"),
            ("sponsors.yml", own or whole, "sponsors"),
            ("mkdocs.yml", other, "partners"),
        ]
        try:
            read_settings(book)
        except SettingsError:
            return
        fine = [
            ((book / folder).resolve(), group, number)
            for number, (file, folder, group) in enumerate(builds)
            if not said(book / file, folder, group)
        ]
        for (one, group, first), (two, another, second) in combinations(fine, 2):
            if (first, second) != (
                2,
                3,
            ):  # mkdocs.yml does not know its children: their sites say for whom they are
                assert group == another or not (one.is_relative_to(two) or two.is_relative_to(one))


def publish(folder: Path, **data: Any) -> None:
    """Write the provenance of a site."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "provenance.json").write_text(json.dumps({"files": {}} | data), encoding="utf-8")


def test_a_published_site_says_for_whom_it_is(tmp_path: Path) -> None:
    """Whatever mkdocs.yml says: the folder itself, those around it, and those in it."""
    file = tmp_path / "mkdocs.yml"
    file.write_text(WHOLE, encoding="utf-8")
    publish(tmp_path / "out", group="partners", files={"2026-Q1/provenance.json": ""})
    publish(tmp_path / "out/2026-Q1", version="2026-Q1")
    publish(tmp_path / "hosts/a", group="partners")
    publish(tmp_path / "hosts/.hidden", group="sponsors")
    (tmp_path / "link").symlink_to("out")
    has = "has the handbook for partners, and this build of the whole handbook would replace it"
    for folder, words in (("out", has), ("link", has), ("out/x/y", "is inside"), ("hosts", "holds")):
        assert words in said(file, folder)
    assert said(file, "out").endswith(f"delete {tmp_path.resolve()}/out/provenance.json first.")
    assert [said(file, folder, "partners") for folder in ("out", "link", "hosts", "new")] == [""] * 4
    assert "has the handbook for partners, and this build of the handbook for internal" in said(
        file, "out", "internal"
    )


def test_no_site_is_written_through_a_link(tmp_path: Path) -> None:
    """Links to folders stay, as with MkDocs: into the site of another group, only those that nothing is written through."""
    publish(tmp_path / "partners", group="partners")
    for folder in ("partners/latest", "new/latest", "new/assets", "site", "other"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "site/partners").symlink_to("../partners")
    (tmp_path / "site/assets").symlink_to("../other")
    check_replaced_site(tmp_path / "site", tmp_path / "new", "")
    (tmp_path / "site/latest").symlink_to("../partners/latest")
    with pytest.raises(
        CharterbookError, match=r"through the link latest into .*/partners with the handbook for"
    ):
        check_replaced_site(tmp_path / "site", tmp_path / "new", "")
    check_replaced_site(tmp_path / "site", tmp_path / "new", "partners")


@pytest.mark.parametrize("data", [{}, {"group": None}, {"group": 1}, {"group": "../x"}, {"files": []}])
def test_a_site_that_does_not_say_it(tmp_path: Path, data: dict[str, Any]) -> None:
    """Of an older release, or damaged: it does not block builds."""
    (tmp_path / "mkdocs.yml").write_text(WHOLE, encoding="utf-8")
    publish(tmp_path / "site", **data)
    assert said(tmp_path / "mkdocs.yml", "site") == ""
    for text in (b"{\xff", b"[" * 100_000):
        (tmp_path / "site/provenance.json").write_bytes(text)
        assert said(tmp_path / "mkdocs.yml", "site") == ""


@pytest.mark.parametrize("branch", ["refs/heads/gh-pages", "refs/remotes/origin/gh-pages"])
def test_gh_deploy_replaces_no_other_handbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, branch: str
) -> None:
    """On the branch here, or on the known one of the remote."""
    repo = Repo(tmp_path)
    repo.commit({"provenance.json": json.dumps({"group": "partners", "files": {}})}, "Publish", "2026-01-10")
    monkeypatch.chdir(tmp_path)
    config = cast(MkDocsConfig, SimpleNamespace(remote_branch="gh-pages", remote_name="origin"))
    check_pages_branch(config, "")
    repo.git("update-ref", branch, "HEAD")
    check_pages_branch(config, "partners")
    with pytest.raises(CharterbookError, match="gh-pages has the handbook for partners, and gh-deploy would"):
        check_pages_branch(config, "")


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (
            '[{"version": "1.1", "title": "1.1", "aliases": ["latest"]}, {"version": "1.0"}]',
            r"deployed \(1\.1, 1\.0",
        ),
        ("[]", None),
        ("{}", None),
        ("[1]", None),
        ("[" * 100_000, None),
    ],
)
def test_gh_deploy_removes_no_versions_of_mike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str, said: str | None
) -> None:
    """Nobody would notice before a reader finds an address gone. A branch with a handbook is replaced as always."""
    repo = Repo(tmp_path)
    repo.commit({"versions.json": listed}, "Publish", "2026-01-10")
    repo.git("update-ref", "refs/remotes/origin/gh-pages", "HEAD")
    monkeypatch.chdir(tmp_path)
    config = cast(MkDocsConfig, SimpleNamespace(remote_branch="gh-pages", remote_name="origin"))
    if said is None:
        check_pages_branch(config, "")
    else:
        with pytest.raises(CharterbookError, match=said):
            check_pages_branch(config, "")
    repo.commit({"provenance.json": json.dumps({"group": None, "files": {}})}, "Handbook", "2026-01-11")
    repo.git("update-ref", "refs/remotes/origin/gh-pages", "HEAD")
    check_pages_branch(config, "")


LISTED_VERSIONS = (
    '[{"version": "1.1", "aliases": ["latest"]}, {"version": "1.0"}, {"version": "0.9"}, {"version": "../x"}]'
)


@pytest.mark.parametrize(
    ("tree", "own", "said"),
    [
        ({"versions.json": LISTED_VERSIONS, "1.0/a": "", "1.1/a": ""}, (), "(1.1, 1.0)"),
        ({"versions.json": LISTED_VERSIONS, "1.0/a": "", "1.1/a": ""}, ("1.1",), "(1.0)"),
        ({"versions.json": LISTED_VERSIONS, "1.0/a": "", "1.1/a": ""}, ("1.1", "1.0"), None),
        (
            {"versions.json": LISTED_VERSIONS, "1.0": "a file", "1.1": "-> elsewhere", "elsewhere/": ""},
            (),
            None,
        ),
        ({"versions.json": LISTED_VERSIONS}, (), None),
        ({"versions.json": "[" * 100_000, "1.0/a": ""}, (), None),
        ({"versions.json": '{"version": "1.0"}', "1.0/a": ""}, (), None),
        ({"versions.json/": "", "1.0/a": ""}, (), None),
        ({"1.0/a": ""}, (), None),
        (
            {
                "versions.json": LISTED_VERSIONS,
                "1.0/a": "",
                "1.1/a": "",
                "provenance.json": '{"group": "", "files": {"1.1/a": ""}}',
            },
            (),
            "(1.0)",
        ),
        (
            {
                "versions.json": json.dumps([{"version": f"v{number}"} for number in range(9)]),
                **{f"v{number}/a": "" for number in range(9)},
            },
            (),
            "(v0, v1, v2, v3, v4, and 4 more)",
        ),
        ({"versions.json": '[{"version": "a\\u001b[2J"}]', "a\x1b[2J/x": ""}, (), "(a [2J)"),
    ],
)
def test_a_build_names_versions_of_mike_that_it_removes(
    tmp_path: Path, tree: dict[str, str], own: tuple[str, ...], said: str | None
) -> None:
    """Those that are in the folder and listed; not the handbook's own, and not what a build leaves in place."""
    found = removed_versions_warning(grow(tmp_path / "site", tree), own)
    assert len(found) == (said is not None)
    assert (said or "") in "".join(found)


CHILD = """\
INHERIT: mkdocs.yml
plugins:
  - charterbook: {for_group: partners}
  - macros: {module_name: macros}
  - search
"""

#: macros.py of a handbook that finds the site of another group in site_dir when it is put in place.
RIVAL = """\
from pathlib import Path
from charterbook.site.macros import define_env as own

def define_env(env):
    own(env)
    Path({file!r}).write_text('{{"group": "partners", "files": {{}}}}')
"""


def test_the_folder_of_a_group_is_beside_mkdocs_yml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where -f names a file in another folder by a relative path."""
    (tmp_path / "book/docs").mkdir(parents=True)
    (tmp_path / "book/mkdocs.yml").write_text(f"site_name: A\n{WHOLE}{LISTED}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = _site(CommandHandbook(Path("book/mkdocs.yml")), "sponsors", None)
    config = load_config("book/mkdocs.yml", site_dir=str(found.site_dir), plugins=[])
    assert Path(config.site_dir) == tmp_path / "book/site-sponsors"


@pytest.mark.build
def test_builds_are_refused(tmp_path: Path) -> None:
    """By MkDocs as well: before anything is written, and once more when the site is put in place."""
    book = Handbook(tmp_path / "book", pages=["index"])
    book.commit("2025-01-06", groups=[{"id": "partners"}])
    book.write("partners.yml", CHILD)
    refused = book.run("build", "-f", "partners.yml")
    assert (refused.code, "is the folder of the whole handbook in mkdocs.yml" in refused.output) == (1, True)
    assert not refused.site.exists()
    assert book.build().code == 0
    origin = book.folder / "site/provenance.json"
    assert json.loads(origin.read_bytes())["group"] == ""
    book.write("macros.py", RIVAL.format(file=str(origin)))
    before = snapshot(book.folder / "site") | {origin.name: ""}
    refused = book.build()
    assert (refused.code, len(refused.log)) == (1, 2), refused.output
    assert "has the handbook for partners, and this build of the whole handbook would" in refused.output
    assert snapshot(book.folder / "site") | {origin.name: ""} == before
    assert book.left_over == []
    book.repo.branch("gh-pages", "main")
    book.repo.commit({origin.name: '{"group": "partners", "files": {}}'}, "Publish", "2025-01-07")
    book.repo.switch("main")
    refused = book.run("gh-deploy")
    assert refused.code == 1
    assert "gh-pages has the handbook for partners" in refused.output


@pytest.mark.build
def test_a_group_without_a_history(tmp_path: Path) -> None:
    """Its site is no different: it has no list of all addresses, and a proposal from its form says for whom it is."""
    book = Handbook(tmp_path / "book", pages=["index", "propose"])
    book.write("charter.yml", minimal_charter(groups=[{"id": "partners"}]))
    child = CHILD.replace("partners}", "partners, history: false}")
    book.write("partners.yml", f"site_dir: site-partners\n{child}")
    book.write("addresses.json", packed(["2026-Q1/services/secret/"]))
    built = book.run("build", "-f", "partners.yml", site="site-partners")
    assert (built.code, built.log) == (0, [])
    assert built.json("propose.json")["for"] == "partners"
    assert built.json("provenance.json")["group"] == "partners"
    assert not [path for path in built.site.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]


def test_each_handbook_has_plugins_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs keeps some from one build of a process to the next: Material's blog then removes a folder twice."""

    class Holding(BasePlugin):  # type: ignore[type-arg]
        def __init__(self) -> None:
            self.folder = tmp_path / "open"
            self.folder.mkdir()

        def on_shutdown(self) -> None:
            self.folder.rmdir()

    monkeypatch.setattr(mkdocs_commands, "build", lambda _: None)
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_name: x\nplugins: [holding, charterbook]\n")
    (tmp_path / "docs").mkdir()
    kinds = {"holding": Holding, "charterbook": BasePlugin}
    installed = {name: SimpleNamespace(load=lambda found=found: found) for name, found in kinds.items()}
    monkeypatch.setattr(MkDocsConfig.plugins, "installed_plugins", installed)
    for _ in range(2):
        assert mkdocs_commands.build_site(file, None, strict=False, timings=False)


def test_a_navigation_for_all_groups(tmp_path: Path) -> None:
    """It can name pages that one of them does not see, as can a redirect, even to an item that the newest version lacks."""
    book = Handbook(tmp_path, pages=("index", "risks", "services/each"))
    book.replace(
        "mkdocs.yml",
        "  - charterbook\n",
        "  - charterbook: {sites: {partners: {}}}\n"
        "  - redirects: {redirect_maps: {old.md: risks.md, former.md: services/coaching.md}}\n",
    )
    nav = "[index.md, risks.md, services/deal-desk.md, services/coaching.md]"
    book.write("mkdocs.yml", f"{(tmp_path / 'mkdocs.yml').read_text()}\nnav: {nav}\n")
    services = [
        {"id": "deal-desk", "name": "Deal desk", "summary": "Prices.", "visible_to": ["internal"]},
        {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks."},
    ]
    charter: dict[str, Any] = {
        "groups": [{"id": "partners"}, {"id": "internal", "sees": ["partners"]}],
        "restricted": [{"keys": ["risks"], "visible_to": ["internal"]}],
        "risks": [{"id": "leaving", "name": "Leaving"}],
    }
    coaching = {"id": "coaching", "name": "Coaching", "summary": "Weekly."}
    book.commit("2025-01-06", services=[*services, coaching], **charter)
    book.commit("2025-04-07", services=services, **charter)
    built = book.run("build", "--strict", program="charterbook")
    assert built.code == 0, built.output
    logged = " ".join(built.output.split())
    for page in ("risks", "services/deal-desk"):
        assert f"'{page}.md' in the 'nav' configuration is omitted: the handbook for partners" in logged
        assert (tmp_path / "site/latest" / page).is_dir()
        assert not (tmp_path / "site-partners/latest" / page).exists()
    for site in ("site", "site-partners"):
        assert "services/coaching" in (tmp_path / site / "2025-Q1/former/index.html").read_text()
    book.replace("mkdocs.yml", "services/coaching.md]", "services/coaching.md, typo.md]")
    failed = book.run("build", "--strict", "--for", "partners", program="charterbook")
    assert (failed.code, failed.output.count("'typo.md'")) == (1, 1)


@pytest.mark.build
def test_a_strict_build_keeps_versions_of_mike(tmp_path: Path) -> None:
    """Another build removes them with the warning, the next one has nothing to say."""
    book = Handbook(tmp_path / "book", pages=("index",))
    book.commit("2026-01-10")
    before = {"versions.json": LISTED_VERSIONS, "1.0/index.html": "1.0", "1.1/index.html": "1.1"}
    site = grow(book.folder / "site", before)
    built = book.build("--strict")
    assert (built.code, shown(site)) == (1, before)
    assert "remove them" in built.log[0]
    built = book.build()
    assert (built.code, len(built.log), (site / "1.0").exists()) == (0, 1, False)
    assert book.build("--strict").log == []
