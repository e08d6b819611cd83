"""Settings, hooks and templates work in a handbook as in plain MkDocs, which builds the same pages for comparison."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest

from tests.site.built_pairs import Pair, build_pair, links, warned

#: Files that a host reads at the root of a site. `{}` in a text is no Jinja.
HOST_FILES = (
    "_headers",
    "_redirects",
    "BingSiteAuth.xml",
    "CNAME",
    "favicon.ico",
    "google1a2b.html",
    "llms.txt",
    "staticwebapp.config.json",
    "vercel.json",
    ".well-known/security.txt",
)

HOOK = """\
import logging
from copy import copy
from pathlib import Path

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

log = logging.getLogger("mkdocs.plugins.hook")
seen, contexts, kept = [], [], {}


def on_startup(command, dirty):
    log.warning("from the start")


def on_config(config):
    log.warning("from the settings")
    config.site_url = config.site_url.replace("/given/", "/hooked/")
    config.extra["who"] = "Ann of the hook"
    config.nav.append({"From the hook": "https://hook.example/"})
    return config


def on_files(files, config):
    files.append(File.generated(config, "generated.md", content="# Generated\\n\\n{{ config.extra.who }}\\n"))
    files.append(File.generated(config, "generated.txt", content="generated"))
    return files


def on_page_markdown(markdown, page, **_):
    if page.url == "services/":
        page.canonical_url = "https://first.example/"
    return markdown + "\\n\\nADDED TO EACH PAGE\\n"


def on_env(env, **_):
    env.globals["hooked"] = "a global"
    kept["env"] = env
    return env


def on_page_context(context, page, config, nav):
    config.copyright = f"For {page.file.name}"
    kept[page.file.name] = context
    if page.file.name == "generated":
        context["nav"] = copy(nav)
        context["nav"].items = nav.items[1:4]
    return context


def on_post_page(output, **_):
    return output.replace("</body>", "<!-- after the page --></body>")


def on_template_context(context, template_name, config):
    seen.append(template_name)
    if template_name == "404.html":
        contexts.append(context)
    return context


def on_post_template(output, template_name, config):
    return output + f"<!-- {template_name} -->"


@event_priority(-100)
def on_post_build(config):
    url = config.site_url
    Path(config.site_dir, "seen.txt").write_text(" ".join(sorted(set(seen))))
    file = File("own-page.md", None, config.site_dir, True)
    own = Page("Own page", file, config)
    own.content = "<p>All pages</p>"
    page = config.theme.get_env().get_template("main.html").render({**contexts[-1], "page": own})
    kept["faq"]["page"].toc.items[0].children.append(AnchorLink("Found again", "found", 2))
    config.copyright = "For again"
    again = kept["env"].get_template("main.html").render(kept["faq"])
    Path(config.site_dir, "again").mkdir()
    Path(config.site_dir, "again", "index.html").write_text(again)
    Path(config.site_dir, "own-page").mkdir()
    Path(config.site_dir, "own-page", "index.html").write_text(page)
    Path(config.site_dir, "built.txt").write_text(f"{url}sitemap.xml {url}faq/")
"""

LATE = """\
def on_config(config):
    register(config.plugins["macros"])


def register(macros):
    assert "context" in macros.macros
    macros.register_macros({"registered": lambda: "of a plugin"})
"""

SETTINGS = """\
site_name: Charter
site_url: https://example.org/given/
copyright: Ours
hooks: [late.py, hook.py]
extra_templates: [robots.txt]
not_in_nav: |
  generated.md
exclude_docs: |
  no.md
  *.tmp
  !.well-known
draft_docs: |
  wip.md
theme:
  name: material
  custom_dir: overrides
  static_templates: [static.html]
  features: [navigation.indexes, navigation.prune, navigation.sections, navigation.top, toc.follow]
nav:
  - index.md
  - Services again: services/index.md
  - Write: mailto:enablement@example.com
  - Call: tel:+100
  - Portal: /portal/
  - Up: ../
  - External: https://example.com/
  - https://untitled.example/
  - Typing error: how-we-wrok.md
  - Raw file: assets/price-list.pdf
  - Part: faq.md#part
  - Query: faq.md?a=b
  - Nested:
      - faq.md
      - Deeper:
          - Scope: scope.md
  - Twice: faq.md
  - Support:
      - support/index.md
      - faq.md
  - Only old:
      - scope.md
validation:
  nav:
    omitted_files: warn
"""

OWN = {
    "hook.py": HOOK,
    "late.py": LATE,
    "docs/faq.md": "---\nitem: own item\nolder: own age\n---\n# Questions\n\n{{ item }} {{ registered() }} [No](no.md), [draft](wip.md)\n",
    "docs/no.md": "# Not published\n",
    "docs/wip.md": "# Not finished\n",
    "docs/x.tmp": "x",
    "docs/support/index.md": "# Something else\n",
    "docs/assets/price-list.pdf": "pdf",
    "docs/robots.txt": "Sitemap: {{ config.site_url }}sitemap.xml\n",
    "overrides/404.html": '{% extends "main.html" %}{% block content %}<h1>Own 404</h1>{% endblock %}',
    "overrides/sitemap.xml": "{% for file in pages %}<loc>{{ file.page.canonical_url }}</loc>{% endfor %}",
    "overrides/static.html": "Static for {{ config.extra.who }}",
    "overrides/theme.txt": "of the theme",
    "overrides/main.html": '{% extends "base.html" %}{% block extrahead %}<!-- {{ hooked }} --><!-- {{ page and page.meta.item }}, {{ page and page.meta.older }} -->{% endblock %}',
} | {f"docs/{name}": f"{name} {{}}" for name in HOST_FILES}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Own navigation, templates, hooks, files for hosts."""
    return build_pair(tmp_path_factory.mktemp("parity"), SETTINGS, "", OWN)


def test_a_strict_build_warns_and_fails_as_mkdocs_does(pair: Pair) -> None:
    """Once, not for each version. Only pages that Charterbook adds may be omitted in addition."""
    assert (pair.plain.code, pair.ours.code) == (1, 1)
    omitted = "The following pages exist in the docs directory"
    ours = [line for line in warned(pair.ours) if omitted not in line]
    assert ours == [line for line in warned(pair.plain) if omitted not in line]
    assert pair.ours.output.count("how-we-wrok.md") == 1
    assert pair.ours.output.count("\n  - services/each.md\n") == 1
    assert "compare/each.md" not in pair.ours.output


def test_every_kind_of_nav_entry_stays(pair: Pair) -> None:
    """With its title and its address in MkDocs; an entry for a missing page is removed."""
    old, new, plain = (links(page)[2:] for page in pair.pages("services"))  # the home page has another title
    assert {title for _, title in plain} > {"Write", "Up", "Typing error", "Raw file", "Part", "Support"}
    assert new == plain
    assert old == [link for link in plain if "scope" not in link[0]]
    assert "Only old" not in pair.ours.html("2025-Q1/services")


@pytest.mark.parametrize(("address", "times"), [("faq", 3), ("support", 1), ("generated", 0)])
def test_a_page_that_nav_lists_twice_is_active_on_its_own_page_alone(
    pair: Pair, address: str, times: int
) -> None:
    """At each place, though the groups of the others are closed."""
    new, plain = (
        [
            ("--active" in attributes, urljoin(f"/{address}/", href))
            for href, attributes in re.findall(r'<a href="([^"]*)"[^>]*class="(md-nav__link[^"]*)"', page)
        ]
        for page in (pair.ours.html(f"latest/{address}"), pair.plain.html(address))
    )
    assert new == plain
    assert plain.count((True, f"/{address}/")) == times


def test_a_hook_may_change_settings_and_the_navigation_for_each_page(pair: Pair) -> None:
    """Pages of the same depth share no part that differs."""
    for version in ("2025-Q1", "latest"):
        for address, name in {"faq": "faq", "services": "index", "generated": "generated"}.items():
            for page in (pair.ours.html(f"{version}/{address}"), pair.plain.html(address)):
                assert re.findall(r"For \w+", page) == [f"For {name}"]
    new, plain = (links(page) for page in pair.pages("generated")[1:])
    assert len(plain) == 3
    assert [href for href, _ in new] == [href for href, _ in plain]


@pytest.mark.parametrize("name", HOST_FILES)
def test_files_for_hosts_are_at_the_root(pair: Pair, name: str) -> None:
    """As they are in docs/; they also stay in each version. Folders of docs/ are in the versions alone."""
    expected = (pair.plain.site / name).read_bytes()
    for place in ("", "latest", "2025-Q1"):
        assert (pair.ours.site / place / name).read_bytes() == expected
    assert not (pair.ours.site / "assets/price-list.pdf").exists()


@pytest.mark.parametrize(
    "name", ["robots.txt", "built.txt", "seen.txt", "static.html", "generated.txt", "theme.txt"]
)
def test_what_templates_and_hooks_make_is_at_the_root(pair: Pair, name: str) -> None:
    """With the addresses that the files have there; addresses of pages lead to the newest version."""
    expected = (pair.plain.site / name).read_text()
    assert (pair.ours.site / name).read_text() == expected.replace("/faq/", "/latest/faq/")


def test_hooks_change_the_whole_site(pair: Pair) -> None:
    """Their settings count in every version, in addresses, sitemaps and feeds."""
    expected = ["ADDED TO EACH PAGE", "<!-- after the page -->", "<!-- a global -->", "https://hook.example/"]
    for page in pair.pages("faq"):
        assert [text for text in expected if text not in page] == []
    for page in pair.pages("faq"):
        assert "<!-- own item, own age -->" in page
    for page in pair.pages("generated"):
        assert "Ann of the hook" in page
    canonical = [re.findall('"canonical" href="([^"]*)', page) for page in pair.pages("faq")]
    assert canonical == [["https://example.org/hooked/latest/faq/"]] * 2 + [
        ["https://example.org/hooked/faq/"]
    ]
    assert "https://example.org/hooked/latest/faq/" in (pair.ours.site / "sitemap.xml").read_text()
    assert "https://example.org/hooked/" in (pair.ours.site / "feed.xml").read_text()
    assert not any("/given/" in path.read_text() for path in pair.ours.site.rglob("*.html"))


def test_a_hook_may_set_the_canonical_address_of_a_page(pair: Pair) -> None:
    """In any event."""
    expected = '<link rel="canonical" href="https://first.example/">'
    assert [expected in page for page in pair.pages("services")] == [True] * 3


def test_a_hook_that_uses_plugins_runs_after_them(pair: Pair) -> None:
    """As in MkDocs. Others run before: their settings count in the whole site."""
    assert ["of a plugin" in page for page in pair.pages("faq")] == [True] * 3


def test_templates_can_be_rendered_in_an_environment_of_a_plugins_own(pair: Pair) -> None:
    """As by plugins that render another page at the end, with the context of the error page: it belongs to its version."""
    for page in pair.pages("own-page"):
        assert 'data-md-component="header"' in page
    old, new, plain = (links(page)[2:] for page in pair.pages("own-page"))
    assert new == plain
    assert old == [link for link in plain if "scope" not in link[0]]
    assert 'href="../../assets/charterbook' in pair.ours.html("2025-Q1/own-page")


def test_a_plugin_may_render_a_page_again(pair: Pair) -> None:
    """At the end, with what it has changed since, in the environment of the build."""
    shown = [re.findall(r"For \w+|Found again", page) for page in pair.pages("again")]
    assert shown == [shown[2]] * 3
    assert "For again" in shown[2]
    assert len(shown[2]) > 1


def test_an_own_404_and_an_own_sitemap_are_at_the_root(pair: Pair) -> None:
    """The error page is shown at any depth: it leads into the newest version."""
    assert "Own 404" in (pair.plain.site / "404.html").read_text()
    page = (pair.ours.site / "404.html").read_text()
    assert "Own 404" in page
    assert 'href="/hooked/latest/faq/"' in page
    assert "2025-Q2/" not in page
    assert (pair.ours.site / "sitemap.xml").read_text().startswith("<loc>https://example.org/hooked/latest/")
    assert (pair.ours.site / "sitemap.xml.gz").is_file()


def test_excluded_and_draft_pages_are_not_published(pair: Pair) -> None:
    """MkDocs builds neither, and warns of links to them."""
    for root in (pair.plain.site, pair.ours.site / "latest"):
        assert (root / "generated/index.html").is_file()
        assert [name for name in ("no", "wip", "x.tmp") if (root / name).exists()] == []
    excluded = "Doc file 'faq.md' contains a link to 'no.md' which is excluded from the built site."
    assert (pair.plain.output.count(excluded), pair.ours.output.count(excluded)) == (1, 1)
