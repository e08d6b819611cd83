"""What templates need worked out from charters: nothing here makes HTML.

- `offer`: who gets what; `numbers`: where metrics stand
- `news`: what came and went; `around`: the same page elsewhere, who answers, when it changed
- `repository`: addresses at the forge
"""

from __future__ import annotations

from typing import get_args

from charterbook.charter.more import Stage
from charterbook.site.labels import SECTION_TITLES
from charterbook.site.views.around import elsewhere, introduced, last_change, owners
from charterbook.site.views.news import decisions, in_force_since, news
from charterbook.site.views.numbers import score, scores
from charterbook.site.views.offer import (
    chosen,
    coverage,
    drivers,
    metrics_of,
    promises,
    routes_of,
    services_for,
    services_from,
    services_measured,
    sources_of,
)
from charterbook.site.views.repository import Repository


def titles() -> dict[str, str]:
    """The sections with their titles, untranslated, in the order of the charter."""
    return SECTION_TITLES


def stages() -> tuple[str, ...]:
    """The stages of maturity, from the lowest."""
    return get_args(Stage)


__all__ = [
    "Repository",
    "chosen",
    "coverage",
    "decisions",
    "drivers",
    "elsewhere",
    "in_force_since",
    "introduced",
    "last_change",
    "metrics_of",
    "news",
    "owners",
    "promises",
    "routes_of",
    "score",
    "scores",
    "services_for",
    "services_from",
    "services_measured",
    "sources_of",
    "stages",
    "titles",
]
