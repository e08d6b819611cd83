"""From a proposal to the site: against a bare repository, with the workflows' own commands.

Propose, push a branch, check and report, merge, apply, publish: the change is on the site and in the feed.
"""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.charters import minimal_charter
from tests.histories import Repo, run_git
from tests.site.handbooks import Built, Handbook
from tests.workflows import Forge

REASON = "New hires asked for a shorter start"
CHARTER = "# Ours.\n" + minimal_charter(
    review={"cadence": "quarter", "last": datetime.date(2026, 3, 1)}
).replace("name: Onboarding", "name: Onboarding  # said aloud on day one")


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A bare repository with the handbook of one quarter on main, and on `shorter` a proposal for the next."""
    book = tmp_path / "ada"
    Handbook(
        book, pages=("index", "mission", "services/index", "services/each", "changes", "history", "propose")
    )
    settings = (book / "mkdocs.yml").read_text(encoding="utf-8")
    address = "site_url: https://handbook.example.com/\nrepo_url: https://github.com/team/charter\n"
    (book / "mkdocs.yml").write_text(settings + address, encoding="utf-8")
    repo = Repo(book)
    repo.commit({"charter.yml": CHARTER}, "Our first charter", "2026-01-13")
    bare = tmp_path / "origin.git"
    run_git(tmp_path, "clone", "--quiet", "--bare", str(book), str(bare))
    repo.git("remote", "add", "origin", bare.as_uri())
    repo.branch("shorter")
    command = (
        "propose",
        "--set",
        "services.onboarding.name=A short start",
        "--reason",
        REASON,
        "--by",
        "Ada",
    )
    charterbook(book, *command)
    repo.commit({}, "Propose a shorter start", "2026-04-01")
    repo.git("push", "--quiet", "origin", "shorter")
    return bare


def charterbook(folder: Path, *arguments: str) -> str:
    """The output of a command that must succeed."""
    command = [sys.executable, "-m", "charterbook", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clone(origin: Path, folder: Path, *options: str) -> Repo:
    """A clone with the whole history, as in CI jobs."""
    run_git(origin, "clone", "--quiet", "--branch", "main", *options, origin.as_uri(), str(folder))
    return Repo(folder)


def merge(origin: Path, folder: Path, *messages: str) -> None:
    """Merge the branch as the forge does."""
    maintainer = clone(origin, folder)
    said = [option for message in messages for option in ("-m", message)]
    maintainer.git("merge", "--quiet", "--no-ff", *said, "origin/shorter", date="2026-04-02", author="Bo")
    maintainer.git("push", "--quiet", "origin", "main")


def published(origin: Path, name: str) -> str:
    """A file on main."""
    return run_git(origin, "show", f"main:{name}")


def the_change_is_there(site: Path, number: str) -> None:
    """On the page of the service, among the changes, in the history with its request, and in the feed."""
    built = Built(site, 0, "")
    assert [version["version"] for version in built.json("versions.json")] == ["2026-Q2", "2026-Q1"]
    assert "A short start" in built.text("latest/services/onboarding/")
    assert "A short start" not in built.text("2026-Q1/services/onboarding/")
    assert "A short start" in built.text("latest/changes/")
    history = built.text("latest/history/")
    assert REASON in history
    assert number in history
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert "A short start" in feed
    assert REASON in feed


def dead_links(site: Path) -> list[str]:
    """Links to missing files, for a site opened as a folder."""
    found = []
    for page in site.rglob("*.html"):
        for link in re.findall(r'<a\b[^>]*?\bhref="?([^"\s>]*)', page.read_text(encoding="utf-8")):
            path = unquote(re.split("[?#]", link)[0])
            if path and not re.match(r"[a-z]+:|/", path) and not (page.parent / path).is_file():
                found.append(f"{page.relative_to(site)}: {link}")
    return found


def test_on_github(origin: Path, tmp_path: Path) -> None:
    """Every step of the workflows, in GitHub's order."""
    head = run_git(origin, "rev-parse", "shorter")

    checkout = clone(origin, tmp_path / "proposed")
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge", "origin/shorter", date="2026-04-01")
    untrusted = Forge(
        tmp_path / "untrusted", "2026-04-01", {"github.base_ref": "main", "!cancelled()": "yes"}
    )
    untrusted.github("proposal", "check", checkout.folder)
    assert "A short start" in untrusted.summary.read_text(encoding="utf-8")
    preview = checkout.folder / "site"
    assert "A short start" in (preview / "draft" / "changes" / "index.html").read_text(encoding="utf-8")
    assert dead_links(preview) == []
    assert untrusted.calls == []

    facts = {
        "github.event.workflow_run.head_sha": head,
        "github.event.workflow_run.html_url": "https://github.com/team/charter/actions/runs/7",
        "github.token": "secret",
        "github.repository": "team/charter",
    }
    trusted = Forge(tmp_path / "trusted", "2026-04-01", facts)
    default = clone(origin, tmp_path / "report", "--single-branch").folder
    trusted.github("report", "comment", default)
    comment = (trusted.folder / "comment.md").read_text(encoding="utf-8")
    assert "A short start" in comment
    assert "(<https://github.com/team/charter/actions/runs/7#artifacts>)" in comment
    assert trusted.calls[-1] == "pr comment 1 --body-file report.md"
    trusted.github("report", "comment", default)
    assert trusted.calls[-1].endswith("PATCH repos/team/charter/issues/comments/7 --field body=@report.md")
    assert [call.split()[:2] for call in trusted.calls].count(["pr", "comment"]) == 1

    merge(origin, tmp_path / "bo", "Merge pull request #1 from ada/shorter", "Propose a shorter start")
    assert "A short start" not in published(origin, "charter.yml")

    machine = Forge(tmp_path / "machine", "2026-04-02", facts | {"runner.temp": str(tmp_path)})
    machine.github("handbook", "apply", clone(origin, tmp_path / "apply").folder)
    expected = CHARTER.replace("name: Onboarding ", "name: A short start ")
    assert published(origin, "charter.yml") == expected.removesuffix("\n")
    assert "proposals" not in run_git(origin, "ls-tree", "--name-only", "main").split()
    assert run_git(origin, "log", "-1", "--format=%s%n%b", "main") == f"{REASON} (#1)\nProposed-by: Ada\n"

    machine.github("handbook", "apply", clone(origin, tmp_path / "again").folder)
    assert run_git(origin, "rev-list", "--count", "--first-parent", "main") == "3"

    build = clone(origin, tmp_path / "build")
    machine.github("handbook", "build", build.folder)
    the_change_is_there(build.folder / "site", "#1")


def test_code_of_strangers_never_runs_with_write_access(origin: Path, tmp_path: Path) -> None:
    """A pull request's macros, settings and links act in its own build only, never in the report."""
    stranger = clone(origin, tmp_path / "stranger")
    stranger.git("checkout", "--quiet", "-b", "evil", "origin/shorter")
    marker = tmp_path / "marker"
    macros = f"from pathlib import Path\nPath({str(marker)!r}).touch()\n" + published(origin, "macros.py")
    settings = published(origin, "mkdocs.yml") + "\nhooks: [macros.py]\n"
    stranger.write({"macros.py": macros, "mkdocs.yml": settings, "charterbook.py": macros, "gh": "exit 1"})
    (stranger.folder / "report.md").symlink_to(tmp_path / "elsewhere.md")
    head = stranger.commit({}, "@everyone", "2026-04-01")
    stranger.git("push", "--quiet", "origin", "evil")
    facts = {
        "github.event.workflow_run.head_sha": head,
        "github.event.workflow_run.html_url": "https://github.com/team/charter/actions/runs/8",
        "github.token": "secret",
        "github.repository": "team/charter",
        "github.base_ref": "main",
        "!cancelled()": "yes",
    }
    forge = Forge(tmp_path / "trusted", "2026-04-01", facts)
    forge.github("report", "comment", clone(origin, tmp_path / "report", "--single-branch").folder)
    assert "A short start" in (forge.folder / "comment.md").read_text(encoding="utf-8")
    assert not marker.exists()
    assert not (tmp_path / "elsewhere.md").exists()


def instead(origin: Path, address: str) -> dict[str, str]:
    """Environment in which git uses a repository on disk for an address."""
    values = {"KEY_0": f"url.{origin.as_uri()}.insteadOf", "VALUE_0": address}
    return {"GIT_CONFIG_COUNT": "1"} | {f"GIT_CONFIG_{name}": value for name, value in values.items()}


def test_on_gitlab(origin: Path, tmp_path: Path) -> None:
    """The same with GitLab's jobs, whose merge commit names the request differently."""
    checkout = clone(origin, tmp_path / "proposed")
    base = checkout.head
    checkout.git("checkout", "--quiet", "--detach", "origin/shorter")
    machine = Forge(tmp_path / "machine", "2026-04-02")
    project = {
        "CI_PROJECT_ROOT_NAMESPACE": "team",
        "CI_PAGES_DOMAIN": "gitlab.io",
        "CI_PROJECT_PATH": "team/sales/charter",
        "CI_JOB_ID": "7",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_SERVER_PROTOCOL": "https",
        "CI_SERVER_FQDN": "gitlab.example.com",
        "CHARTERBOOK_TOKEN": "secret",
        **instead(origin, "https://charterbook:secret@gitlab.example.com/team/sales/charter.git"),
        "CI_COMMIT_BRANCH": "main",
        "GIT_AUTHOR_NAME": "Charter",
        "GIT_AUTHOR_EMAIL": "ci@gitlab.com",
        "GIT_COMMITTER_NAME": "Charter",
        "GIT_COMMITTER_EMAIL": "ci@gitlab.com",
    }
    machine.gitlab("proposal", checkout.folder, **project)
    assert "A short start" in (checkout.folder / "report.md").read_text(encoding="utf-8")
    preview = (checkout.folder / "preview.env").read_text(encoding="utf-8")
    address = "https://team.gitlab.io/-/sales/charter/-/jobs/7/artifacts/public/index.html"
    assert preview == f"PREVIEW={address}\n"
    assert (checkout.folder / "public" / "index.html").is_file()

    messages = ("Merge branch 'shorter' into 'main'", "Shorter", "See merge request team/sales/charter!12")
    merge(origin, tmp_path / "bo", *messages)
    stale = clone(origin, tmp_path / "pages")
    run_git(origin, "config", "receive.advertisePushOptions", "true")
    machine.gitlab("apply", clone(origin, tmp_path / "apply").folder, **project)
    assert run_git(origin, "log", "-1", "--format=%s", "main") == f"{REASON} (#12)"
    machine.gitlab("pages", stale.folder, **project)
    the_change_is_there(stale.folder / "public", "12")


@pytest.mark.parametrize("forge", ["github", pytest.param("gitlab", marks=pytest.mark.slow)])
def test_a_charter_takes_effect(origin: Path, tmp_path: Path, forge: str) -> None:
    """On its day, by the daily build, without a commit on that day."""
    later = CHARTER.replace("title:", "effective: 2026-07-01\ntitle: Agreed –", 1)
    maintainer = clone(origin, tmp_path / "bo")
    maintainer.commit({"charter.yml": later}, "Agree", "2026-05-20")
    maintainer.git("push", "--quiet", "origin", "main")
    checkout = clone(origin, tmp_path / "checkout").folder
    seen = []
    for number, epoch in enumerate(("1782820800", "1782907200")):  # noon of 30 June, and of 1 July
        machine = Forge(tmp_path / f"machine-{number}", "2026-05-20", {"!cancelled()": "yes"})
        machine.environment["SOURCE_DATE_EPOCH"] = epoch
        if forge == "github":
            machine.github("handbook", "build", checkout)
        else:
            machine.gitlab("pages", checkout, CI_COMMIT_BRANCH="main")
        site = Built(checkout / ("site" if forge == "github" else "public"), 0, "")
        seen.append((site.json("pages.json")["latest"], "Agreed" in site.text("latest/")))
    assert seen == [("2026-Q1", False), ("2026-Q3", True)]


@pytest.mark.parametrize(("day", "issues"), [("2026-05-10", 0), ("2026-05-20", 1), ("2026-07-01", 1)])
def test_a_review_falls_due(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str, issues: int
) -> None:
    """An issue is opened two weeks before, and a pipeline fails."""
    seconds = run_git(origin, "log", "-1", "--format=%ct", "main")
    days = (int(day[5:7]) - 1) * 30 + int(day[8:])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds) + (days - 13) * 86_400))
    checkout = clone(origin, tmp_path / "clone").folder
    machine = Forge(
        tmp_path / "machine", day, {"github.token": "secret", "github.repository": "team/charter"}
    )
    machine.github("review", "remind", checkout)
    opened = [call for call in machine.calls if call.startswith("issue create")]
    assert len(opened) == issues
    if opened:
        assert opened[0].startswith(
            "issue create --title Review of the charter: 1 June 2026 --body The review of"
        )
        machine.tool("date", "#!/bin/sh\necho 1\n")  # a Monday
        with pytest.raises(AssertionError, match="1 June 2026"):
            machine.gitlab("review", checkout)
