"""Charterbook builds a versioned handbook from a charter and its git history.

The charter is data in one file, charter.yml, under git. The handbook is a site with a version for each period, usually
a quarter. Data flows one way: git history -> revisions -> charters -> versions -> pages -> site. Imports point the same
way: a package imports only packages of lower layers. `make imports` checks that.

Layer 7: entry point
- `__main__`: `python -m charterbook`

Layer 6: command line
- `cli`: the commands of `charterbook`

Layer 5: outputs
- `site`: the MkDocs plugin, which builds and publishes all versions
- `export`: output formats of problems, changes, reports, logs, versions and feeds
- `papers`: documents and spreadsheets made from a charter
- `starter`: the files that `charterbook new` and `charterbook ci` write

Layer 4: what changed, and facts from elsewhere
- `log`: the changes of each revision, and the history of each item
- `report`: the effect of a proposed change, for its reviewers
- `review`: facts and decisions for a quarterly review
- `imports`: facts from files of other programs
- `calendars`: due dates as calendars

Layer 3: versions, checks and proposals
- `history`: git history -> versions and revisions with their charters
- `check`: all problems of a charter, sorted by place
- `rule_context`: the context of the rules: settings, history and sign-offs
- `compare`: the changes between two charters in sentences, with severities and affected audiences
- `signing`: the signers of a charter, and the state to which each has agreed
- `propose`: proposals, and their application to the text of a charter

Layer 2: readers
- `load`: YAML text -> charter, with the place of every value; the only reader of charters
- `git`: read-only git commands; the only package that runs git
- `repository`: the git repository of a charter, and its references
- `diff`: the differences between two charters, as data
- `pages`: the pages of docs/ and their addresses for a charter
- `source_map`: line and column of each value of a file
- `rules`: rules about good charters, one for each module
- `settings`: the settings of mkdocs.yml, read without MkDocs
- `mkdocs_yml`: mkdocs.yml with its parents, read without MkDocs
- `setting_values`: validation of the values of settings
- `plugin_entry`: validation of where mkdocs.yml has the settings
- `setting_entries`: validation of settings with many entries
- `setting_names`: validation of settings that name an item or a role
- `path_patterns`: patterns of paths through the model
- `visibility`: a charter filtered for a group of readers
- `review_date`: the date of the next review, and of the next check of an item
- `due_dates`: the due dates of a charter, with the roles and audiences concerned
- `promises`: requests and a working calendar -> how often promises were kept
- `log_settings`: the setting for reading a request log

Layer 1: model and utilities
- `charter`: the data model of a charter
- `problems`: a problem with its place in a file, as data
- `invisible_characters`: characters that hide text from readers
- `pull_request`: detection of a build of a pull request
- `text_direction`: texts from right to left in sentences from left to right
- `terminal`: printing, with control sequences and commands to CI servers escaped
- `identity`: the identity of items across versions, and the list and section of each
- `errors`: exceptions for mistakes that a user can correct
- `versions`: version names and their order
- `i18n`: texts, dates, numbers and money in the language of the charter
- `compiled_catalog`: catalogs of translations, compiled once
- `forge`: web addresses at GitHub, GitLab, Gitea, Forgejo, Bitbucket and Azure DevOps
- `file_store`: cache files, each with a checksum
- `atomic_write`: atomic writing of a user's files
- `pipes`: files that a user names and that can be pipes or devices
- `file_names`: file names that the locale makes unreadable
- `folders`: entries and listings of folders, without a failure of the system taken for absence
- `json_text`: parsing of untrusted JSON
- `program_hash`: hashes of the program itself, for the keys of caches
- `program_store`: what is made from files of the program, stored beside Python's bytecode
- `locks`: exclusive locks on folders and files
- `clock`: the current day
- `calendar_months`: days in later and earlier months
- `proposal_folder`: the folder for proposals that are not applied yet
- `module_archive`, `compiled_texts`: the compiled modules of commands in one file, and compiled texts such as patterns
- `bytecode_files`: files beside Python's bytecode
- `gc_tuning`: garbage-collector tuning for commands
- `metric_progress`: progress of a metric, towards its target and since an earlier value
- `funding_total`: the sum of all funding sources
- `exact_numbers`: exact decimal arithmetic
- `markdown_subset`: the parser of the Markdown that texts of a charter may use
- `commit_reason`: the reason for a revision, from its commit message
- `version_reasons`: the reasons of versions, without those that only repeat the one before
- `config_locations`: line and column of a key in mkdocs.yml
- `suggestions`: the nearest known name for an unknown one

Layer 0: the language
- `frozen_dataclass`: fast-importing frozen dataclasses

Data
- `locale/`: translations
"""

__version__ = "0.14.0"
