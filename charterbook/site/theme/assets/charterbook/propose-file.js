// Changes from form input, and the proposal file.

/** Whether two values are equal. */
export const same = (one, other) => {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((value, place) => same(value, other[place]));
  if (one && other && typeof one === "object" && typeof other === "object") {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => same(one[key], other[key]));
  }
  return one === other;
};

const isPart = (value) => value !== undefined && typeof value === "object" && !Array.isArray(value);

const inner = (about, field, path, old, now, label) => about.parts[field.part].flatMap((one) =>
  changesOf(about, { ...one, label: `${label}, ${one.label}`, severity: field.list ? one.severity : field.severity }, [...path, one.key], old[one.key], now[one.key]));

// Rows are identified by their key; a row that only changed its key is still the same row.
const pairs = (key, old, now) => {
  const names = (rows) => rows.map((row) => row[key]);
  const [before, after] = [names(old), names(now)];
  if (new Set(before).size < before.length || new Set(after).size < after.length || after.includes(undefined)) return null;
  const renamed = (row, place) => old.length === now.length && !before.includes(row[key]) && !after.includes(before[place]);
  const found = now.map((row, place) => [renamed(row, place) ? old[place] : old.find((one) => one[key] === row[key]), row]);
  const existing = found.filter(([one]) => one);
  const inOrder = existing.every(([one], place) => !place || old.indexOf(existing[place - 1][0]) < old.indexOf(one));
  const newLast = found.slice(0, existing.length).every(([one]) => one);
  return inOrder && newLast ? [...found, ...old.filter((one) => !existing.some(([other]) => other === one)).map((one) => [one, undefined])] : null;
};

const rowChanges = (about, field, path, rows) => rows.flatMap(([old, now]) => {
  const name = (old || now)[field.knownBy];
  if (old && now) return inner(about, field, [...path, name], old, now, `${field.label}: ${name}`);
  return [{ path: [...path, name], field: { ...field, list: false, severity: field.comesOrGoes }, old, now }];
});

/** Changes that turn one value of a field into another: groups by key, lists by row. */
export const changesOf = (about, field, path, old, now) => {
  if (same(old, now)) return [];
  if (field.part && !field.list && isPart(old) && isPart(now)) return inner(about, field, path, old, now, field.label);
  const rows = field.knownBy && field.list && old && now ? pairs(field.knownBy, old, now) : null;
  return rows ? rowChanges(about, field, path, rows) : [{ path, field, old, now }];
};

const OUTSIDE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;
const text = (value) => JSON.stringify(value).replace(OUTSIDE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

// Numbers without exponents: YAML reads an exponent without a point as text.
const digits = (value) => (String(value).includes("e") ? value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 }) : String(value));

const scalar = (field, value) => {
  if (typeof value === "number") return digits(value);
  return field?.kind === "date" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : text(value);
};

const fieldsOf = (about, field) => (field?.part ? about.parts[field.part] : []);

const mapping = (about, fields, value, indent) => Object.entries(value).filter(([, inner]) => inner !== undefined)
  .map(([key, inner]) => entry(about, key, fields.find((field) => field.key === key), inner, indent)).join("");

const listed = (about, field, values, indent) => values.map((value) => {
  if (!isPart(value)) return `${indent}- ${scalar(field, value)}\n`;
  return `${indent}- ${mapping(about, fieldsOf(about, field), value, `${indent}  `).slice(indent.length + 2)}`;
}).join("");

const entry = (about, key, field, value, indent) => {
  if (Array.isArray(value) && value.length) return `${indent}${key}:\n${listed(about, field, value, `${indent}  `)}`;
  if (Array.isArray(value)) return `${indent}${key}: []\n`;
  if (isPart(value)) return `${indent}${key}:\n${mapping(about, fieldsOf(about, field), value, `${indent}  `)}`;
  return `${indent}${key}: ${scalar(field, value)}\n`;
};

// A path segment with a dot requires the list form of the path.
const pathOf = (path) => {
  if (path.some((step) => step.includes("."))) return `[${path.map(text).join(", ")}]`;
  return path.every((step) => /^[a-z0-9_-]+$/i.test(step)) ? path.join(".") : text(path.join("."));
};

const change = (about, { path, field, old, now }) => {
  const sides = [["old", old], ["new", now]].filter(([, value]) => value !== undefined);
  return `  - path: ${pathOf(path)}\n${sides.map(([key, value]) => entry(about, key, field, value, "    ")).join("")}`;
};

/** Text of the proposal file. */
export const proposal = (about, reason, by, changes) =>
  `charterbook: 1\nreason: ${text(reason)}\n${by ? `by: ${text(by)}\n` : ""}${about.for ? `for: ${about.for}\n` : ""}changes:\n${changes.map((one) => change(about, one)).join("")}`;

/** Its name, from the day, the first subject, and the number of the others. */
export const nameOf = (about, edits) => {
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const [{ subject, item }] = edits;
  const id = subject.isNew && subject.kind ? item.id : subject.id;
  const more = edits.length > 1 ? `and-${edits.length - 1}-more` : "";
  return `${about.folder}${[day, subject.kind || subject.section, id, more].filter(Boolean).join("-")}.yml`;
};

const quoted = (value) => encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Address of the forge's page for a new file, prefilled as far as possible; `fits` is false if it is too long. */
export const newFile = (about, name, content) => {
  if (!about.newFile) return null;
  const filled = about.newFile.content ? `&${about.newFile.content}=${quoted(content)}` : "";
  const href = `${about.newFile.address}?${about.newFile.name}=${quoted(name)}${filled}`;
  return { href, fits: href.length <= about.newFile.longest };
};

// Maximum length of a mailto address that mail programs accept.
const LONGEST_MAIL = 1900;

const linked = (about, subject, lines) => {
  const to = about.mailTo.map((one) => quoted(one).replaceAll("%40", "@")).join(",");
  return `mailto:${to}?subject=${quoted(subject)}&body=${quoted(lines.join("\n").replaceAll("\n", "\r\n"))}`;
};

// Lengths for truncating the introduction, if even that is too long.
const CUT = [300, 150, 80, 0];

/** E-mail with an introduction, then the file; parts that do not fit are omitted, the file first. */
export const mail = (about, subject, { summary, name, content }) => {
  const fits = (lines) => [linked(about, subject, lines)].find((address) => address.length <= LONGEST_MAIL);
  const named = (text) => text.replace("%(name)s", () => name);
  const attached = ["", named(about.words.mailLong)];
  const whole = fits([...summary, "", named(about.words.mailFile), "", content]) || fits([...summary, ...attached]);
  const starts = summary.slice(0, 60).map((_, place, lines) => lines.slice(0, lines.length - place));
  const shorter = () => starts.map((lines) => fits([...lines, "…", ...attached])).find(Boolean);
  const shortest = () => CUT.map((length) => fits([`${summary[0].slice(0, length)}…`, ...attached])).find(Boolean);
  return whole || shorter() || shortest() || linked(about, subject, attached);
};
