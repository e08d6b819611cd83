// Ranking of pages for the search worker: how well each page answers a query.
self.charterbookRanking = (() => {
  "use strict";
  const { remembered, sum } = self.charterbookWords;
  const { pages, entries, itemForms, isGeneral, isList, sectionOf, weightOf, choiceOf, terms } = self.charterbookPages;
  const { formOf, FORM } = self.charterbookForms;
  const { isSaid } = self.charterbookQuery;
  const SUMMARY = 90, RANKED = 15, BEFORE_SECTIONS = 50;
  // How much a field says about the subject of a page.
  const TITLE = 1.1, NAME = 0.75, PHRASE = 0.65, WHOLE_PHRASE = 0.92, PART = 0.7, HEADING = 0.4, MINOR = 0.34, LEAD = 0.75, BEGINNING = 0.3, TEXT = 0.2, STEEP = 2.3, ITEM = 0.66, BESIDE = 0.5;
  // How much each part of the score of a page counts: its names, general questions, codes, all fields, words that are together, the
  // same of the query's own words, quotes, neighbouring words, the frequency of words, and questions that such a page is likely to answer. They
  // were fitted to the lists of queries. WHAT weighs texts of pages that do not give the reason that is asked for.
  const NAMES = 850, ASKED = 700, FIELDS = 265, NEAR = 170, LITERAL = 118, QUOTE = 286, INFLECTED = 0.5, PAIRS = 250, OFTEN = 149, CODE = 900, INTENT = 525, REASON = 300, WHAT = 0.55, SECTION_INTENT = 640, CUE = 42;
  // Within how many words of a text words are together, and neighbours; BM25's saturation by frequency, influence of the length of a section, and
  // usual length.
  const WINDOW = 12, APART = 3, SATURATION = 1.2, LENGTH = 0.75, USUAL = 60;
  // How much it counts that a phrase is said as a whole, how steeply its part of the query does, and the same of all general
  // names together, also if the query asks what other pages are likely to answer, what several of them have, and an item alone;
  // from where on a page is named partly, or clearly.
  const WHOLE = 0.92, RECALL = 1.15, SHARED = 0.7, UNWANTED = 0.6, SHARED_STEEP = 2.2, SCATTERED = 0.7, ALONE = 0.2, PARTLY = 0.5, CLEARLY = 0.9;
  // From how many words a query is long, and how much less the names of a page count by the part of a long query that another page says together.
  // How much names of a page count if the query asks what other pages are likely to answer.
  const SEVERAL = 3, UNANSWERED = 0.75, ELSEWHERE = 0.76;
  // Factors for pages that repeat others, and for services.
  const LAST = 0.65, NAMED_LAST = 0.85, HOME = 0.4, LIST = 0.6, REPEATED = 0.85, SERVICE = 1.22;

  const formed = new Map();
  let current = null;

  // Rank for a query from now on; for none, pages are ordered as Material's search does.
  const rankFor = (query) => {
    current = query && {
      ...query, codes: query.text.toLowerCase().match(/[^\s,;.?!()]+/g) ?? [], forms: query.words.map(formOf).join(" "), allForms: query.all.map(formOf).join(" "), best: new Float64Array(query.parts), whole: new Float64Array(query.options.length),
      compared: new Map(), comparedGenerally: new Map(), hitWords: new Map(), texts: new Map(), nears: new Map(), quotes: new Map(), paired: new Map(), asked: new Map(), scores: new Map(), isLong: query.weights.filter(Boolean).length >= SEVERAL, together: 0,
      pairs: query.words.slice(1).map((_, place) => query.weights[place] + query.weights[place + 1]),
    };
  };

  // How well words answer each option, and each word of the query, from 0 to 1; `factor` weighs a word.
  // `whole` holds until the next call.
  const answers = (said, factor) => {
    const { options: asked, hits, weights, whole } = current, best = current.best.fill(0), touched = new Set();
    for (const word of said) {
      const weight = factor ? factor(word) : 1;
      for (const { part, quality, option } of hits.get(word) ?? []) {
        touched.add(option);
        if (quality * weight > best[part]) best[part] = quality * weight;
      }
    }
    const found = new Float64Array(weights.length);
    whole.fill(0);
    for (const option of touched) {
      const { covers, quality, first, parts } = asked[option];
      let worst = 1;
      for (let part = first; part < first + parts.length && worst; part += 1) worst = Math.min(worst, best[part]);
      whole[option] = worst * quality;
      if (worst) for (const place of covers) found[place] = Math.max(found[place], whole[option]);
    }
    return { whole, found };
  };
  const total = (found) => found.reduce((sum, quality, place) => sum + quality * current.weights[place], 0) / current.total;
  const hitsIn = (counts) => remembered(current.hitWords, counts, () => [...current.hits.keys()].filter((word) => counts.has(word)));
  const inText = (counts) => remembered(current.texts, counts, () => answers(hitsIn(counts)).found);

  // How much of the query its own words in a text say, from 0 to 1.
  const literal = (said) => {
    const found = new Float64Array(current.weights.length);
    for (const word of said) for (const place of current.literal.get(word) ?? []) found[place] = 1;
    return total(found);
  };
  // Words of the query that are together in a text: those of each longest stretch.
  const stretches = (said) => {
    const hits = said.flatMap((word, position) => (current.hits.has(word) ? [{ word, position }] : []));
    const found = new Map();
    let end = 0;
    hits.forEach(({ position }, start) => {
      const before = end;
      while (end < hits.length && hits[end].position < position + WINDOW) end += 1;
      if (end === before) return;
      const words = [...new Set(hits.slice(start, end).map(({ word }) => word))];
      found.set(words.sort().join(" "), words);
    });
    return [...found.values()];
  };
  // How well the words of an entry that are together answer the query, in any way and with the query's own words.
  const nearness = (entry) => remembered(current.nears, entry, () => {
    const near = stretches(entry.said), best = (measure) => Math.max(0, ...near.map(measure));
    return { any: best((words) => total(answers(words).found)), own: best(literal) };
  });
  // BM25 of a section, without the rarity of the words, from 0 to 1 + SATURATION.
  const frequencyIn = ({ said, counts }) => {
    const many = SATURATION * (1 - LENGTH + LENGTH * said.length / USUAL);
    return total(answers(hitsIn(counts), (word) => counts.get(word) * (1 + SATURATION) / (counts.get(word) + many)).found);
  };

  const isAbout = (said) => said.some((word) => current.hits.has(word));

  // The part of a phrase that the query says.
  const precision = (phrase, whole) => {
    const weights = phrase.words.map(weightOf), answered = (word) => (current.hits.get(word) ?? []).map(({ option }) => whole[option]);
    return sum(phrase.words.map((word, place) => weights[place] * Math.max(0, ...answered(word)))) / (sum(weights) || 1);
  };

  // How well a phrase answers the query, from 0 to 1: as a whole, and by word. `whole` is how much it counts that the
  // query says all of it: of a general phrase, everything.
  const NOTHING = { found: [], asked: 0, fit: 0 };
  const compareAll = (phrase, isGeneralPhrase) => {
    const answer = answers(phrase.all), meaning = isGeneralPhrase ? phrase.words.length / phrase.all.length : 1;
    return {
      found: answer.found, recall: total(answer.found) ** RECALL, part: (precision(phrase, answer.whole) * meaning) ** (isGeneralPhrase ? STEEP : 1),
      asked: phrase.isQuestion && isSaid(phrase, current) ? phrase.all.length / current.all.length : 0,
    };
  };
  const compare = (phrase, factor, whole = WHOLE) => {
    if (!isAbout(phrase.words)) return NOTHING;
    const { found, recall, part, asked } = remembered(whole < 1 ? current.compared : current.comparedGenerally, phrase, () => compareAll(phrase, whole === 1));
    return { found: found.map((quality) => quality * factor * (1 - whole / 2 + whole / 2 * part)), asked, fit: factor * recall * (1 - whole + whole * part) };
  };

  // How much it counts that a page, or its section, is likely to answer such a question.
  const wantedness = (address) => (current.wanted.has(address) ? INTENT : current.wanted.has(sectionOf(address)) ? SECTION_INTENT : 0);

  // Whether the query asks what other pages are likely to answer, and is not just what a page is called in general.
  const isAskedElsewhere = (address) => current.wanted.size > 0 && !wantedness(address) && !isCalledSo();

  const isAudience = (address) => address.startsWith("audiences/");

  // Audiences repeat what services say, except in what they begin with.
  const factorOf = ({ address }, names, lead) => {
    if (terms().last.includes(address)) return names > CLEARLY || current.wanted.has(address) ? 1 : LAST;
    if (address === "") return names > CLEARLY ? 1 : HOME;
    if (isList(address)) return names > CLEARLY ? 1 : LIST;
    return /^services\/./.test(address) ? SERVICE : isAudience(address) && Math.max(names, lead) < PARTLY ? REPEATED : 1;
  };

  const formsOf = (phrase) => remembered(formed, phrase, () => phrase.words.map(formOf).join(" "));
  // Whether a phrase and the query are the same but for words that say nothing: "our values".
  const isSame = (phrase) => phrase.said === current.said || formsOf(phrase) === current.forms;
  // Whether a query that asks nothing else says a phrase, alone or beside words that say nothing: "current budget".
  const isWhole = (phrase) => phrase.said === current.said || (!phrase.isQuestion && !current.wanted.size && isSame(phrase));

  // Whether the query is what a page is called in general, whose words are weighed as such.
  const isCalledSo = () => remembered(current.asked, terms(), () => terms().general.some((address) => pages.get(address)?.names.some(isWhole)));
  // How much the words of the query speak for a page, if it is about them at all.
  const cuesFor = (address) => (isCalledSo() ? 0 : CUE * (current.cues.get(address) ?? current.cues.get(`${sectionOf(address)}*`) ?? 0));

  // The part of the query that the general names of a page have, together and with the words that ask: "what is next".
  // What no single name has counts less, and the name of an item that stands alone there hardly: it is the subject of many pages.
  const sharedWith = (general) => {
    if (!general || current.all.length < 2) return 0;
    const weighed = remembered(current.asked, current, () => current.all.map(formOf).map((form) => ({ form, weight: choiceOf(form), isItem: itemForms.has(form) })));
    const parts = new Map(), having = new Map();
    for (const { form, weight } of weighed) for (const place of general.get(form) ?? []) {
      parts.set(place, (parts.get(place) ?? 0) + weight);
      remembered(having, place, () => new Set()).add(form);
    }
    const isAlone = (form) => !(general.get(form) ?? []).some((place) => having.get(place).size > 1);
    const best = Math.max(0, ...parts.values());
    const all = sum(weighed.map(({ form, weight, isItem }) => (general.has(form) ? weight * (isItem && isAlone(form) ? ALONE : 1) : 0)));
    return (best + SCATTERED * Math.max(0, all - best)) / sum(weighed.map(({ weight }) => weight));
  };

  // How well the names of a page or an entry answer the query: its own first, then those of what is in it.
  // What the charter itself calls an item is meant rather than what pages are called in general.
  const compareNames = ({ address = "", title, names, parts = [], headings: titles = [], general: words }) => {
    const general = isGeneral(address), ofPage = general && current.isItem ? ITEM : 1;
    const nameFactor = (phrase) => (general && isWhole(phrase) ? WHOLE_PHRASE : NAME);
    const compareName = (phrase) => (general && !isSame(phrase) ? compare(phrase, PHRASE * ofPage, 1) : compare(phrase, nameFactor(phrase))), about = names.filter((phrase) => isAbout(phrase.words));
    // Three words in a row of a name are no coincidence.
    const isMinor = (phrase) => phrase.isMinor && !current.wanted.has(address) && !(current.all.length > 2 && isSaid(current, phrase));
    // An item that is called exactly so is as good as a page that is.
    const compareItem = (phrase) => compare(phrase, isMinor(phrase) ? MINOR : isSame(phrase) ? NAME : PART);
    const isUnwanted = current.wanted.size > 0 && !current.wanted.has(address);
    const together = { ...NOTHING, fit: (isUnwanted ? UNWANTED : SHARED) * ofPage * sharedWith(words) ** SHARED_STEEP };
    const own = [compare(title, TITLE), ...about.map(compareName), together], items = parts.map(compareItem), others = terms().last.includes(address) ? [] : titles;
    // "Onboarding plan" is about onboarding rather than about plans, "AE onboarding" rather than about account executives.
    const isBeside = (general || (isAudience(address) && !wantedness(address))) && current.itemPlaces.some((place) => ![...own, ...items].some(({ found }) => found[place]));
    const named = isBeside ? own.map((one) => ({ ...one, fit: one.fit * BESIDE })) : own;
    return { own: named, all: [...named, ...items, ...others.map((phrase) => compare(phrase, HEADING))] };
  };

  // How much of the query an entry says with neighbouring words of it that are neighbours there as well, in any order.
  // Two words are no pairs of a longer query.
  const pairsIn = ({ said }) => (current.pairs.length < 2 ? 0 : remembered(current.paired, said, () => {
    const last = current.words.map(() => -Infinity), found = new Set();
    said.forEach((word, position) => {
      for (const place of current.literal.get(word) ?? []) {
        if (position - last[place - 1] <= APART) found.add(place - 1);
        if (position - last[place + 1] <= APART) found.add(place);
        last[place] = position;
      }
    });
    return sum([...found].map((pair) => current.pairs[pair])) / (sum(current.pairs) || 1);
  }));

  // Whether an entry says the query word for word, or in other forms of its words, from 0 to 1; single words are no quotes.
  const quotes = ({ said }) => (current.words.length < 2 ? 0 : remembered(current.quotes, said, () => (isSaid(current, { said: said.join(" ") }) ? 1
    : isSaid({ said: current.allForms }, { said: said.map(formOf).join(" ") }) ? INFLECTED : 0)));

  // How well the best section of a text answers the query: by words that are together, and by their frequency.
  const ofText = (sections) => {
    const best = (found) => Math.max(...found), found = sections.map(nearness), near = best(found.map(({ any }) => any));
    return { near, texts: NEAR * near + LITERAL * best(found.map(({ own }) => own)) + QUOTE * best(sections.map(quotes))
      + PAIRS * best(sections.map(pairsIn)) + OFTEN * best(sections.map(frequencyIn)) };
  };

  // How well a page or an entry answers the query, from 0 to about 1000, and how well its own names do, from 0 to 1.
  const score = (subject) => {
    const { counts, entries: sections = [subject] } = subject, { own, all } = compareNames(subject), best = (found, key) => Math.max(...found.map((one) => one[key]));
    const text = inText(counts), first = sections.find(({ anchor }) => !anchor) ?? sections[0], lead = inText(first.counts);
    // A list or a long text does not begin with a summary.
    const ofLead = isGeneral(subject.address ?? "") || first.said.length > SUMMARY ? BEGINNING : LEAD;
    const namedAs = (place) => Math.max(...all.map(({ found }) => found[place] ?? 0));
    const fields = total(text.map((quality, place) => Math.max(quality * TEXT, lead[place] * ofLead, namedAs(place))));
    const said = current.isLong && subject.words ? total(answers(hitsIn(subject.words)).found.map((quality, place) => Math.max(quality, Math.min(1, namedAs(place))))) : 1;
    return { fit: best(own, "fit"), fields, said, lead: total(lead), names: ASKED * best(all, "asked") + NAMES * best(all, "fit"), ...ofText(sections) };
  };

  const only = (found) => Object.fromEntries(Object.entries(found).filter(([, isFound]) => isFound));

  // How much it counts that a page has a code that the query has: the name of a rule, a commit or a channel, also without its
  // number sign if it cannot be a word.
  const isIn = (codes) => (code) => codes.has(code) || (code.includes("-") && codes.has(`#${code}`));
  const codesIn = ({ codes }) => (current.codes.some(isIn(codes)) ? CODE : 0);
  // How much it counts that a page of decisions, or the history, says in one place what the query asks the reason for.
  const reasonsIn = (address, near) => (terms().reasons.includes(address) && current.wanted.has(address) ? REASON * near : 0);

  // Whether the query asks why something is as it is: pages that say what it is, in the same words, do not answer.
  const asksWhy = () => terms().reasons.some((address) => current.wanted.has(address));

  const pageOf = (items) => pages.get(items[0].location.split("#")[0]);
  const scoreOfPage = (page) => remembered(current.scores, page, () => score(page));
  // The most of a long query that a page says together. Names of pages that lack a part of it are about something else.
  const mostTogether = (found) => (current.isLong ? Math.max(0, ...found.map(pageOf).filter(Boolean).map((page) => scoreOfPage(page).near)) : 0);

  // How well the page of some entries answers the query.
  const scoreOf = (items) => {
    const page = pageOf(items);
    if (!page || !current) return Math.max(...items.map((item) => item.score));
    const { fit, fields, said, lead, names: called, near, texts: own } = scoreOfPage(page), factor = factorOf(page, fit, lead), texts = own * (asksWhy() && !wantedness(page.address) ? WHAT : 1);
    const names = called * (1 - UNANSWERED * Math.max(0, current.together - said)) * (isAskedElsewhere(page.address) ? ELSEWHERE : 1);
    // Pages that repeat others have names and texts of their own.
    const reduced = factor === LAST ? NAMED_LAST * names + LAST * FIELDS * fields + texts : factor * (names + FIELDS * fields + texts);
    // Of equal pages, that of an item comes first.
    return reduced + codesIn(page) + (wantedness(page.address) + cuesFor(page.address)) * fields + reasonsIn(page.address, near) + (isGeneral(page.address) ? 0 : 1);
  };
  const scoreOfEntry = ({ location, score: points }) => {
    const entry = entries.get(location);
    if (!entry || !current) return points;
    const { names, fields, texts } = score(entry.anchor ? entry : { ...entry, names: pages.get(location).names });
    return names + FIELDS * fields + texts + (entry.anchor ? 0 : BEFORE_SECTIONS);
  };
  // The entries of the pages, best first, with the score of the page for the first entry. Those of the pages that come
  // far behind remain as Material's search orders them.
  const rankedByScore = (found) => found.map((items) => ({ items, points: scoreOf(items) })).sort((one, other) => other.points - one.points)
    .map(({ items, points }, place) => {
      const rank = place < RANKED && items.length > 1 ? scoreOfEntry : (item) => item.score;
      const sorted = items.map((item) => ({ ...item, score: rank(item), terms: only(item.terms) })).sort((one, other) => other.score - one.score);
      sorted[0].score = points;
      return sorted;
    });
  const ranked = (found) => {
    if (current) current.together = mostTogether(found);
    return rankedByScore(found);
  };

  return { rankFor, ranked, answers, isAbout, isSame };
})();
