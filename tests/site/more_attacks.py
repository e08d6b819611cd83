"""Families of attack strings, each a line of text that a charter may hold; `attacks.py` says what success means.

They are placed one after the other into the fields of one version of the hostile handbook, into commits, figures, request
logs and requests, and into all contexts of an author's page.
"""

from __future__ import annotations

from tests.site.attacks import JINJA, LINES, REFUSED, TEXTS, UNSEEN
from tests.site.newer_attacks import NEWER, NEWER_UNSEEN

_HANDLERS = [
    "svg:onload",
    "math:onclick",
    "iframe:onload",
    "object:onerror",
    "embed:onload",
    "video:onloadstart",
    "audio:onerror",
    "details:ontoggle",
    "marquee:onstart",
    "body:onpageshow",
    "input:onfocus",
    "select:onfocus",
    "textarea:onfocus",
    "button:onfocus",
    "form:oninput",
    "a:onfocus",
    "area:onfocus",
    "table:onmouseover",
    "td:onmouseover",
    "frameset:onload",
    "meter:onmouseover",
    "dialog:oncancel",
    "picture:onload",
    "source:onerror",
    "track:onerror",
    "bgsound:onload",
    "applet:onerror",
    "animate:onbegin",
    "set:onbegin",
    "image:onerror",
    "foreignObject:onmouseover",
    "link:onerror",
    "style:onload",
    "script:onerror",
    "noscript:onclick",
    "template:onclick",
    "slot:onslotchange",
    "portal:onload",
    "x-attacked:onclick",
    "canvas:onclick",
    "map:onclick",
    "object:onload",
    "p:onpointerenter",
    "div:onwheel",
    "span:oncopy",
    "b:onbeforeinput",
    "i:ontransitionend",
]
HANDLERS = [
    f"<{tag} {event}=attacked() autofocus tabindex=0 open>"
    for tag, event in (pair.split(":") for pair in _HANDLERS)
]

_SCRIPT_ADDRESSES = (
    *(
        "javascript:attacked()",
        "JAVASCRIPT:attacked()",
        "jav&#x09;ascript:attacked()",
        "jav&NewLine;ascript:attacked()",
    ),
    *(
        "&#106;avascript:attacked()",
        "javascript&colon;attacked()",
        "java%73cript:attacked()",
        "\\x6aavascript:attacked()",
    ),
    *(
        "vbscript:attacked()",
        "data:text/html,<script>attacked()</script>",
        "data:image/svg+xml,<svg onload=attacked()>",
    ),
    *(
        "blob:attacked",
        "filesystem:attacked",
        "view-source:attacked",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
    ),
)
ADDRESSES = [f'<a href="{address}">press</a>' for address in _SCRIPT_ADDRESSES]
ADDRESSES += [f'"><img src="{address}" srcset="{address} 2x">' for address in _SCRIPT_ADDRESSES[-3:]]
ADDRESSES += [
    '<svg><a xlink:href="javascript:attacked()"><text>x</text></a></svg>',
    '<svg><use href="//evil.example/x.svg#x"/></svg>',
    "<svg><style>@import '//evil.example/x'</style></svg>",
    '<math href="javascript:attacked()"><mi>x</mi></math>',
    '<iframe srcdoc="<script>parent.attacked()</script>"></iframe>',
    "<object data=//evil.example/x></object>",
    "<video poster=//evil.example/x><source src=//evil.example/x></video>",
    "<table background=//evil.example/x>",
    '<p style="background:url(//evil.example/x)">',
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    "<a href=//evil.example ping=//evil.example/p download>x</a>",
    "<form><button formaction=javascript:attacked()>x</button></form>",
    "<template shadowrootmode=open><x-attacked></template>",
    "<img name=getElementById><form id=location name=cookie>",
    "<a id=__config href=x></a><script type=application/json id=__config>{}</script>",
    "<noscript><p title='</noscript><img src=x onerror=attacked()>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=attacked()>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=attacked()>'>",
]

_EXPRESSIONS = (
    *(
        "config",
        "self",
        "config.plugins",
        "''.__class__.__mro__",
        "lipsum.__globals__",
        "cycler.__init__",
        "namespace()",
    ),
    *(
        "98765 * 43210",
        "'x'.join(['SUM'])",
        "environment",
        "macros_info()",
        "context()",
        "charter",
        "get_flashed_messages()",
    ),
)
TEMPLATES = [f"{{{{ {one} }}}}" for one in _EXPRESSIONS] + [
    *(
        "{%- set x = 98765 * 43210 -%}{{ x }}",
        "{% import 'main.html' as x %}",
        "{% extends 'base.html' %}",
        "{% macro a() %}",
    ),
    *(
        "{% endraw %}{{ 98765 * 43210 }}{% raw %}",
        "{%raw%}",
        "{#",
        "#}",
        "{{'{{'}} 98765 * 43210 }}",
        "{% for a in range(9) %}x{% endfor %}",
    ),
    *(
        "${{ github.token }}",
        "${{ secrets.X }}",
        "$(id)",
        "`id`",
        "${IFS}",
        "%PATH%",
        "!ENV [HOME]",
        "!!python/object/apply:os.system [id]",
    ),
    *(
        "<%= 98765 * 43210 %>",
        "#{98765 * 43210}",
        "*{98765 * 43210}",
        "@(98765 * 43210)",
        "[[98765*43210]]",
        "{{constructor.constructor('attacked()')()}}",
    ),
    JINJA.replace("popen", "system"),
]

MARKUP = [
    *(
        "==marked==",
        "^^inserted^^",
        "~~deleted~~",
        "H~2~O",
        "x^2^",
        "++ctrl+alt++",
        "[[attacked]]",
        "$$\\href{javascript:attacked()}{x}$$",
    ),
    *(
        "\\(\\href{javascript:attacked()}{x}\\)",
        ":fontawesome-solid-skull:{ .attacked }",
        "/// html | div.attacked",
        "::: os.system",
        "??? attacked",
    ),
    *(
        '=== "attacked"',
        "<!-- more -->",
        "[attacked]{#attacked}",
        "{++added++}{--gone--}{>>attacked<<}",
        '-8<- "mkdocs.yml"',
        "{!mkdocs.yml!}",
    ),
    *(
        "[x]: javascript:attacked() 'x'",
        "![x]{ onerror=attacked() }",
        "**bold**{: onclick=attacked() }",
        "# x { onclick=attacked() }",
    ),
    *(
        "`x`{ .attacked onclick=attacked() }",
        "--- title: attacked ---",
        "%YAML 1.2",
        "- [ ] attacked",
        "| a | b |",
        "> quoted",
        "1. one",
        "***",
        "===",
        "+++",
    ),
    *(
        "&lt;img src=x onerror=attacked()&gt;",
        "&amp;lt;x-attacked&amp;gt;",
        "&#0000060;x-attacked&#0000062;",
        "&#x0003c;x-attacked&#x0003e;",
        "&LT;x-attacked&GT;",
    ),
    *(
        "\uff1cscript\uff1eattacked()\uff1c/script\uff1e",
        "\\u003cx-attacked\\u003e",
        "%3Cx-attacked%3E",
        "+ADw-x-attacked+AD4-",
        "\u02bax-attacked\u02ba",
    ),
]

PROGRAMS = [
    *(
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://evil.example";"x")',
        '=IMPORTXML("http://evil.example";"//a")',
    ),
    *('=WEBSERVICE("http://evil.example")', '=DDE("cmd";"/C calc";"x")', '";=1+1;"', ",=1+1,", "'=1+1"),
    *(
        "::set-output name=a::b",
        "::add-mask::a",
        "::group::a",
        "::endgroup::",
        "::stop-commands::a",
        "::add-path::a",
        "::set-env name=A::b",
        "::debug::a",
    ),
    *(
        "::error file=a,line=1::b",
        "##[group]a",
        "##[command]a",
        "##[set-output name=a]b",
        "##vso[task.complete result=Failed]",
        "##teamcity[buildStop]",
    ),
    *(
        "section_start:0:a",
        "travis_fold:start:a",
        "--- a",
        "+++ a",
        "[skip ci]",
        "Co-authored-by: a <a@evil.example>",
        "Signed-off-by: a",
    ),
    *(
        '{ HYPERLINK "http://evil.example" }',
        "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
        '{ INCLUDETEXT "/etc/passwd" }',
        "</w:t></w:r><w:hyperlink/>",
    ),
    *(
        "/JS (app.alert(1))",
        "/URI (http://evil.example)",
        '#read("/etc/passwd")',
        '#eval("1")',
        '#link("http://evil.example")',
        "$ sum $",
        "@attacked",
        "<attacked>",
    ),
    *(
        "]]><attacked/>",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
        "&x;",
        "<?xml-stylesheet href='//evil.example'?>",
        "\\nATTACH:http://evil.example",
    ),
    *(
        ";VALUE=URI:http://evil.example",
        "END:VEVENT BEGIN:VALARM",
        "<!channel>",
        "<@U0123456>",
        "<http://evil.example|press>",
        "@everyone",
        "@here",
    ),
    *(
        "Bcc: a@evil.example",
        "=?utf-8?q?=0ABcc:a@evil.example?=",
        "--upload-pack=attacked",
        "-rf",
        "; touch attacked",
        "| sh",
        "&& touch attacked",
        "> attacked",
    ),
    *(
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty",
        '"},{"attacked":"',
        '\\"',
        "null",
        "undefined",
        "NaN",
        "-0",
        "1e999",
        "true",
    ),
    *(
        "../../../etc/passwd",
        "..\\..\\attacked",
        "C:\\attacked",
        "con",
        "file:///etc/passwd",
        "~root",
        "%00",
        "%2e%2e%2f",
        "\u212a\u017f\u0131",
        "\ufdfa" * 9,
    ),
    *(
        "z\u0335" * 40,
        "\u200b\u200cattacked\u200d",
        "\u0e49" * 60,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 5,
        "\U0010fe3c\U0010fe3e",
    ),
]

MORE: tuple[str, ...] = (*HANDLERS, *ADDRESSES, *TEMPLATES, *MARKUP, *PROGRAMS, *NEWER)

#: More that a charter must not have, and that git stores: terminals and readers would obey it.
MORE_UNSEEN = {
    **{
        f"direction {ord(sign):x}": f"a{sign}b"
        for sign in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    },
    "title": "\x1b]0;attacked\x07",
    "hyperlink": "\x1b]8;;http://evil.example\x07press\x1b]8;;\x07",
    "clipboard": "\x1b]52;c;YXR0YWNrZWQ=\x07",
    "palette": "\x1b]4;1;rgb:00/00/00\x1b\\",
    "device control": '\x1bP$q"p\x1b\\',
    "application command": "\x1b_attacked\x1b\\",
    "report": "\x1b[6n\x1b[c",
    "erase": "\x1b[2J\x1b[H",
    "scroll": "\x1b[1;1r",
    "alternate screen": "\x1b[?1049h",
    "eight bits": "\x9d0;attacked\x9c\x9b31m",
    "shift": "\x0e\x0f",
    "return": "good\rattacked",
    "section of GitLab": "section_start:0:a\r\x1b[0K",
    "next line": "a\x85::error::attacked",
    "form feed": "a\x0c::error::attacked\x0b",
    **NEWER_UNSEEN,
}


def all_attacks() -> tuple[str, ...]:
    """Each attack once, for outputs that are tested text by text."""
    first = (*LINES.values(), *TEXTS.values(), *REFUSED.values(), *UNSEEN.values())
    return tuple(dict.fromkeys((*first, *MORE, *MORE_UNSEEN.values())))
