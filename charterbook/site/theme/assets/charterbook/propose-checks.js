// Validation of form values, with the loader's messages. No DOM access.

export const fill = (message, facts) => message.replace(/%\((\w+)\)s|%%/g, (all, name) => (name ? facts[name] ?? "" : "%"));

export const upper = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A number in the format of the language, with a minus sign rather than a hyphen, as in the loader's messages. */
export const figure = (about, value, maximumFractionDigits = 20) => value.toLocaleString(about.language, { maximumFractionDigits }).replace(/^-/, "−");

const said = (about, fact) => (typeof fact === "number" ? figure(about, fact) : fact);

/** Message of a problem: the mistake, then the correction. */
export const problem = (about, rule, facts = {}, warning = false) => {
  const spelled = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, said(about, fact)]));
  const [wrong, right] = about.checks[rule].map((message) => fill(message, spelled));
  return { text: [wrong && upper(/[.!?…]$/.test(wrong) ? wrong : `${wrong}.`), right].filter(Boolean).join(" "), warning };
};

export const plural = (about, what, n) => {
  const form = new Intl.PluralRules(about.language).select(n);
  return fill(about.plurals[what][form] || about.plurals[what].other, { n });
};

const short = (value, limit) => (value.length > limit ? `${value.slice(0, limit)}…` : value);
const quote = (about, value, limit = 60) => fill(about.words.quoted, { value: short(String(value), limit) });

const CONTROL = new RegExp("[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]|\\p{Surrogate}"
  // Characters that hide text, as in invisible_characters.py.
  + "|[\\u206a-\\u206f\\ufff9-\\ufffb]|(?<!\\u{1f3f4}[\\u{e0020}-\\u{e007f}]{0,6})[\\u{e0020}-\\u{e007f}]|[\\u{e0000}-\\u{e001f}\\u{e0080}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}]"
  + "|(?<![\\u2e80-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}])[\\u{e0100}-\\u{e01ef}]|(?<=[\\ufe00-\\ufe0f])[\\ufe00-\\ufe0f]|[\\u200b-\\u200d\\u2060-\\u2064]{3}", "u");
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const VERSION = /^([12]\d{3}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?|FY\d{2}(-(Q[1-4]|H[12]|M(0[1-9]|1[0-2])))?)$/;

const LETTERS = Object.fromEntries([..."абвгдеёзийклмнопрстуфыэ"].map((letter, place) => [letter, "abvgdeeziyklmnoprstufye"[place]]));
Object.assign(LETTERS, { ж: "zh", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ъ: "", ь: "", ю: "yu", я: "ya" });

/** Id made from a name, as the loader suggests it; empty if the name has no usable characters. */
export const slug = (text) => {
  const latin = text.normalize("NFC").toLowerCase().replace(/[а-яё]/g, (letter) => LETTERS[letter]).normalize("NFKD");
  return (latin.replace(/\p{M}/gu, "").match(/[a-z0-9]+/g) || []).join("-").slice(0, 64).replace(/^-+|-+$/g, "");
};

/** Parsed number, with a decimal point or comma; NaN if invalid. */
export const number = (raw, language) => {
  let text = raw.trim().replace(/[\s\u00a0\u202f]/g, "").replace(/^\u2212/, "-");
  if (language === "en" && /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) text = text.replaceAll(",", "");
  text = text.replace(/^(-?\d+),(\d+)$/, "$1.$2");
  return /^-?\d+(\.\d+)?$/.test(text) && text.length <= 18 ? Number(text) : NaN;
};

const isDay = (text) => {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

const range = (about, field, value) => {
  const limits = [["min", value < field.min], ["above", value <= field.above], ["max", value > field.max]];
  const broken = limits.find(([, is]) => is);
  if (!broken) return [];
  const { text } = problem(about, "out-of-range", { value: String(value) });
  return [{ text: `${text} ${problem(about, broken[0], { limit: String(field[broken[0]]) }).text}` }];
};

const numeric = (about, field, raw) => {
  const value = number(raw, about.language);
  if (Number.isNaN(value)) return [problem(about, "not-a-number", { value: quote(about, raw), example: "12" })];
  if (field.kind === "integer" && !Number.isInteger(value)) return [problem(about, "not-whole", { value: quote(about, raw) })];
  return range(about, field, value);
};

const withoutCode = (text) => text.replace(/^ {0,3}(`{3,}|~{3,})[^]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![^]))/gm, " ").replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, " ");

const pageExists = (about, target) => {
  const [kind, id] = target.split("#")[0].split("/");
  if (id === undefined) return about.sections.some(({ key }) => key === kind) ? isInCharter(about, kind) : hasOwnPage(about, kind) && about.proposed(kind).length > 0;
  return Object.hasOwn(about.kinds, kind) && about.proposed(kind).some((item) => item.id === id);
};

// Lists that are sections themselves, unlike those inside of one.
const hasOwnPage = (about, kind) => Object.hasOwn(about.kinds, kind) && about.kinds[kind].path.length === 1;

const isInCharter = (about, section) => Object.hasOwn(about.charter, section) || about.outcome?.section(section) !== undefined;

const link = (about, target) => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target.replace(/[\u0000-\u0020\u007f-\u00a0]/g, ""));
  if (scheme && ["http", "https", "mailto"].includes(scheme[1].toLowerCase())) return [];
  if (scheme || /^(\/\/|\\)/.test(target)) return [problem(about, "unsafe-link", { target: quote(about, target) })];
  const example = about.proposed("services")[0]?.id;
  return pageExists(about, target) ? [] : [problem(about, "unknown-link", { target: quote(about, target), example })];
};

const markdown = (about, text) => {
  const prose = withoutCode(text);
  const found = [...prose.matchAll(/\]\(\s*<?([^\s<>)]*)/g)].flatMap((match) => link(about, match[1])).slice(0, 1);
  const tag = /<(?:\/?[a-z][a-z0-9-]*(?:[\s/][^<>]*)?>|!--)/i.exec(prose);
  const mark = /\{\{|\{%|\{#/.exec(text);
  if (tag) found.push(problem(about, "html-in-text", { tag: quote(about, tag[0], 30) }, true));
  if (mark) found.push(problem(about, "template-in-text", { mark: quote(about, mark[0]) }, true));
  return found;
};

/** Problems of any text: invisible characters. */
export const unseen = (about, raw) => {
  const bad = CONTROL.exec(raw);
  return bad ? [problem(about, "control-character", { found: `U+${bad[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` })] : [];
};

const textual = (about, field, raw) => {
  const bad = unseen(about, raw);
  if (bad.length) return bad;
  if (field.kind !== "text" && /[\r\n]/.test(raw)) return [problem(about, "not-one-line")];
  if ([...raw].length > (field.longest || Infinity)) return [problem(about, "too-long", { limit: field.longest })];
  return field.kind === "text" ? markdown(about, raw) : special(about, field, raw);
};

const currencies = () => (Intl.supportedValuesOf ? Intl.supportedValuesOf("currency") : []);

const EMAIL = /^[^@\s:/?#<>"]+@[^@\s:/?#<>"]+$/;

const hours = (about, field, raw) => {
  const rule = !new RegExp(field.pattern).test(raw) ? "bad-hours" : raw.slice(0, 5) === raw.slice(6) ? "hours-order" : null;
  return rule ? [problem(about, rule, { value: quote(about, raw) })] : [];
};

// Browsers accept any letter case, the loader does not.
const timezone = (about, field, raw) => {
  const known = Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : [];
  try {
    new Intl.DateTimeFormat("en", { timeZone: raw });
    if (known.includes(raw) || !known.some((name) => name.toLowerCase() === raw.toLowerCase())) return [];
  } catch { /* There is no such time zone. */ }
  return [problem(about, "unknown-timezone", { value: quote(about, raw) })];
};

const address = (about, field, raw) => (EMAIL.test(raw) ? [] : link(about, raw));

const BY_KEY = { hours, timezone, address };

const special = (about, field, raw) => {
  if (BY_KEY[field.key]) return BY_KEY[field.key](about, field, raw.trim());
  const known = currencies();
  if (field.key === "currency" && (!/^[A-Z]{3}$/.test(raw) || (known.length && !known.includes(raw)))) {
    const near = raw.trim().toUpperCase().slice(0, 3);
    return [problem(about, "unknown-currency", { value: quote(about, raw), example: known.includes(near) ? near : "USD" })];
  }
  if (field.kind === "id" && !field.refers && !ID.test(raw)) {
    return [problem(about, "bad-id", { value: quote(about, raw), example: quote(about, slug(raw) || "onboarding") })];
  }
  return field.key === "version" && !VERSION.test(raw) ? [problem(about, "bad-version", { value: quote(about, raw) })] : [];
};

/** Problems of a single value; empty if it is valid. `broken` marks an incomplete date. */
export const check = (about, field, raw, broken = false) => {
  if (broken) return [problem(about, "not-a-date", { value: "…" })];
  if (!raw.trim()) return field.required ? [missing(about, field)] : [];
  if (field.choices) return [];
  if (field.kind === "date") return isDay(raw) ? [] : [problem(about, "impossible-date", { written: raw })];
  return field.kind === "number" || field.kind === "integer" ? numeric(about, field, raw) : textual(about, field, raw);
};

const missing = (about, field) =>
  (field.choices ? problem(about, "unchosen") : problem(about, "needed", { example: field.example || about.words.something }));

const PERIODS = { services: ["since", "until"], roadmap: ["start", "due"] };

const days = (about, kind, item) => {
  const [first, last] = PERIODS[kind] || [];
  const [begin, end] = [item[first], item[last]];
  return begin && end && end < begin ? { [last]: [problem(about, "dates-order", { first, begin, last, end })] } : {};
};

/** Ids that a new item of a kind cannot have. */
const takenBy = (about, kind, others) => {
  const former = others.flatMap(({ was }) => was || []);
  const decided = kind === "decisions" ? about.proposed("meeting_decisions") : [];
  const reserved = [...about.reserved, ...(kind === "sections" ? about.reservedSections : [])];
  return { ids: new Set([...others, ...decided].map(({ id }) => id)), former: new Set(former), reserved: new Set(reserved) };
};

const LONGEST_ID = 64;

/** Id for the name of a new item: unique, and never empty. */
export const idFor = (about, kind, name, others) => {
  const taken = Object.values(takenBy(about, kind, others));
  const base = slug(name) || (name.trim() ? "item" : "");
  let found = base;
  for (let n = 2; taken.some((ids) => ids.has(found)); n += 1) found = `${base.slice(0, LONGEST_ID - 5).replace(/-+$/, "")}-${n}`;
  return found;
};

const identity = (about, { subject, item }, others) => {
  if (!subject.isNew || !item.id) return {};
  const { ids, former, reserved } = takenBy(about, subject.kind, others);
  const rule = [["taken-id", ids], ["former-id", former], ["reserved-id", reserved]].find(([, known]) => known.has(item.id))?.[0];
  return rule ? { id: [problem(about, rule, { id: quote(about, item.id) })] } : {};
};

const namesOf = (about, kind, items) => items.map((item) => quote(about, about.nameOf(kind, item))).join(", ");

const driven = (about, item, metrics) => {
  const wrong = (item.drives || []).find((id) => metrics.some((metric) => metric.id === id && metric.kind === "leading"));
  if (wrong !== undefined) return { drives: [problem(about, wrong === item.id ? "drives-itself" : "drives-leading", { id: quote(about, wrong) })] };
  const driving = item.kind === "leading" ? metrics.filter((metric) => metric.id !== item.id && metric.drives?.includes(item.id)) : [];
  return driving.length ? { kind: [problem(about, "driven", { names: namesOf(about, "metrics", driving) })] } : {};
};

/** The sum of all shares of the budget; undefined if one is missing. */
export const sumOfShares = (sources) => {
  if (!sources.length || sources.some(({ share }) => share === undefined)) return undefined;
  return Number(sources.reduce((total, { share }) => total + share, 0).toFixed(2));
};

const hasOtherSum = (sum) => sum !== undefined && Math.abs(sum - 100) > 0.05;

const money = (about, item, outcome) => {
  const found = {};
  if (item.amount !== undefined && !item.currency && !outcome.section("funding")?.currency) found.amount = [problem(about, "missing-currency")];
  const sum = sumOfShares(outcome.items("sources"));
  if (hasOtherSum(sum)) found.share = [{ ...problem(about, "shares-sum", { sum }), once: "shares-sum" }];
  return found;
};

const currency = (about, item, outcome) => {
  const bare = outcome.items("sources").filter((source) => source.amount !== undefined && !source.currency);
  return !item.currency && bare.length ? { currency: [problem(about, "missing-currency")] } : {};
};

const firstTwice = (values) => values.find((value, place) => value !== undefined && values.indexOf(value) < place);

const twice = (about, item) => {
  const asked = (item.service_levels || []).map(({ request }) => request).filter(Boolean);
  const again = firstTwice(asked);
  return again === undefined ? {} : { service_levels: [problem(about, "same-request", { value: quote(about, again) })] };
};

const calendar = (about, part, item) => {
  const label = (key, value) => about.parts[part].find((field) => field.key === key)?.choices?.find(([known]) => known === value)?.[1] || value;
  const lists = { days: item.days || [], holidays: (item.holidays || []).map(({ date }) => date) };
  const found = Object.entries(lists).map(([key, values]) => [key, firstTwice(values)]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found.map(([key, value]) => [key, [problem(about, "repeated-day", { day: label(key, value) })]]));
};

const contacts = (about, item) =>
  ((item.contacts || []).some(({ address, channel }) => !address && !channel) ? { contacts: [problem(about, "no-address")] } : {});

// References to new items that are no longer in the proposal, or now have another id. References to removed items are removed with them.
const lost = (about, field, value) => {
  if (value === undefined) return [];
  if (field.part) return [value].flat().flatMap((one) => about.parts[field.part].flatMap((inner) => lost(about, inner, one[inner.key])));
  if (!field.refers || (field.free && !about.proposed(field.refers[0]).length)) return [];
  const known = new Set(field.refers.flatMap((kind) => [...about.proposed(kind), ...about.items(kind)].map(({ id }) => id)));
  return [value].flat().filter((id) => !known.has(id));
};

const references = (about, { subject, item }) => Object.fromEntries(about.parts[subject.part]
  .map((field) => [field.key, lost(about, field, item[field.key])]).filter(([, ids]) => ids.length)
  .map(([name, [id]]) => [name, [problem(about, "lost-reference", { id: quote(about, id) })]]));

/** Problems between the fields of an edited item, or with the rest of the proposal, by field. */
export const together = (about, edit, outcome) => {
  const { subject: { kind, section }, item } = edit;
  const found = [
    references(about, edit),
    kind ? identity(about, edit, outcome.others(kind, edit.slot)) : {},
    days(about, kind, item),
    kind === "services" ? twice(about, item) : {},
    kind === "metrics" ? driven(about, { id: edit.subject.id, ...item }, outcome.items("metrics")) : {},
    kind === "sources" ? money(about, item, outcome) : {},
    contacts(about, item),
    section === "funding" ? currency(about, item, outcome) : {},
    section === "calendar" ? calendar(about, edit.subject.part, item) : {},
  ];
  return Object.assign(Object.create(null), ...found);
};

/** Problems of a removal. */
export const removal = (about, { subject: { kind }, slot }, outcome) => {
  const stuck = outcome.stuck.get(slot);
  const sum = kind === "sources" ? sumOfShares(outcome.items("sources")) : undefined;
  return [
    ...(stuck?.length ? [{ text: fill(about.words.stillNamed, { names: stuck.join("; ") }) }] : []),
    ...(about.kinds[kind].required && !outcome.items(kind).length ? [{ text: about.words.last }] : []),
    ...(hasOtherSum(sum) ? [{ ...problem(about, "shares-sum", { sum }), once: "shares-sum" }] : []),
  ];
};
