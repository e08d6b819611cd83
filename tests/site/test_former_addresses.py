from __future__ import annotations

import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from charterbook.history import History, Version
from charterbook.pages import DocsPage, read_docs
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.moved_pages import MovedPages
from charterbook.site.output.keep_addresses import FormerAddresses
from charterbook.site.output.published_addresses import (
    PublishedAddresses,
    addresses_in,
    is_declared_gone,
    lost_addresses,
    packed,
    read_addresses,
)
from charterbook.site.output.redirect_pages import Redirect, Redirects, write_redirect
from tests.site.editions import ROOT, TODAY, charter, quarters
from tests.site.handbooks import Handbook
from tests.site.random_history import RISKS, RandomHistory

DOCS = read_docs(ROOT / "docs")
KEPT = ("index", "risks", "services/each", "changes")


def history(charters: list[tuple[str, Any]]) -> History:
    """The history of charters, each with the name of its version."""
    names = dict.fromkeys(name for name, _ in charters)
    found = [tuple(each for name, each in charters if name == one) for one in names]
    return History(
        tuple(Version(name, charter=own[-1], charters=own) for name, own in zip(names, found, strict=True))
    )


def built(charters: list[tuple[str, Any]], docs: tuple[DocsPage, ...] = DOCS) -> list[Edition]:
    """The editions of a site."""
    return editions(history(charters), docs, TODAY)


def published(found: list[Edition]) -> set[str]:
    """The addresses of the pages of a site."""
    folders = [(edition.name, edition) for edition in found] + [("latest", found[-1])]
    return {f"{folder}/{url}" for folder, edition in folders for url in edition.pages.urls}


@pytest.mark.parametrize("seed", range(12))
def test_every_address_that_any_build_published_leads_on(seed: int) -> None:
    """Sites of a random history: addresses that the last one lacks lead to the pages of their successors."""
    chance = Random(seed)  # noqa: S311
    item_history, charters, before = RandomHistory(chance), list[tuple[str, Any]](), set[str]()
    names = iter(quarters(20))
    name = next(names)
    for _ in range(8):
        charters.append((name, item_history.charter()))
        found = built(charters)
        before |= published(found)
        item_history.step()
        name = next(names) if chance.random() < 0.6 else name
    charters.append((name, item_history.charter()))
    found = built(charters)
    forwards = Redirects(found, MovedPages(found, DOCS))
    here = published(found)
    manifest = set(forwards.former_addresses)
    for address in before - here:
        forward = forwards.of(address)
        assert forward is not None, address
        assert {target.address.partition("#")[0] for target in forward.targets} <= here
        if address.startswith("latest/"):
            assert address in manifest
        if address.startswith("latest/services/s"):
            successors = {f"latest/services/{id_}/" for id_ in item_history.successors[address.split("/")[2]]}
            got = {target.address for target in forward.targets}
            assert got == successors if successors else forward.reason in ("ended", "unpublished"), address


def test_pages_json_knows_the_page_of_a_renamed_item_in_all_versions() -> None:
    """Forwards and back; hundreds of items over forty versions stay small."""
    names = quarters(40)
    ids = [[f"s{number}{'b' if turn > number % 40 else ''}" for number in range(80)] for turn in range(40)]
    charters = [
        (
            name,
            charter(
                services=[
                    {"id": id_, "name": id_, "summary": "x"}
                    | ({"was": [id_[:-1]]} if id_.endswith("b") else {})
                    for id_ in each
                ]
            ),
        )
        for name, each in zip(names[::13], ids[::13], strict=True)
    ]
    found = built(charters)
    moved = MovedPages(found, DOCS).moved
    assert moved["services/s5/"] == [(1, 3, ("services/s5b/",))]
    assert moved["services/s5b/"] == [(0, 0, ("services/s5/",))]
    assert len(json.dumps(moved)) < 20_000


def test_another_period_leads_on_to_the_version_of_these_days() -> None:
    """From a quarter to its last month, from a month to its quarter; comparisons as well."""
    one = charter()
    months = built([(name, one) for name in ("2026-01", "2026-03", "2026-05", "2026-08")])
    of = Redirects(months, MovedPages(months, DOCS)).of
    assert led(of("2026-Q1/services/onboarding/")) == ["2026-03/services/onboarding/"]
    assert led(of("2026-Q2/compare/2026-Q1/")) == ["2026-05/compare/2026-03/"]
    assert led(of("2026-Q4/")) == ["2026-08/"]
    assert led(of("latest/compare/2026-Q2/")) == ["latest/compare/2026-05/"]
    assert led(of("2026-Q1/nowhere/")) == ["2026-03/"]
    assert of("2020-Q1/") is None
    halves = built([("2026-Q1", one), ("2026-Q2", one), ("2026-H1", one)])
    assert led(Redirects(halves, MovedPages(halves, DOCS)).of("2026-05/mission/")) == ["2026-Q2/mission/"]


def led(forward: Redirect | None) -> list[str]:
    """The addresses to which one leads."""
    assert forward is not None
    return [target.address for target in forward.targets]


def test_renamed_pages_of_docs_lead_on_in_every_version() -> None:
    """Also those generated for items, and over two renames."""
    docs = tuple(replace(page, source=page.source.replace("services/each", "offers/each")) for page in DOCS)
    found = built([("2026-Q1", charter()), ("2026-Q2", charter())], docs)
    redirects = {"why.md": "aim.md", "aim.md": "mission.md", "services/each.md": "offers/each.md"}
    forwards = Redirects(found, MovedPages(found, docs, redirects))
    assert led(forwards.of("2026-Q1/why/")) == ["2026-Q1/mission/"]
    assert led(forwards.of("latest/services/onboarding/")) == ["latest/offers/onboarding/"]
    assert {"2026-Q2/why/", "latest/aim/", "2026-Q1/services/onboarding/"} <= set(forwards.former_addresses)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_that_leads_on(tmp_path: Path, language: str) -> None:
    """One successor redirects immediately, several are listed; no file is overwritten, or written outside the site."""
    old = charter(services=[{"id": "one", "name": "One", "summary": "x"}])
    new = charter(
        services=[{"id": id_, "name": f"<i>{id_}</i>", "summary": "x", "was": ["one"]} for id_ in ("a", "b")]
    )
    found = built([("2026-Q1", old), ("2026-Q2", new)])
    forward = Redirects(found, MovedPages(found, DOCS)).of("latest/services/one/")
    assert forward is not None
    path = write_redirect(tmp_path, "latest/services/one/", forward, language, "https://example.org/h/")
    page = (tmp_path / str(path)).read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'href="../../../latest/services/a/">&lt;i&gt;a' in page
    assert "refresh" not in page
    assert "canonical" not in page
    assert write_redirect(tmp_path, "latest/services/one/", forward, language, None) is None
    assert write_redirect(tmp_path, "../x/", forward, language, None) is None
    single = replace(forward, reason="moved", targets=forward.targets[:1])
    path = write_redirect(tmp_path, "2026-Q1/x/", single, language, "https://example.org/h/")
    page = (tmp_path / str(path)).read_text(encoding="utf-8")
    assert 'content="0; url=../../latest/services/a/"' in page
    assert '<link rel="canonical" href="https://example.org/h/latest/services/a/">' in page
    assert len(page) < 4_000


def unreadable(path: Path) -> bytes:
    """A file on a broken disk."""
    raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def test_a_list_of_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read back as written; an invalid one, or one that leads out of the site, is ignored."""
    addresses = {
        "latest/",
        "latest/a/",
        "2026-Q1/a/",
        "feeds/all.xml",
        "calendar.ics",
        "calendars/roles/cro.ics",
    }
    file = tmp_path / "addresses.json"
    file.write_text(packed(addresses))
    assert read_addresses(file) == addresses
    file.write_text(packed([*addresses, "../up/", "latest/../../x/"]))
    assert read_addresses(file) == addresses
    for text in ("[]", "{", '{"folders": 1, "pages": {"a": [1]}}', '{"folders": ["a"], "pages": {"a": [7]}}'):
        file.write_text(text)
        assert read_addresses(file) == set()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", unreadable)
        with pytest.raises(
            OSError, match="Input/output error"
        ):  # addresses that cannot be read are not forgotten
            read_addresses(file)
    assert is_declared_gone("2026-Q1/old/", ["old/"])
    assert is_declared_gone("2026-Q1/old/", ["2026-Q1/*"])
    assert not is_declared_gone("2026-Q1/old/", ["latest/old/", "2026-Q1/"])
    (line,) = lost_addresses([f"{name}/old/" for name in ("2026-Q1", "2026-Q2", "2026-Q3", "latest")])
    assert line.startswith(
        "old/ was published in 2026-Q1, 2026-Q2, 2026-Q3 and 1 more, and now leads nowhere."
    )
    lines = list(lost_addresses(["calendar.ics", "calendars/roles/cro.ics"]))
    assert [line.partition(", and now")[0] for line in lines] == [
        "calendar.ics was published",
        "roles/cro.ics was published in calendars",
    ]
    assert all("Give it up with `gone: [" in line and "redirects" not in line for line in lines)
    assert is_declared_gone("calendar.ics", ["calendar.ics"])
    assert addresses_in(
        ["calendar.ics", "feed.xml", "index.html", "draft/calendar.ics", "versions.json"]
    ) == {
        "calendar.ics",
        "feed.xml",
    }


def test_a_calendar_that_vanishes_is_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Until it is given up in the settings."""
    found = built([("2026-Q1", charter())])
    moved = MovedPages(found, DOCS)
    for name in ("site", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "site/addresses.json").write_text(packed(["calendar.ics", "calendars/roles/cro.ics"]))
    for gone, count in (((), 2), (("calendar.ics", "roles/*"), 0)):
        caplog.clear()
        lists = PublishedAddresses(tmp_path / "site", tmp_path, None, ())
        FormerAddresses(tmp_path / "new", found, moved, Settings(gone=gone)).preserve(lists)
        assert [
            line for line in caplog.messages if "leads nowhere" in line and ".ics" in line
        ] == caplog.messages
        assert len(caplog.messages) == count


def test_a_site_that_is_built_over_an_older_one(tmp_path: Path) -> None:
    """Removed pages redirect, and stay in the list; an address without a target is a warning with advice."""
    handbook = Handbook(tmp_path)
    for page in set((tmp_path / "docs").rglob("*.md")) - {tmp_path / f"docs/{name}.md" for name in KEPT}:
        page.unlink()
    handbook.commit("2026-01-10", risks=RISKS)
    for name in ("team", "news", "old"):
        handbook.write(f"docs/{name}.md", f"# {name}\n")
    assert handbook.build("--strict").code == 0
    start = {"id": "start", "was": ["onboarding"], "name": "Start", "summary": "x"}
    handbook.commit("2026-04-10", services=[start])
    for name in ("team", "news", "old"):
        (tmp_path / f"docs/{name}.md").unlink()
    handbook.write("docs/people.md", "---\nredirect_from: team.md\n---\n# Team\n")
    handbook.replace("mkdocs.yml", "  - charterbook", "  - charterbook:\n      gone: old/")
    built = handbook.build()
    lost = [line for line in built.log if "leads nowhere" in line]
    assert len(lost) == 1
    assert lost[0].startswith("WARNING -  news/ was published in 2026-Q1, latest, and now leads nowhere.")
    assert "../../../latest/services/start/" in built.html("latest/services/onboarding")
    assert "2026-Q1/risks/" in built.html("latest/risks")
    assert "refresh" not in built.html("latest/risks")
    assert all("people/" in built.html(f"{name}/team") for name in ("latest", "2026-Q1", "2026-Q2"))
    assert built.json("pages.json")["moved"]["services/onboarding/"] == [[1, 1, "services/start/"]]
    kept = read_addresses(built.site / "addresses.json")
    assert {"latest/services/onboarding/", "2026-Q1/team/", "latest/risks/"} <= kept
    lacking = {address for address in kept if not (built.site / address / "index.html").is_file()}
    assert {address for address in lacking if address.endswith("/")} == {"2026-Q1/news/", "latest/news/"}


def test_a_doubtful_history_forgets_no_address(tmp_path: Path) -> None:
    """Redirect pages of versions that it has stay; the next build reports what leads nowhere, also without a cache."""
    handbook = Handbook(tmp_path)
    for page in set((tmp_path / "docs").rglob("*.md")) - {tmp_path / f"docs/{name}.md" for name in KEPT}:
        page.unlink()
    handbook.commit("2026-01-10", risks=RISKS)
    handbook.write("docs/news.md", "# news\n")
    assert handbook.build("--strict").code == 0
    (tmp_path / "docs/news.md").unlink()
    handbook.commit(
        "2026-04-10", services=[{"id": "start", "was": ["onboarding"], "name": "Start", "summary": "x"}]
    )
    shutil.rmtree(tmp_path / ".cache")
    doubtful = handbook.build(GIT_DIR=str(tmp_path / "nowhere"))
    assert [line for line in doubtful.log if "leads nowhere" in line] == []
    assert "services/start/" in doubtful.html("latest/services/onboarding")
    shutil.rmtree(tmp_path / ".cache")
    (lost,) = (line for line in handbook.build().log if "leads nowhere" in line)
    assert "news/ was published in 2026-Q1, latest" in lost
