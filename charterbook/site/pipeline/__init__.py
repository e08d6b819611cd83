"""Build a whole site: collect its inputs, build each version, and put it together.

- `inputs`: history, charters and docs/ of a build; `site_build`: which versions are built, and how they come together
- `version_build`: one version in MkDocs' events; `version_files`, `nav`: its files and its navigation
- `theme_config`: settings of MkDocs and Material for one version; `redirects`: the plugin mkdocs-redirects
- `pool`: build versions in this process or in workers; `signals`: hold back interruptions
- `noop_build`: a build that finds nothing changed; `no_macros`: the module that mkdocs-macros loads then
- `progress`: a progress bar on a terminal, a line for each version elsewhere
"""
