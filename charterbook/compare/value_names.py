"""Values of the charter in words: the names of closed lists in lower case, nominative, and numbers with their unit."""

from __future__ import annotations

from charterbook.charter.base import Part
from charterbook.i18n import N_, Translator

_STAGES = {
    "absent": N_("Absent"),
    "ad_hoc": N_("Ad hoc"),
    "emerging": N_("Emerging"),
    "formal": N_("Formal"),
    "optimised": N_("Optimised"),
    "transformational": N_("Transformational"),
}


_CADENCES = {
    "month": N_("Every month"),
    "quarter": N_("Every quarter"),
    "half_year": N_("Every half-year"),
    "year": N_("Every year"),
}


_LEVELS = {"low": N_("Low"), "medium": N_("Medium"), "high": N_("High")}


#: Units of time, as entries of a list.
UNITS = {
    "minutes": N_("Minutes"),
    "hours": N_("Hours"),
    "working_hours": N_("Working hours"),
    "days": N_("Days"),
    "working_days": N_("Working days"),
    "weeks": N_("Weeks"),
    "months": N_("Months"),
}


#: Units of metrics that are words of the model.
METRIC_UNITS = UNITS | {"percent": N_("percent"), "count": N_("count"), "currency": N_("money")}


#: The values of the model's closed lists: the class and key of the field, and its words.
_VALUES: dict[str, dict[str, str]] = {
    "ServiceLevel.unit": UNITS,
    "Priority.unit": UNITS,
    "Service.status": {
        "pilot": N_("Pilot"),
        "live": N_("Live"),
        "sunset": N_("Ending"),
        "retired": N_("Retired"),
    },
    "Audience.kind": {
        "sales": N_("Sales"),
        "customer_facing": N_("Customer-facing"),
        "internal": N_("Internal"),
    },
    "Audience.part": {
        "consumes": N_("Uses services"),
        "contributes": N_("Contributes to services"),
        "both": N_("Uses services and contributes to them"),
    },
    "Source.cost": {
        "people": N_("People"),
        "platforms": N_("Platforms"),
        "content": N_("Content"),
        "events": N_("Events"),
        "other": N_("Other"),
    },
    "Metric.kind": {"leading": N_("Leading"), "lagging": N_("Lagging")},
    "Metric.direction": {"up": N_("Higher is better"), "down": N_("Lower is better")},
    "Metric.level": {
        "1": N_("Completed"),
        "2": N_("Felt useful"),
        "3": N_("Behaviour seen"),
        "4": N_("Business result"),
    },
    "SignOff.decision": {
        "approved": N_("Approved"),
        "approved_with_condition": N_("Approved with a condition"),
        "rejected": N_("Rejected"),
        "pending": N_("Sign-off pending"),
    },
    "Review.cadence": _CADENCES,
    "Action.state": {"open": N_("Open"), "done": N_("Done"), "dropped": N_("Dropped")},
    "Calendar.days": {
        "monday": N_("Monday"),
        "tuesday": N_("Tuesday"),
        "wednesday": N_("Wednesday"),
        "thursday": N_("Thursday"),
        "friday": N_("Friday"),
        "saturday": N_("Saturday"),
        "sunday": N_("Sunday"),
    },
    "Maturity.today": _STAGES,
    "Maturity.aim": _STAGES,
    "Step.status": {
        "planned": N_("Planned"),
        "doing": N_("Under way"),
        "done": N_("Done"),
        "dropped": N_("Dropped"),
    },
    "Risk.likelihood": _LEVELS,
    "Risk.impact": _LEVELS,
}


#: Lists of names that English writes with capitals.
_CAPITALS = ("days",)


#: The name of each language in the language itself.
_LANGUAGES = {"en": "English", "ru": "русский"}


#: Keys of numbers that are percentages, and of numbers of hours.
_PERCENT = frozenset(("effort_share", "share", "target_share"))
_HOURS = frozenset(("hours_per_quarter", "hours_once", "effort_hours"))


def value_name(part: type[Part], key: str, value: object, t: Translator) -> str | None:
    """The name of a choice in lower case; None for a field that is not a choice."""
    if key == "language":
        return _LANGUAGES[str(value)]
    names = _CADENCES if key == "review_in" else _VALUES.get(f"{part.__name__}.{key}", {})
    found = names.get(str(value))
    if found is None:
        return None
    words = t.gettext(found)
    return words if key in _CAPITALS and t.language == "en" else words[0].lower() + words[1:]


def unit_name(key: str, value: object, t: Translator) -> str | None:
    """The name of a unit of metrics or of time in lower case; None for any other value and for a unit of one's own."""
    found = METRIC_UNITS.get(str(value)) if key == "unit" else None
    return None if found is None else t.gettext(found).lower()


def number_in_words(key: str, value: float, t: Translator) -> str:
    """A number of the charter with the unit that its key implies: percent, hours or none."""
    if key in _PERCENT:
        return t.percent(value)
    if key in _HOURS:
        return t.duration(value, "hours")
    return t.number(value)
