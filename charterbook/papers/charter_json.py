"""A charter as JSON that its schema accepts."""

from __future__ import annotations

import json
import re

from charterbook.charter import Charter

#: Characters that a terminal or an editor acts on; JSON has an escape for each.
_CONTROLS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def as_charter_json(charter: Charter) -> str:
    """The charter as written, in the order of the model, with a final newline."""
    data = {"schema": charter.format} | charter.model_dump(mode="json", by_alias=True, exclude_unset=True)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _CONTROLS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n"
