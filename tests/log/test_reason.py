from __future__ import annotations

import pytest

from charterbook.log import Reason, reason_of

#: What forges and people write, and what is understood of it: the subject, the text and the number.
MESSAGES = {
    "Cut 12 %": ("Cut 12 %", (), None),
    "Cut 12 %\n\nEvery funder\ngives less.\n\nAlso: a post.\n": (
        "Cut 12 %",
        ("Every funder gives less.", "Also: a post."),
        None,
    ),
    "Cut 12 % (#7)\n\nWhy.": ("Cut 12 %", ("Why.",), 7),
    "Merge pull request #12 from dana/cut\n\nCut 12 %\n\nWhy.": ("Cut 12 %", ("Why.",), 12),
    "Merge pull request #12 from dana/cut": ("Merge pull request #12 from dana/cut", (), 12),
    "Merge branch 'cut' into 'main'\n\nCut 12 %\n\nSee merge request team/charter!34": ("Cut 12 %", (), 34),
    "Cut 12 %\n\nSee merge request https://gitlab.example/team/charter!34": ("Cut 12 %", (), 34),
    "Merged in cut (pull request #5)\n\nCut 12 %\n\nApproved-by: Dana": ("Cut 12 %", (), 5),
    "Cut 12 % (pull request #5)": ("Cut 12 %", (), 5),
    "Merge pull request 'Cut 12 %' (#9) from cut into main\n\nReviewed-on: https://git.example/t/c/pulls/9": (
        "Cut 12 %",
        (),
        9,
    ),
    "Cut 12 %\n\nReviewed-on: https://codeberg.org/team/charter/pulls/9": ("Cut 12 %", (), 9),
    "Merged PR 31: Cut 12 %": ("Cut 12 %", (), 31),
    'Revert "Cut 12 % (#7)" (#8)': ('Revert "Cut 12 % (#7)"', (), 8),
    "Cut\n\nWhy.\n\nSigned-off-by: Dana <d@example.com>\nCo-authored-by: Ada <a@example.com>": (
        "Cut",
        ("Why.",),
        None,
    ),
    "Answer question #7 of the review": ("Answer question #7 of the review", (), None),
    "": ("", (), None),
    "\n\n  \n": ("", (), None),
    "Long (#99999999999999999999)": ("Long (#99999999999999999999)", (), None),
}


@pytest.mark.parametrize("message", MESSAGES)
def test_the_reason_in_a_message(message: str) -> None:
    """The author's words, without those of the forge."""
    assert reason_of(message) == Reason(*MESSAGES[message])
