"""Random settings of MkDocs, of Material and of its plugins, in a handbook whose pages use them."""

from __future__ import annotations

import random
from typing import Any

from tests.site.handbooks import Handbook
from tests.site.material_handbooks import SITE

Choices = dict[str, list[Any]]

POST = "---\ndate: {day}\nauthors: [{author}]\ncategories: [{category}]\ntags: [one]\n---\n# {title}\n\nFirst\n\n<!-- more -->\n\n## Then\n\nMore\n"
DOCS = {
    "index.md": '# Home\n\n"Quotes" -- [a](a.md) ![i](img/a.svg){ width=20 }\n\n## Part\n\n### Deep\n\nterm ABBR\n\n*[ABBR]: An abbreviation\n',
    "a.md": '---\ntags: [one, two/three]\nstatus: new\nicon: material/star\ntitle: The "first" & c\ndescription: About -- A\n---\n\n## First\n\n``` py title="x.py"\nx = 1 # (1)!\n```\n\n1. note\n\n=== "T"\n    one\n\n!!! note\n    Note\n\n[other](https://other.example/x) ![x](https://img.example/x.png)\n',
    "b.md": "---\nhide: [toc, navigation]\ntags: [one]\nsearch: {boost: 2}\n---\n# The “second”\n\n- [x] done\n\n$x$ ~sub~ ^sup^ ==m== ++ctrl+a++\n",
    "sub/index.md": "# Sub\n\n[c](c.md#x)\n\n<!-- material/tags { scope: true } -->\n",
    "sub/c.md": "---\ntags: [four, Five six]\nsearch: {exclude: true}\n---\n# C\n\n## X\n\n[^1]\n\n[^1]: foot\n",
    "sub/deep/d.md": "---\nauthor: Ann\ntemplate: own.html\n---\nWithout a title.\n",
    "sub/.meta.yml": "tags: [inherited]\nhide: [footer]\n",
    "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "draft.md": "# Draft\n",
    "unlisted.md": "# Unlisted\n",
    "blog/index.md": "# Blog\n",
    "blog/.authors.yml": "authors:\n  ann: {name: Ann, description: Author, avatar: /img/a.svg}\n",
    "blog/posts/one.md": POST.format(day="2024-01-02", author="ann", category="News", title="Post one"),
    "blog/posts/two.md": POST.format(day="2023-05-06", author="ann", category="Old", title='Post "two"'),
    "img/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    "css/own.css": "p { color: red }\n",
    "js/own.js": "",
    "own.txt": "For {{ config.site_name }}",
}
FILES = {
    "overrides/own.html": '{% extends "main.html" %}{% block site_nav %}<i>no navigation</i>{% endblock %}',
    "overrides/static.html": '{% extends "main.html" %}{% block content %}<h1>Static</h1>{% endblock %}',
    "macros.py": "def define_env(env): ...\n",
    "hook.py": "def on_page_markdown(markdown, page, **_):\n    return f'{markdown}\\n\\nhooked {page.url}'\n",
}
NAV = [
    {"A": "a.md"},
    "b.md",
    {"Sub": ["sub/index.md", "sub/c.md", {"Deep": [{'D "d" & e': "sub/deep/d.md"}]}]},
    {"Elsewhere": "https://e.example/?a=1&b=2"},
    {"Raw": "own.txt"},
    {"Mail": "mailto:a@example.com"},
    "tags.md",
    {"Blog": ["blog/index.md"]},
    {"Wrong": "nowhere.md"},
]
SETTINGS: Choices = {
    "site_description": ["What <it> is"],
    "site_author": ['Ann & "Bob"'],
    "copyright": ["&copy; <b>Us</b>"],
    "repo_url": ["https://github.com/a/b", "https://gitlab.com/a/b", "https://git.example.com/x"],
    "repo_name": ["Our repository"],
    "edit_uri": ["edit/main/docs/", "?q=", ""],
    "edit_uri_template": ["https://e.example/{path}?p={path!q}"],
    "extra_css": [["css/own.css", "https://cdn.example/x.css"]],
    "extra_javascript": [["js/own.js", {"path": "https://cdn.example/x.js", "async": True}]],
    "extra_templates": [["own.txt"]],
    "exclude_docs": ["draft.md\n"],
    "draft_docs": ["draft.md\n"],
    "not_in_nav": ["unlisted.md\n/tags.md\n"],
    "hooks": [["hook.py"]],
    "validation": [
        {"omitted_files": "warn", "absolute_links": "relative_to_docs", "anchors": "info"},
        {"nav": {"not_found": "info"}, "links": {"anchors": "warn", "unrecognized_links": "warn"}},
    ],
}
THEME: Choices = {
    "font": [{"text": "Roboto", "code": "Fira Code"}],
    "logo": ["img/a.svg"],
    "direction": ["rtl"],
    "static_templates": [["static.html"]],
    "icon": [{"repo": "material/git", "edit": "material/pencil", "tag": {"default": "material/tag"}}],
}
EXTRA: Choices = {
    "social": [[{"icon": "material/star", "link": "https://s.example/", "name": 'N "n"'}]],
    "alternate": [[{"name": "English", "link": "/en/", "lang": "en"}]],
    "consent": [{"title": "C", "description": "D", "actions": ["accept", "manage"]}],
    "homepage": ["https://h.example/"],
    "status": [{"new": "Newest"}],
    "annotate": [{"json": [".s2"]}],
    "analytics": [
        {
            "feedback": {
                "title": "?",
                "ratings": [{"icon": "material/star", "name": "Y", "data": 1, "note": "{url} {title}"}],
            }
        }
    ],
}
FEATURES = ("announce.dismiss", "content.action.edit", "content.code.copy", "content.tabs.link", "content.tooltips", "navigation.footer", "navigation.instant", "navigation.path", "navigation.tabs", "navigation.tracking", "search.share", "navigation.expand", "toc.integrate")  # fmt: skip
EXTENSIONS: tuple[str | dict[str, Any], ...] = ("abbr", "admonition", "def_list", "footnotes", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "wikilinks", "pymdownx.caret", "pymdownx.details", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tilde", {"toc": {"permalink": "#", "toc_depth": 2}}, {"pymdownx.highlight": {"anchor_linenums": True, "auto_title": True}}, {"pymdownx.tabbed": {"alternate_style": True}}, {"pymdownx.tasklist": {"custom_checkbox": True}}, {"pymdownx.arithmatex": {"generic": True}})  # fmt: skip
PLUGINS: dict[str, Choices] = {
    "tags": {
        "tags_hierarchy": [True], "tags_sort_reverse": [True], "listings_toc": [False], "export": [False],
        "export_file": ["all-tags.json"], "tags_slugify_format": ["x-{slug}"], "listings": [False], "tags": [False],
        "shadow": [True],
    },
    "blog": {
        "blog_toc": [True], "post_date_format": ["full"], "post_url_format": ["{categories}/{slug}"],
        "post_readtime": [False], "archive": [False], "archive_date_format": ["MMMM yyyy"],
        "archive_url_format": ["old/{date}"], "categories": [False], "categories_url_format": ["cat/{slug}"],
        "authors_profiles": [True], "pagination_per_page": [1], "pagination_if_single_page": [True], "draft": [True],
    },
    "meta": {"meta_file": [".meta.yml"]},
    "privacy": {
        "assets_fetch": [False], "links_attr_map": [{"target": "_blank"}], "links_noopener": [False], "assets": [False],
    },
    "redirects": {"redirect_maps": [{"old.md": "a.md", "older/x.md": "https://o.example/"}]},
    "typeset": {},
    "glightbox": {},
    "group": {"enabled": [True, False]},
}  # fmt: skip
#: Settings that plain MkDocs needs to do what a handbook does without them, and that plugins need without a network.
ALWAYS = ("navigation.indexes", "navigation.prune", "navigation.sections", "navigation.top", "toc.follow")
REQUIRED: dict[str, dict[str, Any]] = {
    "privacy": {"assets_fetch": False, "log_level": "info"},
    "group": {"plugins": []},
}


def settings(seed: int, title: str) -> dict[str, Any]:
    """The mkdocs.yml of a seed, without the plugins of a handbook."""
    choose = random.Random(seed)  # noqa: S311 (no secret)
    drawn = _drawn(choose, SETTINGS)
    theme = {"name": "material", "language": "en", "font": False, "custom_dir": "overrides", "favicon": "img/a.svg", "palette": {"primary": "custom"}}  # fmt: skip
    extra = {"generator": choose.random() < 0.5, "version": {"provider": "mike"}}
    extensions = choose.sample(EXTENSIONS, choose.randint(3, 12))
    search = {"search": {"lang": choose.choice(["en", ["en", "de"]]), "separator": choose.choice([r"[\s\-]+", r"[\s\-,:!=\[\]()\"/]+|\.(?!\d)"])}}  # fmt: skip
    names = choose.sample(sorted(PLUGINS), choose.randint(0, 5))
    plugins = [{name: _drawn(choose, PLUGINS[name], 0.3) | REQUIRED.get(name, {})} for name in names]
    return {
        "site_name": title,
        "site_url": SITE,
        "theme": theme | _drawn(choose, THEME) | {"features": _features(choose)},
        "nav": ["index.md", *choose.sample(NAV, choose.randint(4, len(NAV)))],
        "extra": extra | _drawn(choose, EXTRA),
        "markdown_extensions": ["attr_list", *extensions],
        "plugins": [search, *plugins],
        **drawn,
    }


def _drawn(choose: random.Random, choices: Choices, share: float = 0.4) -> dict[str, Any]:
    return {name: choose.choice(values) for name, values in choices.items() if choose.random() < share}


def _features(choose: random.Random) -> list[str]:
    found = {*ALWAYS, *choose.sample(FEATURES, choose.randint(0, 6))}
    found -= {"navigation.indexes"} if "toc.integrate" in found else set()
    found -= {"navigation.prune"} if "navigation.expand" in found else set()
    return sorted(found)


def write(book: Handbook) -> None:
    """Write the pages and files that the settings need."""
    for name, text in DOCS.items():
        book.write(f"docs/{name}", text)
    for name, text in FILES.items():
        book.write(name, text)
