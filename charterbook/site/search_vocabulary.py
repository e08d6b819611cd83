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
        "enablement, reason to exist, what do we stand for, credo, manifesto, why do we have enablement, why "
        "was the team created, reason for enablement, why does the company pay for enablement, why does the "
        "company invest, business rationale, core values, what enablement is about, what is our mission, why "
        "the company invests, hiring volume, hired per year, people hired each year, value of faster ramp, "
        "worth of a shorter ramp, payback of a shorter ramp, worth how much, what is it worth, problem we "
        "solve, problem to solve, pain points, starting point, why we began, why we started, how it all "
        "began, reason for the investment, average contract, what buyers say, promise to buyers, beliefs, "
        "our approach, burnout, value of a month less ramp, what we help with, help buyers decide"
    ),
    "services": N_(
        "service catalogue, service catalog, list of services, offer, offering, what do we offer, what can I "
        "get, what can you help with, catalogue, catalog, all services, portfolio, service portfolio, "
        "service offering, programmes, programs, menu, what do we provide, what do you offer, what does the "
        "team do, what does enablement do, what does enablement offer, what can enablement do for me, our "
        "services, service list, what is on offer, help on offer, services overview, overview of services, "
        "which services are there, what is available to me, list of programmes, training offer, training "
        "catalogue, course catalogue, course list, enablement services, what is live, live services, which "
        "services are live, retired services, pilots, range of services, what you get, service directory, "
        "enablement menu, list of programs, what training exists, all trainings, all offers, enablement "
        "portfolio"
    ),
    "audiences": N_(
        "customers, who do we serve, who is it for, internal customers, users, target groups, who can use "
        "this, audience, target audience, beneficiaries, recipients, personas, served teams, who is covered, "
        "who gets what, eligibility, eligible, hours asked, time commitment, hours of training, training "
        "hours, hours we owe, who do we support, supported teams, user groups, who do we help, who is "
        "enablement for, who benefits, who uses enablement, groups, whom do we help, whom do we serve, "
        "consumers, who gets which service, service matrix, service coverage, coverage matrix, matrix of "
        "services, entitlement, people served, number of people served, stakeholder groups, internal "
        "clients, customer groups, teams served, services by team, service by team, which team gets what, "
        "who can ask, head counts of teams, team sizes, number of users, number of customers served, people "
        "in each team, how big are the teams, who owes what, what each team owes, who is served, list of "
        "audiences, segments served, what we ask of teams, time asked of teams"
    ),
    "funding": N_(
        "budget, money, cost, spending, spend, annual spend, price, expenses, finances, sponsor money, "
        "funders, who pays, who funds, who approves the budget, budget split, contribution, share of the "
        "budget, cost per head, how much does it cost, budgeting, financing, who finances, sources of money, "
        "source of funds, investment, invest, cost centre, cost center, cost allocation, chargeback, cost "
        "split, budget line, allocation, expenditure, bill, invoice, opex, spend per head, spending per "
        "person, cost per person, cost per employee, total cost, price tag, budget holder, budget owner, how "
        "is it funded, where does the money come from, purse, purse strings, wallet, fund, payers, "
        "contributions by department, cost of enablement, price of enablement, allocated budget, money "
        "split, who contributes, how much money, funding sources, where the money comes from, cost report, "
        "paid by, approve the budget, budget approval, budget breakdown, breakdown of costs, total budget, "
        "annual budget, yearly budget, cost sharing, budget shares, who bears the cost, cross-charge, "
        "recharge, internal billing, funding model, travel costs, travel budget, budget per department, cost "
        "recovery, budget composition, composition of the budget, how the budget is made up, financing "
        "sources, percent of the budget, pays how much, how much does each pay, how much each department "
        "pays, who foots the bill, foot the bill, cost carriers, budget lines and shares, external trainers, "
        "trainers from outside, spending plan, spending authority, is travel included, travel covered, "
        "purchase, purchase order, procurement budget, what is paid from, money for content, money for "
        "tools, money for training, expense policy, own line, cash, earmarked money, budget split by "
        "department, split by department"
    ),
    "metrics": N_(
        "KPI, KPIs, OKR, scorecard, dashboard, measures, measurement, success, results, performance figures, "
        "how is success measured, metric, indicators, performance indicators, key performance indicators, "
        "key figures, outcomes, performance, numbers, statistics, stats, analytics, actuals, baseline, "
        "targets, effectiveness, impact, success criteria, leading indicators, lagging indicators, leading "
        "and lagging, on track, off track, behind target, underperforming, underperformance, how are we "
        "doing, are we on track, scoreboard, target met, hitting our targets, missed targets, below target, "
        "metrics overview, actual values, progress, achievement, success figures, how success is measured, "
        "KPI list, KPI dashboard, list of metrics, list of KPIs, key numbers, KPI overview, success "
        "measures, measures of success, metric tree, KPI tree, what drives what, RAG status, how do we "
        "measure success, which KPIs are red, which metrics lag, behind schedule, behind plan, target versus "
        "actual, actual vs target, red metrics, green metrics, amber, traffic lights, what we track, tracked "
        "figures, measured results, cause and effect, what influences what, which metrics are on target, "
        "numbers behind, quantitative goals, success metrics, enablement metrics, sales metrics, driver "
        "tree, drivers, score card"
    ),
    "objectives": N_(
        "goals, OKR, aims, targets, targets of the year, priorities of the year, goals for next year, "
        "objective, objectives and key results, key results, annual goals, yearly goals, strategic goals, "
        "company goals, business goals, what do we want to achieve, ambitions, what we aim for, objectives "
        "of the year, goals this year, goals next year, business objectives, company targets, OKR list, what "
        "are we aiming for, annual objectives, team goals, north star goal, sales goal, revenue goal, "
        "bookings goal, retention goal, objectives next year, OKR 2027, quarterly objectives, where do we "
        "want to be, target for next year, company objective, corporate goals"
    ),
    "review": N_(
        "sign-off, signatures, approval, approval status, who signed, who approved, who has to sign, has "
        "everybody agreed, next review, quarterly review, meeting, next meeting, board meeting, date of the "
        "next meeting, decision rights, quorum, condition of approval, signoff, signed off, sign-off status, "
        "approver, who agreed, who approves the charter, endorsement, endorsed, ratified, board, advisory "
        "board, steering committee, committee, council, governance, review cycle, review cadence, review "
        "date, cadence, how often is it reviewed, quarterly business review, QBR, who may decide, decision "
        "making, authority, voting, vote, veto, members, participants, attendees, minutes, meeting notes, "
        "action items, actions, action log, conditional approval, pending approval, voting rules, majority, "
        "pending signature, missing signature, unsigned, board members, who votes, right to refuse, refuse "
        "hours, who is on the board, board decision, signing, countersign, approval from finance, finance "
        "approval, approval conditions, condition of finance, review meeting, charter review, board "
        "composition, who attends the board, who attends the review, approved by, agreed by, delegation of "
        "authority, decision authority, approval matrix, who has the final say, final say, right to decide, "
        "past meetings, previous meetings, meeting log, CFO approval, CMO approval, CRO approval, condition "
        "of the CFO, finance condition, what is the condition, who can approve, refuse, say no, may I "
        "refuse, can I refuse, right to say no, decline hours, refuse training, refuse extra training, "
        "overrule, overturn, override, who can overrule, who may move money, who can change the budget, who "
        "can change targets, who can change promises, without the board, who has the last word, escalate to "
        "the board, approval still missing, who has not signed, not yet signed, still to sign, signatories, "
        "approval dates, finance sign-off, sign-off date, meeting dates, last meeting, last review, what was "
        "decided at the last review, monthly figures, reporting rhythm, reporting frequency, how often are "
        "figures sent, reporting between reviews, agreed by everybody, board seats, seats on the board, "
        "chair of the board, permission, mandate of the board, entitled to decide, empowered, competences of "
        "the board, requirement of finance, finance requirement, requirements for approval, finance veto"
    ),
    "intake": N_(
        "request, ask for help, how to ask, how do I ask, how to request, how do I request, how do I get, "
        "submit a request, request form, ticket, contact, contact us, support, priorities, queue, urgent, "
        "urgent request, emergency, deal at risk, whom do I ask, who do I ask, where do I ask, book a place, "
        "sign up, get in touch, intake, help desk, helpdesk, service desk, email, e-mail, phone, request "
        "process, order, apply, enquiry, enquire, inquiry, ask a question, raise a request, raise a ticket, "
        "open a ticket, log a request, new request, make a request, priority levels, prioritisation, triage, "
        "urgency, fast track, rush, rush request, asap, high priority, critical, who can help me, get help, "
        "need help, help, reach out, registration, enrolment, booking, nominate, walk-in, drop-in, where to "
        "ask, send a request, submit, request link, how to reach you, chat channel, slack channel, question "
        "channel, assistance, place an order, where to write, how do I sign up, contact details, who to ask, "
        "first response, drop by, how do I contact enablement, ask enablement, contact enablement, request "
        "help, request support, support request, help request, create a ticket, who to contact, drop-in "
        "hours, drop-in session, request channel, severity, severity levels, intake form, intake process, "
        "front door, entry point, service portal, open call, weekly call, drop-in hour, open hour, open "
        "hours for questions, walk-in hours, how to reach, reach enablement, reach the team, how to contact, "
        "message the team, ping, DM, chat, slack us, ask on slack, ask by chat, form link, where is the "
        "form, entry form, launch date request, enter a launch, register a launch, deal emergency, deal in "
        "danger, urgent deal, customer about to leave, escalate a deal, hotline, response to an urgent "
        "request, request type, service request, propose a topic, suggest a topic, single entry point, point "
        "of entry, how to nominate, kickoff dates"
    ),
    "calendar": N_(
        "working hours, opening hours, business hours, office hours, holidays, public holidays, bank "
        "holidays, days off, vacation, time zone, timezone, business days, working days, Christmas, New "
        "Year, when are you open, when are you closed, availability, availability hours, opening times, "
        "hours of operation, office closed, closed, closure, weekend, shutdown, working time, lunch break, "
        "Easter, are you open, closing days, working week, hours of work, operating hours, bridge days, "
        "non-working days, what days do you work, time off, workdays, week days, opening days, holiday "
        "calendar, holiday list, holiday schedule, weekend support, 24/7, after hours, out of hours, "
        "national holidays, working schedule, xmas, boxing day, company holidays, holidays next year, days "
        "counted, what counts as a working day, Friday, Saturday, Sunday"
    ),
    "scope": N_(
        "exclusions, boundaries, not included, out of scope, what do you not do, what we do not do, what do "
        "you refuse, not our job, limits, in scope, not in the charter, excluded, what is excluded, not "
        "covered, not offered, not supported, not provided, not available, unsupported, not our "
        "responsibility, postponed, deferred, declined, rejected, refused, refused requests, don't do, what "
        "we don't do, what enablement does not do, what is out of scope, demarcation, who does it instead, "
        "no longer offered, dropped services, not done, what is not included, alternatives to us, who does "
        "it instead of us, turned down, off limits, outside our remit, remit, what enablement does not "
        "offer, not part of enablement, won't do, will not do, cannot do, what is not offered, whom do I ask "
        "instead, rejected requests, limitations, exceptions, carve-outs, who does this instead, not "
        "responsible for, customer academy, academy for customers, customer education, customer university, "
        "end-user certification, end user training, user training, tender answers, tender support, RFP "
        "response, RFP support, answering RFPs, proposal writing, slide design, design slides, slides for "
        "one deal, custom deck, bespoke slides, single-deal slides, candidate interviews, job interviews, "
        "sales reports, commission calculation, lead generation, legal contracts, what you refuse, not our "
        "task, who else can do it, somebody else's job, revisit date, when will you reconsider, stopped "
        "services, no longer done, live webinars, not yet offered, on the no list, templates for one rep"
    ),
    "roles": N_(
        "RACI, responsibilities, responsible, accountable, owners, who decides, people, who is who, who does "
        "what, vacancy, vacant, open position, job titles, backup, deputy, stand-in, replacement, who covers "
        "for, role, RACI matrix, RACI chart, RASCI, responsibility matrix, accountability, ownership, "
        "decision makers, org chart, organisation chart, organization chart, organigram, team members, "
        "positions, job descriptions, duties, who is in charge, who is responsible, who leads, who runs, who "
        "manages, roles and responsibilities, job vacancies, unfilled post, openings, jobs, substitutes, "
        "succession, absence cover, consulted, informed, who stands in, org structure, leadership, head of "
        "the team, who is my contact, job profile, area of responsibility, task owner, team structure, who "
        "fills in, on leave, empty positions, who is responsible for what, who runs enablement, who leads "
        "enablement, vacant roles, role descriptions, responsibility chart, accountability matrix, RACI "
        "table, contact person, point of contact, holiday cover, vacation cover, sick leave cover, who is in "
        "the team, job of, duties of, tasks of, role of, who does, what does the role do, who covers, cover "
        "when away, covers when absent, covers for the, fills in, filling in, while on vacation, away on "
        "holiday, responsibility for, accountability for, chair, chairs the board, chairman, chairperson, "
        "who chairs, who approves what, org, reporting line, hierarchy, person in charge, head of, sponsor "
        "of the charter, decider, RACI for, unfilled role, empty role, position description, role profile, "
        "people directory, team directory, who is the lead"
    ),
    "capacity": N_(
        "headcount, staffing, posts, FTE, workload, team size, how many people, enablement team, effort, "
        "hours per quarter, load, resources, resourcing, staff, size of the staff, full-time equivalents, "
        "manpower, staff numbers, number of people, bandwidth, utilisation, team capacity, size of the team, "
        "how big is the team, personnel, how many of you, team strength, size of enablement, enablement "
        "staff, workforce, people in the team, number of posts, how many work here, enablers, number of "
        "enablers, resource plan, capacity plan, capacity planning, staffing level, how many enablers, "
        "people on the team, available capacity, ratio of enablers, vacancies in the team, number of "
        "enablement people, time split, share of the team's time, how busy are you, availability, spare "
        "time, time per service, effort per service, person days, man-days, hours available, understaffed, "
        "posts and vacancies, hiring freeze, empty post, open headcount"
    ),
    "partners": N_(
        "stakeholders, suppliers, teams we work with, other departments, collaboration, cooperation, "
        "liaison, partner, partner teams, partner departments, internal partners, cross-functional, "
        "interfaces, interlock, counterparts, dependencies, who do we work with, gives and gets, who do we "
        "depend on, give and get, who helps us, other teams, departments, neighbouring teams, allies, who "
        "contributes, what do we get from, what do we need from, partner meetings, recurring meetings, "
        "regular meetings, meeting with, meetings with, sync with, cooperation with, working with other "
        "teams, obligations of other teams, inputs from other teams, operating rhythm, internal suppliers, "
        "meeting with revops, meeting with finance, meeting with HR, meeting with product, revops meeting, "
        "finance meeting, HR meeting, product meeting, meeting rhythm, deliverables, deliverables of, what "
        "we deliver, what they deliver, what do they owe us, inputs, owed by, owed to, what must they send, "
        "what HR gives, what HR sends, HR must send, liaison with, monthly meeting, weekly meeting, "
        "bi-weekly meeting, fortnightly meeting, when do we meet, how often do we meet, meeting schedule, "
        "cost report, monthly figures from, start dates, start dates of new hires, list of starters, hand-in "
        "dates, draft deadline, release drafts, drafts before a release, release dates, wish list for "
        "RevOps, collaboration with product, collaboration with marketing, collaboration with HR, agreements "
        "with other teams, working agreement, handshake, mutual obligations, quid pro quo"
    ),
    "platforms": N_(
        "tools, tooling, systems, software, technology, tech, tech stack, CRM, LMS, CMS, apps, applications, "
        "data, data owner, vendors, vendor contracts, contract end, contract expiry, tool stack, toolset, "
        "sales tech, system owners, system of record, licences, licenses, subscription, contract dates, "
        "contract end dates, licence renewal, data source, databases, integrations, data retention, "
        "retention period, data privacy, data protection, personal data, GDPR, privacy, where is the data "
        "stored, login, log in, single sign-on, administrators, admin rights, tool owner, tool "
        "administrators, IT systems, supplier contract, where are recordings, end of contract, contract "
        "dates of tools, software list, platforms, who administers, who owns the data, tool list, list of "
        "tools, software used, which tools do we use, tool contracts, vendor list, SaaS, system landscape, "
        "how long are recordings stored, how long do we keep recordings, how long are calls kept, storage of "
        "recordings, data deletion, right to be forgotten, recording consent, call recording policy, data "
        "processing, CRM admin, LMS admin, LMS contract, call storage, storage period, how long stored, call "
        "recordings kept, deleted recordings, delete my recording, recording deleted, recording deletion, "
        "retention of calls, conversation intelligence retention, where is data kept, where is the data, "
        "data held, administrator of, admin of, system admin, contract expiry date, contract runs until, "
        "contract renewal date, tool renewal, old tool, predecessor, migration, previous system, training "
        "portal, dependency on tools, tool dependencies, which services depend, outage, downtime, data "
        "steward, data controller, data categories, DPO, subject access, security of data, tool vendors"
    ),
    "maturity": N_(
        "maturity model, maturity level, stage, level, how mature are we, maturity assessment, maturity "
        "stage, self-assessment, capability level, current stage, how advanced are we, evidence of maturity, "
        "evidence, maturity goal, maturity target, maturity scale, how developed are we, where are we today, "
        "how good are we, development level, maturity ladder, CMMI, proof of maturity, next level, how far "
        "are we, level reached, formal or optimised, ad hoc, maturity now, target level, capability "
        "maturity, maturity rating, maturity grade, progress in maturity, are we mature, how far to the next "
        "level, far from optimised, reach optimised"
    ),
    "roadmap": N_(
        "plan, planned, what is planned, coming soon, next steps, next year, future, timeline, initiatives, "
        "milestones, projects, when will, backlog, what's next, what is next, what comes next, next quarter, "
        "coming up, future plans, in progress, work in progress, planned changes, action plan, project plan, "
        "what are you working on, dropped plans, cancelled plans, what's coming, what is coming, coming "
        "next, planned for, start date, go-live date, soon, on hold, under way, done so far, when does it "
        "start, future projects, goals ahead, planned projects, upcoming projects, release plan, plan for "
        "next year, plans for next year, rollout plan, when will it be available, when is it coming, "
        "upcoming changes, new initiatives, completed projects, finished projects, future services, dropped "
        "projects, status of projects, delivered, go/no-go, go or no go, go live or stop, keep or kill, "
        "continue or stop, pilot outcome, future of the pilot, will the pilot continue, pilot decision date, "
        "win/loss interviews, buyer interviews, buyer talks, talks with buyers, interviews with buyers, one "
        "certificate, single certificate, fill the post, post filled, when filled, when will the post be "
        "filled, when hired, got dropped, dropped items, what got dropped, cancelled projects, cancelled "
        "initiatives, under construction, planned date, ETA, estimated date, schedule of projects, release "
        "schedule, quarter plan, plan per quarter, planned improvements, future improvements, pipeline of "
        "projects, portfolio decisions, launch kit"
    ),
    "risks": N_(
        "threats, mitigation, what can go wrong, what could go wrong, issues, concerns, risk, risk register, "
        "risk log, risk assessment, dangers, obstacles, challenges, blockers, contingency, countermeasures, "
        "worst case, likelihood, key person risk, single point of failure, financial risk, potential "
        "problems, possible problems, problems, worries, exposure, dependency, key person dependency, weak "
        "points, weaknesses, vulnerabilities, uncertainty, what worries us, what might go wrong, risk list, "
        "top risks, key risks, risk owner, mitigation plan, contingency plan, plan B, fallback, budget risk, "
        "risk matrix, dependency on one person, stops paying, no longer pays, pulls out, pull out, "
        "withdraws, withdraws funding, withdrawal of funding, funding withdrawn, loss of funding, does not "
        "renew, leaves the company, quits, resigns, falls ill, is sick, illness, knowledge in one head, only "
        "one person knows, bus factor, too many launches, overload, overloaded, launch fatigue, change "
        "fatigue, no time for coaching, managers have no time, lack of time, shortage of time, shortage, "
        "missed condition, condition missed, two definitions, conflicting numbers, what if the condition "
        "fails, what if money is cut, what if somebody leaves, what happens when, likelihood and impact, "
        "impact, probability, worst-case scenario, bottleneck, things that may go wrong, may go wrong"
    ),
    "decisions": N_(
        "decision log, resolutions, what was decided, why was it decided, minutes, ADR, decision, decided, "
        "decision record, decision history, past decisions, choices, alternatives considered, what did we "
        "decide, reasons for decisions, rationale for, reason for, reasons for, why we chose, decision "
        "making history, who decided what, justification, options considered, pros and cons, why did we, why "
        "did we stop, why did we change, why was it changed, why was it stopped, reason behind, reasoning, "
        "decision rationale, considered options, considered alternatives, what else was considered, "
        "trade-offs, when was it decided, decision register, what led to, charge by use, charged by use, "
        "chargeback by usage, usage-based charging, pay per use, external academy, sales academy, academy "
        "for sellers, why managers, why coach managers, coaching for managers instead of, why the limit, why "
        "eight hours, limit of hours, hours cap, cap on hours, reason for the cap, why split, why separate, "
        "why two services, why renamed, name change, why renamed the team, redefinition, why redefined, "
        "redefine, why own budget, alternatives, alternative options, other options, which options were "
        "considered, rejected options, rejected alternatives, instead of, precedent, motives, motivation "
        "for, what was the thinking, thinking behind, past choices, board resolutions"
    ),
    "glossary": N_(
        "glossary, definitions, terms, abbreviations, acronyms, jargon, what does it mean, vocabulary, "
        "terminology, nomenclature, dictionary, lexicon, key terms, lingo, stands for, what is meant by, "
        "meaning, explanation, explanation of words, words explained, word list, explain, what words mean, "
        "meaning of words, wording, definition of terms, concepts, what is a, what counts as, who counts as, "
        "what do you mean by, defined as, how do you define, definition of, meaning of, difference between, "
        "what is the difference between, terms explained, counted as, is counted as, does it count, count "
        "as, included in the definition, who is a seller, when does the clock start, clock starts, start of "
        "the clock, exact definition, precise meaning, in other words, term for, sense, what is meant, "
        "difference to, differs from, how does it differ, versus revenue, named, called, leading indicator, "
        "lagging indicator, FAQ, clarify, clarification"
    ),
}

#: The same for pages of docs/ that belong to no section, by their addresses.
PAGE_PHRASES = {
    "promises/": N_(
        "SLA, SLO, service level, service-level agreement, response time, turnaround, turnaround time, lead "
        "time, waiting time, how long does it take, how long until, how long do I wait, how fast, how "
        "quickly, answer time, get an answer, deadlines, escalation, escalate, escalate a request, late, "
        "overdue, complain, commitments, service promise, guarantee, kept promises, promises kept, broken "
        "promises, breach, breached, SLA breaches, missed promises, track record, punctuality, on time, "
        "service standards, processing time, how long do requests take, delay, delivery time, how soon, when "
        "do I get an answer, how long for, time limits, service time, how many days, when will I get, "
        "promised times, working days to answer, how reliable are you, reliability, on-time rate, response "
        "targets, missed deadlines, not delivered in time, all promises, list of promises, committed times, "
        "service commitments, time to answer, time to respond, time to deliver, resolution time, SLA table, "
        "SLA list, SLA overview, SLA report, SLA targets, delivered on time, when will it be ready, wait "
        "time, how long does a request take, answer deadlines, promised answer times, promise dates, "
        "promised dates, promised by, list of SLAs, table of SLAs, SLA turnaround, breached SLAs, SLA "
        "history, which promises were missed, which promises were kept, promise status, kept and missed, "
        "requests on time, what happens if you are late, late answers, slow answers, time frames, "
        "timeframes, how many working days, working days for, delivery dates, expected delivery, when can I "
        "expect, expected answer, fulfilment, fulfilment rate, performance against promises"
    ),
    "changes/": N_(
        "what changed, what is new, what's new, news, changelog, release notes, differences, last quarter, "
        "change log, what was changed, what is different, latest changes, recent changes, modifications, "
        "amendments, revisions, updates, new in this version, changes this quarter, changes since last "
        "version, updates this quarter, what's different, new things, latest update, recently changed, "
        "latest, newest, what did you change, new since last time, weakened promises, weakened commitments, "
        "changes to commitments, summary of changes, change summary, since last version, changed since last "
        "quarter, biggest changes, most important changes, what got weaker, what got stronger, weaker "
        "promises, stronger promises, weaker SLAs, what got worse, new services this quarter, ended services "
        "this quarter, difference to last quarter, change since, changed since, news this quarter, what "
        "happened since, this quarter's changes, change report, what has been added, what has been removed, "
        "added and removed, diff to last quarter, what's different from, different since"
    ),
    "compare/": N_(
        "diff, difference between versions, compare versions, comparison of versions, version comparison, "
        "side by side, delta, compare quarters, two versions, version diff, compare two versions, what "
        "differs between, compare with last year, compare with, year on year, year over year, quarter on "
        "quarter, compare charters, diff quarters, diff two quarters, quarter vs quarter, compare Q2 and Q3, "
        "any two versions, pick two versions, between two versions, between versions, between quarters, what "
        "changed between, last year vs this year, this year vs last year, comparison tool"
    ),
    "history/": N_(
        "all versions, old versions, archive, previous versions, version history, versions, earlier "
        "versions, past versions, older versions, prior versions, audit trail, audit log, change history, "
        "revision history, who changed what, who changed this, log of changes, record of changes, "
        "traceability, commits, git log, revisions, editions, prior charters, older charters, previous "
        "charter, who edited, when was it changed, last year's charter, past quarters, log, first charter, "
        "first version, original charter, version control, git history, commit hash, old charter, earlier "
        "charter, past charter, list of versions, superseded versions, author of a change, when did it "
        "change, who changed, who edited what, who corrected, who fixed, corrected target, target corrected, "
        "target fixed, restated, baseline restated, when was it corrected, when did we start, since when, "
        "original promise, timeline of changes, changelog of commits, past states, state of last year, old "
        "state, earlier state, chronology, chronicle, who authored, authorship, SHA, reverted, revert, undo, "
        "undone, commits by, authored by, made by"
    ),
    "sponsor/": N_(
        "executive summary, overview for executives, sponsor, leadership, management summary, ROI, return on "
        "investment, value for money, what do we get for the money, is it worth it, executive overview, exec "
        "summary, executive dashboard, sponsor dashboard, sponsor view, at a glance, one-page summary, board "
        "summary, C-level, business value, payback, is it paying off, worth the money, key figures for "
        "executives, summary for the CEO, CEO, board report, management report, for management, people "
        "reached, reach, cost per person reached, highlights, bottom line, big picture, quick overview, "
        "results for the sponsor, is enablement worth it, value of enablement, budget by quarter, budget per "
        "quarter, budget trend, budget over time, budget history, budget last year, spending over time, "
        "spending trend, cost over time, previous budgets, budget of earlier quarters, TL;DR, executive "
        "briefing, C-suite, exec view, CFO summary, headline figures, budget development, budget evolution, "
        "evolution of the budget, budget growth, budget cuts over time, budget compared with last year, more "
        "budget than last year, budget changes, how the budget changed, people served, number served, "
        "headcount served, cost per seller, coverage history, service history, summary for the CRO, summary "
        "for the CFO, summary for the board, what has the money brought, worth its money, worth it, justify "
        "the budget, justification of the budget, returns, benefits for the business, business outcomes, "
        "business results, state of play, executive report, exec update, status report, one page, two-minute "
        "overview, marketing's share over time, shares over time, exec brief"
    ),
    "propose/": N_(
        "edit, suggest, suggest a change, suggestion, correct, make a change, change request, improve the "
        "charter, feedback, report a mistake, edit this page, edit the charter, change the charter, change "
        "this document, change this page, update the charter, update this page, amend, amendment, propose, "
        "propose a change, proposal, correction of the charter, suggest a correction, propose a correction, "
        "suggest an edit, suggest an improvement, fix a mistake, fix the charter, report an error, something "
        "is wrong, wrong information, typo, mistake, submit a change, contribute, report a typo, report an "
        "issue, typo on a page, spelling mistake, wrong text, fix this text, comment on the charter, error "
        "on a page, change a page, edit a service, request a correction, submit an idea, idea, pull request, "
        "merge request, request an edit, report wrong information, wrong number, challenge a figure, propose "
        "a new service, suggest a new service, add a service, edit the file, feedback on this page, "
        "something wrong here, found a mistake, suggest new metric, suggest a new metric, suggest a metric, "
        "propose a metric, new service idea, add a metric, change request form, edit online, edit "
        "charter.yml, charter.yml, YAML, patch, send a correction, wrong on this page, mistake in the "
        "charter, typo in the charter, error in the charter, outdated page, outdated information, how to "
        "contribute, comment, remark, objection to the charter, fix wording, reword, rewording, wrong word"
    ),
    "health/": N_(
        "quality, problems, warnings, checks, rules, errors of the charter, health check, charter health, "
        "quality check, audit, lint, validation, consistency, compliance, compliance check, completeness, "
        "findings, hints, charter check, weak spots of the charter, what is missing, to fix, open findings, "
        "rule violations, rule check, rule ids, rules for a good charter, failed checks, quality rules, "
        "diagnostics, completeness check, self check, checklist, charter quality, broken rules, what needs "
        "fixing, rule names, which rules, severity of rules, hints and warnings, charter warnings, charter "
        "errors, state of the charter, is the charter ok, is the charter complete, unmet condition, quality "
        "gate, best practice, checks passed, passed checks, what is wrong with the charter, charter review "
        "findings, linting, validator"
    ),
    "pre-read/": N_(
        "agenda, prepare the review, meeting, pre-read, open actions, meeting preparation, prepare for the "
        "review, board papers, briefing, overdue actions, open tasks, to-do, to-dos, follow-ups, what to "
        "read before the meeting, preparation, preparation for the review, preparation for next review, "
        "preparing for the meeting, agenda for the meeting, agenda for the next meeting, meeting agenda, "
        "open action items, unfinished actions, what do I read, read before, action list, due actions, open "
        "questions for the board, meeting prep, board pack, pre-reading, preread, discussion points, topics "
        "for the meeting, off-track metrics, what is overdue, open decisions, decisions needed, decisions "
        "that are needed, items for decision, metrics off track, decisions to take, decisions to make, "
        "overdue tasks, what will be discussed, discussion items, topics of the next meeting, agenda of the "
        "next review, agenda of the board meeting, next meeting preparation, homework, briefing pack, "
        "briefing book, reading list, what is late, conditions to check, who still has to sign, missing "
        "sign-offs, metrics behind, missed promises this quarter, board agenda, questions for the review, "
        "action points, pending items, pending actions, pending decisions, handout for the board"
    ),
    "measurement-levels/": N_(
        "Kirkpatrick, levels of evaluation, evaluation levels, four levels, levels of measurement, levels of "
        "evidence, evaluation model, Kirkpatrick model, training evaluation, level 1, level 2, level 3, "
        "level 4, kinds of proof, happy sheets, smile sheet, reaction level, reaction, learner satisfaction, "
        "learner feedback, training feedback, feedback after training, post-session survey, survey after "
        "training, session survey, course evaluation, training survey, did they like it, did they like the "
        "training, behaviour change, behavior change, transfer to the job, knowledge transfer, training "
        "impact, impact of training, impact of a training, training effectiveness, proof of impact, "
        "Phillips, ROI model, levels of proof, what a metric can prove, which level, learning evaluation"
    ),
    "field-communication/": N_(
        "field communication, communication rules, notice, notice period, launch notice, notice for "
        "launches, advance notice, quiet period, quiet fortnight, blackout, blackout period, freeze period, "
        "how are changes announced, announcement rules, change communication, who announces, communication "
        "plan, how many launches, when are launches announced, information policy, maximum number of "
        "launches, launch limit, launches per quarter, max launches, launch rules, change notice, announce "
        "something to the field, notify sellers, inform the field, tell the field, change freeze, "
        "end-of-quarter freeze, how do I announce, lead time for launches, launch lead time, notice for a "
        "launch, how far ahead, how far in advance, how long in advance, how early, how late can I announce, "
        "announce a launch, announce a price change, number of large launches, large launches per quarter, "
        "how many large launches, limit of launches, too many announcements, blackout dates, quarter-end "
        "freeze, no announcements, no changes at quarter end, when not to disturb sellers, do not disturb, "
        "one sender, single channel, communication policy, comms rules, comms plan, comms policy, comms "
        "freeze, message to all sellers, tell everyone, broadcast to the field, mass mail, field wide "
        "announcement, digest deadline"
    ),
    "how-we-compare/": N_(
        "benchmark, industry average, market comparison, comparison with the market, comparison with other "
        "companies, compared with others, market median, peers, industry standard, how do others do, are we "
        "better than others, average company, compared to peers, external comparison, what do other "
        "companies spend, market figures, benchmark report, compared to the market, are we good compared "
        "with others, is it good compared with others, good compared to, above average, below average, "
        "better than average, other firms spend, what others spend, what do other firms spend, spend versus "
        "others, spending compared, training spend per head elsewhere, ramp in other companies, market ramp, "
        "industry ramp, enablers per seller, enablers per employee, enabler ratio, enabler to employee "
        "ratio, enabler to seller ratio, ratio elsewhere, external figures, external data, industry figures, "
        "industry data, competitor companies, versus the market, vs other companies, peer group, spending "
        "compared with, spending per seller compared, compared spending"
    ),
    "buyer-journey/": N_(
        "buyer journey, customer journey, buying process, purchase stages, stages of buying, decision "
        "stages, how buyers buy, buyer's steps, purchasing process, what buyers need, what buyers want at "
        "each stage, buyer needs, buyer questions, questions of buyers, buying decision, how customers "
        "decide, evaluation stage, comparison stage, awareness stage, steps of a purchase, purchase journey"
    ),
}

#: How a question begins that the page of a section, or a page, is likely to answer.
INTENTS = {
    "roles": N_("who, whose, whom, owner, owns, in charge, who does, job of, duties of, tasks of"),
    "intake": N_(
        "how do I, how to, how can I, where do I, can I, I need, I want, who can I ask, who do I ask, whom do "
        "I ask, whom can I ask, ask about, where can I"
    ),
    "promises/": N_("how long, how fast, how soon, how quickly, by when, how many days"),
    "review": N_(
        "when, next, can I refuse, may I refuse, can I say no, say no, can we refuse, may we refuse, refuse, "
        "allowed to, am I allowed, have the right, who may, who can decide, overrule, who can change"
    ),
    "calendar": N_("when"),
    "roadmap": N_("when, will, when will"),
    "funding": N_("how much, how expensive, pays"),
    "glossary": N_(
        "what is, what are, what does, mean, meaning, definition, what counts as, counts as, who counts, "
        "difference between, defined, define, stands for, what exactly is"
    ),
    "decisions": N_(
        "why did, why was, why were, why has, reason, did we decide, was decided, decided, reason for, "
        "reasons for, rationale, how come, why, what was the reason, reason behind, why do, why are, why is, "
        "why does, reason why, instead of"
    ),
    "audiences": N_(
        "how many hours, how much time, how many, number of, size of, expected of, asked of, duties, "
        "obligations, what do we get, what do I get, tasks"
    ),
    "propose/": N_(
        "how do I change, how do I edit, how do I correct, how do I update, how do I suggest, how to change, "
        "how to edit, how to correct, how to update, how can I change"
    ),
    "changes/": N_("has changed, changed"),
    "risks": N_("what if, what happens if, what could happen, stops paying, withdraws, pulls out, quits"),
    "metrics": N_(
        "how many, how often, rate, ratio, percentage, percent, frequency, usage, number of, length of, "
        "duration, trend, adoption, growth, how much time, days to, months to, weeks to, average, weeks "
        "until, months until, days until, how long until, weeks, percent of, share of"
    ),
    "history/": N_("who changed, when changed, when was it changed, who edited"),
    "sponsor/": N_("trend, over time, by quarter, last year, development of, historical"),
    "partners": N_(
        "meeting with, meet with, meetings with, sync with, deliver, delivers, provides, contact in, contact "
        "at"
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
