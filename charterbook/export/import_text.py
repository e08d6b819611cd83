"""The results of an import, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.compare.field_names import section_title
from charterbook.i18n import N_, translator
from charterbook.imports.documents import Document
from charterbook.imports.drafts import DraftedCharter
from charterbook.imports.tables import located
from charterbook.problems import escape_terminal

_FOUND = N_("found: %(counts)s")
_OWN = N_("placed in custom sections: %(count)s")
_TO_FILL_IN = N_("to fill in or to check: %(count)s")


def summary(document: Document, draft: DraftedCharter) -> Iterator[str]:
    """The notes of the reader, the numbers of found parts, and uncertain values."""
    words = translator(draft.language)
    for note in document.notes:
        yield escape_terminal(f"{located(document.file, note.place)}: {note.phrase.text(words)}")
    for doubt in draft.doubts:
        yield escape_terminal(f"{document.file}: {doubt}")
    counts = dict(draft.counts)
    own, open_ = counts.pop("sections", 0), counts.pop("placeholders", 0)
    listed = ", ".join(f"{section_title(kind, words)} {count}" for kind, count in counts.items())
    name = escape_terminal(document.file)
    yield f"{name}: {words.gettext(_FOUND) % {'counts': listed or '0'}}"
    yield f"{name}: {words.gettext(_OWN) % {'count': own}}; {words.gettext(_TO_FILL_IN) % {'count': open_}}"
