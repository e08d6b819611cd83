"""Incremental builds: find what has changed, and keep what has not.

- `up_to_date`: whether the site is as it would be built
- `manifest`: the files of the site as the last build left them
- `fingerprint`: hashes of everything that all versions depend on
- `version_cache`: finished versions on disk
- `recording`, `audit`: what a build reads, by Python's audit events
- `version_inputs`: which of that counts as an input of a version
- `input_states`, `file_trees`: the state of inputs, by which a change is seen
"""
