"""Settings of two handbooks that together use all that MkDocs and Material offer."""

from __future__ import annotations

from typing import Any

TITLE = "A charter"
EXTENSIONS = """
- abbr
- admonition
- attr_list
- def_list
- footnotes
- md_in_html
- tables
- toc: {permalink: true, title: On here}
- pymdownx.betterem
- pymdownx.caret
- pymdownx.details
- pymdownx.emoji:
    emoji_index: !!python/name:material.extensions.emoji.twemoji
    emoji_generator: !!python/name:material.extensions.emoji.to_svg
- pymdownx.highlight: {anchor_linenums: true}
- pymdownx.keys
- pymdownx.mark
- pymdownx.superfences
- pymdownx.tabbed: {alternate_style: true}
- pymdownx.tasklist: {custom_checkbox: true}
- pymdownx.tilde
"""
EVERYTHING: dict[str, Any] = {
    "site_author": "Bob",
    "site_description": "What our site is",
    "copyright": "Copyright &copy; Us",
    "repo_url": "https://github.com/acme/charter",
    "edit_uri": "edit/main/docs/",
    "extra_css": ["css/own.css", "assets/own/theme.css"],
    "extra_javascript": [
        "js/plain.js",
        {"path": "js/module.js", "type": "module", "defer": True, "async": True},
        {"path": "assets/own/theme.js", "defer": True},
        "https://example.org/far.js",
    ],
    "theme": {
        "name": "material",
        "custom_dir": "overrides",
        "language": "de",
        "direction": "rtl",
        "logo": "images/logo.svg",
        "favicon": "assets/own/favicon.svg",
        "font": {"text": "Roboto", "code": "Roboto Mono"},
        "icon": {
            **dict.fromkeys(("edit", "view", "menu", "search", "share", "close"), "material/star"),
            **dict.fromkeys(("repo", "alternate", "previous", "next", "top", "annotation"), "material/heart"),
            "admonition": {"note": "octicons/tag-16"},
            "tag": {"default": "material/tag", "plane": "material/airplane"},
        },
        "palette": [
            {"scheme": "default", "primary": "teal", "toggle": {"icon": "material/star", "name": "Dark"}},
            {
                "scheme": "slate",
                "accent": "deep purple",
                "toggle": {"icon": "material/heart", "name": "Light"},
            },
        ],
        "features": [
            "announce.dismiss",
            "content.action.edit",
            "content.action.view",
            "content.code.annotate",
            "content.code.copy",
            "content.code.select",
            "content.footnote.tooltips",
            "content.lazy",
            "content.tabs.link",
            "content.tooltips",
            "header.autohide",
            "navigation.footer",
            "navigation.indexes",
            "navigation.instant",
            "navigation.instant.prefetch",
            "navigation.instant.preview",
            "navigation.instant.progress",
            "navigation.path",
            "navigation.prune",
            "navigation.sections",
            "navigation.tabs",
            "navigation.tabs.sticky",
            "navigation.top",
            "navigation.tracking",
            "search.highlight",
            "search.share",
            "search.suggest",
            "toc.follow",
        ],
        "static_templates": ["own.html", "own.txt"],
    },
    "extra": {
        "version": {"provider": "mike", "default": "latest", "alias": True},
        "generator": True,
        "homepage": "https://example.org/",
        "alternate": [
            {"name": "English", "link": "/en/", "lang": "en"},
            {"name": "Deutsch", "link": "./de/", "lang": "de"},
        ],
        "social": [
            {"icon": "material/star", "link": "https://example.org/me", "name": "We"},
            {"icon": "fontawesome/brands/mastodon", "link": "https://example.org/toot"},
        ],
        "analytics": {
            "provider": "custom",
            "feedback": {
                "title": "Helpful?",
                "ratings": [
                    {"icon": "material/star", "name": "Yes", "data": 1, "note": "Thanks for {url} {title}"}
                ],
            },
        },
        "consent": {"title": "Cookies", "description": "May we?", "actions": ["accept", "reject", "manage"]},
        "annotate": {"json": [".s2"]},
        "polyfills": ["js/plain.js"],
        "status": {"new": "Recently added"},
        "tags": {"policy": "plane"},
        "scope": "/",
    },
    "plugins": [
        "search",
        "tags",
        {"git-revision-date-localized": {"type": "iso_date", "enable_creation_date": True}},
    ],
}
OTHERWISE: dict[str, Any] = {
    "repo_url": "https://git.example.com/charter",
    "repo_name": "Our repository",
    "edit_uri_template": "https://git.example.com/edit/{path}?at={path!q}",
    "theme": {
        "name": "material",
        "custom_dir": "partly",
        "logo": "assets/own/logo.svg",
        "font": False,
        "palette": EVERYTHING["theme"]["palette"],
        "features": [
            "announce.dismiss",
            "content.action.edit",
            "content.tabs.link",
            "navigation.expand",
            "navigation.footer",
            "navigation.instant.progress",
            "navigation.path",
            "navigation.sections",
            "navigation.tabs",
            "navigation.top",
            "toc.follow",
            "toc.integrate",
        ],
    },
    "extra": EVERYTHING["extra"]
    | {"generator": False, "analytics": {"provider": "google", "property": "G-1"}},
    "plugins": ["search", "tags"],
}
HANDBOOKS = {"everything": EVERYTHING, "otherwise": OTHERWISE}
