"""Checks of every page of a finished site, independent of its generator.

| file            | what it does                                                            |
|-----------------|-------------------------------------------------------------------------|
| server.py       | serves a folder from a sub-path, as GitHub Pages does                   |
| browser.py      | opens a page in Chromium, listens to it, measures it, asks axe about it |
| chromium.py     | finds a Chromium; `python -m tests.site_checks.chromium` gets one       |
| reader_needs.py | wide spacing of text, sizes of targets, what moves                      |
| links.py        | finds links, images, scripts and fragments that lead nowhere            |
| html.py         | asks html-validate about every HTML file                                |
| fixtures.py     | the pytest fixtures `chromium`, `context` and `context_without_js`      |

These modules do not depend on Charterbook.
"""
