"""How much words of a query say about which page of a handbook answers it, for its search.

Each line has the words for a section or a page of docs/, after their weight in fifths: a positive one speaks for the page,
a negative one against it. "metrics/*" is the page of each metric, and no name the home page. The weights were fitted to
the lists of queries of tests/quality, for handbooks of several trades: by logistic regression over all pages, on top of
the other parts of the ranking, with a penalty for large weights. Only words that ask, and words for sections, have
weights: names of items differ between handbooks. The catalogs have the same for other languages, in their own words.
"""

from __future__ import annotations

from charterbook.i18n import N_

#: Words by section and weight.
CUES = N_(
    "mission: 5 average size, 4 hire, 2 we year, 1 do per plan why\n"
    "services: 8 is what, 6 does get not, 2 pilot, -1 the\n"
    "services/*: 9 about i, 6 my, 5 certification hire on per price take, 4 contract new one owner "
    "release year, 3 before case fix from in it our with, 2 ask call certificate change deadline end "
    "feedback long open pager retention sla slides where wrong, 1 as channel rfp yet, -1 help line many "
    "pilot quarter share size, -2 days pays refuse reps stops this weeks, -3 adoption average can "
    "counts did length, -4 launch start, -5 is, -6 after get go no, -7 why, -9 does\n"
    "audiences: 1 i many, -2 people\n"
    "audiences/*: 11 hours, 8 per reps, 5 team, 4 first many what, 3 change how is, 2 an ask in, 1 for "
    "quarter, -1 days one size the, -2 after approval does go no, -3 adoption\n"
    "funding: 10 share, 3 after does for money pays s, 2 enablement the, 1 budget from, -1 not team, -2 "
    "line per release stops, -9 own\n"
    "metrics: 4 is vs what, 3 in the, 1 lead, -1 okrs\n"
    "metrics/*: 8 adoption, 7 can weeks with, 6 the, 5 no, 4 how, 3 days do drop i length reps, 2 close "
    "compare our target, 1 decision usage, -1 help not on retention turnaround, -2 about hire hours "
    "release was what why, -3 average per, -4 after as get, -5 my\n"
    "objectives: 2 okrs\n"
    "review: 8 own, 6 can, 3 budget i line my notice refuse team what, 2 extra finance for no on "
    "release the when, 1 condition meeting, -1 off, -2 length, -7 signed\n"
    "intake: 4 for, 3 first get i, 2 at do how, 1 call counts, -1 many quarter, -2 change hours, -3 "
    "channel hire, -4 response rfp\n"
    "calendar: 1 working\n"
    "scope: 7 off signed, 3 approval for response, 2 academy channel deck did my one partner rfp we "
    "when why, 1 do enablement get, -1 per team year yet, -2 after, -4 not reps\n"
    "roles: 4 is the, 3 for, 2 enablement team when working, 1 post vacancy, -2 does owner, -3 get not "
    "share, -4 what\n"
    "capacity: 2 enablement, 1 team, -1 how, -2 at does hours many not quarter working, -3 per\n"
    "partners: 5 what, 4 start, 3 does new, 2 before contact dates deadline hire hr, 1 from, -1 meeting "
    "partner\n"
    "platforms: 3 recording, 2 contract does management when, 1 call retention, -1 pays the, -2 "
    "adoption for\n"
    "roadmap: 9 go, 6 no, 5 pilot, 4 next, 3 for in the, 2 certificate, 1 end other s year, -1 budget, "
    "-2 management own\n"
    "risks: 3 stops, 2 pays, -1 not, -2 in is the, -9 at\n"
    "decisions: 8 why, 7 hours, 4 enablement is, 3 did for, 2 stops was, 1 revenue the, -1 as budget "
    "does no, -2 counts decision do what\n"
    "glossary: 7 meaning, 4 as, 3 counts does why, 2 finance launch, -2 is no pilot what\n"
    "promises/: 5 days, 4 average, 3 counts not, 2 did missed since turnaround, 1 promises recording "
    "yet, -1 how, -2 first rfp, -3 sla\n"
    "changes/: 3 change, 2 quarter, 1 s this\n"
    "compare/: 6 with, 4 vs, 2 compare\n"
    "history/: 4 cut was, 3 why, 2 budget change charter from when, 1 did how many target the, -1 at "
    "what, -2 does stops vs\n"
    "sponsor/: 5 for, 2 off people summary, 1 money quarter signed, -2 length, -3 per the, -7 is\n"
    "propose/: 3 does not, 2 on this, -2 is, -3 change\n"
    "health/: -1 signed\n"
    "pre-read/: 3 length meeting signed the, 2 has not what, 1 agenda board review, -1 days, -3 off"
)
