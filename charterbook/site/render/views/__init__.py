"""Values computed from charters for templates, without HTML.

- `agreement`: capacity, actions, figures by day
- `coverage`: services, audiences, funding, and the gaps between them
- `scores`, `target_status`: changes of metrics; their progress towards targets
- `metric_series`, `metric_tree`: time series of metrics; the driver tree of metrics
- `period_verdict`: whether targets were met when the periods of versions ended
- `promise_history`: promises over the versions, with how often they were kept
- `sponsor`, `budget`: services, coverage and budgets over the versions
- `chart_layout`, `sparkline`: positions of lines and labels in charts
- `change_groups`, `highlights`: changes by section and item; highlights since the last version
- `health`, `review_pack`: the findings of rules; the pre-read of a review
- `page_links`: the same page in other versions, and its owner
- `timeline`: the history of the item or section of a page
- `forge_links`, `propose_links`: addresses at the forge; links from a page to the form for proposals
"""

from __future__ import annotations

from typing import get_args

from charterbook.charter.optional_sections import Stage
from charterbook.compare.rollovers import with_rollovers
from charterbook.export.review_parts import (
    clock_time,
    condition,
    metric_words,
    promise_words,
    signer_words,
    topic,
)
from charterbook.rules.hours_budget import hours_asked
from charterbook.site.feeds import calendars_of, offered_feed
from charterbook.site.labels import SECTION_TITLES
from charterbook.site.render.views.agreement import (
    decision_text,
    figures_by_day,
    has_several_currencies,
    hours_taken,
    open_first,
    responsibilities,
)
from charterbook.site.render.views.budget import bars, budgets, has_figures, letter, money
from charterbook.site.render.views.change_groups import (
    between,
    changes_by_section,
    comparison_folder,
    guesses,
    importance,
    named_audiences,
    older_version,
    pairs,
    readable,
    section_names,
)
from charterbook.site.render.views.chart_layout import draw, thinned
from charterbook.site.render.views.coverage import (
    build_coverage,
    chosen,
    drivers,
    metrics_of,
    routes_of,
    services_for,
    services_from,
    services_measured,
    sources_of,
)
from charterbook.site.render.views.forge_links import ForgeLinks
from charterbook.site.render.views.health import build_health
from charterbook.site.render.views.highlights import decisions, in_force_since, item_news, weakened
from charterbook.site.render.views.metric_series import all_series, series
from charterbook.site.render.views.metric_tree import tree
from charterbook.site.render.views.page_links import elsewhere, owners
from charterbook.site.render.views.period_verdict import period_verdicts
from charterbook.site.render.views.promise_history import (
    history_of,
    promise_histories,
    tally_promises,
    unchanged_runs,
)
from charterbook.site.render.views.propose_links import propose_link, propose_link_from
from charterbook.site.render.views.review_pack import build_pre_read, decision_query, signed_states
from charterbook.site.render.views.scores import score, score_metrics
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
from charterbook.site.render.views.timeline import about, build_timeline, changes_for, foremost, log_of, story


def titles() -> dict[str, str]:
    """The sections with their titles, untranslated, in the order of the charter."""
    return SECTION_TITLES


def stages() -> tuple[str, ...]:
    """The stages of maturity, from the lowest."""
    return get_args(Stage)


__all__ = [
    "MOST_COLUMNS",
    "ForgeLinks",
    "about",
    "all_series",
    "audience_rows",
    "bars",
    "between",
    "budgets",
    "build_coverage",
    "build_health",
    "build_pre_read",
    "build_timeline",
    "calendars_of",
    "changes_by_section",
    "changes_for",
    "chosen",
    "clock_time",
    "columns",
    "comparison_folder",
    "condition",
    "decision_query",
    "decision_text",
    "decisions",
    "draw",
    "drivers",
    "elsewhere",
    "figures_by_day",
    "foremost",
    "guesses",
    "has_figures",
    "has_several_currencies",
    "history_of",
    "hours_asked",
    "hours_taken",
    "importance",
    "in_force_since",
    "item_news",
    "letter",
    "log_of",
    "metric_words",
    "metrics_of",
    "money",
    "named_audiences",
    "offer",
    "offered_feed",
    "older_version",
    "open_first",
    "owners",
    "pairs",
    "period_verdicts",
    "promise_histories",
    "promise_words",
    "propose_link",
    "propose_link_from",
    "reach",
    "reached",
    "readable",
    "responsibilities",
    "routes_of",
    "score",
    "score_metrics",
    "section_names",
    "series",
    "service_rows",
    "services_for",
    "services_from",
    "services_measured",
    "signed_states",
    "signer_words",
    "source_rows",
    "sources_of",
    "spark",
    "stages",
    "story",
    "tally",
    "tally_promises",
    "thinned",
    "titles",
    "topic",
    "track",
    "tracks",
    "tracks_by_id",
    "tree",
    "unchanged_runs",
    "uses",
    "weakened",
    "with_rollovers",
    "year_ago",
]
