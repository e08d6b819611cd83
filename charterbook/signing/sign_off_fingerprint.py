"""The fingerprint of a sign-off, written as `v1-` and 20 hexadecimal digits.

It is the beginning of the SHA-256 of two things: the content of the charter, and the sign-off itself (role, decision,
date and condition). An edit of either changes the fingerprint.

The content is the whole charter without `review.sign_offs` and `schema`. Canonical form, version 1:

- every value that differs from the default of its key, as JSON with sorted keys and ASCII characters
- lists sorted by the JSON of their elements, so that order does not matter
- texts in Unicode form NFC, without invisible characters, with single spaces: different line breaks do not matter,
  different words or signs do
- whole numbers without a decimal point, dates in ISO 8601, empty mappings and lists omitted

A change of wording changes the fingerprint, but is no reason to sign again: a comparison of the two states decides
that. The fingerprint finds the state. A new canonical form gets a new version number.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.review_section import SignOff
from charterbook.compare.text_equality import visible_value

_VERSION = "v1"

#: Length of a fingerprint, in hexadecimal digits.
_DIGITS = 20


def content_digest(charter: Charter) -> str:
    """The digest of the state that a sign-off of this charter agrees to."""
    data = charter.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data.pop("schema", None)
    data.get("review", {}).pop("sign_offs", None)
    return _digest(_canonical(visible_value(data)))


def fingerprint_of(digest: str, sign_off: SignOff, role: str | None = None) -> str:
    """The fingerprint of a sign-off of the content with this digest. `role` is a former id of its role."""
    day = sign_off.date.isoformat() if sign_off.date else None
    signed = [digest, role or sign_off.role, sign_off.decision, day, visible_value(sign_off.condition)]
    return f"{_VERSION}-{_digest(signed)[:_DIGITS]}"


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        inside = {key: _canonical(one) for key, one in value.items()}
        return {key: one for key, one in inside.items() if one not in ({}, [], None)}
    if isinstance(value, list):
        return sorted((_canonical(one) for one in value), key=_text)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True)


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode()).hexdigest()
