// Words of texts and queries, for the search worker: as people type them, without endings, with errors.
self.charterbookWords = (() => {
  "use strict";
  // A percent sign without a number is a word: "coaching %".
  const WORD = /[\p{L}\p{N}]+|(?<!\p{N}\s?)%/gu;

  // Letters without accents, as people type them; й is a letter of its own.
  const fold = (text) => text.replace(/ё/g, "е").replace(/\p{Script=Latin}+/gu, (word) =>
    word.normalize("NFD").replace(/\p{M}/gu, ""));
  const plain = (text) => fold(text.replace(/<[^>]*>/g, "").replace(/&[a-z]+;|&#\d+;/g, " ").toLowerCase());
  const wordsOf = (text) => plain(text).match(WORD) || [];
  const foldedWords = (text) => (text.toLowerCase().match(WORD) || []).filter((word) => word !== fold(word)).map(fold);

  // How many letters two words have in common at the beginning.
  const sharedLength = (one, other) => {
    let length = 0;
    while (length < one.length && one[length] === other[length]) length += 1;
    return length;
  };

  // An English word as it is spelled in America.
  const american = (word) => word.replace(/is(e[drs]?|ers?|ing|ations?)$/, "iz$1").replace(/(...)our(s|ed|ing|al)?$/, "$1or$2")
    .replace(/(..)tre(s?)$/, "$1ter$2").replace(/^licens/, "licenc").replace(/^practi[sz]/, "practic").replace(/gramme(s?)$/, "gram$1");
  // An English word without the ending of its number or tense.
  const singular = (word) => word.replace(/ies$/, "y").replace(/(ch|sh|ss|x|z)es$/, "$1").replace(/([^sui])s$/, "$1");
  const tenseless = (word) => word.replace(/^(.*[aeiouy].*)(?:ing|ed)$/, "$1").replace(/([bdgmnprt])\1$/, "$1");
  // Words that only look like a verb's form; news are not many of something new.
  const NOUNS = new Set(["evening", "marketing", "meeting", "morning", "positioning", "rating", "standing"]);
  const untensed = (word) => (NOUNS.has(word) ? word : tenseless(word));
  // Irregular forms of English verbs, by the verb.
  const IRREGULAR = new Map(["become became", "begin began begun", "break broke broken", "bring brought", "build built", "buy bought", "choose chose chosen",
    "draw drew drawn", "drive drove driven", "fall fell fallen", "forget forgot forgotten", "give gave given", "grow grew grown", "hear heard", "hold held", "keep kept",
    "lead led", "learn learnt", "leave left", "lose lost", "make made", "meet met", "overrun overran", "pay paid", "rise rose risen", "run ran", "sell sold", "send sent",
    "speak spoke spoken", "spend spent", "take took taken", "teach taught", "tell told", "understand understood", "win won", "withdraw withdrew withdrawn",
    "write wrote written"].flatMap((forms) => forms.split(" ").slice(1).map((form) => [form, forms.split(" ")[0]])));
  const english = (found, word = IRREGULAR.get(found) ?? found) => (word.length < 4 || word === "news" ? word : untensed(singular(american(word))).replace(/(...)e$/, "$1"));

  // Forms of Russian words that the stemmer takes for those of other words, by the stem of their other forms: of nouns that
  // lose a part of their stem or end like a verb ("квартал", "визит"), and of verbs and adverbs that begin like a noun.
  const OWN_STEMS = new Map([["деньг", "денег"], ["числ", "чисел"], ["письм", "писем"], ["подпис", "подпись"],
    ["замен", "замена замены замен"], ["отмен", "отмена"], ["смен", "смена смены"], ["экзамен", "экзамен экзамена экзамены"], ["обмен", "обмен обмена"],
    ["систем", "систему систем"], ["проблем", "проблему проблем"], ["правил", "правило правила правил"], ["опыт", "опыт"], ["вызов", "вызов"],
    ["режим", "режим"], ["прием", "прием"], ["объем", "объем"], ["аудит", "аудит аудитор аудиторы аудитора аудиторов аудиторам аудитору"],
    ...["визит", "кредит", "лимит", "дефицит", "депозит"].map((word) => [word, word]),
    ...["материал", "портал", "квартал", "канал", "персонал", "журнал", "сигнал", "филиал", "потенциал", "капитал", "функционал", "терминал"].map((word) => [word, `${word} ${word}а`]),
    ["спраш", "спросить спросит спросил спросила"], ["частот", "часто чаще"], ["занятост", "занят занята занято заняты"], ["среди", "среди"], ["расхожд", "расходятся расходится"],
    ["зависимост", "зависит зависим зависят"], ["дадут", "дать дал дала дали"]].flatMap(([stem, forms]) => forms.split(" ").map((form) => [form, stem])));
  const ownStem = (word) => OWN_STEMS.get(word);
  // A Russian root with the vowel that its verbs of both aspects have: "закончить", "заканчивать".
  const alternating = (root) => root.replace(/(\p{Script=Cyrillic}{2})о([бвгджзклмнпрстфхцчшщ]{1,3})$/u, "$1а$2");
  // A Russian form without what comes and goes: the vowel of "звонок", "звонки"; the endings of verbs, nouns and adjectives.
  const fleeting = (form) => form.replace(/(\p{Script=Cyrillic}{2}[бвгджзклмнпрстфхцчшщ])[ое]([кц])$/u, "$1$2");
  const russian = (form) => alternating(fleeting(form).replace(/(\p{Script=Cyrillic}{3})[ыи]ва$/u, "$1").replace(/(\p{Script=Cyrillic}{4})(?:[оеё]?вск|ск|[еа]ни?|[аиыяею])$/u, "$1"));

  // Whether two words with the same first letter differ by a typing error, long ones by `most`: a letter more, less, other,
  // or two letters in the wrong order.
  const LONG = 9;
  const differ = (one, other, errors) => {
    const start = sharedLength(one, other), rest = one.slice(start), end = other.slice(start);
    if (!rest || !end || !errors) return rest.length + end.length <= errors;
    const isSwapped = rest[0] === end[1] && rest[1] === end[0];
    return differ(rest.slice(1), end.slice(1), errors - 1) || differ(rest.slice(1), end, errors - 1)
      || differ(rest, end.slice(1), errors - 1) || (isSwapped && differ(rest.slice(2), end.slice(2), errors - 1));
  };
  const isMistyped = (one, other, most) => {
    const errors = one.length < LONG ? 1 : most;
    return one[0] === other[0] && Math.abs(one.length - other.length) <= errors && differ(one, other, errors);
  };

  // A text as the same keys write it with the other keyboard layout; what is meant where nothing else is known.
  const LAYOUTS = ["qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё"];
  const onOtherLayout = (text) => [...text.toLowerCase()].map((key) => {
    const [from, to] = /\p{Script=Cyrillic}/u.test(key) ? [LAYOUTS[1], LAYOUTS[0]] : LAYOUTS;
    return to[from.indexOf(key)] ?? key;
  }).join("");

  // The phrases of a list, which is one text if no phrase has a comma.
  const phrasesOf = (list) => (typeof list === "string" ? list.split(",") : list);

  // A year says when, and not how much.
  const YEAR = /^20\d\d$/;

  // Of a map: the value of a key, computed once; a value more in the list of a key.
  const remembered = (map, key, compute) => map.get(key) ?? map.set(key, compute()).get(key);
  const push = (map, key, value) => remembered(map, key, () => []).push(value);
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  return { YEAR, plain, fold, wordsOf, foldedWords, sharedLength, singular, english, ownStem, russian, isMistyped, onOtherLayout, phrasesOf, remembered, push, sum };
})();
