// All fields of a subject: the input, and its problems.
import { figure, fill, removal, sumOfShares, together } from "./propose-checks.js";
import { same } from "./propose-file.js";
import { control, make, suggestId } from "./propose-fields.js";

/** Fields of a subject with their controls. */
export class Sheet {
  constructor(about, subject, slot) {
    Object.assign(this, { about, subject, slot, cross: {}, shares: [] });
    this.fields = about.parts[subject.part].filter(({ key }) => key !== "id" || subject.isNew);
    this.controls = new Map(this.fields.map((field) => [field.key, control(about, field, subject.today?.[field.key], () => this.cross[field.key] || [])]));
    this.removal = subject.kind && !subject.isNew ? this.removalBox() : null;
    this.first = this.raw();
    const id = subject.isNew && this.fields.find(({ from }) => from);
    this.idIsDerived = id ? suggestId(about, this.controls.get("id"), this.controls.get(id.from), subject.kind, () => about.outcome.others(subject.kind, slot)) : () => {};
  }

  removalBox() {
    const { words } = this.about;
    const help = make("p", { id: "propose-remove-help", className: "cb-note", textContent: words.removeHelp });
    const error = make("p", { id: "propose-remove-error", className: "cb-form__error", hidden: true });
    const box = make("input", { type: "checkbox", id: "propose-remove", attributes: { "aria-describedby": `${help.id} ${error.id}` } });
    const label = make("label", { htmlFor: box.id }, box, ` ${words.remove}`);
    return { box, error, element: make("div", { className: "cb-form__field cb-form__remove" }, label, help, error) };
  }

  /** Show the fields: those that are filled or required, then the rest, collapsed. `shareOf` gives the control of another source. */
  render(into, shareOf) {
    const { about, subject } = this;
    const isOpen = (field) => field.required || subject.today?.[field.key] !== undefined || field.advice || ["summary", "share", "amount"].includes(field.key);
    const elements = (fields) => fields.map(({ key }) => this.controls.get(key).element);
    const closed = this.fields.filter((field) => !isOpen(field));
    const isTyped = closed.some(({ key }) => !same(this.controls.get(key).raw(), this.first[key]));
    into.replaceChildren(...[
      ...elements(this.fields.filter(isOpen)),
      subject.kind === "sources" ? this.otherShares(shareOf) : null,
      closed.length ? make("details", { className: "cb-form__more", open: isTyped }, make("summary", { textContent: `${about.words.more} (${closed.length})` }), ...elements(closed)) : null,
      this.removal?.element,
    ].filter(Boolean));
  }

  // A change of one share requires changes of others: they are also edited here.
  otherShares(shareOf) {
    const { about, fields, slot } = this;
    const share = fields.find(({ key }) => key === "share");
    const others = about.outcome.records.filter(({ kind, path, edit }) => kind === "sources" && (edit?.slot || `sources/${path.at(-1)}`) !== slot);
    this.shares = others.map(({ now, edit, path }) => {
      const field = { ...share, label: fill(about.words.share, { name: now.name || now.id }), help: "", advice: undefined };
      const part = control(about, field, undefined, () => []);
      const other = edit?.slot || `sources/${path.at(-1)}`;
      part.restore(shareOf(other, null));
      part.element.addEventListener("input", () => shareOf(other, part.raw()));
      return part;
    });
    if (!this.shares.length) return null;
    this.sum = make("p", { className: "cb-form__sum", role: "status" });
    this.showSum();
    const note = make("p", { className: "cb-note", textContent: about.words.otherSharesHelp });
    return make("fieldset", { className: "cb-form__group" }, make("legend", { textContent: about.words.otherShares }), note, ...this.shares.map(({ element }) => element), this.sum);
  }

  showSum() {
    if (!this.sum) return;
    const { about } = this;
    const sum = sumOfShares(about.outcome.items("sources"));
    const text = sum === undefined || Number.isNaN(sum) ? "" : fill(about.words.sum, { sum: figure(about, sum, 2) });
    if (this.sum.textContent !== text) this.sum.textContent = text;
  }

  get removing() { return Boolean(this.removal?.box.checked); }

  /** The proposed values of the fields. */
  item() {
    const pairs = this.fields.map(({ key }) => [key, this.controls.get(key).read()]);
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
  }

  edit() { return { slot: this.slot, subject: this.subject, item: this.item(), removing: this.removing }; }

  /** Problems that prevent the proposal; `all` includes those of untouched fields. */
  problems(all) {
    const { about } = this;
    this.cross = this.removing ? {} : together(about, this.edit(), about.outcome);
    for (const part of this.shares) part.problems(all);
    this.showSum();
    const found = [...this.controls.values()].flatMap((part) => part.problems(all));
    const ofRemoval = this.removing ? removal(about, this.edit(), about.outcome) : [];
    if (this.removal) this.showRemoval(ofRemoval);
    return this.removing ? ofRemoval.map((one) => ({ ...one, id: this.removal.box.id, label: "" })) : found;
  }

  showRemoval(found) {
    const { box, error } = this.removal;
    error.textContent = found.map(({ text }) => text).join(" ");
    error.hidden = !found.length;
    found.length ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid");
  }

  raw() { return Object.fromEntries([...this.controls].map(([key, part]) => [key, part.raw()])); }

  /** Input that differs from the present charter; null if there is none. */
  typed() {
    const fields = Object.fromEntries(Object.entries(this.raw()).filter(([key, raw]) => !same(raw, this.first[key])));
    return Object.keys(fields).length || this.removing ? { fields, remove: this.removing } : null;
  }

  /** Throws TypeError for input that does not fit the fields. */
  restore({ fields, remove }) {
    for (const [key, raw] of Object.entries(fields)) this.controls.get(key)?.restore(raw);
    if (this.removal) this.removal.box.checked = remove;
    this.idIsDerived();
  }
}
