"""The MkDocs plugin: from a history to a published site.

Only this package depends on MkDocs; within it, only `plugin`, its settings, `pipeline` and `mkdocs_compat`
use more than its types.

A build: `plugin` is called by MkDocs; `incremental` compares inputs with the last build; `pipeline` reads the history
and builds each missing version; `render` writes its pages; `feeds` and `output` write the rest and publish.

- `plugin`, `page_events`: the handlers of MkDocs' events; those of the events of a page
- `plugin_config`: the settings in mkdocs.yml
- `author_errors`: errors in an author's pages and Python files as one line
- `config_check`: required parts of mkdocs.yml
- `markdown_options`: options of Markdown extensions
- `differences`: the differences between a handbook and plain MkDocs
- `mkdocs_commands`: building and serving for the command line
- `verify`: comparing a published site with its hashes, or with a rebuild of its commit
- `macros`: the macros that pages call
- `edition`, `edition_builder`: the data of one version; the editions of a history
- `paper_data`: the data of a version's papers
- `order`: the build order of one version, and its result
- `moved_pages`: the page of an item in other versions
- `list_format`: the format of the lists that scripts of pages fetch
- `search_terms`: the search terms in the index of a version, made from its items and the vocabulary
- `search_vocabulary`, `search_synonyms`: readers' words for the pages; synonyms
- `search_cues`: how much words of a query speak for the page of a section
- `labels`: names of sections, states, kinds and units
- `memo`: a cache for values in templates
- `known_plugins`: plugins and packages whose effects are known
- `connections`: sockets and pipes that hooks and plugins have opened
- `signals`: delayed interruptions
- `timings`: time spent in the parts of a build
- `pipeline`: building all versions
- `incremental`: detection and reuse of unchanged parts
- `render`: Charterbook's own templates, and the values in them
- `feeds`: Atom feeds
- `output`: files at the root, and publishing into site_dir
- `mkdocs_compat`: everything that relies on undocumented parts of MkDocs, mkdocs-macros, Material or Jinja
- `templates/`: Charterbook's own templates; `blocks/` has one for each macro
- `theme/`: changes to Material's templates, with stylesheets and scripts
"""
