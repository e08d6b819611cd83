"""Build a whole site: collect its inputs, build each version, and assemble the result.

- `inputs`, `handbook_data`: reading history, charters and docs/; the resulting data
- `signed_editions`: verification of the commits that recorded sign-offs
- `site_build`, `build_results`: the versions to build, and the whole site; the results of its versions
- `main_build`: the start of the build of a whole site
- `parallel_builds`: the builds of the versions, in parallel or one after another
- `reused_versions`: versions that are not built again
- `site_assembly`: files that depend on the built versions: latest/, redirects, hashes
- `published_pages`: the pages of the built versions, as plugins have moved or removed them
- `site_root`: files at the root that need no built version
- `root_assets`: styles, scripts and the icon at the root
- `version_build`, `page_build`: build of one version, and of its pages, through the events of MkDocs
- `version_files`, `version_nav`, `nav`: the files and the navigation of a version; the filter of `nav`, and the default
- `built_nav`: corrections of the navigation that MkDocs has built
- `arranged_nav`: Charterbook's own navigation, or the one that a plugin has arranged
- `nav_pages`: pages of docs/ that list a navigation for a plugin
- `page_titles`: the home page, and the pages with a title of their own, for labels in the default navigation
- `theme_config`, `page_head`: settings of MkDocs and Material for a version; icon, theme colours and Open Graph tags
- `additions`: an author's additions to the theme, and the stylesheets that pages with them need
- `mkdocs_redirects`: the redirects of mkdocs-redirects in each version
- `pool`, `worker`, `process_locks`: the worker pool; one of its processes; locks and counts that they share
- `order_build`, `isolated_build`: the build of one version in this process, and in a separate process
- `module_values`: values in the modules of hooks before the first event, for the process of each version
- `shared_files`: files that plugins write into the handbook while versions are built
- `noop_build`, `no_macros`: a no-op build; its empty module for mkdocs-macros
- `progress`: a progress bar on a terminal, a line for each version elsewhere
"""
