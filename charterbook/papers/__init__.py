"""Documents and spreadsheets made from a charter.

Nothing is computed here, and nothing is read from git or from a charter's folder. Texts of a charter are data in every
format, never markup, formulas or field codes.

- `formats`: the formats of `charterbook export`, each with its writer
- `paper_source`: the data that papers are made from
- `audience_charter`: a charter reduced to one audience
- `document`: a document as data
- `charter_document`: a whole charter as a document
- `overview_blocks`: tables and charts over a whole section
- `summary_blocks`: the five questions in brief
- `review_document`: the pre-read of a review as a document
- `onepager`: a charter on one A4 page
- `slides`: a charter as slides
- `document_facts`: facts about the version, for all papers
- `field_words`: fields and values in words
- `rich_text`, `inert_text`: Markdown of a charter as blocks; texts without control characters
- `markdown_document`, `html_document`, `word_document`: a document as Markdown; as HTML; as a Word file
- `word_elements`, `word_styles`: paragraphs and tables of a Word file; its styles
- `column_widths`, `page_breaks`, `line_breaks`: widths of the columns of a table; blocks without a page
  break inside; no-break spaces
- `typst_pdf`, `typst_data`: a document as PDF; its data for `templates/`
- `charter_json`, `value_table`: the data of a charter as JSON; as CSV
- `workbook`, `workbook_styles`: a workbook as an Excel file; its formats, widths and printed headers
- `workbook_format`, `workbook_layout`, `workbook_values`: the format of a workbook; the sheets of a charter; values as
  cells
- `workbook_reading`, `workbook_edits`: an edited workbook by paths; the charter with its edits
- `workbook_losses`: edits that a new export would replace
- `cell_values`, `data_paths`, `new_rows`: edited cells as values; values by path; new rows as items
- `edit_problems`, `workbook_messages`: problems of edits; their wording
- `earlier_versions`: values in earlier versions, as cells of a workbook
- `templates/`, `fonts/`: the Typst templates of PDFs, and their fonts
"""
