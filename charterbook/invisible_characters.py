"""Invisible characters: programs would read text that nobody sees in a review.

Tags are visible only in flags, variation selectors only after the character that they modify, and joiners only one at
a time.
"""

from __future__ import annotations

_TAGS, _SELECTORS, _MORE_SELECTORS = "\U000e0020-\U000e007f", "\ufe00-\ufe0f", "\U000e0100-\U000e01ef"
_JOINERS, _HAN = "\u200b-\u200d\u2060-\u2064", "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

#: Content of a character class. Do not put `VISIBLE` after a class that has further characters.
HIDING = f"\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e0fff{_SELECTORS}{_JOINERS}"

#: Lookbehinds to put after that class: they exclude its characters that are visible in context. A flag has at most
#: seven tags.
VISIBLE = (
    "".join(f"(?<!\U0001f3f4{f'[{_TAGS}]' * count})" for count in range(1, 8))
    + f"(?<![{_HAN}][{_MORE_SELECTORS}])(?<![^{_SELECTORS}][{_SELECTORS}])(?<!\\A[{_SELECTORS}])"
    + "".join(f"(?<![^{_JOINERS}]{run})(?<!\\A{run})" for run in (f"[{_JOINERS}]", f"[{_JOINERS}]{{2}}"))
)
