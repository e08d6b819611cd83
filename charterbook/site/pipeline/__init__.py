"""Build a whole site: collect its inputs, build each version, and assemble the result.

- `inputs`: history, charters and docs/
- `site_build`: the versions to build, and the whole site
- `version_build`: one version, in the events of MkDocs
- `version_files`, `nav`: the files and the navigation of a version
- `theme_config`: settings of MkDocs and Material for a version
- `redirects`: the redirects of mkdocs-redirects in each version
- `pool`: the worker pool
- `noop_build`, `no_macros`: a build with nothing to do; the module that mkdocs-macros loads then
- `progress`: a progress bar on a terminal, a line for each version elsewhere
"""
