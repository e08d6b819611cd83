// Preview of a proposal, as pages of changes show it: a word diff with icons and labels for each side.
import { figure, fill } from "./propose-checks.js";
import { button, make, nameOfReference } from "./propose-fields.js";

const WORD = /[\p{L}\p{N}_]+(?:['’.,-][\p{L}\p{N}_]+)*|\s+|[^]/gu;

// Longer texts are shown as replaced: comparing them is slow and of little use.
const MOST = 4_000_000;

const lengths = (one, other) => {
  const table = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let a = one.length - 1; a >= 0; a -= 1) {
    for (let b = other.length - 1; b >= 0; b -= 1) {
      table[a][b] = one[a] === other[b] ? table[a + 1][b + 1] + 1 : Math.max(table[a + 1][b], table[a][b + 1]);
    }
  }
  return table;
};

const walk = (one, other) => {
  const table = lengths(one, other);
  const found = [];
  let [a, b] = [0, 0];
  while (a < one.length || b < other.length) {
    if (a < one.length && b < other.length && one[a] === other[b]) { found.push(["equal", one[a]]); a += 1; b += 1; }
    else if (b >= other.length || (a < one.length && table[a + 1][b] >= table[a][b + 1])) { found.push(["del", one[a]]); a += 1; }
    else { found.push(["ins", other[b]]); b += 1; }
  }
  return found;
};

// Adjacent segments of one kind are merged, including a space between two changes.
const joined = (steps) => {
  const found = [];
  let run = { del: "", ins: "" };
  const flush = () => {
    for (const kind of ["del", "ins"]) if (run[kind]) found.push([kind, run[kind]]);
    run = { del: "", ins: "" };
  };
  steps.forEach(([kind, text], place) => {
    const inside = kind === "equal" && !text.trim() && (run.del || run.ins) && steps[place + 1] && steps[place + 1][0] !== "equal";
    if (inside) { run.del += text; run.ins += text; }
    else if (kind !== "equal") run[kind] += text;
    else {
      flush();
      if (found.at(-1)?.[0] === "equal") found.at(-1)[1] += text;
      else found.push(["equal", text]);
    }
  });
  flush();
  return found;
};

/** Diff segments of two texts in reading order: [kind, text], of kind equal, del or ins. */
export const words = (old, now) => {
  const [one, other] = [old.match(WORD) || [], now.match(WORD) || []];
  return one.length * other.length > MOST ? [["del", old], ["ins", now]] : joined(walk(one, other));
};

const marked = (about, kind, text, sign = kind === "del" ? "−" : "+") => {
  const said = make("i", { textContent: `${kind === "del" ? about.words.removed : about.words.added} ` });
  return make(kind, {}, said, sign, text);
};

// The signs are in the margin: see compare.css.
const side = (about, segments, without) => make("div", {}, make("p", {}, ...segments
  .filter(([kind]) => kind !== without).map(([kind, text]) => (kind === "equal" ? text : marked(about, kind, text, "")))));

const compared = (about, old, now) => {
  const segments = words(old, now);
  const box = make("div", { className: "cb-words" }, side(about, segments, ""), side(about, segments, "del"));
  box.style.setProperty("--cb-old", JSON.stringify(about.words.today));
  box.style.setProperty("--cb-new", JSON.stringify(about.words.proposed));
  return box;
};

/** Display text of a value. */
export const shown = (about, field, value) => {
  if (Array.isArray(value)) return value.map((one) => shown(about, field, one)).join(field.part || field.kind === "text" ? " · " : ", ");
  if (field.part) {
    const inner = about.parts[field.part].filter(({ key }) => value[key] !== undefined);
    return inner.map((one) => `${one.label}: ${shown(about, one, value[one.key])}`).join("; ");
  }
  const choice = field.choices?.find(([known]) => known === String(value));
  if (choice) return choice[1];
  if (Number.isNaN(value)) return "?";
  if (typeof value === "number") return figure(about, value);
  if (field.kind === "date") return new Intl.DateTimeFormat(about.language === "en" ? "en-GB" : about.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${value}T00:00:00Z`));
  return nameOfReference(about, field, value);
};

const isText = ({ kind, list, refers, choices }) => (kind === "text" || kind === "line") && !list && !refers && !choices;

// List diff: unchanged, removed and added entries.
const entries = (about, field, old, now) => {
  const kept = old.filter((value) => now.includes(value)).map((value) => shown(about, field, value));
  const gone = old.filter((value) => !now.includes(value)).map((value) => marked(about, "del", shown(about, field, value)));
  const come = now.filter((value) => !old.includes(value)).map((value) => marked(about, "ins", shown(about, field, value)));
  return make("div", { className: "cb-values" }, ...[...kept, ...gone, ...come].flatMap((one, place) => (place ? [field.kind === "text" ? " · " : ", ", one] : [one])));
};

const sides = (about, { field, old, now }) => {
  if (old !== undefined && now !== undefined && isText(field)) return compared(about, old, now);
  if (field.list && !field.part && old && now) return entries(about, field, old, now);
  // Without signs: "−25" would be another number than 25.
  const parts = [];
  if (old !== undefined) parts.push(marked(about, "del", shown(about, field, old), ""));
  if (old !== undefined && now !== undefined) parts.push(" → ");
  if (now !== undefined) parts.push(marked(about, "ins", shown(about, field, now), ""));
  return make("div", { className: "cb-values" }, ...parts);
};

let last = 0;

const line = (about, severity, label, ...rest) =>
  make("li", { id: `propose-change-${(last += 1)}`, attributes: { "data-s": severity } }, make("b", { textContent: about.words[severity] }), ` ${label}`, ...rest);

const whole = (about, change) => {
  const value = change.now ?? change.old;
  const kind = change.now === undefined ? "del" : "ins";
  const fields = about.parts[change.part].filter(({ key }) => value[key] !== undefined);
  const list = make("ul", {}, ...fields.map((field) => make("li", {}, `${field.label}: `, marked(about, kind, shown(about, field, value[field.key])))));
  const word = kind === "ins" ? about.words.itemAdded : about.words.itemRemoved;
  return line(about, severityOf(about, change), `${word}: ${change.label}`, list);
};

const TOKEN = /\d+(?:[.,:]\d+)*|\p{L}+(?:['’]\p{L}+)?|[%‰]/gu;

// The words of a text that bind, as comparisons find them: numbers in order, other figures, and duties.
const bindingParts = ({ binding: { words, figures, duties } }, text) => {
  const stemOf = (pattern, token) => new RegExp(`^(?:${pattern})$`, "u").exec(token)?.slice(1).find(Boolean);
  const figureOf = (token) => (/[%‰]/.test(token) || words[token] ? token : stemOf(figures, token));
  const dutyOf = (token) => (/^(?:not|cannot|.*n['’]t)$/.test(token) ? "not" : words[token] === false ? token : stemOf(duties, token));
  const tokens = text.normalize("NFC").toLowerCase().match(TOKEN) || [];
  const sorted = (wordOf) => tokens.map(wordOf).filter(Boolean).sort();
  return [tokens.filter((token) => /^\d/.test(token)), sorted(figureOf), sorted(dutyOf)];
};

const bindingWords = (about, size, text) => {
  const found = bindingParts(about, text).slice(0, size);
  return found.some((part) => part.length) ? [JSON.stringify(found)] : [];
};

// A number alone can be a name, such as "No. 4711".
const hasWords = (about, text) => bindingParts(about, text.replace(/\bno\.\s*(?=\d)/gi, "")).slice(1).some((part) => part.length);

// A text that promises something is a commitment if words that bind differ; so is a new or removed part whose text has such words.
const severityOf = (about, { field, old, now, severity = field.severity, bindsBy = field.bindsBy }) => {
  if (bindsBy && (old === undefined || now === undefined)) {
    return [now ?? old].flat().some((one) => hasWords(about, one[bindsBy] ?? "")) ? "commitment" : severity;
  }
  const all = (value) => [value ?? []].flat().flatMap((text) => bindingWords(about, field.binds, String(text))).sort().join();
  return field.binds && (old !== undefined || field.binds > 1) && all(old) !== all(now) ? "commitment" : severity;
};

const list = (about, changes) => make("ul", {}, ...changes.map((change) => {
  if (change.part) return whole(about, change);
  return line(about, severityOf(about, change), change.field.label, sides(about, change));
}));

/** The changes of each subject, with buttons to edit it, and to remove it from the proposal. */
export const preview = (about, groups, { edit, drop }) => groups.map(({ edit: { slot }, label, changes }, place) => {
  const id = `propose-part-${place}`;
  const named = (word) => fill(about.words.about, { what: word, name: label });
  const buttons = make("p", { className: "cb-form__tools" },
    button(about.words.edit, () => edit(slot), named(about.words.edit)), button(about.words.drop, () => drop(slot), named(about.words.drop)));
  return make("section", { className: "cb-about", attributes: { "aria-labelledby": id } }, make("h3", { id, textContent: label }), buttons, list(about, changes));
});

const value = (about, field, one) => (one === undefined ? about.words.unset : fill(about.words.quoted, { value: shown(about, field, one) }));

const lineOf = (about, change) => {
  const said = `- ${about.words[severityOf(about, change)]}: `;
  if (change.part) return `${said}${change.now === undefined ? about.words.itemRemoved : about.words.itemAdded}: ${change.label}`;
  const { field, old, now } = change;
  return `${said}${field.label}: ${value(about, field, old)} → ${now === undefined ? about.words.removed.replace(/:$/, "") : value(about, field, now)}`;
};

/** The changes as lines of text: the present and the proposed value of each field, below the name of each of several subjects. */
export const describe = (about, groups) => groups.flatMap(({ label, changes }, place) =>
  [...(groups.length > 1 ? [...(place ? [""] : []), label] : []), ...changes.map((change) => lineOf(about, change))]);
