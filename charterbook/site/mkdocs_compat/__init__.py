"""Everything that relies on what MkDocs, mkdocs-macros, Material and Jinja do not document.

`registry` has a row for each reliance. Patches, which step aside for a version of a library that they were not
tested with:

- `theme_files`: list the theme's files without Material's icons
- `fragments`, with `templates/`: render parts of Material's pages once for all pages of a folder's depth
- `text_templates`: compile a template that is given as text only once
- `jinja_calls`: call macros and functions of templates without asking for their signature
- `search_index`: read sections for the search index without Material's parser
- `plugin_events`: leave out events of plugins in which nothing is to be done
- `git_info`: ask git for the newest commit only where a page shows it

Functions and attributes that there is no documented way around:

- `builds`: load a mkdocs.yml, build it, print as MkDocs does
- `hooks`: run `on_config` of hooks before a configuration is turned to one version
- `logs`: the logger of MkDocs, and what a strict build has counted
- `toc`: tables of contents and anchors of pages
- `urls`: relative addresses
- `inclusion`: `exclude_docs`, `draft_docs` and `not_in_nav`
- `file_watcher`: what `mkdocs serve` watches
- `material_templates`: where Material's templates are
- `macros_environment`: the Jinja environment of mkdocs-macros
"""
