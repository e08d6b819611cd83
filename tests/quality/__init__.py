"""Four finished sites, looked at as their readers will: in Chromium, with a keyboard, without JavaScript, on paper.

| file                               | contents                                                              |
|------------------------------------|-----------------------------------------------------------------------|
| sites.py                           | the sites: made once, served, opened                                  |
| stress_charter.py                  | a charter with sixty audiences whose names are longer than any screen |
| test_pages_in_chromium.py          | every kind of page, on a phone and a laptop, light and dark           |
| test_html_and_links.py             | every file of every site: its markup, its links, its images           |
| test_search.py                     | what search finds, in English and in Russian                          |
| test_version_selector.py           | from one version to another, with JavaScript                          |
| test_without_javascript.py         | from one version to another, without                                  |
| test_propose_in_chromium.py        | the form for proposals: its fields, its checks, what it makes         |
| test_proposals_of_several_items.py | one proposal for several items                                        |
| test_nothing_is_cut.py             | no text is cut, also at 320 px and with wide spacing                  |
| test_keyboard_walk.py              | every stop of the Tab key on every kind of page                       |
| test_contrast_of_controls.py       | every state of every control, also in forced colours                  |
| test_keyboard_and_print.py         | for those who use no mouse, and on paper                              |
"""
