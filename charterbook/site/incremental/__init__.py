"""Incremental builds: find out what has changed, and keep what has not.

- `up_to_date`: whether the site stands as it would be built; `manifest`: the files of the site as the last build left it
- `fingerprint`: hashes over all that every version depends on; `version_cache`: finished versions on disk
- `recording`, `audit`: what a build reads, by Python's audit events; `version_inputs`: what of that counts
- `input_states`, `file_trees`: the state of inputs, by which a change is seen
- `serve_cache`: pages that need not be rendered again while serving
"""
