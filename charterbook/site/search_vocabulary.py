"""What readers call the pages of a handbook, and words with one meaning, for its search.

Phrases are separated by commas. The catalogs have the same for other languages, in their own words.
"""

from __future__ import annotations

from charterbook.i18n import N_

#: What readers call the page of a section, or ask to find it.
SECTION_PHRASES = {
    "mission": N_(
        "purpose, vision, overall goal, why do we exist, what do we do, who are we, about us, principles, "
        "values, strategy"
    ),
    "services": N_(
        "service catalogue, service catalog, list of services, offer, offering, what do we offer, what "
        "can I get, what can you help with"
    ),
    "audiences": N_(
        "customers, who do we serve, who is it for, internal customers, users, target groups, who can use "
        "this"
    ),
    "funding": N_(
        "budget, money, cost, costs, spending, spend, annual spend, price, expenses, finances, sponsor "
        "money, funders, who pays, who funds, who approves the budget, budget split, contribution, share "
        "of the budget, cost per head, how much does it cost"
    ),
    "metrics": N_(
        "KPI, KPIs, OKR, scorecard, dashboard, measures, measurement, success, results, performance "
        "figures, how is success measured"
    ),
    "objectives": N_(
        "goals, OKR, OKRs, aims, targets, targets of the year, priorities of the year, goals for next year"
    ),
    "review": N_(
        "sign-off, signatures, approval, approvals, approval status, who signed, who approved, who has to "
        "sign, has everybody agreed, next review, quarterly review, meeting, next meeting, board meeting, "
        "date of the next meeting, decision rights, quorum, condition of approval"
    ),
    "intake": N_(
        "request, requests, ask for help, how to ask, how do I ask, how to request, how do I request, how "
        "do I get, submit a request, request form, ticket, contact, contacts, contact us, support, "
        "priorities, queue, urgent, urgent request, emergency, deal at risk, whom do I ask, who do I ask, "
        "where do I ask, book a place, sign up, get in touch"
    ),
    "calendar": N_(
        "working hours, opening hours, business hours, office hours, holidays, public holidays, bank "
        "holidays, days off, vacation, time zone, timezone, business days, working days, Christmas, New "
        "Year, when are you open, when are you closed"
    ),
    "scope": N_(
        "exclusions, boundaries, not included, out of scope, what do you not do, what we do not do, what "
        "do you refuse, not our job, limits, in scope, not in the charter"
    ),
    "roles": N_(
        "RACI, responsibilities, responsible, accountable, owners, who decides, people, who is who, who "
        "does what, vacancy, vacant, open position, open positions, job titles, backup, deputy, stand-in, "
        "replacement, who covers for"
    ),
    "capacity": N_(
        "headcount, staffing, posts, FTE, workload, team size, how many people, enablement team, effort, "
        "hours per quarter, load"
    ),
    "partners": N_(
        "stakeholders, suppliers, teams we work with, other departments, collaboration, cooperation, liaison"
    ),
    "platforms": N_(
        "tools, tooling, systems, software, technology, tech, tech stack, CRM, LMS, CMS, apps, "
        "applications, data, data owner, vendors, vendor contracts, contract end, contract expiry"
    ),
    "maturity": N_("maturity model, maturity level, stage, level, how mature are we"),
    "roadmap": N_(
        "plan, plans, planned, what is planned, upcoming, coming soon, next steps, next year, future, "
        "timeline, initiatives, milestones, projects, when will"
    ),
    "risks": N_("threats, mitigation, what can go wrong, what could go wrong, issues, concerns"),
    "decisions": N_("decision log, resolutions, what was decided, why was it decided, minutes, ADR"),
    "glossary": N_(
        "glossary, definitions, terms, abbreviations, acronyms, jargon, what does it mean, vocabulary"
    ),
}

#: The same for pages of docs/ that belong to no section, by their addresses.
PAGE_PHRASES = {
    "promises/": N_(
        "SLA, SLAs, SLO, service level, service levels, service-level agreement, response time, response "
        "times, turnaround, turnaround time, lead time, waiting time, how long does it take, how long "
        "until, how long do I wait, how fast, how quickly, answer time, get an answer, deadlines, "
        "escalation, escalate, escalate a request, late, overdue"
    ),
    "changes/": N_(
        "what changed, what is new, what's new, news, changelog, release notes, differences, last quarter"
    ),
    "compare/": N_("diff, difference between versions, compare versions"),
    "history/": N_("all versions, old versions, archive, previous versions"),
    "sponsor/": N_(
        "executive summary, overview for executives, sponsor, leadership, management summary, ROI, return "
        "on investment, value for money, what do we get for the money, is it worth it"
    ),
    "propose/": N_(
        "edit, suggest, suggest a change, suggestion, correct, make a change, change request, improve the "
        "charter, feedback, report a mistake"
    ),
    "health/": N_("quality, problems, warnings, checks, rules, errors of the charter"),
    "pre-read/": N_("agenda, prepare the review, meeting, pre-read, open actions"),
    "measurement-levels/": N_("Kirkpatrick, levels of evaluation"),
}

#: How a question begins that the page of a section, or a page, is likely to answer.
INTENTS = {
    "roles": N_("who, whose, whom, owner, owns, in charge"),
    "intake": N_("how do I, how to, how can I, where do I, can I, I need, I want"),
    "promises/": N_("how long, how fast, how soon, how quickly, by when"),
    "review": N_("when, next"),
    "calendar": N_("when"),
    "roadmap": N_("when, will"),
    "funding": N_("how much, how expensive, pays"),
    "glossary": N_("what is, what are, what does, mean, meaning, definition"),
    "decisions": N_("why did, why was, why were, why has, reason"),
}

#: Words with one meaning, one set for each line.
SYNONYMS = N_(
    "mentor, mentoring, buddy, coach, coaching\n"
    "coaching, coached, one-on-one, 1:1, call review, call feedback, talk\n"
    "train, training, course, courses, class, workshop, learning, lesson, session, enablement session\n"
    "new hire, new hires, newcomer, newcomers, newbie, newbies, starter, new starter, joiner, new joiner, "
    "recruit, new employee, new rep, onboarding, induction, orientation\n"
    "first day, first days, first week, first month, first 90 days, 30-60-90, ramp-up plan, onboarding\n"
    "SDR, BDR, SDRs, BDRs, sales development, sales development rep, business development\n"
    "presales, pre-sales, sales engineer, sales engineers, sales engineering, solution consultant, "
    "solution consultants, solution engineer, solutions engineer, SE, SEs\n"
    "customer success, customer success manager, CS, CSM, CSMs, account management\n"
    "newsletter, digest, weekly email, weekly mail, bulletin, field update, field updates, field news, "
    "announcement, announcements, communication\n"
    "lead, leads, prospect, prospects, lead generation, demand generation\n"
    "AE, AEs, account executive, account executives, rep, reps, sales rep, seller, sellers, salesperson, "
    "salespeople\n"
    "manager, managers, team lead, team leads, leader, boss, supervisor\n"
    "battlecard, battle card, battle cards, competitor, competitors, competition, competitive, "
    "competitive intelligence, compete, objection handling, objections, rival\n"
    "owner, responsible, accountable, in charge, runs\n"
    "budget, money, cost, funding, spend\n"
    "share, contribution, portion, split, percentage\n"
    "retire, retired, end, ended, ending, stop, stopped, sunset, cancel, cancelled, discontinued\n"
    "client, clients, customer, customers\n"
    "webinar, webinars, online event\n"
    "content, collateral, material, materials, slides, slide, deck, decks, pitch deck, presentation, "
    "powerpoint, one-pager, brochure, datasheet, assets\n"
    "case study, case studies, customer story, customer stories, success story, success stories, "
    "testimonial, testimonials, reference, references, customer reference, customer references, customer "
    "quotes\n"
    "deal clinic, deal clinics, deal review, deal desk, deal help, deal support, stuck deal, hard deal, "
    "stalled deal, open deal, win a deal\n"
    "attendance, attend, attended, participation, turnout\n"
    "RFP, RFPs, RFI, tender, tenders, bid, bids\n"
    "sales cycle, deal length, deal cycle, cycle time, cycle length, time to close, days to close, deal "
    "duration, sales velocity, deal velocity\n"
    "productivity, ramp, ramp-up, ramped, ramp time, time to productivity, time to quota, full "
    "productivity, time to first deal\n"
    "conversion, conversion rate, win rate, close rate, hit rate, deals won, won deals\n"
    "retention, churn, attrition, lost customers, customers lost, customer loss, losing customers, "
    "customers leaving, cancellations\n"
    "deals lost, lost deals, losses, reasons for loss\n"
    "renewal, renewals, renew, extension, contract renewal\n"
    "handover, handovers, hand over, handoff, hand-off, hand off, transition\n"
    "certificate, certificates, certification, certified, accreditation\n"
    "assessment, assessments, assess, assessed, evaluation, exam, test\n"
    "approve, approves, approved, approval, sign, sign-off, signature, signed, authorise, agree\n"
    "vacancy, vacant, open position, open role, unfilled, hiring for\n"
    "hiring, hire, interview, interviews, candidate, candidates, recruiting, recruitment\n"
    "deadline, turnaround, due date, lead time, response time\n"
    "duration, length, time, weeks\n"
    "holiday, holidays, vacation, public holiday, day off, days off, Thanksgiving, Christmas\n"
    "contact, ask, reach, get in touch, talk to, speak to\n"
    "backup, deputy, stand-in, replacement, replace, replaces, cover, covers, substitute\n"
    "error, mistake, correction, correct, fix, wrong, typo, outdated, out of date, update\n"
    "launch, launches, release, releases, product launch, product release, go-live\n"
    "pricing, price, prices, price list\n"
    "announcement, announce, notice, notice period\n"
    "quiet period, quiet fortnight, quiet time, blackout, freeze\n"
    "benchmark, benchmarks, industry average, yardstick, compare with other companies, compared to the "
    "market, how we compare\n"
    "report, reports, reporting, dashboard, dashboards\n"
    "reseller, resellers, channel partner, channel partners, distributor, distributors\n"
    "recording, recordings, recorded, call recording, call recordings, recorded calls, conversation "
    "intelligence, call library\n"
    "playbook, playbooks, process, guide, how-to, runbook\n"
    "certification renewal, renew certificate\n"
    "segment, market, SMB, mid-market, enterprise\n"
    "board, advisory board, steering committee, steerco, committee, council\n"
    "condition, conditions, prerequisite, precondition\n"
    "usage, use, used, adoption\n"
    "quota, sales target, quotas\n"
    "headcount, team size, number of people, how many people, staff\n"
    "finance, CFO, finance director, controller, controlling\n"
    "CRO, chief revenue officer, head of sales, head of revenue\n"
    "CMO, chief marketing officer, head of marketing, marketing director\n"
    "HR, human resources, people team, people department\n"
    "RevOps, revenue operations, sales operations, sales ops, operations\n"
    "PMM, product marketing\n"
    "PM, product management, product manager\n"
    "LMS, learning management system, learning platform\n"
    "CRM, customer relationship management, Salesforce, HubSpot\n"
    "CMS, content management system, content platform, content hub, content portal\n"
    "platform, platforms, tool, tools, system, systems, software, app\n"
    "data protection, privacy, GDPR, consent, deleted\n"
    "definition, define, meaning, mean\n"
    "goal, objective, target, aim\n"
    "risk, threat, danger\n"
    "escalate, escalation, complain, complaint, late, overdue, delayed\n"
    "nominate, nomination, sign up, enrol, enroll, register, registration, book, booking\n"
    "promise, promised, within, takes up to, on-time target\n"
    "hours, time commitment, workload\n"
    "template, templates, boilerplate\n"
    "feedback, opinion, rating, survey\n"
    "question, questions, query"
)

#: Words that a question contains, but that say nothing about its subject.
IGNORED = N_(
    "a an the and or of for to in on at by with from as is am are was were be been being do does did done "
    "doing have has had i me my mine we us our ours you your they them their it its this that these those "
    "there here who whom whose what which when where why how can could should would will may might must "
    "not no any some all every each about into than then so if please show find tell want wants need "
    "needs needed get gets give much many long often until before after own owns ever last first once one "
    "still since also just only very too up out make made see know there's what's who's s t re m d ll don "
    "doesn isn really somebody someone anybody anyone something anything calculate calculated compute "
    "computed counted year years number amount figure figures team teams colleague colleagues going go "
    "let like help vs versus via etc hi hello thanks"
)
