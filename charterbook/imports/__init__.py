"""Facts from files of other programs: one input format in each module.

- `documents`: documents of any form -> blocks of text
- `drafts`: blocks -> a charter.yml to be completed
- `sheets`: a table from a CSV or XLSX file
- `tables`, `table_messages`: a table with the place of every cell, and its limits; messages about unreadable files
- `file_kind`: the kind of a file, by its first bytes
- `csv_reader`, `csv_columns`: CSV files, row by row; columns in bulk
- `encodings`, `delimiters`: the encoding of a CSV file; the separator of its columns
- `xlsx_reader`: sheets of XLSX workbooks
- `zip_package`, `xlsx_package`: unpacking Office files within limits; the parts of workbooks
- `xlsx_cells`, `xlsx_formats`: unusual cells; number formats
- `request_log`, `request_file`: a request log; one file of it
- `log_content`: the requests of a log, with remarks
- `repeated_requests`, `request_log_messages`: requests that are listed twice; messages about a log
- `figures`: values of metrics from tables
- `figure_columns`, `metric_names`: the roles of columns; the metric that a name means
- `figure_values`, `numbers_in_text`, `days_in_text`: values in the units of metrics; numbers and days in texts
- `cell_advice`: advice for cells that cannot be read as a day or a number
- `figure_changes`: the changes that a proposal of new figures makes
- `figure_findings`, `figure_messages`: problems and notes with their places; their wording
"""

from __future__ import annotations

from charterbook.imports.sheets import read_table
from charterbook.imports.tables import Cell, CellFault, Limits, Note, Row, Table, TableError, located

__all__ = ["Cell", "CellFault", "Limits", "Note", "Row", "Table", "TableError", "located", "read_table"]
