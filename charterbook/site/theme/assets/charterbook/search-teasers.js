// Teasers for the search worker: of the text of a result, the words beside those that are marked, as one short paragraph.
// Pages have lists of figures and tables of thousands of words, which take a line each and long to render.
self.charterbookTeasers = (() => {
  "use strict";
  // How many characters are shown, and how many of them before the first word that is marked; how many marks are compared.
  const SHOWN = 180, BEFORE = 50, COMPARED = 200;
  const BLOCK = /<\/?(?:p|li|ul|ol|pre)>/, INLINE = /<(?!\/?mark\b)[^>]*>/g, EMPTY = /<mark[^>]*><\/mark>/g;
  const MARKED = /<mark[^>]*>(.*?)<\/mark>/g, MARK = /<\/?mark[^>]*>/g, ENTITY = /&[^;\s]+;/g, ENDED = /[.:;,!?…]$/;

  // The words of a text; words of different blocks are separated by a dot, unless a block ends with punctuation.
  const separated = (block) => (ENDED.test(block.replace(MARK, "")) ? block : `${block} ·`);
  const wordsOf = (html) => {
    const blocks = html.replace(EMPTY, "").split(BLOCK).map((block) => block.replace(INLINE, "").trim()).filter(Boolean);
    return [...blocks.slice(0, -1).map(separated), ...blocks.slice(-1)].flatMap((block) => block.split(/\s+/));
  };

  // The position of each word in the text, in characters, and that of the end.
  const lengthOf = (word) => word.replace(MARK, "").replace(ENTITY, "&").length + 1;
  const positionsOf = (words) => {
    let end = 0;
    return [0, ...words.map((word) => { end += lengthOf(word); return end; })];
  };

  // Where to begin: some words before the first of the marked ones that have the most different ones after them.
  const beginning = (words, positions) => {
    const marked = words.flatMap((word, place) => [...word.matchAll(MARKED)].map(([, said]) => ({ said: said.toLowerCase(), at: positions[place] }))).slice(0, COMPARED);
    const counts = marked.map(({ at }) => new Set(marked.filter((other) => other.at >= at && other.at < at + SHOWN - BEFORE).map(({ said }) => said)).size);
    const earliest = (marked[counts.indexOf(Math.max(...counts))]?.at ?? 0) - BEFORE;
    return earliest <= BEFORE / 2 ? 0 : positions.findIndex((position) => position >= earliest);
  };

  const teaser = (html) => {
    const words = wordsOf(html), positions = positionsOf(words);
    if (positions.at(-1) <= SHOWN) return words.length ? `<p>${words.join(" ")}</p>` : "";
    const first = beginning(words, positions), ends = positions.findIndex((position) => position > positions[first] + SHOWN);
    const last = ends < 0 ? words.length : ends - 1;
    return `<p>${first ? "… " : ""}${words.slice(first, last).join(" ")}${last < words.length ? " …" : ""}</p>`;
  };

  return { teaser };
})();
