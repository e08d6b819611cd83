// Subjects of proposals: sections, items, and new items. Each has a key in addresses, and a slot in a proposal.
//
// The key is "services/onboarding", "services/" for a new item, or "funding". The slot is the key; for further new items
// of a kind, and for those that an address describes, it ends with "?" and a mark.
import { make } from "./propose-fields.js";

/** A table without inherited keys: the address of a page can request `__proto__` or `constructor` from it. */
const table = (entries) => Object.assign(Object.create(null), entries);

const decisionsOf = (charter) => (charter.review?.meetings || []).flatMap(({ decisions }) => decisions || []);

/** The charter and the description of its fields, with lookups of items. */
export const aboutOf = (data) => {
  const kinds = table(data.kinds);
  const items = (kind) => (kind === "meeting_decisions" ? decisionsOf(data.charter) : kinds[kind].path.reduce((value, key) => value?.[key], data.charter) || []);
  const about = { ...data, kinds, lines: table(data.lines), items, outcome: null };
  about.proposed = (kind) => (about.outcome || about).items(kind);
  about.nameOf = (kind, item) => String(item[kinds[kind]?.name || "text"] || item.id || kinds[kind].new);
  return about;
};

export const keyOf = (slot) => slot.split("?")[0];

const sectionOf = (about, section) => {
  const known = about.sections.find(({ key }) => key === section);
  if (!known) return null;
  const whole = section === "charter";
  const today = whole ? about.charter : about.charter[section];
  const severity = { added: "meaning", removed: "meaning" };
  return { key: section, section, part: known.part, isNew: today === undefined, today, path: whole ? [] : [section], label: known.label, severity };
};

/** Subject of a slot; null if there is none. */
export const subjectOf = (about, slot) => {
  const key = keyOf(slot);
  const [kind, id] = key.split("/");
  if (id === undefined) return slot === key ? sectionOf(about, kind) : null;
  if (!about.kinds[kind] || (id && slot !== key)) return null;
  const { path, part, severity, bindsBy } = about.kinds[kind];
  const today = about.items(kind).find((item) => item.id === id);
  if (id && !today) return null;
  return { key, kind, id, part, isNew: !id, today, path: id ? [...path, id] : path, label: today ? about.nameOf(kind, today) : about.kinds[kind].new, severity, bindsBy };
};

/** Item with this former id, or moved to another list, under its present name. */
export const heirOf = (about, key) => {
  const [kind, id] = key.split("/");
  const beside = { out: "later", later: "out" }[kind];
  for (const place of [kind, beside].filter((name) => about.kinds[name])) {
    const heir = about.items(place).find((item) => item.was?.includes(id) || (place === beside && item.id === id));
    if (heir) return { key: `${place}/${heir.id}`, name: about.nameOf(place, heir) };
  }
  return null;
};

const group = (label, entries) => {
  const box = make("optgroup", { label });
  box.append(...entries.map(([value, text]) => make("option", { text, value, dir: "auto" })));
  return box;
};

/** Values of options for subjects already in the proposal. */
const MARK = "=";

/** The list of all subjects, those in the proposal first. */
export class SubjectList {
  constructor(about, select, first) {
    Object.assign(this, { about, select, texts: "" });
    const kinds = Object.entries(about.kinds).sort(([, a], [, b]) => (b.path[0] === first) - (a.path[0] === first));
    const groups = kinds.map(([kind, { label, new: fresh }]) =>
      group(label, [...about.items(kind).map((item) => [`${kind}/${item.id}`, about.nameOf(kind, item)]), [`${kind}/`, `+ ${fresh}`]]));
    const sections = group(about.words.sections, about.sections.map(({ key, label }) => [key, label]));
    select.replaceChildren(new Option(about.words.choose, ""), ...(first ? [...groups.slice(0, 1), sections, ...groups.slice(1)] : [sections, ...groups]));
  }

  /** Slot of the chosen subject; `isTaken` says whether one is in use. */
  chosen(isTaken) {
    const { value } = this.select;
    if (value.startsWith(MARK)) return value.slice(MARK.length);
    if (!value.endsWith("/") || !isTaken(value)) return value;
    let n = 2;
    while (isTaken(`${value}?#${n}`)) n += 1;
    return `${value}?#${n}`;
  }

  /** Show a slot as chosen, and the subjects of the proposal: [slot, label]. */
  show(slot, collected) {
    const texts = JSON.stringify(collected);
    if (texts !== this.texts) {
      this.texts = texts;
      this.collected?.remove();
      this.collected = collected.length ? group(this.about.words.collected, collected.map(([one, label]) => [`${MARK}${one}`, label])) : null;
      if (this.collected) this.select.firstElementChild.after(this.collected);
    }
    this.select.value = collected.some(([one]) => one === slot) ? `${MARK}${slot}` : keyOf(slot);
  }
}
