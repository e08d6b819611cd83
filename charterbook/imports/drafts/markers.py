"""Placeholders for required values that the document lacks, marked as in a new charter."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape
from charterbook.i18n import N_, Translator

_TEXTS: Mapping[tuple[str, str], str] = {
    ("Charter", "title"): N_("The title of the charter"),
    ("Mission", "statement"): N_("The mission in one or two sentences."),
    ("Service", "name"): N_("The name of a service"),
    ("Service", "summary"): N_("What is the service? One or two sentences."),
    ("ServiceLevel", "request"): N_("The kind of request"),
    ("ServiceLevel", "within"): N_("The longest it may take: a number"),
    ("Audience", "name"): N_("The name of an audience"),
    ("Funding", "owner"): N_("The role that owns the budget"),
    ("Source", "name"): N_("The name of this budget item"),
    ("Source", "funder"): N_("Who pays?"),
    ("Metric", "name"): N_("The name of a metric"),
    ("Metric", "unit"): N_("The unit"),
    ("Route", "how"): N_("What has to be done?"),
    ("Priority", "meaning"): N_("Which requests have this priority?"),
    ("Term", "meaning"): N_("What does it mean here?"),
    ("Section", "title"): N_("A title"),
    ("Section", "text"): N_("The text"),
    ("SignOff", "role"): N_("The role that signs"),
    ("Action", "what"): N_("What has to be done?"),
    ("Detail", "label"): N_("What is this?"),
}
_NAME = N_("The name")


def marked(text: str) -> str:
    """A text in the marks of a placeholder."""
    return f"‹{text.replace('‹', '').replace('›', '')}›"


def placeholder(model: type[Part], shape: Shape, words: Translator) -> str:
    """The placeholder of a field; for a choice, all that can be chosen."""
    if shape.choices:
        return marked(", ".join(shape.choices))
    return marked(words.gettext(_TEXTS.get((model.__name__, shape.key), _NAME)))
