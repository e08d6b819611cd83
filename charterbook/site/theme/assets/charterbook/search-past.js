// Facts of other versions for the search worker: what they say that the shown version does not, with these versions.
self.charterbookPast = (() => {
  "use strict";
  const { YEAR, sum } = self.charterbookWords;
  const { terms, pages, read, readKnown } = self.charterbookPages;
  const { answers, isAbout, isSame } = self.charterbookRanking;
  const FORMAT = 2, NUMBER = /^\p{N}+$/u;
  const PAST = "../../../search/past.json", MOST = 5, MOST_OF_ONE = 2, ENOUGH = 0.5, PAST_VALUE = 780, PAST_NUMBER = 400, PAST_NAME = 2000;

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

  // The id of an item, which its address ends with: "services/webinars/", "scope/#out-webinars".
  const idOf = (address) => address.replace(/^.*#[^-]*-|^[^/]*\/(?=.)|\/$/g, "");

  // What other versions say, as facts with the positions of their first and last version; loaded with the first query.
  const loadPast = async () => {
    const nothing = { versions: [], places: [], facts: [] };
    const found = (terms().version && await loadFacts().catch(() => null)) || nothing;
    const facts = found.facts.map(([first, last, place, text]) => {
      const [label, address] = found.places[place];
      const id = idOf(address);
      return { first, last, label, text, address, names: [read(label), read(id)], ...readKnown(`${label} ${text} ${id}`) };
    });
    return { versions: found.versions, facts };
  };

  // A number that may have been promised or reached; a year says when.
  const isValue = (stem) => NUMBER.test(stem) && !YEAR.test(stem);

  const rangeOf = ({ first, last }, versions) => {
    const key = first === last ? "one" : first === 0 ? "older" : last === versions.length - 1 ? "newer" : "some";
    return terms().ranges[key].replace("{first}", versions[first]).replace("{last}", versions[last]);
  };

  // The part of the query, without its numbers, that a fact answers; a word that only other versions have counts as well.
  const share = (said, { words, weights }) => {
    if (!isAbout(said)) return 0;
    const subject = words.map((word) => !isValue(word)), some = subject.includes(true), { found } = answers(said);
    const own = weights.map((weight, place) => (some && !subject[place] ? 0 : weight || (weights.some(Boolean) ? 0.5 : 1)));
    return sum(found.map((quality, place) => quality * own[place])) / (sum(own) || 1);
  };

  // Whether the query is what something is called in this version, and the score of what is called so in another one.
  const isNamedHere = () => [...pages.values()].some(({ address, title, names, parts }) => !terms().last.includes(address) && [title, ...names, ...parts].some(isSame));
  const scoreOfName = ({ names }) => (names.some(isSame) && !isNamedHere() ? PAST_NAME : 0);

  // The facts of other versions that answer the query: all of its numbers, and at least half of its other words.
  const elsewhere = ({ versions, facts }, query) => {
    const here = versions.indexOf(terms().version), now = here < 0 ? versions.length - 1 : here, numbers = query.words.filter(isValue);
    return facts.filter(({ first, last }) => now < first || last < now)
      .filter(({ all }) => numbers.every((number) => all.includes(number)))
      .map((fact) => ({ fact, part: share(fact.all, query) })).filter(({ part }) => part >= ENOUGH)
      .sort((one, other) => other.part - one.part || other.fact.last - one.fact.last)
      .filter(({ fact }, place, all) => all.slice(0, place)
        .filter((other) => other.fact.address === fact.address).length < MOST_OF_ONE).slice(0, MOST)
      .map(({ fact, part }) => [{ location: `../${versions[fact.last]}/${fact.address}`, terms: {},
        score: PAST_VALUE * part + (numbers.length ? PAST_NUMBER : 0) + scoreOfName(fact),
        title: `${fact.label} (${rangeOf(fact, versions)})`, text: fact.text }]);
  };

  return { loadPast, elsewhere };
})();
