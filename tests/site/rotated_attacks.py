"""Attacks that take turns: in the fields of one version of the hostile handbook, in commits, figures, request logs and requests.

Those of attacks.py are in every field instead.
"""

from __future__ import annotations

from tests.site.attacks import LINES, REFUSED, TEXTS, UNSEEN
from tests.site.html_attacks import HTML_ATTACKS
from tests.site.markdown_attacks import MARKDOWN_ATTACKS
from tests.site.program_attacks import PROGRAM_ATTACKS
from tests.site.template_attacks import TEMPLATE_ATTACKS
from tests.site.unicode_attacks import CONTROLS, UNICODE_ATTACKS

ROTATED: tuple[str, ...] = (
    *HTML_ATTACKS,
    *TEMPLATE_ATTACKS,
    *MARKDOWN_ATTACKS,
    *PROGRAM_ATTACKS,
    *UNICODE_ATTACKS,
)


def all_attacks() -> tuple[str, ...]:
    """Each attack once, for outputs that are tested text by text."""
    everywhere = (*LINES.values(), *TEXTS.values(), *REFUSED.values(), *UNSEEN.values())
    return tuple(dict.fromkeys((*everywhere, *ROTATED, *CONTROLS.values())))
