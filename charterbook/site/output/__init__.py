"""Write the files around the versions, and publish the site into site_dir.

- `content_policy`: the Content-Security-Policy of each page
- `policy_sources`, `blocked_parts`: its sources; parts of pages that it blocks
- `served_folder`: the temporary folder in which a handbook is served
- `root_files`: files at the root of the site and beside the pages of a version
- `host_files`: files at the root for hosts, copied from a version
- `site_lists`: sitemaps, versions.json and pages.json
- `offline_copy`: the service worker, for reading a site without a connection
- `program_files`: data, changes and llms.txt of a version, for programs
- `paper_files`: the papers of a version
- `provenance`, `published_group`: the hash of each file, and the commits that the site was built from; the group of its readers
- `asset_names`, `previous_assets`: styles and scripts with a hash in their name; those of earlier builds, which stay for an hour
- `stylesheet`, `small_stylesheet`: one stylesheet for all pages; a smaller one for pages with few of Material's parts
- `named_colours`: readable shades of the colours that an author can choose by name
- `small_script`: Material's script for such pages
- `published_charter`: the charter in force, for links to its lines and for the form
- `site_files`: the files of a site before its publication
- `deployed_versions`: versions in site_dir or on a branch that another program deployed
- `site_dir`, `site_group`: checks that site_dir contains no sources, and no handbook of a different group of readers
- `foreign_repositories`: git repositories that a build would remove
- `publish`: the staging folder and its publication
- `copies`: copies and hard links of files and folders
- `exchange_order`, `swap`, `exchange_journal`: the order of steps; undoing a step; interrupted publications
- `keep_addresses`, `published_addresses`: every address that was ever published
- `redirect_pages`: redirects at former addresses
- `remove`: removing replaced files in the background
- `write_errors`: messages about files that cannot be written
"""
