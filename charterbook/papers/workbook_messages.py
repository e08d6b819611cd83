"""Messages about edited workbooks."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_

MESSAGES: Mapping[str, tuple[str, str]] = {
    "no-file": (N_("this is not a file"), N_("Name the edited workbook.")),
    "no-workbook": (N_("this is not a workbook (.xlsx)"), N_("Name the one that `charterbook export xlsx` has written.")),
    "other-workbook": (N_("this workbook was not made by `charterbook export xlsx`"), N_("Export the charter, and edit that file.")),
    "newer-layout": (N_("this workbook has layout %(found)s, but only %(known)s is known"), N_("Install a newer Charterbook, or export the charter again.")),
    "cell": ("%(reason)s", ""),
    "not-a-value": (N_("%(value)s does not fit here"), ""),
    "invalid": ("%(reason)s", ""),
    "unknown-id": (N_("there is no %(value)s in %(kinds)s"), ""),
    "letters": (N_("%(value)s does not fit here"), N_("Write letters from R, A, C, I, separated by commas.")),
    "changed-since": (N_("the charter has changed here since the export: it now says %(now)s"), N_("Export it again, and repeat this edit.")),
    "gone": (N_("the charter no longer has %(path)s"), N_("Export it again, and repeat this edit.")),
    "lost-cell": (N_("the cell of %(path)s is missing, but not the rest of its row"), N_("Restore it, or remove the whole row.")),
    "double-cell": (N_("%(path)s is in two cells, here and in %(other)s"), N_("Remove the copied row, or empty its cell in the hidden column A to add an item.")),
    "other-sheet": (N_("this sheet was not in the export"), N_("Remove it, or move it to another workbook.")),
    "lost-sheet": (N_("the sheet %(name)s or its hidden first row is missing"), N_("Restore it. To remove items, remove their rows.")),
    "unknown-row": (N_("there is no path %(path)s in the export"), N_("Empty the hidden column A of this row to add an item.")),
    "no-new-rows": (N_("this row is new, but no rows can be added to this sheet"), N_("Add it to the charter, or with charterbook propose --set.")),
    "no-name": (N_("the new row has no value for %(key)s"), N_("Fill it in.")),
    "no-service": (N_("the new row does not say which service it is for"), N_("Write the name or the id of a service in the first column.")),
}  # fmt: skip

NUMBER, WHOLE, DAY = (
    N_("Write a number."),
    N_("Write a whole number."),
    N_("Write a date such as 2026-09-30."),
)
ONE_OF = N_("Write one of: %(names)s.")
REASON = N_("Edited in %(file)s")
