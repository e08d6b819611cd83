"""The MkDocs part: from a history to a site. Only this room and macros.py know MkDocs.

- `plugin`: the events that MkDocs calls; `needs`: what a mkdocs.yml must have; `user_config`: what its author has set
- `hooks`: the author's hooks, run first; `redirects`: what the plugin of this name does in a version and at the root
- `survey`: what there is to do, by `fingerprint` and `standing`; `nothing`: a build of no page. These read no charter
- `recording`, `audit`: what a build reads, by Python's audit events; `inputs`: what of that counts; `states`, `trees`: its state
- `builder`: one version in MkDocs' events; `material`: what is asked of MkDocs and of the theme
- `reading`, `plan`: a whole site; `edition`: what one version of it shows
- `files`, `nav`: which files MkDocs sees for one version, and its navigation
- `macros`: what pages may call; `blocks`: how that is rendered, with the templates of `environment`
- `mkdocs_compat`: all that relies on what MkDocs, mkdocs-macros, Material and Jinja do not document
- `served`: which pages need not be put together again; `memo`: a cache for templates; `compiled`: Jinja's bytecode cache
- `no_macros`: what mkdocs-macros loads where no page is made
- `differences`: where a handbook decides differently than plain MkDocs; `user_config`: what its author has set
- `text`: charter text to safe HTML; `views`: what templates need worked out; `labels`: names of things
- `build`: versions, in this process or in workers; `cache`: what need not be built again; `watching`: `mkdocs serve`
- `styles`: one stylesheet for all; `place`: the root
- `site_dir`: which site_dir is refused; `staging`: where a site is made, and how it is published from there
- `exchange_order`, `exchange`, `journal`: the steps of that, their order, and how an interrupted one is completed
- `removal`: removing what was replaced; `write_errors`: messages about what cannot be written; `signals`: interruptions
- `theme/`: what is changed in Material; `templates/`: Charterbook's own blocks and pages
"""
