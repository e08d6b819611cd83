"""What templates need worked out from charters: nothing here makes HTML.

- `offer`: who gets what; `numbers`: where metrics stand
- `series`: a metric over the versions; `track`: whether it is on its way; `tree`: what drives what
- `sponsor`, `money`: services, coverage and money over the versions; `drawing`, `sparks`: where a chart's lines stand
- `comparing`: pages of changes; `health`: what rules find
- `news`: what came and went; `around`: the same page elsewhere, who answers
- `timeline`: the story of what a page is about; `repository`: addresses at the forge; `proposing`: the way to a proposal
"""

from __future__ import annotations

from typing import get_args

from charterbook.charter.optional_sections import Stage
from charterbook.rules.hours_budget import hours_asked
from charterbook.site.feeds import offered_feed
from charterbook.site.labels import SECTION_TITLES
from charterbook.site.render.views.budget import bars, budgets, has_figures, letter, money
from charterbook.site.render.views.change_groups import (
    between,
    changes_by_section,
    comparison_folder,
    guesses,
    named_audiences,
    older_version,
    pairs,
    readable,
    section_names,
)
from charterbook.site.render.views.chart_layout import draw, thinned
from charterbook.site.render.views.coverage import (
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
from charterbook.site.render.views.forge_links import Repository
from charterbook.site.render.views.health import health
from charterbook.site.render.views.highlights import decisions, in_force_since, news
from charterbook.site.render.views.metric_series import all_series, series
from charterbook.site.render.views.metric_tree import tree
from charterbook.site.render.views.page_links import elsewhere, owners
from charterbook.site.render.views.propose_links import way, way_from
from charterbook.site.render.views.scores import score, scores
from charterbook.site.render.views.sparkline import spark
from charterbook.site.render.views.sponsor import (
    MOST_COLUMNS,
    audience_rows,
    columns,
    offer,
    reach,
    reached,
    service_rows,
    source_rows,
    uses,
    year_ago,
)
from charterbook.site.render.views.target_status import tally, track, tracks, tracks_by_id
from charterbook.site.render.views.timeline import about, changes_for, foremost, log_of, story, timeline


def titles() -> dict[str, str]:
    """The sections with their titles, untranslated, in the order of the charter."""
    return SECTION_TITLES


def stages() -> tuple[str, ...]:
    """The stages of maturity, from the lowest."""
    return get_args(Stage)


__all__ = [
    "MOST_COLUMNS",
    "Repository",
    "about",
    "all_series",
    "audience_rows",
    "bars",
    "between",
    "budgets",
    "changes_by_section",
    "changes_for",
    "chosen",
    "columns",
    "comparison_folder",
    "coverage",
    "decisions",
    "draw",
    "drivers",
    "elsewhere",
    "foremost",
    "guesses",
    "has_figures",
    "health",
    "hours_asked",
    "in_force_since",
    "letter",
    "log_of",
    "metrics_of",
    "money",
    "named_audiences",
    "news",
    "offer",
    "offered_feed",
    "older_version",
    "owners",
    "pairs",
    "promises",
    "reach",
    "reached",
    "readable",
    "routes_of",
    "score",
    "scores",
    "section_names",
    "series",
    "service_rows",
    "services_for",
    "services_from",
    "services_measured",
    "source_rows",
    "sources_of",
    "spark",
    "stages",
    "story",
    "tally",
    "thinned",
    "timeline",
    "titles",
    "track",
    "tracks",
    "tracks_by_id",
    "tree",
    "uses",
    "way",
    "way_from",
    "year_ago",
]
