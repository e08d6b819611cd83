// Queries for the search worker: what each word of a query stands for in the handbook, and how much it says.
// Words may be joined, split, mistyped or written with the other keyboard layout; phrases have synonyms.
self.charterbookQuery = (() => {
  "use strict";
  const { YEAR, wordsOf, onOtherLayout, phrasesOf, push, sum } = self.charterbookWords;
  const { words, formOf, rootOf, expand, akin, similar, withErrors, SHORTEST, SHORT, LONG, FORM, RELATED } = self.charterbookForms;
  const { pages, itemForms, isItemName, read, isIgnored, rarity, countWith, terms } = self.charterbookPages;
  // How well other ways to say a part of a query answer it.
  const JOINED = 0.9, SYNONYM = 0.72, WITHIN = 0.6, IDIOM = 0.6, TOGETHER = 0.9;
  // Weights of words that only general phrases have, of years, and of words that ask; the most that a word weighs, like one
  // that one page in twenty has.
  const GENERAL = 1.8, DATE = 0.5, ASKING = 0.3, RAREST = 3;
  const bySynonym = new Map(), formsByRoot = new Map(), spelled = new Map(), cues = new Map(), ways = [], waysForms = new Set();

  // Words of the handbook for one of the query; if it has no form of it and the vocabulary neither, those that begin alike.
  const expandOwn = (word, isOpen) => {
    const found = expand(word, isOpen);
    return found.size || bySynonym.has(formOf(word)) ? found : akin(word);
  };

  const readSet = (phrases) => {
    const group = phrasesOf(phrases).map(read);
    for (const phrase of group) for (const word of phrase.words) {
      push(bySynonym, formOf(word), { phrase, group });
      formsByRoot.set(rootOf(word), formOf(word));
      spelled.set(word, formOf(word));
    }
  };
  // The form of a word in the vocabulary, or there that of a related word: "закрываем" as "закрыть".
  const vocabularyForm = (word) => (bySynonym.has(formOf(word)) ? formOf(word) : formsByRoot.get(rootOf(word)) ?? formOf(word));

  const isKnown = (word) => bySynonym.has(formOf(word)) || expandOwn(word, word.length >= SHORTEST).size > 0;
  const withLayout = (text) => {
    if (wordsOf(text).some((word) => isIgnored(word) || isKnown(word))) return text;
    const other = onOtherLayout(text);
    return wordsOf(other).some((word) => word.length > 1 && isKnown(word)) ? other : text;
  };

  // Ways to say a part of the query: which of its words they stand for, and the words of the handbook for each word.
  const joined = (asked) => asked.slice(1).map((word, place) => ({ covers: [place, place + 1], parts: [expand(asked[place] + word, false, true)], quality: JOINED }));
  const split = (word, place) => [...word].map((_, cut) => [word.slice(0, cut), word.slice(cut)])
    .filter(([one, other]) => one.length >= SHORTEST && other.length >= SHORTEST)
    .map((halves) => ({ covers: [place], parts: halves.map((half) => expand(half, false, true)), quality: JOINED }));

  // A word that the handbook has without its beginning, which says more about it: "медиаплан" is a plan.
  const BEGINNING = /^(?:не|авто|аудио|веб|видео|интернет|медиа|микро|мини|мульти|онлайн|промо|псевдо|само|сверх|спец|супер|теле|фото|экспресс)(?=\p{L}{4})/u;
  const shorter = (word, place) => (BEGINNING.test(word) ? [{ isOwn: true, covers: [place], parts: [expand(word.replace(BEGINNING, ""), false)], quality: WITHIN }] : []);

  // A phrase of which only a common word would be left says too little: "first day". All of its words count.
  const isClear = ({ words: said, all }) => said.length === all.length || said.length > 1;
  const expandedOf = (phrase) => {
    const parts = (isClear(phrase) ? phrase.words : phrase.all).map((word) => expand(word, false, true));
    return { known: words.size, parts, key: parts.map((part) => [...part.keys()].sort().join("/")).sort().join(" ") };
  };
  // The words of the handbook for those of a phrase of the vocabulary, which do not change.
  const expandAll = (phrase) => (phrase.known === words.size ? phrase.parts : Object.assign(phrase, expandedOf(phrase)).parts);

  const isSaid = (phrase, query) => ` ${query.said} `.includes(` ${phrase.said} `);
  // The same in any form of its words: "отдела продаж" says "отдел продаж".
  const formsIn = (phrase) => (phrase.allForms ??= phrase.all.map(formOf).join(" "));
  const isSaidInForms = (phrase, query) => ` ${formsIn(query)} `.includes(` ${formsIn(phrase)} `);
  // Phrases of the vocabulary that the query says: the longest ones, since "data retention" is not about customers.
  const saidPhrases = (query) => {
    const asked = query.words.map(vocabularyForm);
    const near = new Set(asked.flatMap((form) => bySynonym.get(form) ?? [])), found = [];
    for (const { phrase, group } of near) {
      const parts = phrase.words.map(formOf);
      // A phrase with words that are ignored is meant only as a whole: "first day" is not any day.
      if (!(phrase.words.length < phrase.all.length ? isSaidInForms(phrase, query) : parts.every((form) => asked.includes(form)))) continue;
      found.push({ phrase, group, covers: asked.flatMap((form, place) => (parts.includes(form) ? [place] : [])) });
    }
    const isPart = ({ covers }, { covers: more }) => covers.length < more.length && covers.every((place) => more.includes(place));
    return found.map((one) => ({ ...one, quality: found.some((other) => isPart(one, other)) ? SYNONYM * WITHIN : SYNONYM }));
  };
  // Digits say what is meant only beside words: "1:1".
  const isTelling = (word) => /\p{L}/u.test(word);
  const meant = (said) => {
    const found = new Map();
    for (const { phrase, group, covers, quality } of said) {
      for (const other of group) {
        const key = `${covers} ${other.said}`;
        if (other !== phrase && other.all.some(isTelling) && !(found.get(key)?.quality >= quality)) found.set(key, { covers, phrase: other, quality, isItem: isItemName(other) });
      }
    }
    // Phrases that mean the same words of the handbook count once.
    const meanings = new Map();
    for (const { phrase, ...rest } of found.values()) {
      const parts = expandAll(phrase), key = `${rest.covers} ${phrase.key}`;
      if (!(meanings.get(key)?.quality >= rest.quality)) meanings.set(key, { ...rest, parts });
    }
    return [...meanings.values()];
  };

  const options = (query) => {
    const { words: asked } = query, isOpen = (place) => place === asked.length - 1 && asked[place].length >= SHORTEST;
    const said = saidPhrases(query);
    // A word that the vocabulary has only together with ignored ones says less alone: "not working" is not about work.
    const isIdiom = (place) => said.some(({ phrase, covers }) => phrase.words.length === 1 && phrase.all.length > 1 && covers.includes(place));
    const isTogether = (place) => said.some(({ covers }) => covers.length > 1 && covers.includes(place));
    const own = asked.map((word, place) => ({ isOwn: true, covers: [place], parts: [expandOwn(word, isOpen(place))], quality: isIdiom(place) ? IDIOM : isTogether(place) ? TOGETHER : 1 }));
    const found = [...own, ...joined(asked), ...meant(said)].filter(({ parts }) => parts.every((part) => part.size));
    const missing = asked.flatMap((word, place) => (found.some(({ covers }) => covers.includes(place)) ? [] : [place]));
    for (const place of missing) {
      const word = asked[place], halves = [...split(word, place), ...shorter(word, place)].filter(({ parts }) => parts.every((part) => part.size));
      if (halves.length) found.push(...halves);
      else if (word.length >= LONG) found.push({ covers: [place], parts: [similar(word)], quality: 1 });
    }
    return found.filter(({ parts }) => parts.every((part) => part.size));
  };

  // A word that few pages have says more about what is meant than one that many have, or that no text has, only a name
  // of a section; one that the handbook lacks says nothing.
  const hasPart = (known) => (part) => [...part].some(([word, quality]) => quality >= RELATED && known.has(word));
  const countPages = ({ parts }) => [...pages.values()].filter(({ known }) => parts.every(hasPart(known))).length;
  const rarities = (ways) => ways.map(countPages).filter(Boolean).map(rarity);
  const mean = (numbers) => (numbers.length ? sum(numbers) / numbers.length : 0);
  // Of a word that the handbook lacks, the mean of its synonyms: one that a single page has does not make it rare.
  // Words that few pages have count alike: in a handbook, a common word such as "broken" may happen to be on one page.
  const weigh = (word, place, found) => {
    const ways = found.filter(({ covers }) => covers.includes(place)), own = ways.filter(({ isOwn }) => isOwn);
    return ways.length && Math.min(RAREST, mean(rarities(own)) || mean(rarities(ways)) || GENERAL) * (YEAR.test(word) ? DATE : 1);
  };

  // Words of the handbook that are a word of the query, or another form of it, with the places of these in the query.
  const literalIn = (found) => {
    const literal = new Map();
    for (const { covers, parts } of found.filter(({ isOwn }) => isOwn)) {
      parts[0].forEach((quality, word) => { if (quality >= FORM) push(literal, word, covers[0]); });
    }
    return literal;
  };

  // What a word of the handbook answers: the position among the parts of all options, how well, and the option.
  const hitsOf = (found) => {
    const hits = new Map();
    let first = 0;
    found.forEach((option, place) => {
      option.first = first;
      option.parts.forEach((part, index) => part.forEach((quality, word) => push(hits, word, { part: first + index, quality, option: place })));
      first += option.parts.length;
    });
    return { hits, literal: literalIn(found), parts: first };
  };

  // Ways to ask, by the forms of their words, with the pages that are likely to answer them.
  const readIntents = () => terms().intents.forEach(([phrases, addresses]) => phrases.forEach((phrase) => {
    const said = wordsOf(phrase), forms = said.map(formOf);
    ways.push({ said, forms, addresses });
    forms.forEach((form) => waysForms.add(form));
  }));
  // Whether words are among others in the same order: the words of a question may have its subject between them.
  const isWithin = (part, all) => {
    let place = 0;
    for (const word of all) if (word === part[place]) place += 1;
    return place === part.length;
  };
  // A year before that of the shown version asks for what was, unless an item has a page with its own past.
  const asksForPast = (all) => {
    const year = terms().version.slice(0, 4), isPast = (word) => YEAR.test(word) && word < year;
    return YEAR.test(year) && all.some(isPast) && !all.some((word) => itemForms.get(formOf(word)));
  };
  // What a query asks for besides its subject: the pages that are likely to answer such a question, and the words for it.
  // The longest way to ask is meant: "who can change" is not any "who".
  const intended = ({ all: typed }) => {
    const all = [...typed, ...(asksForPast(typed) ? wordsOf(terms().comparing.past ?? "") : [])], said = all.map(formOf);
    const asked = ways.filter(({ said: words, forms }) => (words.length > 1 ? isWithin(forms, said) : all.includes(words[0])));
    const meant = asked.filter(({ forms }) => !asked.some(({ forms: longer }) => longer.length > forms.length && isWithin(forms, longer)));
    return { wanted: new Set(meant.flatMap(({ addresses }) => addresses)), asking: new Set(asked.flatMap(({ forms }) => forms)) };
  };

  // How much words speak for pages and for those of the items of sections, by their forms.
  const readCues = () => terms().cues.forEach(([address, ...lists]) => lists.forEach((list, isOfItems) => {
    for (const [weight, ...found] of list.split(", ").map((part) => part.split(" "))) {
      for (const word of found) push(cues, formOf(word), { page: isOfItems ? `${address}*` : address, weight: Number(weight) });
    }
  }));
  // How much the words of a query speak for each page, or against it.
  const cuesOf = ({ all }) => {
    const found = new Map();
    for (const { page, weight } of [...new Set(all.map(formOf))].flatMap((form) => cues.get(form) ?? [])) found.set(page, (found.get(page) ?? 0) + weight);
    return found;
  };

  // Words of the names of items.
  const isItemWord = (word) => itemForms.has(formOf(word));

  // Of similar words, the one that is probably meant: rather one of a title, or of many pages.
  const likelihood = (word) => countWith(word) + (isItemWord(word) ? pages.size : 0);
  const likeliest = (found) => found.reduce((one, other) => (likelihood(other) > likelihood(one) ? other : one));
  // A word that is mistyped, corrected, so that everything else takes it for the word that is meant. One that words of the
  // handbook begin like has at most one error; a short one lacks a letter.
  const isUnderstood = (word, isOpen) => isIgnored(word) || word.length < SHORT || bySynonym.has(formOf(word)) || waysForms.has(formOf(word)) || formsByRoot.has(rootOf(word)) || expand(word, isOpen).size > 0
    || [...split(word, 0), ...shorter(word, 0)].some(({ parts }) => parts.every((part) => part.size));
  const correct = (word, isOpen) => {
    if (isUnderstood(word, isOpen) || (word.length < LONG && akin(word).size)) return word;
    for (const errors of akin(word).size ? [1] : [1, 2]) {
      const isMeant = (other) => word.length >= LONG || other.length > word.length;
      const found = [...similar(word, errors).keys()].filter(isMeant), [known] = found.length ? [likeliest(found)] : withErrors(word, spelled, errors).filter(isMeant);
      if (known) return known;
    }
    return word;
  };
  const isJoined = (all) => (place) => place + 1 < all.length && place >= 0 && expand(all[place] + all[place + 1], false, true).size > 0;
  // A foreign word without its Russian ending: "KAMы".
  const ENDED = /^(\p{Script=Latin}{2,})\p{Script=Cyrillic}{1,4}$/u;
  const unended = (word) => {
    const [, foreign] = word.match(ENDED) ?? [];
    return foreign && isKnown(foreign) ? foreign : word;
  };
  const readCorrected = (text) => {
    const all = wordsOf(text).map(unended), isPart = (place) => [place - 1, place].some(isJoined(all));
    return read(all.map((word, place) => (isPart(place) ? word : correct(word, place === all.length - 1))).join(" "));
  };

  const understand = (text) => {
    const query = readCorrected(withLayout(text));
    const found = options(query), { wanted, asking } = intended(query), isSubject = query.words.some((word) => !asking.has(formOf(word)));
    const weights = query.words.map((word, place) => weigh(word, place, found) * (isSubject && asking.has(formOf(word)) ? ASKING : 1));
    // A word of the name of an item, or another word for such an item: "PMM" for product marketing.
    const synonyms = new Set(found.filter(({ isItem }) => isItem).flatMap(({ covers }) => covers));
    const itemPlaces = query.words.flatMap((word, place) => (itemForms.get(formOf(word)) || synonyms.has(place) ? [place] : []));
    return { ...query, text, wanted, cues: cuesOf(query), isItem: query.words.every(isItemWord), itemPlaces, known: words.size, options: found, weights, ...hitsOf(found), total: sum(weights) || 1 };
  };

  const readVocabulary = () => {
    terms().synonyms.forEach(readSet);
    readIntents();
    // Words that ask may be mistyped, too.
    for (const word of [...terms().ignored.split(" "), ...ways.flatMap(({ said }) => said)]) spelled.set(word, formOf(word));
    readCues();
  };

  return { readVocabulary, understand, isSaid };
})();
