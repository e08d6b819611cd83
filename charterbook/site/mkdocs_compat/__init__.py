"""Everything that relies on undocumented parts of MkDocs, mkdocs-macros, Material or Jinja.

- `registry`: the registry of patches and requirements: which patches are on, and what a build says about that
- `rows`, `registry_row`: its rows; the types of rows

Patches for speed, which are off for untested versions of a library:
- `theme_files`: listing of the theme's files without Material's icons, and setup of plugins' environments
- `fragments`: cache of parts of Material's pages, by page depth
- `text_templates`: cache of compiled templates that are given as text
- `jinja_calls`: template calls without inspection of signatures, and lookups of templates and attributes
- `search_index`: sections for the search index, without Material's parser
- `serve_cache`: cache of unchanged pages while serving
- `file_watcher`: file watcher for serving
- `plugin_events`: suppression of needless plugin events
- `git_info`: lazy git variable of mkdocs-macros
- `late_imports`: the HTTP client of mkdocs-macros, imported on its first use

Requirements: undocumented functions and attributes without a documented alternative:
- `builds`: loading, building and serving a mkdocs.yml, with the output of MkDocs
- `user_config`: settings of an author's mkdocs.yml, as opposed to defaults
- `hooks`: on_config of hooks, before a configuration is changed to one version
- `logs`: the logger of MkDocs, and the warnings that a strict build counts
- `toc`: tables of contents and anchors of pages
- `urls`: relative addresses, and which pages are shown at any depth
- `settings_yaml`: the files of MkDocs' code that reads mkdocs.yml, and that lists docs/
- `inclusion`: exclude_docs, draft_docs and not_in_nav
- `index_pages`: index pages listed like other pages of a navigation group
- `material_templates`: the folder of Material's templates
- `macro_errors`: the messages of mkdocs-macros about errors in pages and in macros.py
- `macros_environment`: the Jinja environment of mkdocs-macros
- `templates/`: Material's templates with a cache around their parts
"""
