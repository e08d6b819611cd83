"""Everything that relies on undocumented parts of MkDocs, mkdocs-macros, Material or Jinja.

- `registry`, `rows`: a registry of all of it; its rows

Patches for speed, which are off for versions of a library that they were not tested with:
- `theme_files`: list the theme's files without Material's icons, and equip environments that plugins ask for
- `fragments`: render parts of Material's pages once for all pages of a depth
- `text_templates`: compile a template that is given as text only once
- `jinja_calls`: call macros and functions of templates without reading their signature
- `search_index`: read sections for the search index without Material's parser
- `serve_cache`: pages that need not be rendered again while serving
- `file_watcher`: watch files while serving
- `plugin_events`: skip events of plugins that have nothing to do
- `git_info`: ask git for the newest commit only where a page shows it

Functions and attributes that there is no documented way around:
- `builds`: load a mkdocs.yml, build or serve it, print as MkDocs does
- `user_config`: what an author's mkdocs.yml sets, as opposed to defaults
- `hooks`: run on_config of hooks before a configuration is changed to one version
- `logs`: the logger of MkDocs, and the warnings that a strict build counts
- `toc`: tables of contents and anchors of pages
- `urls`: relative addresses, and which pages are shown at any depth
- `settings_yaml`: how mkdocs.yml is read, and by which code
- `inclusion`: exclude_docs, draft_docs and not_in_nav
- `index_pages`: index pages that do not stand for their group of the navigation
- `material_templates`: the folder of Material's templates
- `macros_environment`: the Jinja environment of mkdocs-macros
- `templates/`: templates of Material with a cache around their parts
"""
