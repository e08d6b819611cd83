// Search worker around Material's: it adds stems, synonyms and other names, and ranks the results.
// Material's search matches prefixes; here it gets the stem of each word: "coaching" becomes "coach", which also finds
// "coached"; "обучением" becomes "обучен". The names, synonyms and ignored words are in the configuration of the index.
// Material's own worker, which has the stemmers, is in the same folder; the address's hash names it.
(() => {
  "use strict";
  const QUERY = 2, SETUP = 0, RESULT = 3, SHORTEST = 3;
  const WORD = /[\p{L}\p{N}]+/gu, NUMBER = /^\p{N}+$/u, OPERATORS = /["+:^~*]|(^|\s)-/u;
  const NONE = { version: "", ranges: {}, names: {}, last: [], synonyms: [], ignored: [] };
  const PAST = "../../../search/past.json", MOST = 5, MOST_OF_ONE = 2, ENOUGH = 0.5, SYNONYM = 0.6, LIST = 0.8, ALL = 220;
  let languages = [], terms = NONE, entries = new Map(), lists = new Set(), ignored = new Set(), synonyms = [], current = null;

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
  const matches = (stem, words) => words.some((word) => isPrefix(stem, word) || isPrefix(word, stem));
  const contains = (words, part) => ` ${words.join(" ")} `.includes(` ${part.join(" ")} `);

  // A phrase, as the words of it, and their stems without the words that are ignored.
  const read = (text) => {
    const words = wordsOf(text), content = words.filter((word) => !ignored.has(word));
    return { words, stems: (content.length ? content : words).map(shorten) };
  };

  const setUp = ({ config, docs }) => {
    languages = config.lang;
    terms = { ...NONE, ...config.charterbook };
    ignored = new Set(terms.ignored);
    config.fields.names = { boost: config.fields.title.boost };
    config.fields.folded = { boost: config.fields.text.boost };
    entries = new Map(docs.map((entry) => [entry.location, { title: entry.title, names: [], parts: [], entry }]));
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
    synonyms = null;
  };

  // The stemmers are there once Material's worker has loaded them, so phrases are read with the first query.
  const readPhrases = () => {
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
        || phrase.stems.every((stem) => stems.includes(stem)));
      for (const phrase of said) {
        const others = group.filter((other) => other !== phrase).map((other) => other.stems);
        for (const stem of phrase.stems) if (found.has(stem)) found.get(stem).push(...others);
      }
    }
    return found;
  };

  const prepare = (text) => {
    if (synonyms === null) readPhrases();
    current = null;
    if (OPERATORS.test(text)) return text;
    const query = read(text), others = alternatives(query);
    current = { ...query, others };
    return [...new Set([...query.stems, ...[...others.values()].flat(2)])].join(" ");
  };

  // The part of a query that words answer; a synonym counts for less than the word itself.
  const share = (stems, words, others) => stems.map((stem) => {
    if (matches(stem, words)) return 1;
    return others.get(stem).some((phrase) => phrase.every((other) => matches(other, words))) ? SYNONYM : 0;
  }).reduce((one, other) => one + other, 0) / stems.length;

  // How well one name of an entry answers the query, from 0 to 1000.
  const fit = (phrase, query) => {
    const { words, stems } = phrase;
    if (!words.length) return 0;
    if (words.join(" ") === query.words.join(" ")) return 1000;
    const all = query.stems.every((stem) => matches(stem, stems));
    if (all && stems.length === query.stems.length) return 950;
    if (words.length > 1 && contains(query.words, words)) return 800 + 20 * words.length;
    const isName = (other) => other.length === stems.length && other.every((stem) => stems.includes(stem));
    const replaced = query.stems.filter((stem) => query.others.get(stem).some(isName)).length;
    if (replaced) return 400 + 250 * replaced / query.stems.length;
    return all ? 600 + 200 * query.stems.length / stems.length : 0;
  };

  // Which words of the query an entry has; synonyms are no words of the query.
  const only = (found) => Object.fromEntries(Object.entries(found)
    .filter(([term]) => !current || current.stems.includes(term)));

  const rank = (result) => {
    const entry = entries.get(result.location), [page, anchor] = result.location.split("#");
    if (!entry || !current) return result.score;
    const { title } = entries.get(page) || entry, { stems, others } = current;
    const bestOf = (phrases, weigh) => Math.max(0, ...phrases.map(weigh));
    const weigh = (phrase) => Math.max(fit(phrase, current), 400 * share(stems, [...phrase.stems, ...title.stems], others));
    const names = Math.max(weigh(entry.title), bestOf(entry.names, weigh) - 10, bestOf(entry.parts, weigh) - 200);
    const found = Object.values(only(result.terms)).filter(Boolean).length / stems.length;
    const late = terms.last.includes(page) && names < 800 ? 0.3 : lists.has(page) && names < 600 ? LIST : 1;
    // A text with all words of a phrase says more than a name with half of them.
    const said = found >= 1 && stems.length > 1 ? ALL : 100 * found;
    return late * (names + (names < 600 ? said : 0) + 10 * Math.log10(1 + result.score)) + (anchor ? 0 : 50);
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

  const rangeOf = ({ first, last }, versions) => {
    const key = first === last ? "one" : first === 0 ? "older" : last === versions.length - 1 ? "newer" : "some";
    return terms.ranges[key].replace("{first}", versions[first]).replace("{last}", versions[last]);
  };

  // The facts of other versions that answer the query: all of its numbers, and at least half of its other words.
  const elsewhere = ({ versions, facts }) => {
    const { stems, others } = current, here = versions.indexOf(terms.version);
    const now = here < 0 ? versions.length - 1 : here, numbers = stems.filter((stem) => NUMBER.test(stem));
    const subject = stems.filter((stem) => !NUMBER.test(stem)), asked = subject.length ? subject : stems;
    return facts.filter(({ first, last }) => now < first || last < now)
      .filter(({ words }) => numbers.every((number) => words.includes(number)))
      .map((fact) => ({ fact, part: share(asked, fact.stems, others) })).filter(({ part }) => part >= ENOUGH)
      .sort((one, other) => other.part - one.part || other.fact.last - one.fact.last)
      .filter(({ fact }, place, all) => all.slice(0, place)
        .filter((other) => other.fact.address === fact.address).length < MOST_OF_ONE).slice(0, MOST)
      .map(({ fact, part }) => [{ location: `../${versions[fact.last]}/${fact.address}`, terms: {},
        score: 400 * part + (numbers.length ? 400 : 0),
        title: `${fact.label} (${rangeOf(fact, versions)})`, text: fact.text }]);
  };

  const complete = async ({ items, ...rest }) => {
    past = past || loadPast();
    const found = await past;
    const byScore = (one, other) => other[0].score - one[0].score;
    const own = items.map(ranked).sort(byScore), asksForNumber = current && current.stems.some((stem) => NUMBER.test(stem));
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
