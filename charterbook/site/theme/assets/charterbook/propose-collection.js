// Edits of several items as one proposal: the charter as proposed, and the changes that lead to it. No DOM access.
//
// An edit is { slot, subject, item, removing }: `item` has the values of the subject's fields.
import { changesOf, same } from "./propose-file.js";

const key = (kind, id) => `${kind}/${id}`;

/** An item or section as proposed. Keys that the form does not show are preserved. */
const withHidden = (about, { subject, item }) => {
  const shown = new Set(about.parts[subject.part].map((field) => field.key));
  const isKept = (name) => !shown.has(name) || (name === "id" && !subject.isNew);
  const id = subject.isNew && item.id ? [["id", item.id]] : [];
  return Object.fromEntries([...id, ...Object.entries(subject.today || {}).filter(([name]) => isKept(name)), ...Object.entries(item)]);
};

const hasLinkTo = (text, page) => typeof text === "string" && new RegExp(`\\]\\(\\s*<?${page}[\\s)#>]`).test(text);

/** The charter as proposed by edits. */
export class Outcome {
  constructor(about, edits) {
    Object.assign(this, { about, edits, records: [], stuck: new Map() });
    this.bySlot = new Map(edits.map((edit) => [edit.slot, edit]));
    for (const { key: section, part, label } of about.sections) this.addSection(section, part, label);
    for (const kind of Object.keys(about.kinds)) this.addItems(kind);
    for (const edit of edits) if (edit.removing) this.stuck.set(edit.slot, this.release(edit));
  }

  addSection(section, part, label) {
    const { charter } = this.about;
    const today = section === "charter" ? charter : Object.hasOwn(charter, section) ? charter[section] : undefined;
    const edit = this.bySlot.get(section);
    if (!today && !edit) return;
    this.records.push({ section, part, label, today, edit, path: section === "charter" ? [] : [section], now: edit ? withHidden(this.about, edit) : { ...today } });
  }

  addItems(kind) {
    const { path, part } = this.about.kinds[kind];
    const add = (today, edit) => {
      const now = edit ? withHidden(this.about, edit) : { ...today };
      this.records.push({ kind, part, label: this.about.nameOf(kind, now), today, edit, path: [...path, today ? today.id : now.id || "…"], now });
    };
    for (const today of this.about.items(kind)) {
      const edit = this.bySlot.get(key(kind, today.id));
      if (!edit?.removing) add(today, edit);
    }
    for (const edit of this.edits) if (edit.subject.kind === kind && edit.subject.isNew) add(undefined, edit);
  }

  /** Items of a kind. Decisions of reviews are inside of meetings. */
  items(kind) {
    if (kind === "meeting_decisions") return this.items("meetings").flatMap(({ decisions }) => decisions || []);
    return this.records.filter((record) => record.kind === kind).map(({ now }) => now);
  }

  /** Items of a kind except that of an edit. */
  others(kind, slot) { return this.records.filter((record) => record.kind === kind && record.edit?.slot !== slot).map(({ now }) => now); }

  section(name) { return this.records.find(({ section }) => section === name)?.now; }

  isNamed(kinds, id) { return kinds.some((kind) => this.items(kind).some((item) => item.id === id)); }

  /** Remove references to a removed item. Returns labels of the references that must be changed first. */
  release({ subject: { kind, id } }) {
    return this.records.flatMap((record) => this.about.parts[record.part].filter((field) => this.isStuck(record, field, kind, id))
      .map((field) => `${record.label}, ${field.label}`));
  }

  // Required and nested references, and links in texts, cannot be removed automatically.
  isStuck(record, field, kind, id) {
    const values = [record.now[field.key]].flat();
    if (values.some((text) => hasLinkTo(text, key(kind, id)))) return true;
    const inside = field.part ? this.about.parts[field.part].filter(({ refers }) => refers?.includes(kind)) : [];
    if (inside.some((inner) => values.some((value) => [value?.[inner.key]].flat().includes(id)))) return true;
    if (!field.refers?.includes(kind) || !values.includes(id) || this.isNamed(field.refers, id)) return false;
    const rest = field.list ? values.filter((one) => one !== id) : [];
    if (field.required && !rest.length) return true;
    if (rest.length) record.now[field.key] = rest;
    else delete record.now[field.key];
    return false;
  }

  /** Changes of each edit: { edit, label, changes }. References to removed items belong to the first removal. */
  groups() {
    const removing = this.edits.find((edit) => edit.removing);
    const followed = this.records.filter(({ edit }) => !edit && removing).flatMap((record) => this.changesWithin(record, `${record.label}, `));
    return this.edits.map((edit) => ({ edit, label: this.labelOf(edit), changes: [...this.changesOf(edit), ...(edit === removing ? followed : [])] }))
      .filter(({ changes }) => changes.length);
  }

  /** Name of a subject: its present name, or the name of a new item. */
  labelOf({ subject, slot }) {
    return (subject.isNew && subject.kind && this.records.find(({ edit }) => edit?.slot === slot)?.label) || subject.label;
  }

  changesOf(edit) {
    const { subject } = edit;
    const whole = { part: subject.part, label: this.labelOf(edit), field: { key: "new", part: subject.part }, bindsBy: subject.bindsBy };
    if (edit.removing) return [{ ...whole, path: subject.path, old: subject.today, severity: subject.severity.removed }];
    const record = this.records.find((one) => one.edit === edit);
    if (!subject.isNew) return this.changesWithin(record, "");
    if (same(record.now, {})) return [];
    if (subject.section && this.hasNewItems(subject.section)) return this.changesWithin({ ...record, today: {} }, "");
    return [{ ...whole, path: record.path, now: record.now, severity: subject.severity.added }];
  }

  // A section and an item inside of it cannot both be new values of one proposal.
  hasNewItems(section) { return this.edits.some(({ subject }) => subject.kind && subject.isNew && subject.path[0] === section); }

  changesWithin({ part, path, today, now }, before) {
    return this.about.parts[part].filter((field) => field.key !== "id").flatMap((field) =>
      changesOf(this.about, { ...field, label: `${before}${field.label}` }, [...path, field.key], today[field.key], now[field.key]));
  }
}
