"""Sign-offs on pages: an approval of an older state is not shown as one of the present charter."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from charterbook.charter.review_section import SignOff
from charterbook.history import read_history
from charterbook.pages import read_docs
from charterbook.settings import read_settings
from charterbook.signing import content_digest, fingerprint_of
from charterbook.site.edition_builder import editions
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.editions import ROOT, TODAY, block, charter, words


def _promise(within: int, sign: SignOff | None = None) -> dict[str, Any]:
    level = {"request": "A place", "within": within}
    service = {"id": "onboarding", "name": "Onboarding", "summary": "x", "service_levels": [level]}
    signs = [sign.model_dump(exclude_none=True, exclude_defaults=True)] if sign else []
    return {"services": [service], "review": {"sign_offs": signs}}


@pytest.mark.parametrize(("within", "is_old"), [(5, False), (7, True)])
def test_an_older_state_is_named(within: int, is_old: bool, repo: Repo) -> None:
    """On the home page and on that of the review."""
    sign = SignOff.model_validate({"role": "CFO", "decision": "approved", "date": datetime.date(2026, 1, 20)})
    agreed = fingerprint_of(content_digest(charter(**_promise(5))), sign)
    signed = sign.model_copy(update={"agreed": agreed})
    repo.commit({"charter.yml": minimal_charter(**_promise(5, signed))}, date="2026-01-20")
    repo.commit({"charter.yml": minimal_charter(**_promise(within, signed))}, date="2026-02-01")
    shown = editions(read_history(repo.folder, read_settings(repo.folder)), read_docs(ROOT / "docs"), TODAY)[
        -1
    ]
    home, review = words(block(shown, "overview")), words(block(shown, "review"))
    assert "Approved: 1" in home
    assert ("1 signed before later changes" in home) == is_old
    assert ("agreed to an older state" in review) == is_old
