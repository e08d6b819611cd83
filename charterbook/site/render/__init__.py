"""Render the charter: Charterbook's own templates, safe text, the form for proposals, and what templates work with.

- `renderer`: the parts of a page that macros write; `environment`, `bytecode_cache`: the Jinja environment and its cache
- `safe_text`: charter text to safe HTML; `form`, `form_strings`: the form for proposals
- `views`: values worked out for templates
"""
