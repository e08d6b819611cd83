"""The result of applying proposals, as text: the changes or the refusals. Safe to print."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from charterbook.compare import Severity, compare
from charterbook.export.changes import render
from charterbook.i18n import Translator, translator
from charterbook.load.language import language_of
from charterbook.problems import escape_terminal
from charterbook.propose import ApplyResult, Refusal, value_text
from charterbook.propose.proposal_messages import EXPECTED, NOTHING, PRESENT, WANTED

#: Maximum length of a shown value, in characters.
_MAX_LENGTH = 2_000


def summary(outcome: ApplyResult, charter: str, severity: Mapping[str, str]) -> str:
    """The changes by the proposals, in the sentences of a comparison."""
    t = translator(outcome.new.language)
    names = (charter, t.gettext("%(charter)s with these changes") % {"charter": charter})
    found = compare(outcome.old, outcome.new, names, severity=cast("Mapping[str, Severity]", severity))
    return render(found)


def refused(refusals: Iterable[Refusal], charter: bytes) -> str:
    """All refusals, in the language of the charter, with the conflicting values."""
    t = translator(language_of(charter))
    return "".join(f"{line}\n" for refusal in refusals for line in _lines(refusal, t))


def _lines(refusal: Refusal, t: Translator) -> list[str]:
    lines = [f"{escape_terminal(refusal.file)}:{escape_terminal(str(refusal.problem))}"]
    if refusal.values is not None:
        labels = [t.gettext(label) for label in (EXPECTED, PRESENT, WANTED)]
        width = max(map(len, labels))
        lines += [
            f"  {label:>{width}}: {_value(value, t)}"
            for label, value in zip(labels, refusal.values, strict=True)
        ]
    return lines


def _value(value: Any, t: Translator) -> str:
    if value is None:
        return t.gettext(NOTHING)
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value_text(value)
    return escape_terminal(text[:_MAX_LENGTH]) + "…" * (len(text) > _MAX_LENGTH)
