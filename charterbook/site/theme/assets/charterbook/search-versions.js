// Versions that a query names, for the search worker: "changes since 2025-Q3" is a comparison, "budget in Q3 2025" is about
// the budget, in that version. The list of versions, and of the pages that each has, is pages.json.
self.charterbookVersions = (() => {
  "use strict";
  const { YEAR, wordsOf, phrasesOf, remembered } = self.charterbookWords;
  const { formOf } = self.charterbookForms;
  const { isIgnored, terms } = self.charterbookPages;
  const PAGES = "../../../pages.json", QUARTER = /^(\d{4})-q([1-4])$/i, NUMBERED = /^(?=.*\p{L}).*\p{N}/u, SHOWN = 1000, CLEARLY = 2;
  const NOTHING = { versions: [], days: {}, pages: {}, moved: {} };
  const meanings = new Map();
  let list = NOTHING, names = [];

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  // Whether a word, in any form, is one of those that compare versions: "relative", "changed", or "general".
  const isOne = (kind) => (word) => remembered(meanings, kind, () => new Set(wordsOf(terms().comparing[kind] ?? "").map(formOf))).has(formOf(word));

  // How people write the name of a version: its parts in any order, and of a quarter other words for it; with the year, and alone.
  const spellings = (name) => {
    const parts = wordsOf(name), [, year, number] = name.match(QUARTER) ?? [];
    if (!year) return { full: [parts, [...parts].reverse()], short: [] };
    const said = phrasesOf(terms().quarters[number - 1]).map(wordsOf);
    return { full: [year, year.slice(2)].flatMap((when) => said.flatMap((words) => [[...words, when], ...(when === year ? [[when, ...words]] : [])])), short: said.filter(([word, ...more]) => !more.length && NUMBERED.test(word)) };
  };
  const loadVersions = async () => {
    if (!terms().version || !terms().quarters.length) return;
    const response = await fetch(PAGES), found = response.ok ? await response.json() : NOTHING;
    if (found.format !== terms().format) return;
    list = found;
    // A name without a number, such as "draft", is a word like others.
    names = list.versions.map((name, place) => ({ name, place, ...spellings(name) })).filter(({ name }) => /\p{N}/u.test(name));
  };

  // Where words begin among others, in any of their forms; words that say nothing, such as "of", may be between them.
  const find = (said, words) => {
    const forms = words.map(formOf);
    for (let first = 0; first < said.length; first += 1) {
      let place = first, found = 0;
      for (; place < said.length && found < forms.length; place += 1) {
        if (formOf(said[place]) === forms[found]) found += 1;
        else if (!found || !isIgnored(said[place])) break;
      }
      if (found === forms.length) return { first, end: place };
    }
    return null;
  };
  const without = (said, { first, end }) => [...said.slice(0, first), ...said.slice(end)];
  const longest = (spelled) => [...spelled].sort((one, other) => other.length - one.length);
  // The versions that a query names, as positions in the list, and its other words. A quarter without a year is the last one.
  const mentioned = (all) => {
    const found = new Set();
    let rest = all;
    const leaveOut = (place, spelled) => {
      for (const words of longest(spelled)) {
        const there = find(rest, words);
        if (!there) continue;
        found.add(place);
        rest = without(rest, there);
      }
    };
    for (const { place, full } of names) leaveOut(place, full);
    if (!rest.some((word) => YEAR.test(word))) for (const { place, short } of [...names].reverse()) leaveOut(place, short);
    return { places: [...found].sort((one, other) => one - other), rest };
  };

  const isComparing = (word) => isOne("relative")(word) || isOne("changed")(word);
  const isSubject = (word) => !isIgnored(word) && !isOne("general")(word);

  // The comparison that words ask for: of two versions, of a version with the shown one, or of one with that before it.
  const pairOf = (places, rest, here) => {
    if (rest.some((word) => isSubject(word) && !isComparing(word))) return null;
    if (places.length > 1) return [places[0], places.at(-1)];
    const [place] = places, isRelative = rest.some(isOne("relative"));
    if (isRelative && place !== here) return [place, here].sort((one, other) => one - other);
    return isRelative || rest.some(isOne("changed")) ? [place - 1, place] : null;
  };

  // The comparison of the shown version with one that has no name: "compared to last quarter", "since the first charter".
  const unnamed = (all, here) => {
    for (const [phrases, place] of [[terms().comparing.previous, here - 1], [terms().comparing.first, 0]]) {
      for (const words of longest(phrasesOf(phrases).map(wordsOf))) {
        const there = find(all, words), rest = there ? without(all, there) : [];
        const pair = rest.filter(isComparing).length >= CLEARLY && pairOf([place], rest, here);
        if (pair && pair[1] === here && place < here) return pair;
      }
    }
    return null;
  };

  // What a query asks of versions: a comparison of two of them, or what one says about the rest of the query.
  const readVersions = (text) => {
    const { places, rest } = mentioned(wordsOf(text)), here = list.versions.indexOf(terms().version);
    if (here < 0) return { text };
    if (!places.length) return { text, pair: unnamed(rest, here) };
    const pair = pairOf(places, rest, here);
    if (pair || !rest.some(isSubject)) return { text, pair };
    return { text: rest.join(" "), places: places.length > 1 ? places : places.filter((place) => place !== here) };
  };

  const wayTo = (place, address) => (list.versions[place] === terms().version ? address : `../${list.versions[place]}/${address}`);
  const has = (place, address) => list.pages[address]?.includes(place);
  // A result by its address, its title as HTML, and its text.
  const result = (location, title, text = "") => [{ location, title, text: escaped(text), terms: {}, score: SHOWN }];
  const daysOf = (places) => places.map((place) => list.versions[place]).filter((name) => list.days[name]).map((name) => `${name}: ${list.days[name]}`).join(" · ");

  // The page of a comparison; none if there is no version before, or if one of them cannot be read.
  const comparison = ([older, newer]) => {
    const { changes, compare, title } = terms().comparisons ?? {}, address = `${compare}${list.versions[older]}/`;
    if (!has(newer, address)) return [];
    const found = older === newer - 1 && has(newer, changes) ? changes : address;
    return [result(wayTo(newer, found), escaped(title.replace("{old}", list.versions[older]).replace("{new}", list.versions[newer])), daysOf([older, newer]))];
  };

  // The same page in a version, which may be elsewhere there.
  const counterpart = (address, place) => {
    const [, , moved] = (list.moved[address] ?? []).find(([first, last]) => first <= place && place <= last) ?? [];
    return has(place, address) ? address : has(place, moved) ? moved : null;
  };
  const pageIn = (place, { location, title }) => {
    const address = location.startsWith("../") ? null : counterpart(location.split("#")[0], place);
    return address === null ? [] : [result(wayTo(place, address), `${title} (${escaped(terms().ranges.one.replace("{last}", list.versions[place]))})`, list.days[list.versions[place]])];
  };

  // What versions say about the best page: the same page in one of them, or the comparison of two. Pages of all versions
  // say it themselves.
  const beside = (best, places) => (places.length > 1 ? comparison([places[0], places.at(-1)]) : terms().last.includes(best.location) ? [] : pageIn(places[0], best));

  // Results with what is asked of versions: a comparison first, or after the best page of this version.
  const withVersions = (found, { pair, places = [] }) => {
    const added = pair ? comparison(pair) : found.length && places.length ? beside(found[0][0], places) : [];
    const others = found.filter(([{ location }]) => !added.some(([one]) => one.location === location));
    return pair ? [...added, ...others] : [...others.slice(0, 1), ...added, ...others.slice(1)];
  };

  return { loadVersions, readVersions, withVersions };
})();
