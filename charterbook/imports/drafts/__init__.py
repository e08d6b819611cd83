"""Make a draft of charter.yml from the blocks of a document.

- `charter_draft`: all steps, and the check that nothing is lost
- `synonyms`, `name_matching`: the words for the parts of a charter; exact and similar names
- `outline`: blocks -> topics below headings
- `document_title`: the title of a document
- `placement`: topics -> parts of a charter, by their headings and tables
- `item_reading`, `item_tables`, `raci_table`: items in lists and topics; in tables; in responsibility matrices
- `found_parts`: the found parts, in the words of the document
- `kinds`: the kinds of items
- `item_ids`: ids, and the items that names refer to
- `value_reading`: words -> numbers, dates and choices, if there is one meaning
- `item_nodes`, `quantity_nodes`, `section_nodes`: found items, values with units, and texts -> nodes
- `markers`: placeholders for missing values
- `draft_nodes`: values with comments
- `markdown_text`: blocks -> Markdown
- `commented_yaml`: nodes -> YAML
"""

from __future__ import annotations

from charterbook.imports.drafts.charter_draft import DraftedCharter, draft_of

__all__ = ["DraftedCharter", "draft_of"]
