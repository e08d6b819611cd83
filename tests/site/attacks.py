"""Attacks that are in every field of the hostile handbook, and the signs of success of all attacks.

Others take turns (rotated_attacks.py); they are in a module for each kind: html_attacks.py and so on.

An attack that works does one of these: it calls `attacked()`, asks evil.example for something, makes an
element or attribute with `attacked` in its name, or prints `SUM`. Text that is shown as it was written does
none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.site.markdown_attacks import MARKDOWN_REFUSED, MARKDOWN_TEXTS
from tests.site.template_attacks import JINJA

#: Attacks that fit into a name or a commit's first line.
LINES = {
    "element": "<x-attacked>shown</x-attacked>",
    "script": "<script>attacked()</script>",
    "image": "<img src=x onerror=attacked()>",
    "out of an attribute": '"><svg onload=attacked()>',
    "attribute, double quotes": '" autofocus onfocus="attacked()',
    "attribute, single quotes": "' autofocus onfocus='attacked()",
    "out of a title": "</title><script>attacked()</script>",
    "out of a script": "</script><script>attacked()</script>",
    "out of a style": "</style><x-attacked>",
    "out of a text area": "</textarea></noscript><x-attacked>",
    "comment": "--><x-attacked><!--",
    "section of characters": "]]><x-attacked><![CDATA[",
    "named entities": "&lt;x-attacked&gt;&lt;script&gt;attacked()&lt;/script&gt;",
    "numbered entities": "&#60;x-attacked&#62; &#x3c;x-attacked&#x3e;",
    "entities twice": "&amp;lt;x-attacked&amp;gt;",
    "frame": "<iframe src=//evil.example/></iframe>",
    "style": '<style>@import "//evil.example/x";</style>',
    "style sheet": "<link rel=stylesheet href=//evil.example/x>",
    "other base": "<base href=//evil.example/>",
    "refresh": '<meta http-equiv=refresh content="0;url=//evil.example/">',
    "form": "<form action=//evil.example/><input name=attacked>",
    "unclosed element": "<x-attacked title='",
    "out of a page": "</h1></article></main></body><x-attacked>",
    "Jinja": JINJA,
    "Jinja sum": "{{ 98765 * 43210 }}",
    "Jinja statement": "{% if 98765 * 43210 %}{{ 98765 * 43210 }}{% endif %}",
    "Jinja comment": "{# not shown #} {% raw %}",
    "Jinja include": '{% include "main.html" %}',
    "unclosed Jinja": "{{ {%",
    "percent format": "%(name)s %s %n ${name} {0} {name}",
    "attribute list": "{: .attacked data-attacked=1 onclick=attacked() }",
    "attribute list of a heading": "{ #attacked .attacked }",
    "slot": '<div data-charterbook-slot="0"></div>',
    "snippet": '--8<-- "mkdocs.yml"',
    "contents": "[TOC] [[TOC]]",
    "footnote": "[^1] [^1]: attacked",
    "icon": ":material-skull: :smile:",
    "command to a CI server": "##[error]attacked ##vso[task.setvariable]x ::error::attacked",
    "code": "`</code><x-attacked>` ``",
    "link without protocol": "//evil.example/x www.evil.example",
}

#: Attacks that need the Markdown of a text. Each passes `charterbook check`, with or without a warning.
TEXTS = {
    "tracking image": "![pixel](http://evil.example/t.png)",
    "tracking image with title": '![p](http://evil.example/t.png "x\\" onerror=attacked()")',
    "image by reference": "![pixel][p]\n\n[p]: http://evil.example/t.png",
    "link by reference": "[press][r]\n\n[r]: javascript:attacked()",
    "title of a link": "[press](http://evil.example/ '\" onmouseover=\"attacked()')",
    "quotes in an address": '[press](http://evil.example/"onmouseover="attacked())',
    "quotes in an automatic link": '<http://evil.example/"onmouseover="attacked()>',
    "HTML in a link": "[<img src=x onerror=attacked()>](http://evil.example/)",
    "attribute list behind a link": "[press](http://evil.example/){: onclick=attacked() target=attacked }",
    "attribute list of a paragraph": "A paragraph.\n{: data-attacked=1 onclick=attacked() }",
    "attribute list of a list": "- one {: onclick=attacked() }\n- two\n{: data-attacked=1 }",
    "HTML block": "<div markdown=1 onclick=attacked()>\n\n<x-attacked>\n\n</div>",
    "end of a block": "</div></li></ul></dd></dl></section></div>\n\n<x-attacked>",
    "declaration": "<!DOCTYPE x-attacked>\n\n<?php attacked() ?>\n\n<![CDATA[<x-attacked>]]>",
    "slot in a paragraph": '\n\n<div data-charterbook-slot="0"></div>\n\n',
    "table": "a | b\n--- | ---\n<x-attacked> | {{ 98765 * 43210 }}",
    "admonition": '!!! attacked "<x-attacked>"\n    inside',
    "snippet block": "--8<--\nmkdocs.yml\n--8<--",
    "abbreviation": "*[HTML]: <x-attacked>\n\nHTML",
    "front matter": "---\ntitle: <x-attacked>\nitem: attacked\n---",
    "headings": "# <x-attacked>\n\n## two {: #attacked }\n\nthree\n=====",
    "list in a list": "- " * 60 + "deep",
    "code with its language": '``` attacked"><x-attacked>\n<x-attacked>\n```\n\n~~~{.attacked onclick=attacked()}\nx\n~~~',
    "code that is indented": "    <x-attacked>{{ 98765 * 43210 }}",
    "unclosed code": "``` {.python}\n</code></pre><x-attacked>",
    **MARKDOWN_TEXTS,
}

#: Attacks that `charterbook check` refuses; a page would be safe even so.
REFUSED = {
    "script link": "[press](javascript:attacked())",
    "script link in brackets": "[press](<javascript:attacked()>)",
    "script link in capitals": "[press](JaVaScRiPt:attacked())",
    "script link with entities": "[press](&#106;avascript&colon;attacked())",
    "script link with a tab": "[press](java&#9;script:attacked())",
    "script link, escaped": "[press](javascript\\:attacked())",
    "script link, percent": "[press](javascript%3Aattacked())",
    "automatic script link": "<javascript:attacked()>",
    "data link": "[press](data:text/html;base64,PHNjcmlwdD5hdHRhY2tlZCgpPC9zY3JpcHQ+)",
    "data image": "![press](data:image/svg+xml,<svg/onload=attacked()>)",
    "automatic data link": "<data:text/html,attacked()>",
    "basic link": "[press](vbscript:attacked())",
    "file link": "[press](file:///etc/passwd)",
    "link without protocol": "[press](//evil.example/)",
    "link with backslashes": "[press](\\\\evil.example/)",
    "link out of the site": "[press](../../../index.html)",
    **MARKDOWN_REFUSED,
}

#: Characters that must not be in a charter, and that git nevertheless stores.
UNSEEN = {
    "escape": "\x1b[31m\x1b]0;attacked\x07",
    "backspace": "attacked\b\b\b\b\b\b\b\b",
    "C1": "\x9b31m\x85",
    "override": "\u202egnp.exe\u202c",
    "isolate": "\u2066\u2067attacked\u2069",
    "line separator": "one\u2028::error::attacked\u2029",
}


@dataclass
class Pack:
    """As many attacks as fit into a line, and their share of those that need a text."""

    lines: tuple[str, ...]
    texts: tuple[str, ...]

    def line(self, mark: str) -> str:
        """The attacks as a name."""
        return " ".join([mark, *self.lines])

    def text(self, mark: str) -> str:
        """The attacks as a text: those of the line as paragraphs, then the others."""
        return "\n\n".join([f"{mark} begins", *self.lines, *self.texts, f"{mark} ends"])


def packs(room: int = 185) -> tuple[Pack, ...]:
    """All attacks in lines of at most `room` characters."""
    bins: list[list[str]] = []
    for attack in sorted(LINES.values(), key=len, reverse=True):
        roomy = (line for line in bins if len(" ".join([*line, attack])) <= room)
        fits = next(roomy, None)
        if fits is None:
            bins.append([attack])
        else:
            fits.append(attack)
    texts = tuple(TEXTS.values())
    return tuple(Pack(tuple(line), texts[index :: len(bins)]) for index, line in enumerate(bins))
