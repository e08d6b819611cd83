from __future__ import annotations

from charterbook.history import read_history
from charterbook.settings import Settings
from charterbook.site.changed import last_changes
from tests.charters import minimal_charter
from tests.histories import Repo

FIRST = minimal_charter()
REWORDED = FIRST.replace("Every seller", "Each seller")


def test_a_part_keeps_the_revision_in_which_it_changed(repo: Repo) -> None:
    """The mission changed in the second quarter; the services have been the same since the first."""
    first = repo.commit({"charter.yml": FIRST}, date="2026-01-13")
    second = repo.commit({"charter.yml": REWORDED}, date="2026-04-14")
    third = repo.commit({"charter.yml": REWORDED + "change_note: More.\n"}, date="2026-04-20")
    before, after = last_changes(read_history(repo.folder, Settings()).versions)
    assert before[("mission",)].commit == first
    assert after[("mission",)].commit == second
    assert after[("services", "onboarding")].commit == first
    assert after[()].commit == third


def test_a_revision_that_cannot_be_read_is_passed_over(repo: Repo) -> None:
    """What it changed counts for the next one that can be read."""
    repo.commit({"charter.yml": FIRST}, date="2026-01-13")
    repo.commit({"charter.yml": REWORDED + "title: [\n"}, date="2026-01-14")
    mended = repo.commit({"charter.yml": REWORDED}, date="2026-01-15")
    (only,) = last_changes(read_history(repo.folder, Settings()).versions)
    assert only[("mission",)].commit == mended
