// All fields of a subject: values, problems, and the resulting changes.
import { fill, slug, together } from "./propose-checks.js";
import { changesOf, same } from "./propose-file.js";
import { control, make } from "./propose-fields.js";

/** All references to an item, as changes that remove them. */
const namings = (about, { kind, id }) => {
  const places = [
    ...about.sections.map(({ key, part, label }) => ({ part, label, value: key === "charter" ? {} : about.charter[key], path: [key] })),
    ...Object.entries(about.kinds).flatMap(([from, { part, path }]) =>
      about.items(from).map((item) => ({ part, label: about.nameOf(from, item), value: item, path: [...path, item.id] }))),
  ].filter(({ value, path }) => value && path.at(-1) !== id);
  return places.flatMap((place) => about.parts[place.part].flatMap((field) => naming(about, kind, id, place, field)));
};

// Required and nested references cannot be removed automatically.
const naming = (about, kind, id, { label, value, path }, field) => {
  const old = value[field.key];
  const links = field.kind === "text" && [old].flat().some((text) => text && new RegExp(`\\]\\(\\s*<?${kind}/${id}[\\s)#>]`).test(text));
  if (links) return [{ field: { label: `${label}, ${field.label}` }, stuck: true }];
  const inside = field.part && about.parts[field.part].find(({ refers }) => refers?.includes(kind));
  const deep = inside && [old].flat().some((entry) => entry?.[inside.key] === id);
  if (!deep && !(field.refers?.includes(kind) && [old].flat().includes(id))) return [];
  const rest = field.list && !deep ? old.filter((one) => one !== id) : [];
  const now = rest.length ? rest : undefined;
  return [{ path: [...path, field.key], field: { ...field, label: `${label}, ${field.label}` }, old, now, stuck: Boolean(deep || (field.required && !now)) }];
};

/** Fields of a subject, and the resulting changes. */
export class Sheet {
  constructor(about, subject) {
    Object.assign(this, { about, subject });
    this.fields = about.parts[subject.part].filter(({ key }) => key !== "id" || subject.isNew);
    this.controls = new Map(this.fields.map((field) => [field.key, control(about, field, subject.today?.[field.key], () => this.cross[field.key] || [])]));
    this.cross = {};
    this.others = this.sharesOfOthers();
    this.remove = subject.kind && !subject.isNew ? this.removal() : null;
  }

  // Shares sum to 100: a change of one requires changes of others.
  sharesOfOthers() {
    if (this.subject.kind !== "sources") return [];
    const share = this.fields.find(({ key }) => key === "share");
    const others = this.about.items("sources").filter(({ id }) => id !== this.subject.id);
    return others.filter((item) => item.share !== undefined).map((item) => {
      const field = { ...share, label: fill(this.about.words.share, { name: item.name }), help: "" };
      return { item, field, control: control(this.about, field, item.share, () => []) };
    });
  }

  removal() {
    const { about, subject } = this;
    const last = about.kinds[subject.kind].required && about.items(subject.kind).length === 1;
    const namedAt = namings(about, subject);
    const stuck = namedAt.filter((one) => one.stuck).map(({ field }) => field.label).join("; ");
    const help = make("p", { id: "propose-remove-help", className: "cb-note", textContent: last ? about.words.last : about.words.removeHelp });
    const error = make("p", { id: "propose-remove-error", className: "cb-form__error", hidden: true, textContent: fill(about.words.stillNamed, { names: stuck }) });
    const box = make("input", { type: "checkbox", id: "propose-remove", disabled: last, attributes: { "aria-describedby": `${help.id} ${error.id}` } });
    const label = make("label", { htmlFor: box.id }, box, ` ${about.words.remove}`);
    return { box, error, stuck, namedAt, element: make("div", { className: "cb-form__field cb-form__remove" }, label, help, error) };
  }

  /** Fields that are filled or required are shown; the rest is collapsed. */
  render(into) {
    const { about, subject } = this;
    const isOpen = (field) => field.required || subject.today?.[field.key] !== undefined || field.advice || ["summary", "share", "amount"].includes(field.key);
    const elements = (fields) => fields.map(({ key }) => this.controls.get(key).element);
    const closed = this.fields.filter((field) => !isOpen(field));
    into.replaceChildren(...[
      subject.id ? make("p", { className: "cb-note" }, ...fill(about.words.permanent, { id: "\n" }).split("\n").flatMap((text, place) => (place ? [make("code", { textContent: subject.id }), text] : [text]))) : null,
      ...elements(this.fields.filter(isOpen)),
      this.others.length ? this.otherShares() : null,
      closed.length ? make("details", { className: "cb-form__more" }, make("summary", { textContent: `${about.words.more} (${closed.length})` }), ...elements(closed)) : null,
      this.remove?.element,
    ].filter(Boolean));
  }

  otherShares() {
    const { words } = this.about;
    const help = make("p", { className: "cb-note", textContent: words.otherSharesHelp });
    return make("details", { className: "cb-form__more" }, make("summary", { textContent: words.otherShares }), help, ...this.others.map(({ control: part }) => part.element));
  }

  get removing() { return Boolean(this.remove?.box.checked); }

  item() {
    const pairs = this.fields.map(({ key }) => [key, this.controls.get(key).read()]);
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
  }

  problems(all) {
    if (this.remove) this.remove.error.hidden = true;
    this.cross = together(this.about, this.subject, this.item(), this.others.map(({ control: part }) => part.read()));
    const found = [...[...this.controls.values()], ...this.others.map(({ control: part }) => part)].flatMap((part) => part.problems(all));
    return this.removing ? this.stuck() : found;
  }

  // Changes elsewhere that are needed before an item can be removed.
  stuck() {
    const { box, error, stuck } = this.remove;
    error.hidden = !stuck;
    return stuck ? [{ id: box.id, text: error.textContent, label: "" }] : [];
  }

  changes() {
    const { about, subject, fields } = this;
    const part = { part: subject.part, label: subject.label };
    const whole = { key: "new", part: subject.part };
    if (this.removing) return [{ ...part, path: subject.path, field: whole, old: subject.today, severity: subject.severity.removed }, ...this.remove.namedAt];
    const item = this.item();
    const shares = this.others.flatMap(({ item: other, field, control: typed }) =>
      changesOf(about, field, [...about.kinds.sources.path, other.id, "share"], other.share, typed.read()));
    if (!subject.isNew) return [...fields.flatMap((field) => changesOf(about, field, [...subject.path, field.key], subject.today[field.key], item[field.key])), ...shares];
    if (same(item, {})) return shares;
    const path = subject.kind ? [...subject.path, item.id || "…"] : subject.path;
    return [{ ...part, path, field: whole, now: item, severity: subject.severity.added }, ...shares];
  }

  /** Input that differs from the present charter. */
  typed() {
    const found = {};
    for (const { key } of this.fields) {
      const part = this.controls.get(key);
      if (!same(part.raw(), this.first?.[key])) found[key] = part.raw();
    }
    const others = Object.fromEntries(this.others.filter(({ item, control: part }) => part.read() !== item.share).map(({ item, control: part }) => [item.id, part.raw()]));
    return { fields: found, others, remove: this.removing };
  }

  remember() { this.first = Object.fromEntries([...this.controls].map(([key, part]) => [key, part.raw()])); }

  /** Throws TypeError for input that does not fit the fields. */
  restore({ fields, others, remove }) {
    for (const [key, raw] of Object.entries(fields)) this.controls.get(key)?.restore(raw);
    for (const { item, control: part } of this.others) if (Object.hasOwn(others, item.id)) part.restore(others[item.id]);
    if (this.remove && !this.remove.box.disabled) this.remove.box.checked = remove;
  }

  /** Derive a new item's id from its name, until the author changes it. */
  suggestId() {
    const id = this.controls.get("id");
    const name = this.controls.get(this.about.kinds[this.subject.kind].name);
    let given = id.raw();
    name.element.addEventListener("input", () => {
      if (id.raw() !== given) return;
      given = slug(name.raw());
      id.restore(given);
    });
  }
}

