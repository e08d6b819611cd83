"""Labels of sections, states, kinds and units."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.compare.field_names import TITLES
from charterbook.i18n import N_, Translator

#: The kinds of items: the names of the lists that contain them.
KINDS = frozenset(ITEM_LISTS)

#: Titles of the sections' pages, as in comparisons.
SECTION_TITLES = {section: TITLES[section] for section in SECTIONS}

#: The values of the charter's closed lists, by field.
VALUES = {
    "status.pilot": N_("Pilot"),
    "status.live": N_("Live"),
    "status.sunset": N_("Ending"),
    "status.retired": N_("Retired"),
    "audience.sales": N_("Sales"),
    "audience.customer_facing": N_("Customer-facing"),
    "audience.internal": N_("Internal"),
    "part.consumes": N_("Uses services"),
    "part.contributes": N_("Contributes to services"),
    "part.both": N_("Uses services and contributes to them"),
    "metric.leading": N_("Leading"),
    "metric.lagging": N_("Lagging"),
    "level.1": N_("Completed"),
    "level.2": N_("Felt useful"),
    "level.3": N_("Behaviour seen"),
    "level.4": N_("Business result"),
    "direction.up": N_("Higher is better"),
    "direction.down": N_("Lower is better"),
    "cost.people": N_("People"),
    "cost.platforms": N_("Platforms"),
    "cost.content": N_("Content"),
    "cost.events": N_("Events"),
    "cost.other": N_("Other"),
    "decision.approved": N_("Approved"),
    "decision.approved_with_condition": N_("Approved with a condition"),
    "decision.rejected": N_("Rejected"),
    "decision.pending": N_("Sign-off pending"),
    "cadence.month": N_("Every month"),
    "cadence.quarter": N_("Every quarter"),
    "cadence.half_year": N_("Every half-year"),
    "cadence.year": N_("Every year"),
    "stage.absent": N_("Absent"),
    "stage.ad_hoc": N_("Ad hoc"),
    "stage.emerging": N_("Emerging"),
    "stage.formal": N_("Formal"),
    "stage.optimised": N_("Optimised"),
    "stage.transformational": N_("Transformational"),
    "step.planned": N_("Planned"),
    "step.doing": N_("Under way"),
    "step.done": N_("Done"),
    "step.dropped": N_("Dropped"),
    "state.open": N_("Open"),
    "state.done": N_("Done"),
    "state.dropped": N_("Dropped"),
    "day.monday": N_("Monday"),
    "day.tuesday": N_("Tuesday"),
    "day.wednesday": N_("Wednesday"),
    "day.thursday": N_("Thursday"),
    "day.friday": N_("Friday"),
    "day.saturday": N_("Saturday"),
    "day.sunday": N_("Sunday"),
    "rating.low": N_("Low"),
    "rating.medium": N_("Medium"),
    "rating.high": N_("High"),
    "raci.responsible": N_("Responsible"),
    "raci.accountable": N_("Accountable"),
    "raci.consulted": N_("Consulted"),
    "raci.informed": N_("Informed"),
    "severity.error": N_("Error"),
    "severity.warning": N_("Warning"),
    "severity.hint": N_("Hint"),
    "kind.services": N_("Service"),
    "kind.audiences": N_("Audience"),
    "kind.metrics": N_("Metric"),
}


@cache
def labels(t: Translator) -> Callable[[str], str]:
    """Label function for `status.live`, `metric.leading`, … in one language.

    The function raises KeyError for a value without a label.
    """
    return lambda key: t.gettext(VALUES[key])
