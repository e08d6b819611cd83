// The form itself: one or several subjects, their input, a preview, and the finished proposal.
import { fill, plural, unseen } from "./propose-checks.js";
import { Outcome } from "./propose-collection.js";
import { Draft } from "./propose-draft.js";
import { button, make } from "./propose-fields.js";
import { preview } from "./propose-preview.js";
import { Result } from "./propose-result.js";
import { Sheet } from "./propose-sheet.js";
import { SubjectList, heirOf, keyOf, subjectOf } from "./propose-subjects.js";

/** Values that an address can give for a new item. */
const FILLED = ["name", "what", "date", "reason"];

const one = (id) => document.getElementById(`propose-${id}`);

/** Replace a text only if it differs: screen readers read what is replaced. */
const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };

/** Form for proposals about the charter that `about` describes. */
export class Form {
  constructor(about, form, root) {
    Object.assign(this, { about, form, sheets: new Map(), open: null, attempted: false, sent: false });
    this.draft = new Draft(root.pathname);
    this.reason = one("reason");
    this.by = one("by");
    about.changed = () => this.changed();
  }

  start() {
    const asked = new URLSearchParams(location.search);
    const key = asked.get("item") || asked.get("section") || asked.get("new") || "";
    this.given = Object.fromEntries(FILLED.map((name) => [name, asked.get(name)]).filter(([, value]) => value));
    this.subjects = new SubjectList(this.about, one("subject"), key.split("/")[0]);
    this.result = new Result(this.about, () => { this.sent = true; this.save(); });
    this.listen();
    this.form.hidden = false;
    one("wait").hidden = true;
    // Lists of changes are hidden until the script of their page has applied a filter, which this page does not have.
    document.documentElement.classList.remove("cb-wait");
    this.refreshOutcome();
    this.restore();
    this.begin(this.found(key));
  }

  listen() {
    one("subject").addEventListener("change", () => this.choose());
    this.form.addEventListener("input", ({ target }) => { if (target.id !== "propose-subject") this.changed(); });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    one("another").addEventListener("click", () => one("subject").focus());
    for (const id of ["over", "new"]) one(id).addEventListener("click", () => this.ask());
    one("ask").addEventListener("close", () => { if (one("ask").returnValue === "discard") this.over(); });
    for (const answer of one("ask").querySelectorAll("button")) answer.addEventListener("click", () => one("ask").close(answer.value));
  }

  /** Key of the subject in the address, under its present id. */
  found(key) {
    const { about } = this;
    const wished = key in about.kinds && !about.sections.some((section) => section.key === key) ? "" : key;
    if (!wished || subjectOf(about, wished)) return wished;
    const heir = heirOf(about, wished);
    this.note(heir ? fill(about.words.renamed, { old: wished.split("/")[1], new: heir.name }) : fill(about.words.gone, { id: wished }));
    return heir ? heir.key : "";
  }

  /** Open the subject of the address; a new item is filled in with the address's values. */
  begin(key) {
    const slot = key.endsWith("/") && this.given.name ? `${key}?${this.given.name}` : key;
    const isKnown = this.sheets.has(slot);
    this.show(slot);
    const { sheet } = this;
    if (sheet?.subject.isNew && !isKnown) this.fillIn(sheet);
    if (sheet?.subject.isNew && !this.reason.value) this.reason.value = this.given.reason || "";
    this.refresh();
  }

  fillIn(sheet) {
    for (const [name, value] of Object.entries(this.given)) {
      const part = name !== "reason" && sheet.controls.get(name);
      if (!part) continue;
      part.restore(value);
      part.element.dispatchEvent(new Event("input"));
    }
  }

  /** The fields that are shown. */
  get sheet() { return this.sheets.get(this.open); }

  /** Fields of the proposal: the fields with input, or the visible ones if there is none. */
  get active() {
    const typed = this.collected;
    return typed.length || !this.sheet ? typed : [this.sheet];
  }

  get collected() { return [...this.sheets.values()].filter((sheet) => sheet.typed()); }

  sheetOf(slot) {
    const subject = subjectOf(this.about, slot);
    if (subject && !this.sheets.has(slot)) this.sheets.set(slot, new Sheet(this.about, subject, slot));
    return this.sheets.get(slot);
  }

  /** The share of another source as it was typed, or a new one. */
  shareOf(slot, raw) {
    const share = this.sheetOf(slot).controls.get("share");
    if (raw === null) return share.raw();
    share.restore(raw);
    return raw;
  }

  choose() {
    const slot = this.subjects.chosen((key) => Boolean(this.sheets.get(key)?.typed()));
    this.show(slot);
    this.refresh();
  }

  /** Show the fields of a slot. Recreated fields also offer the new items of the proposal. */
  show(slot) {
    const typed = this.sheets.get(slot)?.typed();
    if (this.sheets.has(slot)) this.sheets.set(slot, new Sheet(this.about, subjectOf(this.about, slot), slot));
    const sheet = slot ? this.sheetOf(slot) : undefined;
    this.open = sheet ? slot : null;
    this.address(sheet ? keyOf(slot) : "");
    if (typed) sheet.restore(typed);
    one("dropped").replaceChildren();
    one("about").textContent = sheet ? sheet.subject.label : "";
    one("id").hidden = !sheet?.subject.id;
    one("id").lastElementChild.textContent = sheet?.subject.id || "";
    one("work").hidden = !sheet;
    sheet?.render(one("fields"), (other, raw) => this.shareOf(other, raw));
  }

  /** Name the subject in the address, and point the link to the forge's editor to its line. */
  address(key) {
    const url = new URL(location.href);
    if (keyOf(url.searchParams.get("item") || url.searchParams.get("section") || "") !== key) {
      url.search = key ? `?${key.includes("/") ? "item" : "section"}=${encodeURIComponent(key).replace("%2F", "/")}` : "";
      try { history.replaceState(null, "", url); } catch { /* A page saved to disk has no address to change. */ }
    }
    const link = one("editor");
    const line = this.about.lines[key.replace(/\/$/, "")];
    if (link && line) link.href = link.dataset.at.replace(/0$/, line);
  }

  /** Restore the stored proposal, if any. */
  restore() {
    try {
      const draft = this.draft.read();
      if (draft) this.restoreDraft(draft);
    } catch (error) {
      console.warn(error);
      this.clear();
      this.note(this.about.words.unreadable);
    }
  }

  restoreDraft({ entries, reason, by, sent }) {
    for (const [slot, typed] of entries) this.restoreEntry(slot, typed);
    Object.assign(this, { sent });
    this.reason.value = reason;
    this.by.value = by;
    this.refreshOutcome();
    const names = this.outcome.groups().map(({ label }) => label);
    const { words } = this.about;
    this.note(sent ? words.sentBefore : names.length ? fill(words.restored, { names: names.join(", ") }) : words.restoredBare, button(one("over").textContent, () => this.ask()));
  }

  restoreEntry(slot, typed) {
    const heir = subjectOf(this.about, slot) ? slot : heirOf(this.about, slot)?.key;
    if (heir) this.sheetOf(heir).restore(typed);
    else this.note(fill(this.about.words.gone, { id: slot }));
  }

  note(text, ...more) { one("notes").append(make("p", { className: "cb-form__note" }, `${text} `, ...more)); }

  save() {
    const entries = this.collected.map((sheet) => [sheet.slot, sheet.typed()]);
    const [reason, by] = [this.reason.value, this.by.value];
    const isEmpty = !entries.length && !reason && !by;
    const done = this.draft.write(isEmpty ? null : { entries, reason, by, sent: this.sent });
    if (!done && !this.warned) this.note(this.about.words.unsaved);
    this.warned = this.warned || !done;
  }

  /** Ask before discarding any input. */
  ask() {
    const isEmpty = !this.collected.length && !this.reason.value && !this.by.value;
    if (isEmpty || this.sent) this.over();
    else one("ask").showModal();
  }

  over() {
    this.draft.write(null);
    this.clear();
    one("notes").replaceChildren();
    this.note(this.about.words.discarded);
    this.show(this.open && !this.open.includes("?") ? this.open : "");
    this.refresh();
    one("subject").focus();
  }

  clear() {
    Object.assign(this, { attempted: false, sent: false });
    this.sheets.clear();
    this.reason.value = this.by.value = "";
    this.result.hide();
  }

  /** Remove a subject from the proposal; it can be put back. */
  drop(slot) {
    const sheet = this.sheets.get(slot);
    const [typed, label] = [sheet.typed(), this.outcome.labelOf(sheet.edit())];
    this.sheets.delete(slot);
    const back = () => { this.sheetOf(slot).restore(typed); this.show(slot); this.changed(); one("dropped").replaceChildren(); one("about").focus(); };
    if (this.open === slot) this.show(slot.includes("?") ? "" : slot);
    this.changed();
    one("dropped").replaceChildren(make("p", { className: "cb-form__note" }, `${fill(this.about.words.dropped, { name: label })} `, button(this.about.words.undo, back)));
    // Not on the button: the key that removed the item may still be pressed, and would restore it.
    one("summary").focus();
  }

  edit(slot) {
    this.show(slot);
    this.refresh();
    one("about").focus();
    one("about").scrollIntoView({ block: "start" });
  }

  /** After any input. */
  changed() {
    this.sent = false;
    this.refresh();
    this.save();
  }

  refreshOutcome() {
    this.about.outcome = this.outcome = new Outcome(this.about, this.active.map((sheet) => sheet.edit()));
  }

  refresh() {
    const { about } = this;
    this.refreshOutcome();
    this.groups = this.outcome.groups();
    const problems = this.problems();
    const count = this.groups.reduce((sum, { changes }) => sum + changes.length, 0);
    one("whole").hidden = !this.sheet && !count && !this.reason.value;
    say(one("count"), count ? plural(about, "changes", count) : about.words.nothing);
    this.preview();
    this.subjects.show(this.open || "", this.collected.map((sheet) => [sheet.slot, this.outcome.labelOf(sheet.edit())]));
    if (this.attempted) this.errors(problems);
    if (this.result.isShown) problems.length ? this.result.hide() : this.ready();
  }

  /** Show the changes if they differ from before: a focused button stays the same. */
  preview() {
    const shown = JSON.stringify(this.groups.map(({ edit, label, changes }) => [edit.slot, label, changes]));
    if (shown === this.shown) return;
    this.shown = shown;
    one("changes").replaceChildren(...preview(this.about, this.groups, { edit: (slot) => this.edit(slot), drop: (slot) => this.drop(slot) }));
  }

  /** All problems that prevent the proposal: problems of visible fields come first. */
  problems() {
    const { about } = this;
    const active = this.active;
    if (this.sheet && !active.includes(this.sheet)) this.sheet.problems(false);
    const sheets = [...active].sort((a, b) => (b === this.sheet) - (a === this.sheet));
    const inFields = sheets.flatMap((sheet) => sheet.problems(this.attempted).map((found, place) => ({ ...found, sheet, place })));
    const once = inFields.filter(({ once: mark }, place) => !mark || inFields.findIndex((other) => other.once === mark) === place);
    const why = this.reason.value.trim() ? unseen(about, this.reason.value) : [{ text: about.words.noReason }];
    const who = unseen(about, this.by.value);
    this.mark(this.reason, this.attempted || this.reason.value.trim() ? why : []);
    this.mark(this.by, who);
    const first = this.sheet ? this.sheet.controls.values().next().value.element.querySelector("input, textarea, select").id : "propose-subject";
    const changes = this.groups.reduce((sum, { changes: found }) => sum + found.length, 0);
    return [
      ...once,
      ...(changes ? [] : [{ id: first, text: about.words.nothing, label: "" }]),
      ...(changes > about.mostChanges ? [{ id: first, text: fill(about.words.tooMany, { limit: about.mostChanges }), label: "" }] : []),
      ...why.map(({ text }) => ({ id: "propose-reason", text, label: "" })),
      ...who.map(({ text }) => ({ id: "propose-by", text, label: "" })),
    ];
  }

  /** Show problems of the form's own fields beside them. */
  mark(input, found) {
    const error = document.getElementById(`${input.id}-error`);
    say(error, found.map(({ text }) => text).join(" "));
    error.hidden = !found.length;
    found.length ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  }

  errors(problems) {
    const box = one("errors");
    box.hidden = !problems.length;
    say(one("errors-title"), plural(this.about, "problems", problems.length));
    const several = this.active.length > 1;
    const named = ({ sheet, label }) => [several && sheet && this.outcome.labelOf(sheet.edit()), label].filter(Boolean).join(", ");
    box.querySelector("ul").replaceChildren(...problems.map((found) => make("li", {}, make("a", {
      href: `#${found.id}`, textContent: [named(found), found.text].filter(Boolean).join(": "), onclick: (event) => { event.preventDefault(); this.go(found); },
    }))));
  }

  /** Go to the field of a problem, possibly of another subject. */
  go({ id, sheet, place }) {
    let target = id;
    if (sheet && sheet !== this.sheet) {
      this.show(sheet.slot);
      this.refresh();
      target = this.sheet.problems(true)[place].id;
    }
    const field = document.getElementById(target);
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    field.focus();
    field.scrollIntoView({ block: "center" });
  }

  send() {
    this.attempted = true;
    this.refresh();
    const problems = this.problems();
    const place = problems.length ? one("errors") : one("result");
    if (!problems.length) this.ready();
    place.focus();
    place.scrollIntoView({ block: problems.length ? "center" : "start" });
  }

  ready() { this.result.show(this.groups, this.reason.value.trim(), this.by.value.trim()); }
}
