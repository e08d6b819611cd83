"""Charterbook turns a team's charter into a handbook people trust.

The charter is data in one file, charter.yml, under git; the handbook is a site with a version for each
quarter. Data flows one way: git history -> revisions -> charters -> versions -> pages -> site. Imports
point the same way: a room uses only rooms on floors below its own.

floor 6  `cli`       the command line
floor 5  `site`      the MkDocs part: plugin, editions, blocks, building all versions, cache
         `export`    one kind of output per file
         `starter`   what `charterbook new` writes
floor 4  `log`       what each revision changed, and the story of each item
floor 3  `history`   git and version names -> versions and revisions with their charters
         `check`     all problems of a charter, sorted by place
         `compare`   what the changes between two charters mean, and to whom
         `propose`   proposals: making them, and editing the charter's text by them
floor 2  `diff`      what differs between two charters, as data
         `load`      YAML text -> charter, and the place of every value; the only reader of charters
         `git`       the only place that runs git
         `repository` which repository a charter is in, and all that git points to there
         `pages`     which pages a charter gets from docs/
         `rules`     one rule about good charters per file
         `settings`  what mkdocs.yml says under `plugins: - charterbook`
         `setting_entries` settings with many entries: what is wrong with one of them
         `setting_names` settings that name an item or a role: does it exist
         `patterns`  patterns of paths through the model
         `due`       when the next review falls due
floor 1  `charter`   the model: what a charter is
         `versions`  naming and order of versions
         `forge`     the web addresses of the forge where the charter is kept
         `words`     words, dates, numbers and money in the charter's language
         `places`    where each value of a file stands
         `problems`  a problem: a value with a place
         `errors`    what a person can mend
         `clock`     what day it is
         `gc_tuning` garbage-collector tuning for the command line
         `inbox`     the folder in which proposals wait to be applied
         `config_places` line and column of a key in mkdocs.yml
         `suggestions` the nearest known name for a word that means nothing
         `store`     files that are kept from one run to the next
         `locks`     exclusive locks on folders and files
"""

__version__ = "0.1.0"
