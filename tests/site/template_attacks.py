"""Attacks on Jinja and other template languages, and on shells and YAML that expand values. Each is one line."""

from __future__ import annotations

#: What the command in `JINJA` prints when it is run.
SUM = str(98765 * 43210)

JINJA = "{{ cycler.__init__.__globals__.os.popen('id -un; expr 98765 \\* 43210').read() }}"

_EXPRESSIONS = (
    "config",
    "self",
    "config.plugins",
    "''.__class__.__mro__",
    "lipsum.__globals__",
    "cycler.__init__",
    "namespace()",
    "98765 * 43210",
    "'x'.join(['SUM'])",
    "environment",
    "macros_info()",
    "context()",
    "charter",
    "get_flashed_messages()",
)

EXPRESSIONS = [f"{{{{ {one} }}}}" for one in _EXPRESSIONS] + [
    "{%- set x = 98765 * 43210 -%}{{ x }}",
    "{% import 'main.html' as x %}",
    "{% extends 'base.html' %}",
    "{% macro a() %}",
    "{% endraw %}{{ 98765 * 43210 }}{% raw %}",
    "{%raw%}",
    "{#",
    "#}",
    "{{'{{'}} 98765 * 43210 }}",
    "{% for a in range(9) %}x{% endfor %}",
    "${{ github.token }}",
    "${{ secrets.X }}",
    "$(id)",
    "`id`",
    "${IFS}",
    "%PATH%",
    "!ENV [HOME]",
    "!!python/object/apply:os.system [id]",
    "<%= 98765 * 43210 %>",
    "#{98765 * 43210}",
    "*{98765 * 43210}",
    "@(98765 * 43210)",
    "[[98765*43210]]",
    "{{constructor.constructor('attacked()')()}}",
    JINJA.replace("popen", "system"),
]

STATEMENTS = [
    "{{ page.meta }} {{ page.toc }} {{ nav.items }}",
    "{{ config.theme._vars }} {{ env.globals }}",
    "{{- 98765 * 43210 -}}",
    "{%+ if true +%}{{ 98765 * 43210 }}{%+ endif +%}",
    "{% filter upper %}attacked{% endfilter %}",
    "{% call(x) macros_info() %}{% endcall %}",
    "{% trans %}{{ 98765 * 43210 }}{% endtrans %}",
    "{% autoescape false %}<x-attacked>{% endautoescape %}",
    "{% block scripts %}<script>attacked()</script>{% endblock %}",
    "{% do charter.__setattr__('title', 'attacked') %}",
    "# for x in range(9): attacked",
    "% set x = 98765 * 43210",
    "## {{ 98765 * 43210 }}",
    "[[ 98765 * 43210 ]] [% 98765 * 43210 %] (( 98765 * 43210 ))",
    "\u007b\u200b{ 98765 * 43210 }}",
    "\uff5b\uff5b 98765 * 43210 \uff5d\uff5d",
    "&#123;&#123; 98765 * 43210 &#125;&#125;",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ charter|tojson|safe }} {{ link('services', '<x-attacked>')|safe }}",
    "${98765 * 43210} ${{98765 * 43210}} $data.title @{triggerBody()}",
]

TEMPLATE_ATTACKS: tuple[str, ...] = (*EXPRESSIONS, *STATEMENTS)
