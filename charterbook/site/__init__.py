"""The MkDocs part: from a history to a site. Only this room and macros.py know MkDocs.

- `plugin`: the events that MkDocs calls; `material`: what is asked of MkDocs and of the theme
- `plan`: a whole site; `edition`: what one version of it shows
- `files`, `nav`: which files MkDocs sees for one version, and its navigation
- `macros`: what pages may call; `blocks`: how that is rendered
- `text`: charter text to safe HTML; `views`: what templates need worked out; `labels`: names of things
- `build`: versions, in this process or in workers; `cache`: what need not be built again
- `styles`: one stylesheet for all; `place`: the root, and the finished site put in place in one step
- `theme/`: what is changed in Material; `templates/`: Charterbook's own blocks and pages
"""
