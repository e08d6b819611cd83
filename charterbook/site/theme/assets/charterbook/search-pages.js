// Pages of a handbook for the search worker: their titles, names, headings and sections, and how many have a word.
// The names of pages, and which pages repeat others, are in the configuration of the index.
self.charterbookPages = (() => {
  "use strict";
  const { wordsOf, phrasesOf, push } = self.charterbookWords;
  const { useNumbers, learn, formOf } = self.charterbookForms;
  const NONE = { version: "", ranges: {}, names: {}, general: [], last: [], minor: [], reasons: [], intents: [], cues: [], synonyms: [], ignored: "", numbers: "", quarters: [], comparing: {}, comparisons: null };
  const KIND = /^[^/]+\/(?=[^/])/, CODE = /<code>([^<]*[^\p{L}<][^<]*)<\/code>|(?<![^\s(>])(#\p{L}[\p{L}\p{N}_-]+)/gu, COMMON = 3, SECTION = 8;
  const pages = new Map(), entries = new Map(), headings = new Map(), itemForms = new Map(), itemNames = new Set(), frequencies = new Map(), generalForms = new Map();
  let terms = NONE, ignored = new Set(), lists = new Set();

  const useTerms = (found) => {
    terms = { ...NONE, ...found };
    ignored = new Set(terms.ignored.split(" "));
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

  // The words of a page or an entry, with how often it has them.
  const count = (counts, said) => said.forEach((word) => counts.set(word, (counts.get(word) ?? 0) + 1));

  // Names of rules, commits and channels: code with more than letters in it, and words with a number sign.
  const codesIn = (text) => [...text.matchAll(CODE)].map(([, code, channel]) => (code || channel).toLowerCase());

  const readEntry = ({ location, title, text }) => {
    const [address, anchor] = location.split("#"), titled = readKnown(title), counts = new Map();
    if (!pages.has(address)) pages.set(address, { address, title: titled, names: [], parts: [], headings: [], entries: [], counts: new Map(), codes: new Set() });
    const page = pages.get(address), said = [...titled.all, ...readKnown(text).all], entry = { title: titled, names: [], said, counts, anchor };
    count(counts, said);
    counts.forEach((times, word) => page.counts.set(word, (page.counts.get(word) ?? 0) + times));
    page.entries.push(entry);
    codesIn(text).forEach((code) => page.codes.add(code));
    if (anchor) push(headings, titled.said, page);
    entries.set(location, entry);
  };

  // A page of a section has names that say what it is about in general; others have names of items.
  const isGeneral = (address) => terms.general.includes(address);

  const readNames = ([location, names]) => {
    const [address, anchor] = location.split("#"), page = pages.get(address), isMinor = terms.minor.some((start) => location.startsWith(start));
    const phrases = phrasesOf(names).map((name, place) => ({ ...readKnown(name), isMinor, isLabel: Boolean(anchor) && !place }));
    if (!page) return;
    page[anchor ? "parts" : "names"].push(...phrases);
    entries.get(location)?.names.push(...phrases);
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

  // Pages of items repeat sections of general pages: those that several pages of a kind repeat, such as a way to ask, say
  // nothing about one of them.
  const leaveOutCopies = () => {
    const general = terms.general.flatMap((address) => (terms.last.includes(address) ? [] : pages.get(address)?.entries ?? []));
    const kinds = new Map();
    for (const page of pages.values()) if (KIND.test(page.address)) for (const entry of page.entries) push(kinds, page.address.match(KIND)[0], { page, entry, text: ` ${entry.said.join(" ")} ` });
    for (const { said, anchor } of general.filter(({ said: all }) => all.length >= SECTION)) {
      const text = ` ${said.join(" ")} `;
      for (const found of anchor ? kinds.values() : []) {
        const copies = found.filter((one) => one.text.includes(text));
        if (copies.length > 1) copies.forEach((copy) => leaveOut(copy, text));
      }
    }
  };
  const leaveOut = (copy, text) => {
    copy.text = copy.text.replace(text, " ");
    copy.entry.said = copy.text.split(" ").filter(Boolean);
  };

  // The same for two names with the same words, in any form and order.
  const keyOf = ({ words }) => words.map(formOf).sort().join(" ");

  // Words of the names of items, and whether an item with a page of its own has them; the names of the latter.
  const findItems = ({ address, title, parts }) => {
    const labels = isGeneral(address) ? parts.filter(({ isLabel }) => isLabel) : [title];
    if (KIND.test(address)) itemNames.add(keyOf(title));
    for (const word of labels.flatMap((label) => label.words)) itemForms.set(formOf(word), !isGeneral(address) || itemForms.get(formOf(word)));
  };
  const countWords = (page) => {
    const phrases = [page.title, ...(isGeneral(page.address) ? [] : page.names), ...page.parts].flatMap((phrase) => phrase.all);
    page.known = new Set([...page.counts.keys(), ...phrases]);
    page.words = new Set(page.entries.flatMap(({ said }) => said));
    page.known.forEach((word) => frequencies.set(word, (frequencies.get(word) ?? 0) + 1));
  };

  // All words of the general names of a page, also those that ask, with the places of the names that have them, and how much
  // each word says about which page is meant.
  const readGeneral = (address) => {
    const page = pages.get(address);
    if (!page) return;
    page.general = new Map();
    page.names.forEach(({ all }, place) => new Set(all.map(formOf)).forEach((form) => push(page.general, form, place)));
    page.general.forEach((_, form) => generalForms.set(form, (generalForms.get(form) ?? 0) + 1));
  };
  const choiceOf = (form) => Math.log(1 + terms.general.length / (generalForms.get(form) ?? 1));

  const readPages = (docs) => {
    useNumbers(terms.numbers.split(",").map(wordsOf));
    docs.forEach(readEntry);
    Object.entries(terms.names).forEach(readNames);
    // A heading that many pages have says nothing about one of them.
    for (const [said, having] of headings) if (having.length < COMMON) having.forEach((page) => page.headings.push(read(said)));
    // A page with pages of items below it repeats what these say.
    lists = new Set([...pages.keys()].flatMap((address) => address.match(KIND) ?? []));
    leaveOutCopies();
    leaveOutRepeated();
    pages.forEach(findItems);
    pages.forEach(countWords);
    terms.general.forEach(readGeneral);
  };

  // The section of the page of an item.
  const sectionOf = (address) => (address.match(KIND) ?? [""])[0];
  const isList = (address) => lists.has(address);
  const isItemName = (phrase) => itemNames.has(keyOf(phrase));
  const isIgnored = (word) => ignored.has(word);
  const rarity = (pagesWith) => Math.log(1 + pages.size / pagesWith);
  const countWith = (word) => frequencies.get(word) ?? 0;
  const weightOf = (word) => rarity(countWith(word) || 1);

  return { useTerms, readPages, pages, entries, itemForms, read, readKnown, isGeneral, isList, isItemName, sectionOf, isIgnored, rarity, countWith, weightOf, choiceOf, terms: () => terms };
})();
