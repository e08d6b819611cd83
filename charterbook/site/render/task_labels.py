"""Names for the boxes of task lists, which Markdown extensions write without one."""

from __future__ import annotations

import re
from html import escape

from charterbook.i18n import Translator

#: A box as pymdownx.tasklist writes it.
_BOX = re.compile(r"<input type=\"checkbox\" disabled( checked)?\s*/?>")


def with_task_labels(content: str, words: Translator) -> str:
    """Say "Done" or "Open" at each box of a task list: a screen reader would read a box without a name."""
    if 'type="checkbox"' not in content:
        return content
    return _BOX.sub(
        lambda box: f'<input type="checkbox" disabled{box[1] or ""} aria-label="{_name(box, words)}">',
        content,
    )


def _name(box: re.Match[str], words: Translator) -> str:
    return escape(words.gettext("Done") if box[1] else words.gettext("Open"))
