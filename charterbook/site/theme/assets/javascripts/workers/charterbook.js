// Search worker with stemming. Material's search matches prefixes; here it gets the stem of each word:
// "coaching" becomes "coach", which also finds "coached"; "обучением" becomes "обучен".
// Material's own worker, which has the stemmers, is in the same folder; the address's hash names it.
(() => {
  "use strict";
  const QUERY = 2, SETUP = 0, SHORTEST = 3;
  const WORDS = /^\p{L}+(-\p{L}+)*$/u;
  let languages = [];

  const sharedStart = (one, other) => {
    let length = 0;
    while (length < one.length && one[length] === other[length]) length += 1;
    return one.slice(0, length);
  };

  const starts = (word) => languages.map((language) => {
    const { stemmer } = language === "en" ? lunr : lunr[language] || {};
    return stemmer ? sharedStart(word, stemmer(new lunr.Token(word, {})).toString()) : word;
  });

  const shorten = (word) => starts(word.toLowerCase()).filter((start) => start.length >= SHORTEST)
    .reduce((one, other) => (other.length < one.length ? other : one), word);

  const prepare = (query) => query.split(/(\s+)/)
    .map((part) => (WORDS.test(part) ? part.replace(/\p{L}+/gu, shorten) : part)).join("");

  addEventListener("message", (event) => {
    const { type, data } = event.data;
    if (type === SETUP) languages = data.config.lang;
    if (type !== QUERY || !event.isTrusted) return;
    event.stopImmediatePropagation();
    dispatchEvent(new MessageEvent("message", { data: { type, data: prepare(data) } }));
  });

  importScripts(location.hash.slice(1));
})();
