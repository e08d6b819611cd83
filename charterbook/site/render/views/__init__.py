"""Values computed from charters for templates, without HTML.

- `agreement`: capacity, actions, figures by day, responsibilities
- `coverage`: services, audiences, funding, and the gaps between them
- `scores`, `target_status`: changes of metrics; their progress towards targets
- `metric_series`, `metric_tree`: time series of metrics; the driver tree of metrics
- `period_verdict`: whether targets were met when the periods of versions ended
- `promise_history`: promises over the versions, with their results
- `sponsor`, `budget`: services, coverage and budgets over the versions
- `chart_layout`, `sparkline`: positions of lines and labels in charts
- `change_groups`, `change_text`, `change_filters`: changes by section and item; their texts; filters by audience and
  section
- `comparison_pages`, `highlights`: the versions that pages of changes compare; highlights since the last version
- `health`, `review_pack`: the findings of rules; the pre-read of a review
- `page_links`: the same page in other versions, its owner, and the changes of a version
- `timeline`: the history of the item or section of a page
- `forge_links`, `propose_links`: addresses at the forge; links from a page to the form for proposals
"""

from __future__ import annotations

from typing import get_args

from charterbook.charter.optional_sections import Stage
from charterbook.export.review_parts import (
    clock_time,
    condition,
    metric_words,
    promise_words,
    signer_changes,
    signer_words,
    topic,
    unchanged_words,
)
from charterbook.review_date import planned_review
from charterbook.rules.hours_budget import hours_asked
from charterbook.site.feeds import calendars_of, offered_feed
from charterbook.site.labels import SECTION_TITLES
from charterbook.site.render.views.agreement import (
    decision_text,
    describes_roles,
    figures_by_day,
    has_large_figures,
    has_several_currencies,
    hours_taken,
    longest_figure,
    open_first,
    raci_letter,
    responsibilities,
)
from charterbook.site.render.views.budget import (
    bars,
    budget_of,
    budget_turns,
    budgets,
    has_figures,
    longest_sum,
    row_letter,
    shares_bar,
)
from charterbook.site.render.views.change_filters import named_audiences, section_names
from charterbook.site.render.views.change_groups import (
    changes_by_section,
    importance,
    severity_counts,
    suggested_renames,
)
from charterbook.site.render.views.change_text import (
    blocks,
    quoted_before,
    quotes,
    says_values,
    sentence_below,
    values_below,
)
from charterbook.site.render.views.chart_layout import layout_chart, thinned
from charterbook.site.render.views.comparison_pages import (
    change_notes,
    charters_between,
    compared_versions,
    comparison_folder,
    older_version,
    own_reasons,
)
from charterbook.site.render.views.coverage import (
    build_coverage,
    drivers,
    has_kinds_of_audiences,
    items_with_ids,
    metrics_of,
    retired,
    routes_of,
    services_for,
    services_from,
    services_measured,
    sources_of,
)
from charterbook.site.render.views.forge_links import ForgeLinks
from charterbook.site.render.views.health import build_health, decision_groups, hint_groups
from charterbook.site.render.views.highlights import decisions, in_force_since, item_news, weakened
from charterbook.site.render.views.metric_series import all_series, series
from charterbook.site.render.views.metric_tree import driver_tree
from charterbook.site.render.views.page_links import (
    answers_for,
    changes_of_version,
    other_version_pages,
    page_in_later,
    previous_page,
    recent_versions,
)
from charterbook.site.render.views.period_verdict import period_verdicts
from charterbook.site.render.views.promise_history import (
    history_of,
    promise_histories,
    tally_promises,
    target_runs,
)
from charterbook.site.render.views.propose_links import propose_link, propose_link_from
from charterbook.site.render.views.review_pack import (
    build_pre_read,
    decision_query,
    shared_changes,
    signed_states,
)
from charterbook.site.render.views.scores import key_scores, score, score_metrics
from charterbook.site.render.views.sparkline import layout_sparkline
from charterbook.site.render.views.sponsor import (
    MOST_COLUMNS,
    audience_rows,
    columns,
    count_services,
    reach,
    reach_by_version,
    service_rows,
    services_by_status,
    source_rows,
    year_ago,
)
from charterbook.site.render.views.target_status import (
    count_by_state,
    latest_progress,
    latest_progresses,
    progress_by_metric,
)
from charterbook.site.render.views.timeline import (
    build_timeline,
    changes_for,
    log_of,
    most_important,
    page_history,
    subject_query,
)


def titles() -> dict[str, str]:
    """The sections with their titles, untranslated, in the order of the charter."""
    return SECTION_TITLES


def stages() -> tuple[str, ...]:
    """The stages of maturity, from the lowest."""
    return get_args(Stage)


__all__ = [
    "MOST_COLUMNS",
    "ForgeLinks",
    "all_series",
    "answers_for",
    "audience_rows",
    "bars",
    "blocks",
    "budget_of",
    "budget_turns",
    "budgets",
    "build_coverage",
    "build_health",
    "build_pre_read",
    "build_timeline",
    "calendars_of",
    "change_notes",
    "changes_by_section",
    "changes_for",
    "changes_of_version",
    "charters_between",
    "clock_time",
    "columns",
    "compared_versions",
    "comparison_folder",
    "condition",
    "count_by_state",
    "count_services",
    "decision_groups",
    "decision_query",
    "decision_text",
    "decisions",
    "describes_roles",
    "driver_tree",
    "drivers",
    "figures_by_day",
    "has_figures",
    "has_kinds_of_audiences",
    "has_large_figures",
    "has_several_currencies",
    "hint_groups",
    "history_of",
    "hours_asked",
    "hours_taken",
    "importance",
    "in_force_since",
    "item_news",
    "items_with_ids",
    "key_scores",
    "latest_progress",
    "latest_progresses",
    "layout_chart",
    "layout_sparkline",
    "log_of",
    "longest_figure",
    "longest_sum",
    "metric_words",
    "metrics_of",
    "most_important",
    "named_audiences",
    "offered_feed",
    "older_version",
    "open_first",
    "other_version_pages",
    "own_reasons",
    "page_history",
    "page_in_later",
    "period_verdicts",
    "planned_review",
    "previous_page",
    "progress_by_metric",
    "promise_histories",
    "promise_words",
    "propose_link",
    "propose_link_from",
    "quoted_before",
    "quotes",
    "raci_letter",
    "reach",
    "reach_by_version",
    "recent_versions",
    "responsibilities",
    "retired",
    "routes_of",
    "row_letter",
    "says_values",
    "score",
    "score_metrics",
    "section_names",
    "sentence_below",
    "series",
    "service_rows",
    "services_by_status",
    "services_for",
    "services_from",
    "services_measured",
    "severity_counts",
    "shared_changes",
    "shares_bar",
    "signed_states",
    "signer_changes",
    "signer_words",
    "source_rows",
    "sources_of",
    "stages",
    "subject_query",
    "suggested_renames",
    "tally_promises",
    "target_runs",
    "thinned",
    "titles",
    "topic",
    "unchanged_words",
    "values_below",
    "weakened",
    "year_ago",
]
