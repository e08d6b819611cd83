"""Write the site: files at its root, the stylesheet, and publishing into site_dir.

- `root_files`: files at the root of the site and beside the pages of a version; `stylesheet`: one stylesheet for all versions
- `published_charter`: the charter in force, for links to its lines and for the form
- `site_dir`: refuse a site_dir that holds sources; `publish`: stage a site and publish it from there
- `exchange_order`, `swap`, `exchange_journal`: the steps of publishing, their order, and completing interrupted ones
- `remove`: remove what was replaced; `write_errors`: messages about what cannot be written
"""
