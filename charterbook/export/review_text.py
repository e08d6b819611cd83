"""A pre-read as text, Markdown, HTML or JSON. Texts of a charter never become markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from charterbook.export.changes_html import safe
from charterbook.export.changes_markdown import escaped
from charterbook.export.review_parts import (
    Entry,
    ReviewPart,
    ReviewTable,
    metric_words,
    promise_words,
    review_facts,
    review_parts,
    review_title,
    signer_words,
)
from charterbook.i18n import translator
from charterbook.problems import escape_terminal
from charterbook.review import BrokenPromise, NeededDecision, OffTrackMetric, OpenAction, PreRead, Signer

#: The version of the JSON format.
SCHEMA = 1

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top;min-width:4rem}li{margin:.4rem 0}"
    "@media print{body{margin:0;max-width:none}section{break-inside:avoid}}"
)


def render(pre_read: PreRead, format: str = "text") -> str:  # noqa: A002
    """A pre-read in one of `FORMATS`, with a final newline. Raises KeyError for an unknown format."""
    return FORMATS[format](pre_read)


def _text(pre_read: PreRead) -> str:
    lines = [review_title(pre_read), "", *review_facts(pre_read)]
    for part in review_parts(pre_read):
        lines += ["", part.title, *([part.note] if part.note else []), *_text_lines(part)]
    return "".join(f"{escape_terminal(line)}\n" for line in lines)


def _text_lines(part: ReviewPart) -> Iterator[str]:
    for number, entry in enumerate(part.entries, 1):
        yield f"  {number}. {entry.text}" if part.numbered else f"  - {entry.text}"
        yield from (f"      {line}" for line in entry.below)
    for row in part.table.rows if part.table else ():
        yield "  - " + "; ".join(cell for cell in row if cell not in ("", "–"))


def _markdown(pre_read: PreRead) -> str:
    lines = [
        f"# {escaped(review_title(pre_read))}",
        "",
        *(f"- {escaped(line)}" for line in review_facts(pre_read)),
    ]
    for part in review_parts(pre_read):
        lines += ["", f"## {escaped(part.title)}", ""]
        lines += [escaped(part.note), ""] if part.note else []
        lines += [*_markdown_lines(part)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown_lines(part: ReviewPart) -> Iterator[str]:
    for number, entry in enumerate(part.entries, 1):
        sign = f"{number}." if part.numbered else "-"
        yield f"{sign} {escaped(entry.text)}"
        yield from (f"{' ' * len(sign)} - {escaped(line)}" for line in entry.below)
    if part.table:
        yield _markdown_row(part.table.head)
        yield _markdown_row(["---"] * len(part.table.head), plain=True)
        yield from (_markdown_row(row) for row in part.table.rows)


def _markdown_row(cells: Any, *, plain: bool = False) -> str:
    return f"| {' | '.join(cell if plain else escaped(cell) for cell in cells)} |"


def _html(pre_read: PreRead) -> str:
    head = (
        "<!doctype html>",
        f'<html lang="{escape(pre_read.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{safe(review_title(pre_read))}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{safe(review_title(pre_read))}</h1>",
        "<ul>",
    )
    lines = [*head, *(f"<li>{safe(line)}</li>" for line in review_facts(pre_read)), "</ul>"]
    for part in review_parts(pre_read):
        lines += _html_part(part)
    return "".join(f"{line}\n" for line in [*lines, "</main>", "</body>", "</html>"])


def _html_part(part: ReviewPart) -> Iterator[str]:
    yield f'<section id="{part.key}"><h2>{safe(part.title)}</h2>'
    if part.note:
        yield f"<p>{safe(part.note)}</p>"
    if part.entries:
        tag = "ol" if part.numbered else "ul"
        yield f"<{tag}>"
        yield from (f"<li>{_html_entry(entry)}</li>" for entry in part.entries)
        yield f"</{tag}>"
    if part.table:
        yield from _html_table(part.table)
    yield "</section>"


def _html_entry(entry: Entry) -> str:
    below = "".join(f"<li>{safe(line)}</li>" for line in entry.below)
    return f"{safe(entry.text)}<ul>{below}</ul>" if below else safe(entry.text)


def _html_table(table: ReviewTable) -> Iterator[str]:
    cells = "".join(f'<th scope="col">{safe(title)}</th>' for title in table.head)
    yield f"<table><thead><tr>{cells}</tr></thead><tbody>"
    for first, *rest in table.rows:
        others = "".join(f"<td>{safe(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{safe(first)}</th>{others}</tr>'
    yield "</tbody></table>"


def _json(pre_read: PreRead) -> str:
    t = translator(pre_read.language)
    document = {
        "schema": SCHEMA,
        "title": pre_read.title,
        "version": pre_read.version,
        "language": pre_read.language,
        "as_of": pre_read.as_of,
        "day": pre_read.day,
        "body": pre_read.body,
        "participants": pre_read.participants,
        "minutes": pre_read.minutes,
        "actions": [_json_action(one) for one in pre_read.actions],
        "promises": [_json_promise(one, promise_words(one, t)) for one in pre_read.promises],
        "metrics": [_json_metric(one, metric_words(one, t)) for one in pre_read.metrics],
        "signers": [_json_signer(one, signer_words(one, t)) for one in pre_read.signers],
        "findings": [
            {"rule": one.rule, "severity": one.severity, "text": one.text, "fix": one.fix}
            for one in pre_read.findings or ()
        ],
        "decisions": [_json_decision(one) for one in pre_read.decisions],
        "agenda": [{"part": one.part, "start": one.start, "minutes": one.minutes} for one in pre_read.agenda],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"


def _json_action(one: OpenAction) -> dict[str, Any]:
    return {
        "id": one.action.id,
        "what": one.action.what,
        "owner": one.action.owner,
        "due": one.action.due,
        "overdue": one.is_overdue,
        "from": one.action.decision,
    }


def _json_promise(one: BrokenPromise, text: str) -> dict[str, Any]:
    return {
        "service": one.service.id,
        "request": one.level.request,
        "target_share": one.level.target_share,
        "kept": one.kept.model_dump(mode="json"),
        "text": text,
    }


def _json_metric(one: OffTrackMetric, text: str) -> dict[str, Any]:
    return {"id": one.metric.id, "state": one.status.state, "needed": one.status.needed, "text": text}


def _json_decision(one: NeededDecision) -> dict[str, Any]:
    return {
        "cause": one.cause,
        "question": one.question,
        "detail": one.detail,
        "item": "/".join(one.item) if one.item else None,
    }


def _json_signer(signer: Signer, text: str) -> dict[str, Any]:
    state, moment = signer.state, signer.moment
    signed: Mapping[str, Any] = {}
    if state is not None:
        condition = state.condition
        signed = {
            "decision": state.sign_off.decision,
            "date": state.sign_off.date,
            "condition": state.sign_off.condition,
            "condition_metric": condition.metric.id if condition else None,
            "condition_met": condition.met if condition else None,
            "agreed": state.sign_off.agreed,
            "agreement": state.agreement,
            "differs": [one.sentence for one in state.differs],
        }
    return {
        "role": signer.role,
        "label": signer.label,
        "text": text,
        "version": moment.version if moment else None,
        "signature": signer.signature,
        "commit": moment.revision.commit if moment and moment.revision else None,
        **signed,
    }


FORMATS: Mapping[str, Callable[[PreRead], str]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
}
