"""Render the charter: templates, safe text, the form for proposals, and the values that templates use.

- `renderer`, `page_headings`: the page renderer for the blocks of macros; the headings and anchors of a page
- `environment`, `bytecode_cache`: the Jinja environment; its compiled templates
- `safe_text`: charter text -> safe HTML
- `page_twin`: the Markdown twin of a page
- `code_links`: links to lines of code, and the script that names parts of code and annotations
- `task_labels`: names for the boxes of task lists
- `charter_text`, `charter_text_html`: charter text in the Jinja of pages -> safe HTML in every context
- `form`, `form_strings`: the form for proposals, and its texts
- `views`: values computed for templates
"""
