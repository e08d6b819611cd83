// Words of a handbook for the search worker, by their forms and roots, and those that a word of a query matches.
// A word matches itself, then its forms ("coached"), then related words ("coachable"), and similar words.
self.charterbookForms = (() => {
  "use strict";
  const { sharedLength, singular, english, russian, isMistyped, remembered, push } = self.charterbookWords;
  const CYRILLIC = /\p{Script=Cyrillic}/u, SHORTEST = 3, LONG = 5;
  // How well a word answers another one.
  const SAME = 1, FORM = 0.95, TENSE = 0.78, OPEN = 0.75, SIMILAR = 0.7, RELATED = 0.7;
  const words = new Map(), forms = new Map(), roots = new Map(), formed = new Map();
  let languages = [];

  const useLanguages = (used) => { languages = used; };
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

  const rootOfWord = (word) => words.get(word)?.root ?? rootOf(word, formOf(word));

  const isAkin = (form, other) => sharedLength(form, other) >= Math.max(LONG, form.length - 2, other.length - 3);

  // Of English words, forms of the tense are further away than those of the number: "coached" than "coaches".
  const sameNumberOf = (word, other) => CYRILLIC.test(word) || singular(word) === singular(other);
  // Words of the handbook that a word of the query matches, with how well they do: its forms and, unless it is strict,
  // related words, and the words that an open one begins.
  const expand = (word, isOpen, isStrict) => {
    const form = words.get(word)?.form ?? formOf(word), root = rootOfWord(word);
    const found = new Map(), add = (other, quality) => found.set(other, Math.max(quality, found.get(other) ?? 0));
    if (words.has(word)) add(word, SAME);
    for (const other of forms.get(form) ?? []) add(other, sameNumberOf(word, other) ? FORM : TENSE);
    if (isStrict) return found;
    const isKnown = found.size > 0;
    for (const other of roots.get(root) ?? []) add(other, isKnown ? RELATED * RELATED : RELATED);
    if (isOpen) for (const other of words.keys()) if (other.startsWith(word)) add(other, isKnown ? RELATED * RELATED : OPEN);
    return found;
  };
  // Words of the handbook that begin like a word that has no forms there.
  const akin = (word) => {
    const form = formOf(word);
    return new Map(form.length < LONG ? [] : [...words].filter(([, own]) => isAkin(form, own.form)).map(([other]) => [other, RELATED]));
  };
  // Words of the handbook that differ by at most so many typing errors: by one, or by two where none differs by one.
  const withErrors = (word, most) => [...words].filter(([other, { form }]) => isMistyped(word, other, most) || isMistyped(formOf(word), form, most));
  const similar = (word) => {
    const once = withErrors(word, 1), found = once.length ? once : withErrors(word, 2);
    return new Map(found.map(([other]) => [other, SIMILAR]));
  };
  // A word that neither the handbook has nor other known forms, as the one of these that differs less than any word of
  // the handbook.
  const spell = (word, known) => {
    const form = formOf(word);
    if (form.length < LONG || known.has(form) || expand(word, true).size) return word;
    const most = [1, 2].find((errors) => withErrors(word, errors).length || [...known.keys()].some((other) => isMistyped(form, other, errors)));
    return most && !withErrors(word, most).length ? [...known.keys()].find((other) => isMistyped(form, other, most)) : word;
  };

  return { useLanguages, words, learn, formOf, rootOf: rootOfWord, expand, akin, similar, spell, SHORTEST, LONG, FORM, RELATED };
})();
