"""Incremental builds: detect changes, and reuse everything else.

This package finds inputs and their states. Whether a version is reused is decided by the method take() of
ReusedVersions, in `charterbook.site.pipeline.reused_versions`.

- `up_to_date`: whether the site is as it would be built
- `manifest`: the files of the site after the last build
- `fingerprint`: hashes of everything that all versions depend on
- `version_cache`: cache of finished versions
- `recording`, `audit`: recording of file reads through Python's audit events
- `input_paths`: which paths are inputs, the folders of relative ones, and signatures of files
- `version_inputs`: selection of the inputs of a version from the recorded reads
- `watch_targets`: the files and folders to watch while serving
- `input_states`, `file_trees`: states and hashes of inputs, for change detection
"""
