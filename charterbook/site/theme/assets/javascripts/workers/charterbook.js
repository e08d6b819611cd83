// Search worker around Material's: it adds forms of words, synonyms and other names, and ranks the pages.
// Material's search finds the entries that have words of the query, and marks the words; the order is decided here.
// A word of the query matches the same word, then its forms ("coached"), related words ("coachable"), and, where the
// handbook has none of them, similar words. The names, synonyms and ignored words are in the configuration of the index.
// Material's own worker, which has the stemmers, is in the same folder; the address's hash names it. What concerns
// letters and single words is in search-words.js.
(() => {
  "use strict";
  // Charterbook's other scripts are in a folder whose name has the same hash as that of this one.
  const [, hash = ""] = location.pathname.match(/charterbook(\.[0-9a-f]{8})\.js$/) ?? [];
  importScripts(`../../charterbook${hash}/search-words.js`);
  const { plain, fold, wordsOf, foldedWords, sharedLength, singular, english, russian, isMistyped, onOtherLayout } = self.charterbookWords;
  const FORMAT = 1, SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  const YEAR = /^20\d\d$/, KIND = /^[^/]+\/(?=[^/])/, CYRILLIC = /\p{Script=Cyrillic}/u, NUMBER = /^\p{N}+$/u, OPERATORS = /["+:^~*]|(^|\s)-/u;
  const NONE = { version: "", ranges: {}, names: {}, general: [], last: [], minor: [], intents: [], synonyms: [], ignored: [] };
  const PAST = "../../../search/past.json", MOST = 5, MOST_OF_ONE = 2, ENOUGH = 0.5, PAST_VALUE = 560, PAST_NUMBER = 400;
  // How well a word answers another one.
  const SAME = 1, FORM = 0.95, TENSE = 0.72, JOINED = 0.9, OPEN = 0.75, SYNONYM = 0.75, WITHIN = 0.6, IDIOM = 0.6, TOGETHER = 0.9, SIMILAR = 0.7, RELATED = 0.7;
  const SHORTEST = 3, LONG = 5, MOST_TERMS = 32, COMMON = 3, APART = 3, SUMMARY = 90, RANKED = 15;
  // Of a text, how many characters are shown, and how many words on each side of what is left out.
  const SHOWN = 320, CONTEXT = 9;
  // How much a field says about the subject of a page.
  const TITLE = 1, NAME = 0.75, PHRASE = 0.65, PART = 0.65, HEADING = 0.4, MINOR = 0.34, LEAD = 0.65, BEGINNING = 0.3, TEXT = 0.2, STEEP = 2.3, ITEM = 0.66, BESIDE = 0.5;
  // How much names, all fields, one section and the frequency of words count, of 1000.
  const NAMES = 740, FIELDS = 160, SECTION = 70, ALL = 33, NEAR = 100, QUOTE = 150, OFTEN = 63, EXACT = 200, ASKED = 600, INTENT = 300;
  // How much it counts that a phrase is said as a whole, and how steeply its part of the query does; weights of words
  // that only general phrases have, of years, and of words that ask; from where on a page is named partly, or clearly.
  const WHOLE = 0.92, RECALL = 1.3, GENERAL = 1.8, DATE = 0.5, ASKING = 0.3, PARTLY = 0.5, CLEARLY = 0.9;
  // Factors for pages that repeat others, and for services.
  const LAST = 0.55, NAMED_LAST = 0.7, HOME = 0.4, LIST = 0.38, REPEATED = 0.72, SERVICE = 1.15, METRIC = 0.92;

  let languages = [], terms = NONE, ignored = new Set(), docs = [], current = null, isRead = false;
  let pages = new Map(), entries = new Map(), lists = new Set(), words = new Map(), forms = new Map(), roots = new Map();
  let headings = new Map(), itemForms = new Map(), bySynonym = new Map(), frequencies = new Map(), formed = new Map();

  const remembered = (map, key, compute) => map.get(key) ?? map.set(key, compute()).get(key);
  const push = (map, key, value) => remembered(map, key, () => []).push(value);
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
  const stemmed = (word, { stemmer } = {}) => (stemmer ? stemmer(new lunr.Token(word, {})).toString() : word);
  const shortest = (word, found) => found.filter((start) => start.length >= SHORTEST)
    .reduce((one, other) => (other.length < one.length ? other : one), word);
  const formIn = (word) => (language) => (language === "en" ? english(word) : stemmed(word, lunr[language]));
  const formOf = (word) => remembered(formed, word, () => shortest(word, languages.map(formIn(word))));
  // What related words share: of English ones the stem; of Russian ones what is left without the ending of a verb or noun.
  const rootOf = (word, form) => russian(languages.includes("en") ? shortest(form, [stemmed(word, lunr)]) : form);

  const learn = (word) => {
    if (words.has(word)) return;
    const form = formOf(word), root = rootOf(word, form);
    words.set(word, { form, root });
    push(forms, form, word);
    push(roots, root, word);
  };

  // A phrase: all its words, and those that say something; when all are ignored, they say something.
  const read = (text) => {
    const all = wordsOf(text), content = all.filter((word) => !ignored.has(word));
    return { all, said: all.join(" "), words: content.length ? content : all, isQuestion: content.length > 0 && content.length < all.length };
  };
  const readKnown = (text) => {
    const phrase = read(text);
    phrase.all.forEach(learn);
    return phrase;
  };

  const setUp = ({ config, docs: found }) => {
    languages = config.lang;
    terms = { ...NONE, ...config.charterbook };
    ignored = new Set(terms.ignored);
    docs = found;
    config.fields.names = { boost: config.fields.title.boost };
    config.fields.folded = { boost: config.fields.text.boost };
    const known = new Map(docs.map((entry) => [entry.location, entry]));
    for (const [location, names] of Object.entries(terms.names)) {
      const entry = known.get(location) ?? known.get(location.split("#")[0]);
      if (entry) entry.names = `${entry.names ?? ""}${fold(names.join(" · "))} · `;
    }
    for (const entry of docs) {
      const folded = foldedWords(`${entry.title} ${entry.text}`);
      if (folded.length) entry.folded = folded.join(" ");
    }
  };

  // The words of a page or an entry, with how often it has them.
  const count = (counts, said) => said.forEach((word) => counts.set(word, (counts.get(word) ?? 0) + 1));

  const readEntry = ({ location, title, text }) => {
    const [address, anchor] = location.split("#"), titled = readKnown(title), counts = new Map();
    if (!pages.has(address)) pages.set(address, { address, title: titled, names: [], parts: [], headings: [], entries: [], counts: new Map() });
    const page = pages.get(address), said = [...titled.all, ...readKnown(text).all], entry = { title: titled, names: [], said, counts, anchor };
    count(counts, said);
    counts.forEach((times, word) => page.counts.set(word, (page.counts.get(word) ?? 0) + times));
    page.entries.push(entry);
    if (anchor) push(headings, titled.said, page);
    entries.set(location, entry);
  };

  // A page of a section has names that say what it is about in general; others have names of items.
  const isGeneral = (address) => terms.general.includes(address);

  const readNames = ([location, names]) => {
    const [address, anchor] = location.split("#"), page = pages.get(address), isMinor = terms.minor.some((start) => location.startsWith(start));
    const phrases = names.map((name, place) => ({ ...readKnown(name), isMinor, isLabel: Boolean(anchor) && !place }));
    if (!page) return;
    page[anchor ? "parts" : "names"].push(...phrases);
    entries.get(location)?.names.push(...phrases);
  };

  const readSynonyms = (phrases) => {
    const group = phrases.map(read);
    for (const phrase of group) for (const word of phrase.words) push(bySynonym, formOf(word), { phrase, group });
  };

  // Words that all pages of a kind have say nothing about one of them: "baseline" about a metric.
  const leaveOutRepeated = () => {
    const kinds = new Map();
    for (const page of pages.values()) if (KIND.test(page.address)) push(kinds, page.address.match(KIND)[0], page);
    for (const alike of [...kinds.values()].filter(({ length }) => length >= COMMON)) {
      const repeated = [...alike[0].counts.keys()].filter((word) => !ignored.has(word) && alike.every(({ counts }) => counts.has(word)));
      for (const { title, counts, entries: sections } of alike) {
        for (const word of repeated.filter((one) => !title.all.includes(one))) for (const { counts: own } of [{ counts }, ...sections]) own.delete(word);
      }
    }
  };

  // Everything that queries are compared with; the stemmers are there once Material's worker is ready.
  const readAll = () => {
    if (isRead) return;
    isRead = true;
    docs.forEach(readEntry);
    Object.entries(terms.names).forEach(readNames);
    terms.synonyms.forEach(readSynonyms);
    // A heading that many pages have says nothing about one of them.
    for (const [said, having] of headings) if (having.length < COMMON) having.forEach((page) => page.headings.push(read(said)));
    // A page with pages of items below it repeats what these say.
    lists = new Set([...pages.keys()].flatMap((address) => address.match(KIND) ?? []));
    leaveOutRepeated();
    for (const { address, title, parts } of pages.values()) {
      const labels = isGeneral(address) ? parts.filter(({ isLabel }) => isLabel) : [title];
      for (const word of labels.flatMap((label) => label.words)) itemForms.set(formOf(word), !isGeneral(address) || itemForms.get(formOf(word)));
    }
    for (const page of pages.values()) {
      const phrases = [page.title, ...(isGeneral(page.address) ? [] : page.names), ...page.parts].flatMap((phrase) => phrase.all);
      page.known = new Set([...page.counts.keys(), ...phrases]);
      page.known.forEach((word) => frequencies.set(word, (frequencies.get(word) ?? 0) + 1));
    }
  };

  const rarity = (pagesWith) => Math.log(1 + pages.size / pagesWith);
  const weightOf = (word) => rarity(frequencies.get(word) ?? 1);

  const isAkin = (form, other) => sharedLength(form, other) >= Math.max(LONG, form.length - 2, other.length - 3);

  // Of English words, forms of the tense are further away than those of the number: "coached" than "coaches".
  const sameNumberOf = (word, other) => CYRILLIC.test(word) || singular(word) === singular(other);
  // Words of the handbook that a word of the query matches, with how well they do: its forms and, unless it is strict,
  // related words, and the words that an open one begins.
  const expand = (word, isOpen, isStrict) => {
    const form = words.get(word)?.form ?? formOf(word), root = words.get(word)?.root ?? rootOf(word, form);
    const found = new Map(), add = (other, quality) => found.set(other, Math.max(quality, found.get(other) ?? 0));
    if (words.has(word)) add(word, SAME);
    for (const other of forms.get(form) ?? []) add(other, sameNumberOf(word, other) ? FORM : TENSE);
    if (isStrict) return found;
    const isKnown = found.size > 0;
    for (const other of roots.get(root) ?? []) add(other, isKnown ? RELATED * RELATED : RELATED);
    if (isOpen) for (const other of words.keys()) if (other.startsWith(word)) add(other, isKnown ? RELATED * RELATED : OPEN);
    if (!found.size && form.length >= LONG) for (const [other, own] of words) if (isAkin(form, own.form)) add(other, RELATED);
    return found;
  };
  // Words of the handbook that differ by at most so many typing errors: by one, or by two where none differs by one.
  const withErrors = (word, most) => [...words].filter(([other, { form }]) => isMistyped(word, other, most) || isMistyped(formOf(word), form, most));
  const similar = (word) => {
    const once = withErrors(word, 1), found = once.length ? once : withErrors(word, 2);
    return new Map(found.map(([other]) => [other, SIMILAR]));
  };
  // A word that neither the handbook has nor the synonyms, as a synonym that differs less than any word of the handbook.
  const spell = (word) => {
    const form = formOf(word);
    if (form.length < LONG || bySynonym.has(form) || expand(word, true).size) return word;
    const most = [1, 2].find((errors) => withErrors(word, errors).length || [...bySynonym.keys()].some((other) => isMistyped(form, other, errors)));
    return most && !withErrors(word, most).length ? [...bySynonym.keys()].find((other) => isMistyped(form, other, most)) : word;
  };

  const isKnown = (word) => bySynonym.has(formOf(word)) || expand(word, word.length >= SHORTEST).size > 0;
  const withLayout = (text) => {
    if (wordsOf(text).some((word) => ignored.has(word) || isKnown(word))) return text;
    const other = onOtherLayout(text);
    return wordsOf(other).some(isKnown) ? other : text;
  };

  // Ways to say a part of the query: which of its words they stand for, and the words of the handbook for each word.
  const joined = (asked) => asked.slice(1).map((word, place) => ({ covers: [place, place + 1], parts: [expand(asked[place] + word, false, true)], quality: JOINED }));
  const split = (word, place) => [...word].map((_, cut) => [word.slice(0, cut), word.slice(cut)])
    .filter(([one, other]) => one.length >= SHORTEST && other.length >= SHORTEST)
    .map((halves) => ({ covers: [place], parts: halves.map((half) => expand(half, false, true)), quality: JOINED }));

  // The words of the handbook for those of a phrase of the vocabulary, which do not change.
  const expandAll = (phrase) => (phrase.known === words.size ? phrase.parts : Object.assign(phrase, { known: words.size, parts: phrase.words.map((word) => expand(word, false, true)) }).parts);

  const isSaid = (phrase, query) => ` ${query.said} `.includes(` ${phrase.said} `);
  // Phrases of the vocabulary that the query says: the longest ones, since "data retention" is not about customers.
  const saidPhrases = (query) => {
    const asked = query.words.map((word) => formOf(word));
    const near = new Set(asked.flatMap((form) => bySynonym.get(form) ?? [])), found = [];
    for (const { phrase, group } of near) {
      const parts = phrase.words.map(formOf);
      // A phrase with words that are ignored is meant only as a whole: "first day" is not any day.
      if (!(phrase.words.length < phrase.all.length ? isSaid(phrase, query) : parts.every((form) => asked.includes(form)))) continue;
      found.push({ phrase, group, covers: asked.flatMap((form, place) => (parts.includes(form) ? [place] : [])) });
    }
    const isPart = ({ covers }, { covers: more }) => covers.length < more.length && covers.every((place) => more.includes(place));
    return found.map((one) => ({ ...one, quality: found.some((other) => isPart(one, other)) ? SYNONYM * WITHIN : SYNONYM }));
  };
  // A phrase of which only a common word would be left says too little: "first day".
  const isClear = ({ words: said, all }) => said.length === all.length || said.length > 1;
  const meant = (said) => {
    const found = new Map();
    for (const { phrase, group, covers, quality } of said) {
      for (const other of group) {
        const key = `${covers} ${other.said}`;
        if (other !== phrase && isClear(other) && !(found.get(key)?.quality >= quality)) found.set(key, { covers, phrase: other, quality });
      }
    }
    return [...found.values()].map(({ phrase, ...rest }) => ({ ...rest, parts: expandAll(phrase) }));
  };

  const options = (query) => {
    const { words: asked } = query, isOpen = (place) => place === asked.length - 1 && asked[place].length >= SHORTEST;
    const said = saidPhrases(query);
    // A word that the vocabulary has only together with ignored ones says less alone: "not working" is not about work.
    const isIdiom = (place) => said.some(({ phrase, covers }) => phrase.words.length === 1 && phrase.all.length > 1 && covers.includes(place));
    const isTogether = (place) => said.some(({ covers }) => covers.length > 1 && covers.includes(place));
    const own = asked.map((word, place) => ({ covers: [place], parts: [expand(word, isOpen(place))], quality: isIdiom(place) ? IDIOM : isTogether(place) ? TOGETHER : 1 }));
    const found = [...own, ...joined(asked), ...meant(said)].filter(({ parts }) => parts.every((part) => part.size));
    const missing = asked.flatMap((word, place) => (found.some(({ covers }) => covers.includes(place)) ? [] : [place]));
    for (const place of missing) {
      const word = asked[place], halves = split(word, place).filter(({ parts }) => parts.every((part) => part.size));
      if (halves.length) found.push(...halves);
      else if (word.length >= LONG) found.push({ covers: [place], parts: [similar(word)], quality: 1 });
    }
    return found.filter(({ parts }) => parts.every((part) => part.size));
  };

  // A word that few pages have says more about what is meant than one that many have, or that no text has, only a name
  // of a section; one that the handbook lacks says nothing.
  const hasPart = (known) => (part) => [...part].some(([word, quality]) => quality >= RELATED && known.has(word));
  const countPages = (found) => [...pages.values()].filter(({ known }) => found.some(({ parts }) => parts.every(hasPart(known)))).length;
  const weigh = (word, place, found) => {
    const [own, ...others] = found.filter(({ covers }) => covers.includes(place));
    if (!own) return 0;
    const having = countPages([own]) || countPages(others);
    return having ? rarity(having) * (YEAR.test(word) ? DATE : 1) : GENERAL;
  };

  // What a word of the handbook answers: the position among the parts of all options, how well, and the option.
  const hitsOf = (found) => {
    const hits = new Map();
    let first = 0;
    found.forEach((option, place) => {
      option.first = first;
      option.parts.forEach((part, index) => part.forEach((quality, word) => push(hits, word, { part: first + index, quality, option: place })));
      first += option.parts.length;
    });
    return { hits, parts: first };
  };

  // What a query asks for besides its subject: the pages that are likely to answer such a question, and the words for it.
  const intended = ({ said }) => {
    const asked = terms.intents.map(([phrases, addresses]) => [phrases.map(plain).filter((phrase) => ` ${said} `.includes(` ${phrase} `)), addresses])
      .filter(([phrases]) => phrases.length);
    return { wanted: new Set(asked.flatMap(([, addresses]) => addresses)), asking: new Set(asked.flatMap(([phrases]) => phrases).flatMap(wordsOf)) };
  };

  // Words of the names of items, and whether an item with a page of its own has them.
  const isItemWord = (word) => itemForms.has(formOf(word));
  const prepare = (text) => {
    readAll();
    current = null;
    if (OPERATORS.test(text)) return text;
    const query = read(withLayout(text));
    query.words = query.words.map(spell);
    const found = options(query), { wanted, asking } = intended(query), isSubject = query.words.some((word) => !asking.has(word));
    const weights = query.words.map((word, place) => weigh(word, place, found) * (isSubject && asking.has(word) ? ASKING : 1));
    current = { ...query, text, wanted, isItem: query.words.every(isItemWord), itemPlaces: query.words.flatMap((word, place) => (itemForms.get(formOf(word)) ? [place] : [])), known: words.size, options: found, weights, ...hitsOf(found), total: sum(weights) || 1, compared: new Map(), comparedGenerally: new Map(), hitWords: new Map(), texts: new Map(), pairs: new Map(), quotes: new Map() };
    Object.assign(current, { best: new Float64Array(current.parts), whole: new Float64Array(found.length) });
    // The beginning of a word is sought as it is typed; of whole words, any form.
    const last = query.words.at(-1) ?? "", typed = (word) => (!words.has(last) && word.startsWith(last) ? last : "");
    const keys = [...current.hits.keys()].map((word) => typed(word) || word.slice(0, sharedLength(word, words.get(word).form)) || word);
    const sent = [...new Set(keys)];
    return sent.filter((key) => !sent.some((other) => other !== key && key.startsWith(other))).slice(0, MOST_TERMS).join(" ") || text;
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

  // Pairs of neighbouring words of the query that are together in a text, by the place of the first one.
  const pairsIn = (said) => {
    const { hits, options: asked } = current, pairs = new Set();
    let before = [];
    said.forEach((word, position) => {
      const places = (hits.get(word) ?? []).flatMap(({ option }) => (asked[option].parts.length > 1 ? [] : asked[option].covers));
      before = places.length ? before.filter((other) => position - other.position <= APART) : before;
      for (const one of places) for (const { places: others } of before) for (const other of others) if (Math.abs(one - other) === 1) pairs.add(Math.min(one, other));
      if (places.length) before.push({ position, places });
    });
    return [...pairs];
  };
  // The part of the neighbouring words of the query that are together in an entry.
  const nearness = ({ said, counts }) => {
    const { weights } = current, pairWeight = (place) => weights[place] + weights[place + 1];
    if (weights.length < 2 || hitsIn(counts).length < 2) return 0;
    const near = remembered(current.pairs, said, () => pairsIn(said));
    return sum(near.map(pairWeight)) / (sum(weights.slice(1).map((_, place) => pairWeight(place))) || 1);
  };

  const isAbout = (said) => said.some((word) => current.hits.has(word));

  // The part of a phrase that the query says.
  const precision = (phrase, whole) => {
    const weights = phrase.words.map(weightOf), answered = (word) => (current.hits.get(word) ?? []).map(({ option }) => whole[option]);
    return sum(phrase.words.map((word, place) => weights[place] * Math.max(0, ...answered(word)))) / (sum(weights) || 1);
  };

  // How well a phrase answers the query, from 0 to 1: as a whole, and by word. `whole` is how much it counts that the
  // query says all of it: of a general phrase, everything.
  const NOTHING = { found: [], isExact: false, asked: 0, fit: 0 };
  const compareAll = (phrase, isGeneralPhrase) => {
    const answer = answers(phrase.words), meaning = isGeneralPhrase ? phrase.words.length / phrase.all.length : 1;
    return {
      found: answer.found, recall: total(answer.found) ** RECALL, part: (precision(phrase, answer.whole) * meaning) ** (isGeneralPhrase ? STEEP : 1),
      isExact: phrase.said === current.said || (current.all.length > 2 && isSaid(current, phrase)),
      asked: phrase.isQuestion && isSaid(phrase, current) ? phrase.all.length / current.all.length : 0,
    };
  };
  const compare = (phrase, factor, whole = WHOLE) => {
    if (!isAbout(phrase.words)) return NOTHING;
    const { found, recall, part, isExact, asked } = remembered(whole < 1 ? current.compared : current.comparedGenerally, phrase, () => compareAll(phrase, whole === 1));
    return { found: found.map((quality) => quality * factor * (1 - whole / 2 + whole / 2 * part)), isExact, asked, fit: factor * recall * (1 - whole + whole * part) };
  };

  // Audiences repeat what services say, except in what they begin with.
  const factorOf = ({ address }, names, lead) => {
    if (terms.last.includes(address)) return names > CLEARLY || current.wanted.has(address) ? 1 : LAST;
    if (address === "") return HOME;
    if (lists.has(address)) return names > CLEARLY ? 1 : LIST;
    if (/^metrics\/./.test(address)) return names > PARTLY ? 1 : METRIC;
    return /^services\/./.test(address) ? SERVICE : address.startsWith("audiences/") && Math.max(names, lead) < PARTLY ? REPEATED : 1;
  };

  // How well the names of a page or an entry answer the query: its own first, then those of what is in it.
  // What the charter itself calls an item is meant rather than what pages are called in general.
  const compareNames = ({ address = "", title, names, parts = [], headings: titles = [] }) => {
    const general = isGeneral(address), isSame = (phrase) => phrase.said === current.said, ofPage = general && current.isItem ? ITEM : 1;
    const compareName = (phrase) => (general && !isSame(phrase) ? compare(phrase, PHRASE * ofPage, 1) : compare(phrase, NAME * ofPage));
    const isMinor = (phrase) => phrase.isMinor && !current.wanted.has(address);
    // An item that is called exactly so is as good as a page that is.
    const compareItem = (phrase) => compare(phrase, isMinor(phrase) ? MINOR : isSame(phrase) ? NAME : PART);
    const own = [compare(title, TITLE), ...names.map(compareName)], items = parts.map(compareItem), others = terms.last.includes(address) ? [] : titles;
    // "Onboarding plan" is about onboarding rather than about plans.
    const isBeside = general && current.itemPlaces.some((place) => ![...own, ...items].some(({ found }) => found[place]));
    const named = isBeside ? own.map((one) => ({ ...one, fit: one.fit * BESIDE })) : own;
    return { own: named, all: [...named, ...items, ...others.map((phrase) => compare(phrase, HEADING))] };
  };

  // Whether an entry says the query word for word; single words are no quotes.
  const quotes = ({ said }) => current.words.length > 1 && remembered(current.quotes, said, () => isSaid(current, { said: said.join(" ") }));

  // How well a text answers the query: all of it, and its best section, which says all words or has them together.
  const ofText = (text, counts, own) => {
    const section = Math.max(...own.map((entry) => total(inText(entry.counts)))), near = Math.max(...own.map(nearness));
    const many = answers(hitsIn(counts), (word) => counts.get(word) / (counts.get(word) + 2)).found;
    return SECTION * section ** 2 + NEAR * near + QUOTE * own.some(quotes) + OFTEN * total(many);
  };

  // How well a page or an entry answers the query, from 0 to about 1000, and how well its own names do, from 0 to 1.
  const score = (subject) => {
    const { counts, entries: sections = [subject] } = subject, { own, all } = compareNames(subject), best = (found, key) => Math.max(...found.map((one) => one[key]));
    const text = inText(counts), first = sections.find(({ anchor }) => !anchor) ?? sections[0], lead = inText(first.counts);
    // A list or a long text does not begin with a summary.
    const ofLead = isGeneral(subject.address ?? "") || first.said.length > SUMMARY ? BEGINNING : LEAD;
    const namedAs = (place) => Math.max(...all.map(({ found }) => found[place] ?? 0));
    const fields = text.map((quality, place) => Math.max(quality * TEXT, lead[place] * ofLead, namedAs(place)));
    const anywhere = text.map((quality, place) => Math.max(quality, namedAs(place)));
    const names = (all.some(({ isExact, fit }) => isExact && fit > PARTLY) ? EXACT : 0) + ASKED * best(all, "asked") + NAMES * best(all, "fit");
    return { fit: best(own, "fit"), fields: total(fields), lead: total(lead), names, points: names + FIELDS * total(fields) + ALL * total(anywhere) ** 2 + ofText(text, counts, sections) };
  };

  const only = (found) => Object.fromEntries(Object.entries(found).filter(([, isFound]) => isFound));

  // How well the page of some entries answers the query.
  const scoreOf = (items) => {
    const page = pages.get(items[0].location.split("#")[0]);
    if (!page || !current) return Math.max(...items.map((item) => item.score));
    const { fit, fields, lead, names, points } = score(page), factor = factorOf(page, fit, lead);
    // Pages that repeat others have names of their own.
    const reduced = factor === LAST ? NAMED_LAST * names + LAST * (points - names) : factor * points;
    // Of equal pages, that of an item comes first.
    return reduced + (current.wanted.has(page.address) ? INTENT * fields : 0) + (isGeneral(page.address) ? 0 : 1);
  };
  const scoreOfEntry = ({ location, score: points }) => {
    const entry = entries.get(location);
    if (!entry || !current) return points;
    return entry.anchor ? score(entry).points : score({ ...entry, names: pages.get(location).names }).points + 50;
  };
  // The entries of the pages, best first, with the score of the page for the first entry. Those of the pages that come
  // far behind remain as Material's search orders them.
  const ranked = (found) => found.map((items) => ({ items, points: scoreOf(items) })).sort((one, other) => other.points - one.points)
    .map(({ items, points }, place) => {
      const rank = place < RANKED && items.length > 1 ? scoreOfEntry : (item) => item.score;
      const sorted = items.map((item) => ({ ...item, score: rank(item), terms: only(item.terms) })).sort((one, other) => other.score - one.score);
      sorted[0].score = points;
      return sorted;
    });

  // A list of another release is loaded again, past the browser's cache; if it still is, pages of this release say so.
  const isOfThisFormat = (found) => found?.format === FORMAT && ["versions", "places", "facts"].every((key) => Array.isArray(found[key]));
  const loadFacts = async () => {
    for (const cache of ["default", "reload"]) {
      const response = await fetch(PAST, { cache });
      if (!response.ok) return null;
      const found = await response.json();
      if (isOfThisFormat(found)) return found;
    }
    new BroadcastChannel(`charterbook ${location.pathname}`).postMessage("updated");
    return null;
  };

  // What other versions say, as facts with the positions of their first and last version; loaded with the first query.
  let past = null;
  const loadPast = async () => {
    const nothing = { versions: [], places: [], facts: [] };
    const found = (terms.version && await loadFacts().catch(() => null)) || nothing;
    const facts = found.facts.map(([first, last, place, text]) => {
      const [label, address] = found.places[place];
      return { first, last, label, text, address, ...readKnown(`${label} ${text}`) };
    });
    return { versions: found.versions, facts };
  };

  // A number that may have been promised or reached; a year says when.
  const isValue = (stem) => NUMBER.test(stem) && !YEAR.test(stem);

  const rangeOf = ({ first, last }, versions) => {
    const key = first === last ? "one" : first === 0 ? "older" : last === versions.length - 1 ? "newer" : "some";
    return terms.ranges[key].replace("{first}", versions[first]).replace("{last}", versions[last]);
  };

  // The part of the query, without its numbers, that a fact answers; a word that only other versions have counts as well.
  const share = (said) => {
    if (!isAbout(said)) return 0;
    const subject = current.words.map((word) => !isValue(word)), some = subject.includes(true), { found } = answers(said);
    const weights = current.weights.map((weight, place) => (some && !subject[place] ? 0 : weight || (current.weights.some(Boolean) ? 0.5 : 1)));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return found.reduce((sum, quality, place) => sum + quality * weights[place], 0) / (all || 1);
  };

  // The facts of other versions that answer the query: all of its numbers, and at least half of its other words.
  const elsewhere = ({ versions, facts }) => {
    const here = versions.indexOf(terms.version), now = here < 0 ? versions.length - 1 : here, numbers = current.words.filter(isValue);
    return facts.filter(({ first, last }) => now < first || last < now)
      .filter(({ all }) => numbers.every((number) => all.includes(number)))
      .map((fact) => ({ fact, part: share(fact.all) })).filter(({ part }) => part >= ENOUGH)
      .sort((one, other) => other.part - one.part || other.fact.last - one.fact.last)
      .filter(({ fact }, place, all) => all.slice(0, place)
        .filter((other) => other.fact.address === fact.address).length < MOST_OF_ONE).slice(0, MOST)
      .map(({ fact, part }) => [{ location: `../${versions[fact.last]}/${fact.address}`, terms: {},
        score: PAST_VALUE * part + (numbers.length ? PAST_NUMBER : 0),
        title: `${fact.label} (${rangeOf(fact, versions)})`, text: fact.text }]);
  };

  // What is shown of a text: the words beside those that are marked, up to a length. Tables have thousands of words.
  const excerpt = (html) => {
    let shown = 0;
    return html.replace(/<[^>]*>|[^<]+/g, (part) => {
      if (part.startsWith("<")) return part;
      if (shown >= SHOWN) return "";
      const words = part.split(/(?<=\s)/u);
      const kept = words.length <= 2 * CONTEXT ? part : `${words.slice(0, CONTEXT).join("")}… ${words.slice(-CONTEXT).join("")}`;
      shown += kept.length;
      return shown >= SHOWN ? `${kept}…` : kept;
    }).replace(/<mark[^>]*><\/mark>/g, "");
  };
  const excerpts = (found) => found.map((items) => items.map((item) => ({ ...item, text: excerpt(item.text) })));

  const complete = async ({ items, ...rest }) => {
    past = past || loadPast();
    const found = await past;
    // Words that only other versions have are known once these are loaded.
    if (current && current.known < words.size) prepare(current.text);
    const byScore = (one, other) => other[0].score - one[0].score;
    const own = ranked(items), asksForNumber = current && current.words.some(isValue);
    const others = current ? elsewhere(found) : [];
    // A former value answers a question with a number; else the best page of this version stays first.
    const first = asksForNumber ? [] : own.slice(0, 1);
    return { ...rest, items: excerpts([...first, ...[...own.slice(first.length), ...others].sort(byScore)]) };
  };

  addEventListener("message", (event) => {
    const { type, data } = event.data;
    if (type === SETUP) setUp(data);
    if (type !== QUERY || !event.isTrusted) return;
    event.stopImmediatePropagation();
    dispatchEvent(new MessageEvent("message", { data: { type, data: prepare(data) } }));
  });

  const post = self.postMessage.bind(self);
  // Texts are read before the first query is written.
  self.postMessage = async ({ type, data }) => {
    post({ type, data: type === RESULT ? await complete(data) : data });
    if (type === READY) setTimeout(readAll);
  };

  importScripts(location.hash.slice(1));
})();
