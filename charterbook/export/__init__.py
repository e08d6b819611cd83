"""Output formats: one format, or one family of formats, in each module. Nothing is computed here.

These are the formats of commands with the option `--format`, and of feeds. The formats of `charterbook export` are in
`charterbook.papers`.

- `problem_formats`: problems as text, JSON or GitHub annotations
- `version_formats`: versions as a table or JSON
- `changes`: a comparison in the requested format, from `changes_markdown`, `changes_html` or `changes_json`
- `changes_markdown`: a comparison as Markdown
- `changes_html`: a comparison as an HTML page
- `changes_json`: a comparison as JSON
- `changes_schema`: its JSON Schema
- `audience_changes`: the changes for an audience in each version as JSON
- `audience_changes_schema`: its JSON Schema
- `changes_words`: headings and labels of a comparison, in the language of the charter
- `log_text`: the history of an item as text, Markdown or JSON
- `report_text`: a report as text, Markdown or JSON
- `report_markdown`: a report as a comment of limited length
- `report_parts`: the sections of a report
- `review_parts`, `review_text`: the pre-read of a review in parts; as text, Markdown, HTML or JSON
- `proposals`: the result of applying proposals, as text
- `figures_text`: the result of reading figures, as text or JSON
- `import_text`: the result of importing a document, as text
- `commit_message`: the commit message for applied proposals
- `due_text`: due dates as text, Markdown, JSON or outputs of a workflow step
- `due_words`: due dates in words
- `calendar_file`, `ical_text`: due dates as an iCalendar file; its texts
- `digest_formats`: the changes for one reader, for Slack, Teams, e-mail, as HTML, Markdown or text
- `promise_formats`: results of promises, as text, JSON, Markdown or JUnit XML
- `atom_feed`: Atom feeds
- `offline_site`: a site with links that work without a server
- `server_headers`: the configuration of a web server, with security headers
"""
