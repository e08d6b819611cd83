"""Search terms of a version: other names of its pages and items, synonyms, and words without a meaning.

They are added to the configuration in Material's search index. Charterbook's search worker, which wraps Material's,
indexes the names, adds synonyms to queries, and ranks the results.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from charterbook.charter import ITEM_LISTS, Item, Service
from charterbook.i18n import N_, Translator, translator
from charterbook.site.edition import Edition

#: The index of Material's search within a version, and how it begins.
INDEX = Path("search", "search_index.json")
_BEGIN = '{"config":{'

#: What readers call the page of a section, or ask to find it; phrases are separated by commas.
SECTION_PHRASES = {
    "mission": N_(
        "purpose, vision, overall goal, why do we exist, what do we do, who are we, about us, principles, values, vision"
    ),
    "services": N_("service catalogue, catalog, offer, offering, what do we offer, what can I get"),
    "audiences": N_("customers, who do we serve, who is it for, internal customers, users, target groups"),
    "funding": N_(
        "budget, money, cost, costs, spending, annual spend, price, sponsor money, who pays, how much does it cost"
    ),
    "metrics": N_(
        "KPI, KPIs, OKR, scorecard, measures, measurement, success, results, how is success measured"
    ),
    "objectives": N_("goals, OKR, OKRs, aims, targets, targets of the year, priorities of the year"),
    "review": N_(
        "sign-off, signatures, approval, approvals, who signed, who approved, next review, quarterly review, meeting, next meeting, date of the next meeting"
    ),
    "intake": N_(
        "request, requests, ask for help, how to ask, how do I ask, how to request, how do I request, how do I get, "
        "submit a request, ticket, contact, support, priorities, queue, urgent, whom do I ask, where do I ask, book a place"
    ),
    "calendar": N_(
        "working hours, opening hours, office hours, holidays, time zone, business days, working days"
    ),
    "scope": N_(
        "exclusions, boundaries, not included, what do you not do, what we do not do, not our job, limits, in scope, not in the charter"
    ),
    "roles": N_(
        "RACI, responsibilities, responsible, accountable, owners, who decides, people, who does what, vacancy, vacant, "
        "open position, job titles"
    ),
    "capacity": N_("headcount, staffing, posts, FTE, workload, team size"),
    "partners": N_("stakeholders, suppliers, teams we work with, other departments, collaboration"),
    "platforms": N_("tools, tooling, systems, software, technology, tech stack, applications, data"),
    "maturity": N_("maturity model, stage, level, how mature are we"),
    "roadmap": N_(
        "plan, plans, planned, what is planned, upcoming, next steps, next year, future, timeline, when will"
    ),
    "risks": N_("threats, mitigation, what can go wrong, issues"),
    "decisions": N_("decision log, resolutions, what was decided, minutes, ADR"),
    "glossary": N_("glossary, definitions, terms, abbreviations, acronyms, what does it mean, vocabulary"),
}

#: The same for pages of docs/ that belong to no section, by their addresses.
PAGE_PHRASES = {
    "promises/": N_(
        "SLA, SLAs, SLO, service level, service levels, service-level agreement, response time, response times, "
        "turnaround, how long does it take, how long until, how fast, answer time, get an answer, deadlines, escalation"
    ),
    "changes/": N_("what changed, what is new, news, changelog, release notes, differences, last quarter"),
    "compare/": N_("diff, difference between versions, compare versions"),
    "history/": N_("all versions, old versions, archive, previous versions"),
    "sponsor/": N_(
        "executive summary, overview for executives, sponsor, leadership, management summary, ROI, return on investment, "
        "value for money, what do we get for the money, is it worth it"
    ),
    "propose/": N_(
        "edit, suggest, suggestion, correct, make a change, change request, improve, feedback, report a mistake"
    ),
    "health/": N_("quality, problems, warnings, checks, rules, errors of the charter"),
    "pre-read/": N_("agenda, prepare the review, meeting, pre-read, open actions"),
    "measurement-levels/": N_("Kirkpatrick, levels of evaluation"),
}

#: Where the phrases of a page lead in a version without it.
_INSTEAD = {"promises/": ("intake", "services")}

#: Pages that repeat what other pages say: they come after others.
LAST = ("history/", "compare/", "changes/", "health/", "propose/", "pre-read/", "sponsor/")

#: When something was true that the shown version does not say.
RANGES = {
    "one": N_("in {last}"),
    "some": N_("from {first} to {last}"),
    "older": N_("in {last} and older"),
    "newer": N_("in {first} and newer"),
}

#: Words with one meaning, one set for each line.
SYNONYMS = N_(
    "mentor, mentoring, coach, coaching\n"
    "train, training, course, courses, workshop, learning\n"
    "new hire, newcomer, new starter, joiner, onboarding, induction\n"
    "SDR, BDR, sales development\n"
    "presales, pre-sales, sales engineer, sales engineering, solution consultant, solutions engineer\n"
    "newsletter, digest, bulletin, field update, field updates\n"
    "lead, leads, prospect, prospects, lead generation\n"
    "AE, account executive, rep, seller\n"
    "manager, managers, team lead, leader\n"
    "battlecard, battle card, competitor, competition, competitive\n"
    "owner, responsible, accountable\n"
    "budget, money, cost, funding\n"
    "retire, retired, end, ended, ending, stop, stopped, sunset\n"
    "client, customer\n"
    "webinar, online event\n"
    "content, collateral, material, materials, slides, deck, presentation\n"
    "case study, customer story, success story\n"
    "deal clinic, deal review, deal desk\n"
    "attendance, attend, attended, participation\n"
    "RFP, RFI, tender, bid\n"
    "sales cycle, deal length, deal cycle, time to close\n"
    "productivity, ramp, ramp-up\n"
    "conversion, win rate, close rate\n"
    "retention, churn, attrition\n"
    "LMS, learning management system\n"
    "CRM, customer relationship management\n"
    "promise, promised, within, on-time target"
)

#: Words that a question contains, but that say nothing about its subject.
IGNORED = N_(
    "a an the and or of for to in on at by with from as is are was were be do does did have has had i me my we us our "
    "you your they their it its this that these those there here who whom what which when where why how can could "
    "should would will may might must not no any some about into than then so if please show find tell want need "
    "get give much many long often until before after own owns ever last first once still since"
)

#: Kinds of items whose names people shorten.
_NAMED = frozenset({"services", "audiences", "metrics", "roles", "partners", "platforms", "sections"})
_WORD = re.compile(r"\w+")
#: How many words a name has that people shorten.
_SHORTENED = range(2, 6)


def add_search_terms(folder: Path, edition: Edition) -> None:
    """Add the search terms of a version to its search index, where it has one."""
    file = folder / INDEX
    if not file.is_file():
        return
    text = file.read_text(encoding="utf-8")
    if text.startswith(_BEGIN):
        terms = json.dumps(search_terms(edition), ensure_ascii=False, separators=(",", ":"))
        file.write_text(f'{_BEGIN}"charterbook":{terms},{text[len(_BEGIN) :]}', encoding="utf-8")


def search_terms(edition: Edition) -> dict[str, Any]:
    """The names of pages and items by address, pages that come last, synonyms, and ignored words."""
    t = translator(edition.charter.language)
    names: dict[str, list[str]] = {}
    for address, phrases in [*_page_names(edition, t), *_item_names(edition)]:
        names.setdefault(address, []).extend(phrases)
    return {
        "version": edition.name,
        "ranges": {name: t.gettext(text) for name, text in RANGES.items()},
        "names": names,
        "last": [address for address in LAST if address in edition.pages.urls],
        "synonyms": [_split(line) for line in t.gettext(SYNONYMS).splitlines()],
        "ignored": t.gettext(IGNORED).split(),
    }


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",")]


def _page_names(edition: Edition, t: Translator) -> Iterator[tuple[str, list[str]]]:
    pages = edition.pages
    for section, phrases in SECTION_PHRASES.items():
        yield from ((address, _split(t.gettext(phrases))) for address in _present(pages.section_url(section)))
    body = edition.charter.review.body if edition.charter.review else None
    yield from ((address, [body]) for address in _present(pages.section_url("review")) if body)
    for page, phrases in PAGE_PHRASES.items():
        instead = map(pages.section_url, _INSTEAD.get(page, ()))
        addresses = [page] if page in pages.urls else _present(*instead)[:1]
        yield from ((address, _split(t.gettext(phrases))) for address in addresses)


def _present(*addresses: str | None) -> list[str]:
    return [address for address in addresses if address is not None]


def _item_names(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    for kind in ITEM_LISTS:
        for item in edition.charter.items(kind):
            address = edition.pages.item_url(kind, item.id)
            if address is not None:
                names = [*([item.label] if "#" in address else []), *_names(kind, item)]
                yield address, list(dict.fromkeys(names))


def _names(kind: str, item: Item) -> Iterator[str]:
    """Names by which an item may be searched: its ids, other names, requests, initials, and words joined."""
    yield from (id_.replace("-", " ") for id_ in (item.id, *item.was))
    yield from item.also_called
    if isinstance(item, Service):
        yield from (level.request for level in item.service_levels)
    if kind in _NAMED:
        yield from _shortened([item.label, *item.also_called])


def _shortened(labels: Iterable[str]) -> Iterator[str]:
    """Initials ("CRO") and joined words ("battlecards") of names of several words."""
    for label in labels:
        words = _WORD.findall(label)
        if len(words) in _SHORTENED:
            yield "".join(word[0] for word in words)
        if len(words) == _SHORTENED.start:
            yield "".join(words)
