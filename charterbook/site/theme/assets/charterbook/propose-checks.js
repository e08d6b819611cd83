// Validation of form values, with the loader's messages. No DOM access.

export const fill = (message, facts) => message.replace(/%\((\w+)\)s|%%/g, (all, name) => (name ? facts[name] ?? "" : "%"));

export const upper = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

// Numbers are formatted for the language, as by the loader.
const said = (about, fact) => (typeof fact === "number" ? fact.toLocaleString(about.language, { maximumFractionDigits: 20 }) : fact);

/** Message of a problem: what is wrong, then what would be right. */
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

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/u;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const VERSION = /^([12]\d{3}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?|FY\d{2}(-(Q[1-4]|H[12]|M(0[1-9]|1[0-2])))?)$/;

const LETTERS = Object.fromEntries([..."абвгдеёзийклмнопрстуфыэ"].map((letter, place) => [letter, "abvgdeeziyklmnoprstufye"[place]]));
Object.assign(LETTERS, { ж: "zh", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ъ: "", ь: "", ю: "yu", я: "ya" });

/** Id made from a name, as the loader suggests it; empty where the name has no usable characters. */
export const slug = (text) => {
  const latin = text.normalize("NFC").toLowerCase().replace(/[а-яё]/g, (letter) => LETTERS[letter]).normalize("NFKD");
  return (latin.replace(/\p{M}/gu, "").match(/[a-z0-9]+/g) || []).join("-").slice(0, 64).replace(/^-+|-+$/g, "");
};

/** Parsed number, with a decimal point or comma; NaN where invalid. */
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
  if (id === undefined) return about.sections.some(({ key }) => key === kind) ? kind in about.charter : kind in about.kinds && about.items(kind).length > 0;
  return about.items(kind).some((item) => item.id === id);
};

const link = (about, target) => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target.replace(/[\u0000-\u0020\u007f-\u00a0]/g, ""));
  if (scheme && ["http", "https", "mailto"].includes(scheme[1].toLowerCase())) return [];
  if (scheme || /^(\/\/|\\)/.test(target)) return [problem(about, "unsafe-link", { target: quote(about, target) })];
  const example = about.items("services")[0]?.id;
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
    return [problem(about, "bad-id", { value: quote(about, raw), example: quote(about, slug(raw) || field.example) })];
  }
  return field.key === "version" && !VERSION.test(raw) ? [problem(about, "bad-version", { value: quote(about, raw) })] : [];
};

/** Problems of a single value; empty where it is valid. `broken` marks an incomplete date. */
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

const identity = (about, subject, item) => {
  if (!subject.isNew || !item.id) return {};
  const { kind } = subject;
  const others = about.items(kind);
  if (others.some(({ id }) => id === item.id)) return { id: [problem(about, "taken-id", { id: quote(about, item.id) })] };
  if (others.some(({ was }) => was?.includes(item.id))) return { id: [problem(about, "former-id", { id: quote(about, item.id) })] };
  const reserved = about.reserved.includes(item.id) || (kind === "sections" && about.reservedSections.includes(item.id));
  return reserved ? { id: [problem(about, "reserved-id", { id: quote(about, item.id) })] } : {};
};

const driven = (about, subject, item) => {
  const wrong = (item.drives || []).find((id) => about.items("metrics").some((metric) => metric.id === id && metric.kind === "leading"));
  if (wrong === undefined) return {};
  return { drives: [problem(about, wrong === item.id ? "drives-itself" : "drives-leading", { id: quote(about, wrong) })] };
};

const money = (about, subject, item, shares) => {
  const found = {};
  if (item.amount !== undefined && !item.currency && !about.charter.funding.currency) found.amount = [problem(about, "missing-currency")];
  const all = [item.share, ...shares].filter((share) => share !== undefined);
  const sum = all.reduce((total, share) => total + share, 0);
  const complete = all.length === shares.length + 1;
  if (complete && Math.abs(sum - 100) > 0.05) found.share = [problem(about, "shares-sum", { sum: Number(sum.toFixed(2)) })];
  return found;
};

const twice = (about, item) => {
  const asked = (item.service_levels || []).map(({ request }) => request).filter(Boolean);
  const again = asked.find((request, place) => asked.indexOf(request) < place);
  return again === undefined ? {} : { service_levels: [problem(about, "same-request", { value: quote(about, again) })] };
};

/** Problems between the fields of an item, by field. `shares` are those of the other sources. */
export const together = (about, subject, item, shares) => ({
  ...identity(about, subject, item),
  ...days(about, subject.kind, item),
  ...(subject.kind === "services" ? twice(about, item) : {}),
  ...(subject.kind === "metrics" ? driven(about, subject, item) : {}),
  ...(subject.kind === "sources" ? money(about, subject, item, shares) : {}),
});
