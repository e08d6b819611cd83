// Search worker around Material's: it adds forms of words, synonyms and other names, and ranks the pages.
// Material's search finds the entries that have words of the query, and marks the words; the order is decided here.
// Material's own worker, which has the stemmers, is in the same folder; the address's hash names it. The other scripts
// of the search are search-*.js: words, their forms, pages, queries, ranking, what other versions say, versions that a
// query names, and teasers.
(() => {
  "use strict";
  // Charterbook's other scripts are in a folder whose name has the same hash as that of this one.
  const [, hash = ""] = location.pathname.match(/charterbook(\.[0-9a-f]{8})\.js$/) ?? [];
  importScripts(...["words", "forms", "pages", "query", "ranking", "past", "versions", "teasers"].map((name) => `../../charterbook${hash}/search-${name}.js`));
  const { fold, foldedWords, phrasesOf, sharedLength } = self.charterbookWords;
  const { useLanguages, words } = self.charterbookForms;
  const { useTerms, readPages, terms } = self.charterbookPages;
  const { readVocabulary, understand } = self.charterbookQuery;
  const { rankFor, ranked } = self.charterbookRanking;
  const { loadPast, elsewhere } = self.charterbookPast;
  const { loadVersions, readVersions, withVersions } = self.charterbookVersions;
  const { teaser } = self.charterbookTeasers;
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3, OPERATORS = /^"[^"]*"$|[+^~*]|\p{L}:\S|(^|\s)-/u, MOST_TERMS = 16;
  // From where on a page is shown that Material's search does not find.
  const LEAST = 100;
  let docs = [], current = null, asked = null, isRead = false, past = null;

  const pageOf = (location) => location.split("#")[0];

  const setUp = ({ config, docs: found }) => {
    useLanguages(config.lang);
    useTerms(config.charterbook);
    docs = found;
    config.fields.names = { boost: config.fields.title.boost };
    config.fields.folded = { boost: config.fields.text.boost };
    const known = new Map(docs.map((entry) => [entry.location, entry]));
    for (const [location, names] of Object.entries(terms().names)) {
      const entry = known.get(location) ?? known.get(location.split("#")[0]);
      if (entry) entry.names = `${entry.names ?? ""}${fold(phrasesOf(names).join(" · "))} · `;
    }
    for (const entry of docs) {
      const folded = foldedWords(`${entry.title} ${entry.text}`);
      if (folded.length) entry.folded = folded.join(" ");
    }
  };

  // Everything that queries are compared with; the stemmers are there once Material's worker is ready.
  const readAll = () => {
    if (isRead) return;
    isRead = true;
    readPages(docs);
    readVocabulary();
  };

  // Words for Material's search: the beginning of a word as it is typed; of whole words, any form.
  const keysOf = (query) => {
    const last = query.words.at(-1) ?? "", typed = (word) => (!words.has(last) && word.startsWith(last) ? last : "");
    const keys = [...query.hits.keys()].map((word) => typed(word) || word.slice(0, sharedLength(word, words.get(word).form)) || word);
    const sent = [...new Set(keys)];
    return sent.filter((key) => !sent.some((other) => other !== key && key.startsWith(other))).slice(0, MOST_TERMS);
  };

  const prepare = (text) => {
    readAll();
    asked = OPERATORS.test(text) ? null : { ...readVersions(text), typed: text };
    current = asked && understand(asked.text);
    rankFor(current);
    return (current && keysOf(current).join(" ")) || text;
  };

  const teasers = (found) => found.map((items) => items.map((item) => ({ ...item, text: teaser(item.text) })));

  // Pages that answer the query although Material's search does not find them: it ignores words such as "next".
  const ranking = (items) => {
    if (!current) return ranked(items);
    const found = new Set(items.flat().map(({ location }) => pageOf(location)));
    const others = docs.filter(({ location }) => !location.includes("#") && !found.has(location)).map(({ location, title, text }) => [{ location, title, text, score: 0, terms: {} }]);
    return ranked([...items, ...others]).filter(([{ location, score }]) => found.has(pageOf(location)) || score >= LEAST);
  };

  const complete = async ({ items, ...rest }) => {
    const isFirst = !past;
    past = past || Promise.all([loadPast(), loadVersions().catch(() => {})]);
    const [found] = await past;
    // Words that only other versions have, and their names, are known once these are loaded.
    if (current && (isFirst || current.known < words.size)) prepare(asked.typed);
    const byScore = (one, other) => other[0].score - one[0].score;
    const [best, ...own] = ranking(items), others = current ? elsewhere(found, current) : [];
    // The best page of this version stays first, also if the query has a number that only a former value answers.
    const all = [...(best ? [best] : []), ...[...own, ...others].sort(byScore)];
    return { ...rest, items: teasers(current ? withVersions(all, asked) : all) };
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
