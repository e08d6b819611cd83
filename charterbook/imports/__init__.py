"""Facts from files of other programs: one input format in each module.

- `sheets`: a table from a CSV or XLSX file
- `tables`, `table_messages`: a table with the place of every cell, and its limits; messages about unreadable files
- `file_kind`: the kind of a file, by its first bytes
- `csv_reader`, `encodings`, `delimiters`: CSV files; their encoding; the separator of their columns
- `xlsx_reader`: sheets of XLSX workbooks
- `xlsx_package`, `xlsx_cells`, `xlsx_formats`: unpacking within limits; unusual cells; number formats
- `request_log`, `request_log_messages`: a request log; messages about it
- `figures`: values of metrics from tables
- `figure_columns`, `metric_names`: the roles of columns; the metric that a name means
- `figure_values`, `numbers_in_text`, `days_in_text`: values in the units of metrics; numbers and days in texts
- `figure_changes`: the changes that a proposal of new figures makes
- `figure_findings`, `figure_messages`: problems and notes with their places; their wording
"""

from __future__ import annotations

from charterbook.imports.sheets import read_table
from charterbook.imports.tables import Cell, CellFault, Limits, Note, Row, Table, TableError, located

__all__ = ["Cell", "CellFault", "Limits", "Note", "Row", "Table", "TableError", "located", "read_table"]
