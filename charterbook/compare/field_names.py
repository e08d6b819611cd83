"""Names of fields and values inside a sentence: lower case, nominative."""

from __future__ import annotations

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.i18n import N_, Translator

#: Sections, and the lists that are parts of one.
TITLES = {
    "mission": N_("Mission"),
    "services": N_("Services"),
    "audiences": N_("Audiences"),
    "funding": N_("Funding"),
    "metrics": N_("Metrics"),
    "objectives": N_("Objectives"),
    "review": N_("Review and sign-off"),
    "intake": N_("How to ask"),
    "calendar": N_("Working calendar"),
    "scope": N_("Out of scope"),
    "roles": N_("Roles"),
    "capacity": N_("Capacity"),
    "partners": N_("Partners"),
    "platforms": N_("Platforms and data"),
    "maturity": N_("Maturity"),
    "roadmap": N_("Roadmap"),
    "risks": N_("Risks"),
    "decisions": N_("Decisions"),
    "glossary": N_("Glossary"),
    "sections": N_("Additional sections"),
    "charter": N_("The charter as a whole"),
    "sources": N_("Funding sources"),
    "routes": N_("Ways to ask"),
    "priorities": N_("Priorities"),
    "out": N_("Out of scope"),
    "later": N_("Not offered yet"),
    "shared": N_("Shared with others"),
    "meetings": N_("Meetings"),
    "actions": N_("Actions"),
    "service_levels": N_("Service levels"),
    "sign_offs": N_("Sign-offs"),
    "values": N_("Values"),
    "targets": N_("Targets"),
    "rates": N_("Exchange rates"),
    "holidays": N_("Holidays"),
    "contacts": N_("Contacts"),
    "links": N_("Links"),
    "details": N_("Further details"),
}

#: The name of a field; keyed by "kind of part.key" if a key has several meanings, else by the key.
_FIELDS = {
    "organisation": N_("organisation"),
    "language": N_("language"),
    "schema": N_("format of the file"),
    "version": N_("version"),
    "effective": N_("effective date"),
    "change_note": N_("reason for this version"),
    "statement": N_("statement"),
    "why": N_("reason"),
    "Mission.why": N_("why the business invests"),
    "vision": N_("vision"),
    "principles": N_("principles"),
    "id": N_("id"),
    "was": N_("former ids"),
    "name": N_("name"),
    "title": N_("title"),
    "summary": N_("description"),
    "status": N_("status"),
    "audiences": N_("audiences"),
    "contributors": N_("contributors"),
    "metrics": N_("metrics"),
    "for_buyer": N_("benefit for the buyer"),
    "for_seller": N_("benefit for the seller"),
    "asks": N_("what is asked of users"),
    "owner": N_("owner"),
    "Funding.owner": N_("budget owner"),
    "motion": N_("sales motion"),
    "inspection": N_("inspection"),
    "effort_share": N_("share of the team's time"),
    "since": N_("start date"),
    "until": N_("end date"),
    "intake": N_("way to ask"),
    "platforms": N_("platforms"),
    "escalation": N_("escalation"),
    "kind": N_("kind"),
    "part": N_("part"),
    "expects": N_("what it can expect"),
    "gives": N_("what it gives"),
    "gets": N_("what it gets"),
    "headcount": N_("headcount"),
    "segment": N_("segment"),
    "hours_per_quarter": N_("hours limit per quarter"),
    "Service.hours_per_quarter": N_("hours per quarter"),
    "service_levels": N_("service levels"),
    "request": N_("request"),
    "role": N_("role"),
    "target_share": N_("on-time target"),
    "decision": N_("decision"),
    "condition": N_("condition"),
    "agreed": N_("fingerprint"),
    "sign_offs": N_("sign-offs"),
    "value": N_("value"),
    "manager": N_("representative"),
    "funder": N_("who pays"),
    "share": N_("share of the budget"),
    "amount": N_("amount"),
    "period": N_("period"),
    "approver": N_("approver"),
    "cost": N_("kind of cost"),
    "covers": N_("services paid for"),
    "note": N_("note"),
    "currency": N_("currency"),
    "drives": N_("metrics that it drives"),
    "level": N_("level"),
    "definition": N_("definition"),
    "formula": N_("formula"),
    "definition_version": N_("definition version"),
    "unit": N_("unit"),
    "direction": N_("direction of improvement"),
    "baseline": N_("baseline"),
    "target": N_("target"),
    "actual": N_("actual"),
    "source": N_("data source"),
    "reported": N_("reporting"),
    "cadence": N_("cadence"),
    "last": N_("last review"),
    "next": N_("next review"),
    "body": N_("who reviews"),
    "participants": N_("participants"),
    "minutes": N_("minutes per review"),
    "decision_rights": N_("decision rights"),
    "quorum": N_("quorum"),
    "reporting": N_("reporting between reviews"),
    "instead": N_("who does it instead"),
    "revisit": N_("revisit date"),
    "purpose": N_("purpose"),
    "data": N_("data"),
    "data_owner": N_("data owner"),
    "admin": N_("administrator"),
    "contract_end": N_("contract end"),
    "replaces": N_("replaced solution"),
    "does": N_("tasks"),
    "responsible": N_("responsible for"),
    "accountable": N_("accountable for"),
    "consulted": N_("consulted on"),
    "informed": N_("informed of"),
    "backup": N_("stand-in"),
    "term": N_("term of office"),
    "Term.term": N_("term"),
    "vacant_since": N_("vacant since"),
    "liaison": N_("contact"),
    "meeting": N_("meetings"),
    "how": N_("steps"),
    "use_for": N_("use"),
    "meaning": N_("what it means"),
    "within": N_("response time"),
    "today": N_("current stage"),
    "aim": N_("target stage"),
    "by": N_("target date"),
    "Decision.by": N_("decided by"),
    "evidence": N_("evidence"),
    "next_step": N_("next step"),
    "when": N_("date"),
    "start": N_("start date"),
    "services": N_("services"),
    "likelihood": N_("likelihood"),
    "impact": N_("impact"),
    "mitigation": N_("mitigation"),
    "date": N_("date"),
    "alternatives": N_("alternatives"),
    "text": N_("text"),
    "contacts": N_("contacts"),
    "links": N_("links"),
    "tags": N_("tags"),
    "details": N_("further details"),
    "reviewed": N_("last checked"),
    "review_in": N_("check interval"),
    "label": N_("label"),
    "address": N_("address"),
    "channel": N_("channel"),
    "hours_once": N_("one-time hours"),
    "effort_hours": N_("team's hours a quarter"),
    "if_broken": N_("what happens when the promise is not kept"),
    "kept": N_("promise kept"),
    "Kept.share": N_("share kept"),
    "requests": N_("number of requests"),
    "rates": N_("exchange rates"),
    "rate": N_("rate"),
    "targets": N_("targets"),
    "values": N_("values"),
    "serves": N_("company goal"),
    "outcome": N_("result"),
    "posts": N_("posts"),
    "Capacity.hours_per_quarter": N_("team's hours a quarter"),
    "Meeting.date": N_("date"),
    "decisions": N_("decisions"),
    "MeetingDecision.by": N_("decided by"),
    "what": N_("what has to be done"),
    "due": N_("due"),
    "state": N_("state"),
    "from": N_("decision behind it"),
    "days": N_("working days"),
    "hours": N_("working hours"),
    "timezone": N_("time zone"),
    "holidays": N_("holidays"),
    "ours": N_("what enablement does"),
    "theirs": N_("what the others do"),
    "other": N_("shared with"),
}

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


def field_name(part: type[Part], key: str, t: Translator) -> str:
    """The name of a field of a part. Raises KeyError for an unknown field."""
    return t.gettext(_FIELDS.get(f"{part.__name__}.{key}") or _FIELDS[key])


def section_title(section: str, t: Translator) -> str:
    """The title of a section, or of a list inside one. Raises KeyError for anything else."""
    return t.gettext(TITLES[section])


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


def part_and_shape(model: type[Part], path: tuple[str, ...]) -> tuple[type[Part], Shape]:
    """The part that contains the field at the end of a path, and the field's shape.

    The path starts in `model` and identifies list elements by their key. Raises KeyError if the model has no such
    path.
    """
    part, shape = model, shapes(model)[path[0]]
    steps = iter(path[1:])
    for step in steps:
        assert shape.part is not None
        part = shape.part
        key: str | None = next(steps, None) if shape.is_list else step
        if key is None:
            return part, shape.one
        shape = shapes(part)[key]
    return part, shape
