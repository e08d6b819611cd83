// Search worker around Material's: it adds stems, synonyms and other names, and ranks the results.
// Material's search matches prefixes; here it gets the stem of each word: "coaching" becomes "coach", which also finds
// "coached"; "обучением" becomes "обучен". The names, synonyms and ignored words are in the configuration of the index.
// Material's own worker, which has the stemmers, is in the same folder; the address's hash names it.
(() => {
  "use strict";
  const QUERY = 2, SETUP = 0, RESULT = 3, SHORTEST = 3;
  const YEAR = /^20\d\d$/;
  const WORD = /[\p{L}\p{N}]+/gu, NUMBER = /^\p{N}+$/u, OPERATORS = /["+:^~*]|(^|\s)-/u;
  const NONE = { version: "", ranges: {}, names: {}, last: [], synonyms: [], ignored: [] };
  const PAST = "../../../search/past.json", MOST = 5, MOST_OF_ONE = 2, ENOUGH = 0.5, SYNONYM = 0.75, LIST = 0.8, ALL = 400, NEAR = 120, APART = 3, LEAST = 5, ENDING = 2, UNKNOWN = 0.5, PART = 400, NAMED = 600, LATE = 0.3, REPEATED = 0.9, SAME = 850, SERVICE = 1.1, PAST_VALUE = 560;
  let languages = [], terms = NONE, entries = new Map(), lists = new Set(), ignored = new Set(), synonyms = [], weights = new Map(), holders = new Set(), last = "", open = "", current = null;

  const sharedStart = (one, other) => {
    let length = 0;
    while (length < one.length && one[length] === other[length]) length += 1;
    return one.slice(0, length);
  };

  const starts = (word) => languages.map((language) => {
    const { stemmer } = language === "en" ? lunr : lunr[language] || {};
    return stemmer ? sharedStart(word, stemmer(new lunr.Token(word, {})).toString()) : word;
  });

  const shorten = (word) => starts(word).filter((start) => start.length >= SHORTEST)
    .reduce((one, other) => (other.length < one.length ? other : one), word);

  // Letters without accents, as people type them; й is a letter of its own.
  const fold = (text) => text.replace(/ё/g, "е").replace(/\p{Script=Latin}+/gu, (word) =>
    word.normalize("NFD").replace(/\p{M}/gu, ""));
  const plain = (text) => fold(text.replace(/<[^>]*>/g, "").replace(/&[a-z]+;|&#\d+;/g, " ").toLowerCase());
  const foldedWords = (text) => (text.toLowerCase().match(WORD) || [])
    .map((word) => [word, fold(word)]).filter(([word, folded]) => word !== folded).map(([, folded]) => folded);
  const wordsOf = (text) => plain(text).match(WORD) || [];
  const isPrefix = (one, other) => one === other || (one.length >= SHORTEST && other.startsWith(one));
  // The last word may still be written; the others are whole: "time" is not "timeline".
  const isSame = (stem, word) => isPrefix(stem, word) && (stem === last || word.length <= stem.length + ENDING);
  const matches = (stem, words) => words.some((word) => isSame(stem, word) || isPrefix(word, stem));
  // The same word, with another ending: "study" and "studies" share less than their stems.
  // Not the last one while it is written: "coachi" has no ending yet.
  const isForm = (one, other) => one !== open && other !== open && isPrefix(one, other) && other.length <= one.length + 1;
  const isOneOf = (stem, stems) => stems.some((other) => stem === other || isForm(stem, other) || isForm(other, stem));
  const contains = (words, part) => ` ${words.join(" ")} `.includes(` ${part.join(" ")} `);

  // A phrase, as the words of it, and their stems without the words that are ignored.
  const read = (text) => {
    const words = wordsOf(text), content = words.filter((word) => !ignored.has(word));
    return { words, stems: (content.length ? content : words).map(shorten) };
  };

  // The words of a text, read when they are first asked for, or soon.
  const textOf = (text) => {
    let words = null, line = null;
    return {
      get words() { return (words ??= wordsOf(text)); },
      has(stem) { return (line ??= ` ${this.words.join(" ")}`).includes(` ${stem}`); },
    };
  };

  const setUp = ({ config, docs }) => {
    languages = config.lang;
    terms = { ...NONE, ...config.charterbook };
    ignored = new Set(terms.ignored);
    config.fields.names = { boost: config.fields.title.boost };
    config.fields.folded = { boost: config.fields.text.boost };
    entries = new Map(docs.map((entry) => [entry.location, { title: entry.title, names: [], parts: [], entry, said: textOf(entry.text) }]));
    // Texts are read before the first query is written.
    setTimeout(() => { for (const { said } of entries.values()) said.has(""); });
    // A page with pages of items below it repeats what these say.
    lists = new Set([...entries.keys()].filter((location) => /^[^#]+\/[^#]/.test(location)).map((location) => location.replace(/\/.*/, "/")));
    for (const [location, names] of Object.entries(terms.names)) {
      const own = entries.get(location), page = entries.get(location.split("#")[0]);
      if (own) own.names.push(...names);
      else if (page) page.parts.push(...names);
    }
    for (const { entry, names, parts } of entries.values()) {
      if (names.length + parts.length) entry.names = fold([...names, ...parts].join(" · "));
      const folded = foldedWords(`${entry.title} ${entry.text}`);
      if (folded.length) entry.folded = folded.join(" ");
    }
    holders = new Set(Object.keys(terms.names).filter((location) => location.includes("#")).map((location) => location.split("#")[0]));
    synonyms = null;
  };

  // The stemmers are there once Material's worker has loaded them, so phrases are read with the first query.
  const readPhrases = () => {
    weights = new Map();
    synonyms = terms.synonyms.map((phrases) => phrases.map(read));
    for (const entry of entries.values()) {
      entry.title = read(entry.title);
      entry.names = entry.names.map(read);
      entry.parts = entry.parts.map(read);
    }
  };

  // Phrases that mean the same as a phrase of the query, as stems, by the stem that they stand for.
  const alternatives = ({ words, stems }) => {
    const found = new Map(stems.map((stem) => [stem, []]));
    for (const group of synonyms) {
      const said = group.filter((phrase) => contains(words, phrase.words)
        || phrase.stems.every((stem) => isOneOf(stem, stems)));
      for (const phrase of said) {
        const others = group.filter((other) => other !== phrase).map((other) => other.stems);
        for (const stem of stems) if (isOneOf(stem, phrase.stems)) found.get(stem).push(...others);
      }
    }
    return found;
  };

  // The beginning of a word that some entry has: stemmers do not know that "застряла" and "застревают" are one verb.
  const known = (stem) => {
    const isKnown = (start) => [...entries.values()].some((entry) => isIn(start, entry));
    const starts = [stem, stem.slice(0, -1), stem.slice(0, -2)].filter((start) => start === stem || start.length >= LEAST);
    return starts.find(isKnown) ?? stem;
  };

  const prepare = (text) => {
    if (synonyms === null) readPhrases();
    current = null;
    if (OPERATORS.test(text)) return text;
    const query = read(text);
    last = query.stems.at(-1);
    query.stems = query.stems.map(known);
    last = query.stems.at(-1);
    open = query.words.at(-1) === last ? last : "";
    const others = alternatives(query);
    current = { ...query, others };
    return [...new Set([...query.stems, ...[...others.values()].flat(2)])].join(" ");
  };

  // A word that few entries have says more about what is meant than one that many have, or none.
  const isIn = (stem, { title, names, parts, said }) =>
    said.has(stem) || [title, ...names, ...parts].some((phrase) => matches(stem, phrase.stems));
  const weight = (stem) => {
    if (!weights.has(stem)) {
      const all = [...entries.values()], phrases = [[stem], ...(current?.others.get(stem) ?? [])];
      const having = all.filter((entry) => phrases.some((phrase) => phrase.every((other) => isIn(other, entry)))).length;
      weights.set(stem, having ? Math.log(1 + all.length / having) : UNKNOWN);
    }
    return weights.get(stem);
  };
  const total = (stems) => stems.reduce((sum, stem) => sum + weight(stem), 0);
  const partOf = (stems, all) => total(stems) / (total(all) || 1);

  // The part of a query that words answer; a synonym counts for less than the word itself.
  const share = (stems, words, others) => stems.map((stem) => {
    if (matches(stem, words)) return weight(stem);
    return others.get(stem).some((phrase) => phrase.every((other) => matches(other, words))) ? SYNONYM * weight(stem) : 0;
  }).reduce((one, other) => one + other, 0) / (total(stems) || 1);

  // Whether a query has a whole name in it. One word is enough for the names of a page; others need their exact words.
  const isNamed = ({ words, stems }, query, isPage) => words.length > 0 && ((words.length > 1 && contains(query.words, words))
    || (isPage && stems.every((stem) => isOneOf(stem, query.stems))));

  // How well the names that a query has in it answer it, by the part of it that they are.
  const named = (phrases, query) => {
    const stems = query.stems.filter((stem) => phrases.some((phrase) => matches(stem, phrase.stems)));
    return stems.length ? 150 + 650 * partOf(stems, query.stems) + 20 * stems.length : 0;
  };

  // How well one name of an entry answers the query, from 0 to 1000.
  const fit = ({ words, stems }, query) => {
    if (!words.length) return 0;
    if (words.join(" ") === query.words.join(" ")) return 1000;
    const all = query.stems.every((stem) => matches(stem, stems));
    if (all && stems.length === query.stems.length) return 950;
    const isName = (other) => other.length === stems.length && other.every((stem) => stems.includes(stem));
    const replaced = query.stems.filter((stem) => query.others.get(stem).some(isName));
    if (replaced.length === query.stems.length) return 850;
    if (replaced.length) return 650 * partOf(replaced, query.stems);
    if (all) return 600 + 200 * query.stems.length / stems.length;
    const isMeant = (stem) => matches(stem, stems) || query.others.get(stem).some((phrase) => phrase.every((other) => matches(other, stems)));
    return query.stems.length > 1 && query.stems.every(isMeant) ? 450 + 200 * Math.min(1, query.stems.length / stems.length) : 0;
  };

  // Which words of the query an entry has; synonyms are no words of the query.
  const only = (found) => Object.fromEntries(Object.entries(found)
    .filter(([term, isFound]) => isFound && (!current || current.stems.includes(term))));

  // Whether all of these words are together somewhere in the text of an entry.
  const areNear = (entry, stems) => {
    const words = entry.said.words;
    return words.some((word, place) => isPrefix(stems[0], word)
      && stems.every((stem) => words.slice(Math.max(0, place - APART), place + APART + 1).some((other) => isPrefix(stem, other))));
  };

  // How well the names of an entry answer the query: its title, its other names, those in it that have no entry.
  const ofNames = (entry, page, anchor) => {
    const { title } = entries.get(page) || entry, best = (phrases, weigh) => Math.max(0, ...phrases.map(weigh));
    const whole = (phrase) => fit(phrase, current);
    const some = (phrase) => PART * share(current.stems, [...phrase.stems, ...title.stems], current.others);
    const inside = (phrase) => Math.max(whole(phrase) - (whole(phrase) >= SAME ? 100 : 300), some(phrase) - 200);
    const within = [entry.title, ...entry.names].filter((phrase) => isNamed(phrase, current, !anchor));
    const titled = isNamed(entry.title, current, !anchor) ? 0 : 120;
    return Math.max(whole(entry.title), best(entry.names, whole) - 10, named(within, current) - titled,
      some(entry.title), best(entry.names, some) - 10, best(entry.parts, inside));
  };

  // How well the text of an entry answers the query: all words of a phrase say more than one of them, above all together.
  const ofText = (entry, said) => {
    const found = partOf(said, current.stems);
    if (current.stems.length < 2) return 100 * found;
    return ALL * found ** 2 + (said.length > 1 && areNear(entry, said) ? NEAR * found : 0);
  };

  const rank = (result) => {
    const entry = entries.get(result.location), [page, anchor] = result.location.split("#");
    if (!entry || !current) return result.score;
    const names = ofNames(entry, page, anchor), isRepeated = anchor ? page.startsWith("audiences/") : holders.has(page) || entry.parts.length > 0;
    const text = ofText(entry, Object.keys(only(result.terms))) * (isRepeated ? REPEATED : 1);
    const late = (page === "" || terms.last.includes(page)) && names < NAMED ? LATE : lists.has(page) && names < 600 ? LIST : 1;
    const kind = /^services\/./.test(page) ? SERVICE : 1;
    return late * (kind * (names + text * (1 - names / 1000)) + 10 * Math.log10(1 + result.score)) + (anchor ? 0 : 50);
  };

  // The entries of a page, best first.
  const ranked = (page) => page.map((result) => ({ ...result, score: rank(result), terms: only(result.terms) }))
    .sort((one, other) => other.score - one.score);

  // What other versions say, as facts with the positions of their first and last version; loaded with the first query.
  let past = null;
  const loadPast = async () => {
    const nothing = { versions: [], places: [], facts: [] };
    if (!terms.version) return nothing;
    const response = await fetch(PAST).catch(() => null);
    const found = response && response.ok ? await response.json().catch(() => nothing) : nothing;
    const facts = found.facts.map(([first, last, place, text]) => {
      const [label, address] = found.places[place];
      return { first, last, label, text, address, ...read(`${label} ${text}`) };
    });
    return { versions: found.versions, facts };
  };

  // A number that may have been promised or reached; a year says when.
  const isValue = (stem) => NUMBER.test(stem) && !YEAR.test(stem);

  const rangeOf = ({ first, last }, versions) => {
    const key = first === last ? "one" : first === 0 ? "older" : last === versions.length - 1 ? "newer" : "some";
    return terms.ranges[key].replace("{first}", versions[first]).replace("{last}", versions[last]);
  };

  // The facts of other versions that answer the query: all of its numbers, and at least half of its other words.
  const elsewhere = ({ versions, facts }) => {
    const { stems, others } = current, here = versions.indexOf(terms.version);
    const now = here < 0 ? versions.length - 1 : here, numbers = stems.filter(isValue);
    const subject = stems.filter((stem) => !isValue(stem)), asked = subject.length ? subject : stems;
    return facts.filter(({ first, last }) => now < first || last < now)
      .filter(({ words }) => numbers.every((number) => words.includes(number)))
      .map((fact) => ({ fact, part: share(asked, fact.stems, others) })).filter(({ part }) => part >= ENOUGH)
      .sort((one, other) => other.part - one.part || other.fact.last - one.fact.last)
      .filter(({ fact }, place, all) => all.slice(0, place)
        .filter((other) => other.fact.address === fact.address).length < MOST_OF_ONE).slice(0, MOST)
      .map(({ fact, part }) => [{ location: `../${versions[fact.last]}/${fact.address}`, terms: {},
        score: PAST_VALUE * part + (numbers.length ? 400 : 0),
        title: `${fact.label} (${rangeOf(fact, versions)})`, text: fact.text }]);
  };

  const complete = async ({ items, ...rest }) => {
    past = past || loadPast();
    const found = await past;
    const byScore = (one, other) => other[0].score - one[0].score;
    const own = items.map(ranked).sort(byScore), asksForNumber = current && current.stems.some(isValue);
    const others = current ? elsewhere(found) : [];
    // A former value answers a question with a number; else the best page of this version stays first.
    const first = asksForNumber ? [] : own.slice(0, 1);
    return { ...rest, items: [...first, ...[...own.slice(first.length), ...others].sort(byScore)] };
  };

  addEventListener("message", (event) => {
    const { type, data } = event.data;
    if (type === SETUP) setUp(data);
    if (type !== QUERY || !event.isTrusted) return;
    event.stopImmediatePropagation();
    dispatchEvent(new MessageEvent("message", { data: { type, data: prepare(data) } }));
  });

  const post = self.postMessage.bind(self);
  self.postMessage = async ({ type, data }) => post({ type, data: type === RESULT ? await complete(data) : data });

  importScripts(location.hash.slice(1));
})();
