"""What readers call the pages of a handbook, and how they ask, for its search.

Phrases are separated by commas. The catalogs have the same for other languages, in their own words.
"""

from __future__ import annotations

from charterbook.i18n import N_

#: What readers call the page of a section, or ask to find it.
SECTION_PHRASES = {
    "mission": N_(
        "purpose, vision, overall goal, why do we exist, what do we do, who are we, about us, principles, "
        "values, strategy, about, mission statement, introduction, background, rationale, business case, "
        "mandate, ambition, north star, guiding principles, problem statement, purpose of the charter, what "
        "is enablement for, why enablement, our values, what we believe, goal of enablement, why invest, why "
        "does enablement exist, why is there enablement, purpose of enablement, what is the point of "
        "enablement, reason to exist, what do we stand for, credo, manifesto, what will be different"
    ),
    "services": N_(
        "service catalogue, service catalog, list of services, offer, offering, what do we offer, what can I "
        "get, what can you help with, catalogue, catalog, all services, portfolio, service portfolio, service "
        "offering, offerings, programmes, programs, menu, what do we provide, what do you offer, what does "
        "the team do, what does enablement do, what does enablement offer, what can enablement do for me, our "
        "services, service list, what is on offer, help on offer"
    ),
    "audiences": N_(
        "customers, who do we serve, who is it for, internal customers, users, target groups, who can use "
        "this, audience, target audience, beneficiaries, recipients, personas, served teams, who is covered, "
        "who gets what, eligibility, eligible, hours asked, time commitment, hours of training, training "
        "hours, hours we owe, who do we support, supported teams, user groups, who do we help, who is "
        "enablement for, who benefits, who uses enablement, groups, whom do we help, whom do we serve, "
        "consumers"
    ),
    "funding": N_(
        "budget, money, cost, costs, spending, spend, annual spend, price, expenses, finances, sponsor money, "
        "funders, who pays, who funds, who approves the budget, budget split, contribution, share of the "
        "budget, cost per head, how much does it cost, budgets, budgeting, financing, who finances, sources "
        "of money, source of funds, investment, invest, cost centre, cost center, cost allocation, "
        "chargeback, cost split, budget line, budget lines, allocation, expenditure, bill, invoice, opex, "
        "spend per head, spending per person, cost per person, cost per employee, total cost, price tag, "
        "budget holder, budget owner, how is it funded, where does the money come from, purse, purse strings, "
        "wallet, fund, funds, payers, contributions, contributions by department, cost of enablement, price "
        "of enablement, allocated budget, money split, who contributes, how much money, funding sources, "
        "where the money comes from, cost report, paid by, approve the budget, budget approval"
    ),
    "metrics": N_(
        "KPI, KPIs, OKR, scorecard, dashboard, measures, measurement, success, results, performance figures, "
        "how is success measured, metric, measure, indicators, performance indicators, key performance "
        "indicators, key figures, outcomes, outcome, performance, numbers, statistics, stats, analytics, "
        "actuals, baseline, baselines, targets, effectiveness, impact, success criteria, leading indicators, "
        "lagging indicators, leading and lagging, on track, off track, behind target, underperforming, "
        "underperformance, how are we doing, are we on track, scoreboard, target met, targets met, hitting "
        "our targets, missed targets, below target, metrics overview, actual values, progress, achievement, "
        "success figures, how success is measured"
    ),
    "objectives": N_(
        "goals, OKR, OKRs, aims, targets, targets of the year, priorities of the year, goals for next year, "
        "goal, objective, objectives and key results, key results, annual goals, yearly goals, strategic "
        "goals, company goals, business goals, what do we want to achieve, ambitions, what we aim for, "
        "objectives of the year"
    ),
    "review": N_(
        "sign-off, signatures, approval, approvals, approval status, who signed, who approved, who has to "
        "sign, has everybody agreed, next review, quarterly review, meeting, next meeting, board meeting, "
        "date of the next meeting, decision rights, quorum, condition of approval, sign off, signoff, signed "
        "off, sign-offs, sign-off status, approver, approvers, who agreed, who approves the charter, "
        "endorsement, endorsed, ratified, board, advisory board, steering committee, committee, council, "
        "governance, review cycle, review cadence, review date, cadence, how often is it reviewed, quarterly "
        "business review, QBR, who may decide, decision making, authority, voting, vote, veto, members, "
        "participants, attendees, minutes, meeting notes, action items, actions, action log, conditional "
        "approval, pending approval, voting rules, majority, pending signature, missing signature, unsigned, "
        "board members, who votes, right to refuse, refuse hours, who is on the board, board decision, "
        "signing, countersign, approval from finance, finance approval, approval conditions, condition of "
        "finance"
    ),
    "intake": N_(
        "request, requests, ask for help, how to ask, how do I ask, how to request, how do I request, how do "
        "I get, submit a request, request form, ticket, contact, contacts, contact us, support, priorities, "
        "queue, urgent, urgent request, emergency, deal at risk, whom do I ask, who do I ask, where do I ask, "
        "book a place, sign up, get in touch, intake, help desk, helpdesk, service desk, email, e-mail, "
        "phone, request process, order, apply, enquiry, enquire, inquiry, ask a question, raise a request, "
        "raise a ticket, open a ticket, log a request, new request, make a request, priority, priority "
        "levels, prioritisation, triage, urgency, fast track, rush, rush request, asap, high priority, "
        "critical, who can help me, get help, need help, help, reach out, registration, enrolment, booking, "
        "nominate, walk-in, drop-in, where to ask, send a request, submit, request link, how to reach you, "
        "chat channel, slack channel, question channel, assistance, place an order, where to write, how do I "
        "sign up, contact details, who to ask, first response, drop by"
    ),
    "calendar": N_(
        "working hours, opening hours, business hours, office hours, holidays, public holidays, bank "
        "holidays, days off, vacation, time zone, timezone, business days, working days, Christmas, New Year, "
        "when are you open, when are you closed, availability, availability hours, opening times, hours of "
        "operation, office closed, closed, closure, holiday, public holiday, bank holiday, day off, weekend, "
        "weekends, shutdown, business day, working time, lunch break, Easter, are you open, closing days, "
        "working week, hours of work, operating hours, bridge days, non-working days, what days do you work, "
        "time off, workdays, week days, opening days"
    ),
    "scope": N_(
        "exclusions, boundaries, not included, out of scope, what do you not do, what we do not do, what do "
        "you refuse, not our job, limits, in scope, not in the charter, exclusion, excluded, what is "
        "excluded, not covered, not offered, not supported, not provided, not available, unsupported, not our "
        "responsibility, postponed, deferred, declined, rejected, refused, refused requests, don't do, what "
        "we don't do, what enablement does not do, what is out of scope, demarcation, who does it instead, no "
        "longer offered, dropped services, not done, what is not included, alternatives to us, who does it "
        "instead of us, turned down, off limits, outside our remit, remit, what enablement does not offer"
    ),
    "roles": N_(
        "RACI, responsibilities, responsible, accountable, owners, who decides, people, who is who, who does "
        "what, vacancy, vacant, open position, open positions, job titles, backup, deputy, stand-in, "
        "replacement, who covers for, role, RACI matrix, RACI chart, RASCI, responsibility matrix, "
        "accountability, accountabilities, ownership, decision makers, org chart, organisation chart, "
        "organization chart, organigram, team members, positions, job descriptions, duties, who is in charge, "
        "who is responsible, who leads, who runs, who manages, roles and responsibilities, job vacancies, "
        "vacancies, unfilled post, openings, jobs, deputies, substitutes, succession, absence cover, "
        "consulted, informed, decision maker, who stands in, stand-ins, org structure, leadership, head of "
        "the team, who is my contact, job profile, job profiles, area of responsibility, task owner, team "
        "structure, who fills in, on leave, empty positions"
    ),
    "capacity": N_(
        "headcount, staffing, posts, FTE, workload, team size, how many people, enablement team, effort, "
        "hours per quarter, load, resources, resourcing, staff, size of the staff, FTEs, full-time "
        "equivalents, manpower, staff numbers, number of people, bandwidth, utilisation, team capacity, size "
        "of the team, how big is the team, personnel, how many of you, team strength, size of enablement, "
        "enablement staff, workforce, people in the team, number of posts, how many work here, enablers, "
        "number of enablers"
    ),
    "partners": N_(
        "stakeholders, suppliers, teams we work with, other departments, collaboration, cooperation, liaison, "
        "partner, partner teams, partner departments, internal partners, cross-functional, interfaces, "
        "interlock, counterparts, dependencies, who do we work with, gives and gets, who do we depend on, "
        "give and get, who helps us, other teams, departments, neighbouring teams, allies, who contributes"
    ),
    "platforms": N_(
        "tools, tooling, systems, software, technology, tech, tech stack, CRM, LMS, CMS, apps, applications, "
        "data, data owner, vendors, vendor contracts, contract end, contract expiry, tool stack, toolset, "
        "sales tech, system owners, system of record, licences, licenses, licence, license, subscription, "
        "subscriptions, contract dates, contract end dates, licence renewal, data source, data sources, "
        "databases, integrations, data retention, retention period, data privacy, data protection, personal "
        "data, GDPR, privacy, where is the data stored, login, log in, single sign-on, administrators, admin "
        "rights, tool owner, tool administrators, IT systems, supplier contract, suppliers contracts, where "
        "are recordings, end of contract, contract dates of tools, software list"
    ),
    "maturity": N_(
        "maturity model, maturity level, stage, level, how mature are we, maturity assessment, maturity "
        "stage, self-assessment, capability level, current stage, how advanced are we, evidence of maturity, "
        "evidence, maturity goal, maturity target, maturity scale, how developed are we"
    ),
    "roadmap": N_(
        "plan, plans, planned, what is planned, upcoming, coming soon, next steps, next year, future, "
        "timeline, initiatives, milestones, projects, when will, initiative, backlog, what's next, what is "
        "next, what comes next, next quarter, coming up, future plans, in progress, work in progress, planned "
        "changes, action plan, milestone, project plan, timelines, what are you working on, dropped plans, "
        "cancelled plans, what's coming, what is coming, coming next, planned for, start date, go-live date, "
        "soon, on hold, under way, done so far, when does it start, future projects, goals ahead"
    ),
    "risks": N_(
        "threats, mitigation, what can go wrong, what could go wrong, issues, concerns, risk, risk register, "
        "risk log, risk assessment, dangers, obstacles, challenges, blockers, contingency, contingencies, "
        "countermeasures, worst case, likelihood, key person risk, single point of failure, financial risk, "
        "potential problems, possible problems, problems, worries, exposure, dependency, key person "
        "dependency, weak points, weaknesses, vulnerabilities, uncertainty, what worries us"
    ),
    "decisions": N_(
        "decision log, resolutions, what was decided, why was it decided, minutes, ADR, decision, decided, "
        "decision record, decision history, past decisions, choices, alternatives considered, what did we "
        "decide, reasons for decisions, rationale for, reason for, reasons for, why we chose, decision making "
        "history, who decided what, justification, options considered, pros and cons"
    ),
    "glossary": N_(
        "glossary, definitions, terms, abbreviations, acronyms, jargon, what does it mean, vocabulary, "
        "terminology, nomenclature, dictionary, lexicon, definition, term, acronym, abbreviation, key terms, "
        "lingo, stands for, what is meant by, meaning, explanation, explanations, explanation of words, words "
        "explained, word list, explain, what words mean, meaning of words, wording, definition of terms, "
        "concepts, concept"
    ),
}

#: The same for pages of docs/ that belong to no section, by their addresses.
PAGE_PHRASES = {
    "promises/": N_(
        "SLA, SLAs, SLO, service level, service levels, service-level agreement, response time, response "
        "times, turnaround, turnaround time, lead time, waiting time, how long does it take, how long until, "
        "how long do I wait, how fast, how quickly, answer time, get an answer, deadlines, escalation, "
        "escalate, escalate a request, late, overdue, complain, commitments, commitment, service promise, "
        "service promises, guarantee, guarantees, kept promises, promises kept, broken promises, breach, "
        "breaches, breached, SLA breaches, SLA compliance, missed promises, track record, punctuality, on "
        "time, service standards, processing time, how long do requests take, delay, delays, delivery time, "
        "how soon, when do I get an answer, how long for, time limits, time limit, service time, how many "
        "days, when will I get, delivery times, promised times, working days to answer, how reliable are you, "
        "reliability, on-time rate, response targets, missed deadlines, not delivered in time"
    ),
    "changes/": N_(
        "what changed, what is new, what's new, news, changelog, release notes, differences, last quarter, "
        "change log, what was changed, what is different, latest changes, recent changes, modifications, "
        "amendments, revisions, updates, new in this version, changes this quarter, changes since last "
        "version, updates this quarter, what's different, new things, latest update, recently changed, "
        "latest, newest"
    ),
    "compare/": N_(
        "diff, difference between versions, compare versions, comparison of versions, version comparison, "
        "side by side, delta, compare quarters, two versions, version diff, compare two versions, what "
        "differs between"
    ),
    "history/": N_(
        "all versions, old versions, archive, previous versions, version history, versions, previous version, "
        "earlier versions, past versions, older versions, prior versions, audit trail, audit log, change "
        "history, revision history, who changed what, who changed this, log of changes, record of changes, "
        "traceability, commits, git log, revisions, editions, prior charters, older charters, previous "
        "charter, who edited, when was it changed, last year's charter, past quarters, log"
    ),
    "sponsor/": N_(
        "executive summary, overview for executives, sponsor, leadership, management summary, ROI, return on "
        "investment, value for money, what do we get for the money, is it worth it, executive overview, exec "
        "summary, executive dashboard, sponsor dashboard, sponsor view, at a glance, one-page summary, board "
        "summary, C-level, business value, payback, is it paying off, worth the money, key figures for "
        "executives, summary for the CEO, CEO, board report, management report, for management, people "
        "reached, reach, cost per person reached, highlights, bottom line, big picture, quick overview, "
        "results for the sponsor, is enablement worth it, value of enablement"
    ),
    "propose/": N_(
        "edit, suggest, suggest a change, suggestion, correct, make a change, change request, improve the "
        "charter, feedback, report a mistake, edit this page, edit the charter, change the charter, change "
        "this document, change this page, update the charter, update this page, amend, amendment, propose, "
        "propose a change, proposal, correction of the charter, suggest a correction, propose a correction, "
        "suggest an edit, suggest an improvement, fix a mistake, fix the charter, report an error, something "
        "is wrong, wrong information, typo, mistake, submit a change, contribute, report a typo, report an "
        "issue, typo on a page, spelling mistake, wrong text, fix this text, comment on the charter, error on "
        "a page, change a page, edit a service, request a correction, submit an idea, idea, ideas"
    ),
    "health/": N_(
        "quality, problems, warnings, checks, rules, errors of the charter, health check, charter health, "
        "quality check, audit, lint, validation, consistency, compliance, compliance check, completeness, "
        "findings, hints, charter check, weak spots of the charter, what is missing, to fix, open findings, "
        "rule violations"
    ),
    "pre-read/": N_(
        "agenda, prepare the review, meeting, pre-read, open actions, meeting preparation, prepare for the "
        "review, board papers, briefing, overdue actions, open tasks, to-do, to-dos, follow-ups, what to read "
        "before the meeting, preparation, preparation for the review, preparation for next review, preparing "
        "for the meeting, agenda for the meeting, agenda for the next meeting, meeting agenda, open action "
        "items, unfinished actions, what do I read, read before, action list, due actions"
    ),
    "measurement-levels/": N_("Kirkpatrick, levels of evaluation, evaluation levels, four levels"),
    "field-communication/": N_(
        "field communication, communication rules, notice, notice period, launch notice, notice for launches, "
        "advance notice, quiet period, quiet fortnight, blackout, blackout period, freeze period, how are "
        "changes announced, announcement rules, change communication, who announces, communication plan, how "
        "many launches, too many launches, when are launches announced, information policy"
    ),
    "how-we-compare/": N_(
        "benchmark, benchmarks, industry average, market comparison, comparison with the market, comparison "
        "with other companies, compared with others, market median, peers, industry standard, how do others "
        "do, are we better than others, average company"
    ),
    "buyer-journey/": N_(
        "buyer journey, customer journey, buying process, purchase stages, stages of buying, decision stages, "
        "how buyers buy, buyer's steps, purchasing process"
    ),
}

#: How a question begins that the page of a section, or a page, is likely to answer.
INTENTS = {
    "roles": N_("who, whose, whom, owner, owns, in charge"),
    "intake": N_(
        "how do I, how to, how can I, where do I, can I, I need, I want, who can I ask, who do I ask, whom do "
        "I ask, whom can I ask, ask about, where can I"
    ),
    "promises/": N_("how long, how fast, how soon, how quickly, by when, how many days"),
    "review": N_("when, next"),
    "calendar": N_("when"),
    "roadmap": N_("when, will, when will"),
    "funding": N_("how much, how expensive, pays"),
    "glossary": N_("what is, what are, what does, mean, meaning, definition"),
    "decisions": N_(
        "why did, why was, why were, why has, reason, did we decide, was decided, decided, reason for, "
        "reasons for, rationale, how come"
    ),
    "audiences": N_(
        "how many hours, how much time, how many, number of, size of, expected of, asked of, duties, "
        "obligations, what do we get, what do I get"
    ),
    "propose/": N_(
        "how do I change, how do I edit, how do I correct, how do I update, how do I suggest, how to change, "
        "how to edit, how to correct, how to update, how can I change"
    ),
    "changes/": N_("has changed, changed"),
    "risks": N_("what if, what happens if"),
    "metrics": N_(
        "how many, how often, rate, ratio, percentage, percent, frequency, usage, number of, length of, "
        "duration, trend, adoption, growth, how much time, days to, months to, weeks to, average"
    ),
}

#: Words that a question contains, but that say nothing about its subject.
IGNORED = N_(
    "a an the and or of for to in on at by with from as is am are was were be been being do does did done "
    "doing have has had i me my mine we us our ours you your they them their it its this that these those "
    "there here who whom whose what which when where why how can could should would will may might must not "
    "no any some all every each about into than then so if please show find tell want wants need needs needed "
    "get gets give much many long often until before after own owns ever last first once one still since also "
    "just only very too up out make made see know there's what's who's s t re m d ll don doesn isn really "
    "somebody someone anybody anyone something anything calculate calculated compute computed counted year "
    "years number amount figure figures team teams colleague colleagues going go let like help vs versus via "
    "etc hi hello thanks average median overall thing things stuff info information details come comes coming "
    "happens happen happened goes knows looking look"
)
