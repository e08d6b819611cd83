// Words of a handbook for the search worker, by their forms and roots, and those that a word of a query matches.
// A word matches itself, then its forms ("coached"), then related words ("coachable"), and similar words.
self.charterbookForms = (() => {
  "use strict";
  const { sharedLength, singular, english, ownStem, russian, isMistyped, remembered, push } = self.charterbookWords;
  const CYRILLIC = /\p{Script=Cyrillic}/u, SHORTEST = 3, SHORT = 4, LONG = 5, STEM = 7;
  // How well a word answers another one.
  const SAME = 1, FORM = 0.95, TENSE = 0.78, OPEN = 0.75, SIMILAR = 0.7, RELATED = 0.7;
  const words = new Map(), forms = new Map(), roots = new Map(), formed = new Map(), numbers = new Map();
  let languages = [];

  const useLanguages = (used) => { languages = used; };
  // Words for numbers, which are forms of their digits: lists of the digits and the words for them.
  const useNumbers = (lists) => lists.forEach(([digits, ...found]) => found.forEach((word) => numbers.set(stemOf(word), digits)));
  const stemmed = (word, { stemmer } = {}) => (stemmer ? stemmer(new lunr.Token(word, {})).toString() : word);
  const shortest = (word, found) => found.filter((start) => start.length >= SHORTEST)
    .reduce((one, other) => (other.length < one.length ? other : one), word);
  const formIn = (word) => (language) => (language === "en" ? english(word) : stemmed(word, lunr[language]));
  const stemOf = (word) => remembered(formed, word, () => ownStem(word) ?? shortest(word, languages.map(formIn(word))));
  const formOf = (word) => numbers.get(stemOf(word)) ?? stemOf(word);
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
  // Words of the handbook that begin like a word that has no forms there, or with a short one: "квал" as "квалификация".
  const akin = (word) => {
    const form = formOf(word), isLike = form.length < LONG ? (other) => other.startsWith(word) : (_, own) => isAkin(form, own.form);
    return new Map(word.length < SHORT ? [] : [...words].filter(([other, own]) => isLike(other, own)).map(([other]) => [other, RELATED]));
  };
  // Whether a word is another one with at most so many typing errors: as a whole, or the stem of a long word, whose endings
  // differ. Short stems of other words are too much alike: "закончился" is not about laws.
  const isErrorOf = (word, other, form, otherForm, most) => isMistyped(word, other, most) || (form.length >= STEM && isMistyped(form, otherForm, most));
  // The same of short stems that end alike: "скдику" is "скидка".
  const isStemError = (word, other, form, otherForm, most) => form.length >= LONG && form.at(-1) === otherForm.at(-1) && isMistyped(form, otherForm, most);
  // Of words with their forms, those that a word is with so many typing errors.
  const withErrors = (word, known, most) => {
    const form = formOf(word), having = (isError) => [...known].filter(([other, otherForm]) => isError(word, other, form, otherForm, most)).map(([other]) => other);
    const found = having(isErrorOf);
    return found.length ? found : having(isStemError);
  };
  // Words of the handbook that differ by typing errors: by one, or by two where none differs by one.
  const similar = (word, most = 2) => {
    const known = [...words].map(([other, { form }]) => [other, form]), once = withErrors(word, known, 1);
    return new Map((once.length || most < 2 ? once : withErrors(word, known, 2)).map((other) => [other, SIMILAR]));
  };

  return { useLanguages, useNumbers, words, learn, formOf, rootOf: rootOfWord, expand, akin, similar, withErrors, SHORTEST, SHORT, LONG, FORM, RELATED };
})();
