"""Random combinations of what an author's hooks, macros and templates can change, each with marks on pages."""

from __future__ import annotations

import random
import re
from pathlib import Path

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from tests.site.handbooks import Handbook

PAGES = ("index.md", "a.md", "b.md", "sub/index.md", "sub/c.md", "sub/deep/d.md")
SETTINGS = """\
site_name: Enablement charter
site_url: https://example.org/
theme:
  name: material
  language: en
  custom_dir: overrides
  features: [navigation.indexes, navigation.prune, navigation.sections, navigation.top, toc.follow{features}]
hooks: [{hooks}]
nav: [index.md, {{A: a.md}}, {{Sub: [sub/index.md, sub/c.md, {{Deep: [sub/deep/d.md, a.md]}}]}}, b.md]
plugins:{own}
  - macros: {{module_name: macros, on_undefined: strict, on_error_fail: true}}
  - search
"""
MAIN = """\
{% extends "base.html" %}
{% block footer %}{{ super() }}{% if page %}
<!-- @@main {{ page.title }} {{ page.meta.own }} {{ config.extra.own }}@@ --><!-- @@copyright {{ config.copyright }}@@ -->
<!-- @@nav {% for item in nav %}{{ item.title }} {{ item.active }} {% endfor %}@@ -->
{% endif %}{% endblock %}
"""
#: Hooks by what they change: names of events with the code of their handlers.
HOOKS = {
    "a count of pages": "N = []\ndef on_page_markdown(markdown, page, **_):\n    N.append(page)\n    return f'{markdown}\\n\\n@@{len(N)}@@'",
    "a list of events": "E = []\ndef on_startup(**_): E.append('startup')\ndef on_config(config): E.append('config')\ndef on_page_content(html, **_):\n    return f'{html}<p>@@{E}@@</p>'",
    "settings before a page": "def on_page_context(context, page, config, nav):\n    config.copyright = f'@@before {page.url}@@'",
    "settings after a page": "def on_post_page(output, page, config):\n    config.copyright = f'@@after {page.url}@@'\n    return output",
    "settings with Markdown": "def on_page_markdown(markdown, page, config, **_):\n    config.extra.setdefault('own', []).append(page.url)\n    return markdown",
    "the navigation": "def on_nav(nav, config, files):\n    nav.items.reverse()\n    nav.pages[0].title = '@@Renamed@@'",
    "the navigation of a page": "from copy import copy\ndef on_page_context(context, page, config, nav):\n    context['nav'] = copy(nav)\n    context['nav'].items = nav.items[: 1 + len(page.file.name) % 3]\n    return context",
    "files": "from mkdocs.structure.files import File\ndef on_files(files, config):\n    files.remove(files.get_file_from_path('b.md'))\n    files.append(File.generated(config, 'made.md', content='# Made\\n\\n@@made@@'))",
    "an address": "def on_files(files, config):\n    file = files.get_file_from_path('b.md')\n    file.dest_uri = 'moved/index.html'\n    file.url = 'moved/'",
    "filters": "def on_env(env, config, files):\n    env.filters['own'] = lambda text: f'@@{text} {config.site_url.count(\"/\") > 2}@@'\n    env.globals['pages'] = lambda: len(files.documentation_pages())",
    "addresses": "from jinja2 import pass_context\ndef on_env(env, config, files):\n    url = env.filters['url']\n    env.filters['url'] = pass_context(lambda context, value: url(context, value) + '#own')",
    "a loader": "from jinja2 import ChoiceLoader, DictLoader\ndef on_env(env, config, files):\n    own = DictLoader({'partials/copyright.html': '@@of {{ page.url if page }}@@'})\n    env.loader = ChoiceLoader([own, env.loader])",
    "a folder of templates": "def on_config(config):\n    config.theme.dirs.insert(0, config.docs_dir + '/../more')",
    "the class of pages": "from mkdocs.structure.pages import Page\nclass Own(Page):\n    def render(self, config, files):\n        super().render(config, files)\n        self.content += f'@@{self.file.name}@@'\ndef on_files(files, config):\n    for file in files.documentation_pages():\n        Own(None, file, config)",
    "a page at the end": "from pathlib import Path\nkept = {}\ndef on_env(env, config, files):\n    kept['env'] = env\ndef on_page_context(context, page, config, nav):\n    kept['context'] = context\ndef on_post_build(config):\n    config.copyright = '@@end@@'\n    Path(config.site_dir, 'end').mkdir()\n    Path(config.site_dir, 'end/index.html').write_text(kept['env'].get_template('main.html').render(kept['context']))",
    "titles": "def on_page_content(html, page, **_):\n    page.title = f'@@{page.file.name}@@'\n    page.meta['own'] = page.url",
}
TEMPLATES = ("content", "copyright", "footer", "header", "logo", "nav", "search", "toc", "top")
MARK = "<!-- @@{{ page.title if page }} {{ config.copyright }}@@ -->"
MACROS = """\
T = []


def define_env(env):
    env.variables["box"] = []
    env.filter(lambda text: f"@@{text} {env.conf['nav'] is not None}@@", "own")

    @env.macro
    def tick():
        T.append(1)
        env.variables["box"].append(env.page.file.name)
        return f"@@{len(T)} {env.variables['box']}@@"
"""
FEATURES = ("content.code.copy", "navigation.expand", "navigation.footer", "navigation.path", "navigation.tabs", "toc.integrate")  # fmt: skip


def write(book: Handbook, seed: int, own: str) -> None:
    """Write the handbook of a seed; `own` are lines of its plugins."""
    choose = random.Random(seed)  # noqa: S311 (no secret)
    hooks = choose.sample(sorted(HOOKS), choose.randint(0, 5))
    for number, name in enumerate(hooks):
        book.write(f"hooks/{number}.py", HOOKS[name] + "\n")
    for page in PAGES:
        text = choose.choice(
            ["", "{{ tick() }}", "{{ 'a' | own }}", "{{ page.title }} {{ navigation.pages | length }}"]
        )
        book.write(f"docs/{page}", f"# Page {page}\n\n## Part\n\n{text}\n")
    for name in choose.sample(TEMPLATES, choose.randint(0, 3)):
        material = (MATERIAL / f"partials/{name}.html").read_text(encoding="utf-8")
        book.write(f"overrides/partials/{name}.html", material + MARK)
    book.write("overrides/main.html", MAIN + ("{{ 'c' | own }}{{ pages() }}" if "filters" in hooks else ""))
    book.write("more/partials/source.html", "@@more@@")
    book.write("macros.py", MACROS)
    features = "".join(f", {name}" for name in choose.sample(FEATURES, choose.randint(0, 3)))
    listed = ", ".join(f"hooks/{number}.py" for number in range(len(hooks)))
    book.write("mkdocs.yml", SETTINGS.format(features=features, hooks=listed, own=own))


def marks(site: Path) -> dict[str, set[str]]:
    """The different marks on each page of a site, or of a version."""
    pages = {path.parent.relative_to(site).as_posix(): path for path in site.rglob("index.html")}
    return {
        name: {*re.findall("@@[^@]*@@", path.read_text(encoding="utf-8"))} for name, path in pages.items()
    }
