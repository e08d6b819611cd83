"""Names of sections and fields inside a sentence: lower case, nominative."""

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
    "service_levels": N_("Promises"),
    "sign_offs": N_("Sign-offs"),
    "values": N_("Values"),
    "targets": N_("Targets"),
    "rates": N_("Exchange rates"),
    "holidays": N_("Holidays"),
    "contacts": N_("Contacts"),
    "links": N_("Links"),
    "details": N_("Further details"),
}

#: The name of a field, with a capital if it is also a heading; keyed by "kind of part.key" if a key
#: has several meanings, else by the key.
_FIELDS = {
    "organisation": N_("organisation"),
    "language": N_("language"),
    "schema": N_("format of the file"),
    "version": N_("Version"),
    "effective": N_("effective date"),
    "change_note": N_("reason for this version"),
    "statement": N_("statement"),
    "why": N_("Reason"),
    "Mission.why": N_("Why the business invests"),
    "vision": N_("vision"),
    "principles": N_("principles"),
    "id": N_("id"),
    "was": N_("former ids"),
    "name": N_("name"),
    "title": N_("title"),
    "summary": N_("description"),
    "status": N_("status"),
    "audiences": N_("Audiences"),
    "contributors": N_("contributors"),
    "metrics": N_("Metrics"),
    "for_buyer": N_("benefit for the buyer"),
    "for_seller": N_("benefit for the seller"),
    "asks": N_("what is asked of users"),
    "owner": N_("Owner"),
    "Funding.owner": N_("Budget owner"),
    "motion": N_("sales motion"),
    "inspection": N_("Inspection"),
    "effort_share": N_("Share of the team's time"),
    "since": N_("start date"),
    "until": N_("end date"),
    "intake": N_("way to ask"),
    "platforms": N_("Platforms"),
    "escalation": N_("escalation"),
    "kind": N_("kind"),
    "part": N_("involvement"),
    "expects": N_("what it can expect"),
    "gives": N_("what it gives"),
    "gets": N_("what it gets"),
    "headcount": N_("headcount"),
    "segment": N_("segment"),
    "hours_per_quarter": N_("hours limit per quarter"),
    "Service.hours_per_quarter": N_("time of each person per quarter"),
    "service_levels": N_("Promises"),
    "request": N_("Request"),
    "role": N_("Role"),
    "target_share": N_("on-time target"),
    "decision": N_("Decision"),
    "condition": N_("Condition"),
    "agreed": N_("fingerprint"),
    "sign_offs": N_("Sign-offs"),
    "value": N_("Value"),
    "manager": N_("representative"),
    "funder": N_("who pays"),
    "share": N_("share of the budget"),
    "amount": N_("Amount"),
    "period": N_("Period"),
    "approver": N_("approver"),
    "cost": N_("kind of cost"),
    "covers": N_("services paid for"),
    "note": N_("note"),
    "currency": N_("currency"),
    "drives": N_("metrics that it drives"),
    "level": N_("level"),
    "definition": N_("definition"),
    "formula": N_("Formula"),
    "definition_version": N_("definition version"),
    "unit": N_("unit"),
    "direction": N_("direction of improvement"),
    "baseline": N_("Baseline"),
    "target": N_("Target"),
    "actual": N_("Actual"),
    "source": N_("Data source"),
    "reported": N_("reporting"),
    "cadence": N_("cadence"),
    "last": N_("Last review"),
    "next": N_("Next review"),
    "body": N_("who reviews"),
    "participants": N_("Participants"),
    "minutes": N_("length of a review in minutes"),
    "decision_rights": N_("decision rights"),
    "quorum": N_("Quorum"),
    "reporting": N_("Reporting between reviews"),
    "instead": N_("who does it instead"),
    "revisit": N_("revisit date"),
    "purpose": N_("purpose"),
    "data": N_("data"),
    "data_owner": N_("data owner"),
    "admin": N_("Administrator"),
    "contract_end": N_("contract end"),
    "replaces": N_("replaced solution"),
    "does": N_("tasks"),
    "responsible": N_("responsible for"),
    "accountable": N_("accountable for"),
    "consulted": N_("consulted on"),
    "informed": N_("informed of"),
    "backup": N_("Stand-in"),
    "term": N_("term of office"),
    "Term.term": N_("term"),
    "vacant_since": N_("vacant since"),
    "liaison": N_("Contact"),
    "meeting": N_("Meetings"),
    "how": N_("steps"),
    "use_for": N_("use"),
    "meaning": N_("what it means"),
    "within": N_("response time"),
    "today": N_("current stage"),
    "aim": N_("target stage"),
    "by": N_("target date"),
    "Decision.by": N_("who decided"),
    "evidence": N_("evidence"),
    "next_step": N_("next step"),
    "when": N_("Date"),
    "start": N_("start date"),
    "services": N_("Services"),
    "likelihood": N_("Likelihood"),
    "impact": N_("Impact"),
    "mitigation": N_("Mitigation"),
    "date": N_("Date"),
    "alternatives": N_("alternatives"),
    "text": N_("text"),
    "contacts": N_("Contacts"),
    "links": N_("Links"),
    "tags": N_("Tags"),
    "also_called": N_("other names"),
    "details": N_("further details"),
    "reviewed": N_("last checked"),
    "review_in": N_("check interval"),
    "label": N_("label"),
    "address": N_("address"),
    "channel": N_("channel"),
    "hours_once": N_("one-time hours"),
    "effort_hours": N_("team's hours a quarter"),
    "if_broken": N_("what happens when the promise is missed"),
    "kept": N_("promise kept"),
    "Kept.share": N_("share kept"),
    "requests": N_("number of requests"),
    "rates": N_("Exchange rates"),
    "rate": N_("rate"),
    "targets": N_("Targets"),
    "values": N_("Values"),
    "serves": N_("Company goal"),
    "outcome": N_("Result"),
    "posts": N_("number of posts"),
    "Capacity.hours_per_quarter": N_("team's hours a quarter"),
    "Meeting.date": N_("Date"),
    "decisions": N_("Decisions"),
    "MeetingDecision.by": N_("who decided"),
    "what": N_("what has to be done"),
    "due": N_("Due"),
    "state": N_("State"),
    "from": N_("decision behind it"),
    "days": N_("Working days"),
    "hours": N_("Working hours"),
    "timezone": N_("Time zone"),
    "holidays": N_("Holidays"),
    "ours": N_("What enablement does"),
    "theirs": N_("What the others do"),
    "other": N_("shared with"),
    "visible_to": N_("visible to"),
    "restricted": N_("restricted fields"),
    "keys": N_("fields"),
    "groups": N_("Groups of readers"),
    "sees": N_("also sees"),
    "released": N_("released"),
    "paths": N_("released parts"),
    "to": N_("released to"),
    "versions": N_("versions"),
}


def field_name(part: type[Part], key: str, t: Translator) -> str:
    """The name of a field of a part. Raises KeyError for an unknown field."""
    words = t.gettext(_FIELDS.get(f"{part.__name__}.{key}") or _FIELDS[key])
    return words[0].lower() + words[1:]


def field_in_sentence(part: type[Part], key: str, t: Translator) -> str:
    """The name of a field inside a sentence; a clause such as "what it gives" is quoted if the language needs that."""
    words, name = _FIELDS.get(f"{part.__name__}.{key}") or _FIELDS[key], field_name(part, key, t)
    if not words.lower().startswith(("what ", "who ", "why ")):
        return name
    return t.pgettext("the name of a field that is a clause", "“%(text)s”") % {"text": name}


def section_title(section: str, t: Translator) -> str:
    """The title of a section, or of a list inside one. Raises KeyError for anything else."""
    return t.gettext(TITLES[section])


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
