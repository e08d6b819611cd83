"""What became of proposals, as text: what they change, or why they are refused. All of it is harmless to print."""

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

#: How much of a value is shown, in characters.
_LONGEST = 2_000


def summary(outcome: ApplyResult, charter: str, severity: Mapping[str, str]) -> str:
    """What the proposals change, in the sentences of a comparison."""
    t = translator(outcome.new.language)
    names = (charter, t.gettext("%(charter)s with the proposals") % {"charter": charter})
    found = compare(outcome.old, outcome.new, names, severity=cast("Mapping[str, Severity]", severity))
    return render(found)


def refused(refusals: Iterable[Refusal], charter: bytes) -> str:
    """Every reason why proposals are refused, in the language of the charter, with the values that do not agree."""
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
    return escape_terminal(text[:_LONGEST]) + "…" * (len(text) > _LONGEST)
