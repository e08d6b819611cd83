// Form for proposals: subject, input, preview, and submission.
// Without scripts, and where the present charter cannot be read, the page explains the manual way.
import { fill, plural, unseen } from "./propose-checks.js";
import { mail, nameOf, newFile, proposal } from "./propose-file.js";
import { button, isTable, make } from "./propose-fields.js";
import { describe, preview } from "./propose-preview.js";
import { Sheet } from "./propose-sheet.js";

/** What an address may say of a new item. */
const FILLED = ["name", "what", "date", "reason"];

const one = (id) => document.getElementById(`propose-${id}`);

/** A table without inherited keys: the address of a page may ask it for `__proto__` or `constructor`. */
const table = (entries) => Object.assign(Object.create(null), entries);

/** The charter and the description of its fields, with lookups of items. */
const aboutOf = (data) => ({
  ...data,
  kinds: table(data.kinds),
  lines: table(data.lines),
  items: (kind) => (data.kinds[kind].path.reduce((value, key) => value?.[key], data.charter)) || [],
  nameOf: (kind, item) => item[data.kinds[kind].name] || item.id,
});

/** Subject of a proposal, from its key: "services/onboarding", "services/" for a new item, or "funding". */
const subjectOf = (about, key) => {
  const [kind, id] = key.split("/");
  if (id === undefined) return sectionOf(about, kind);
  if (!about.kinds[kind]) return null;
  const { path, part, name, severity } = about.kinds[kind];
  const today = about.items(kind).find((item) => item.id === id);
  if (id && !today) return null;
  return { key, kind, id, part, isNew: !id, today, path: id ? [...path, id] : path, label: today ? today[name] : about.kinds[kind].new, severity };
};

const sectionOf = (about, section) => {
  const known = about.sections.find(({ key }) => key === section);
  if (!known) return null;
  const whole = section === "charter";
  const today = whole ? about.charter : about.charter[section];
  const severity = { added: "meaning", removed: "meaning" };
  return { key: section, section, part: known.part, isNew: today === undefined, today, path: whole ? [] : [section], label: known.label, severity };
};

/** Item with this former id, or moved to another list, under its present name. */
const successorOf = (about, key) => {
  const [kind, id] = key.split("/");
  const beside = { out: "later", later: "out" }[kind];
  for (const place of [kind, beside].filter((name) => about.kinds[name])) {
    const successor = about.items(place).find((item) => item.was?.includes(id) || (place === beside && item.id === id));
    if (successor) return { key: `${place}/${successor.id}`, name: about.nameOf(place, successor) };
  }
  return null;
};

// Input is stored in this browser, for each subject of each site.
const storage = (root) => {
  const nameOfKey = (key) => `charterbook-proposal:${root}:${key}`;
  return {
    read: (key) => { try { return JSON.parse(localStorage.getItem(nameOfKey(key))); } catch { return null; } },
    write: (key, value) => {
      try {
        value ? localStorage.setItem(nameOfKey(key), JSON.stringify(value)) : localStorage.removeItem(nameOfKey(key));
        return true;
      } catch { return false; }
    },
  };
};

const fillSubjects = (about, select, first) => {
  const group = (label, entries) => {
    const box = make("optgroup", { label });
    box.append(...entries.map(([value, text]) => new Option(text, value)));
    return box;
  };
  const kinds = Object.entries(about.kinds).sort(([, a], [, b]) => (b.path[0] === first) - (a.path[0] === first));
  const groups = kinds.map(([kind, { label, new: fresh }]) =>
    group(label, [...about.items(kind).map((item) => [`${kind}/${item.id}`, about.nameOf(kind, item)]), [`${kind}/`, `+ ${fresh}`]]));
  const sections = group(about.words.sections, about.sections.map(({ key, label }) => [key, label]));
  select.append(new Option(about.words.choose, ""), ...(first ? [...groups.slice(0, 1), sections, ...groups.slice(1)] : [sections, ...groups]));
};

class Form {
  constructor(about, form, root) {
    Object.assign(this, { about, form, sheet: null, attempted: false });
    this.storage = storage(root.pathname);
    about.changed = () => this.changed();
    this.reason = one("reason");
    this.by = one("by");
  }

  start() {
    const asked = new URLSearchParams(location.search);
    const key = asked.get("item") || asked.get("section") || asked.get("new") || "";
    this.wished = { key, values: Object.fromEntries(FILLED.map((name) => [name, asked.get(name)]).filter(([, value]) => value)) };
    const select = one("subject");
    fillSubjects(this.about, select, key.split("/")[0]);
    select.addEventListener("change", () => { this.open(select.value); this.address(select.value); });
    this.form.addEventListener("input", (event) => { if (event.target !== select) this.changed(); });
    this.form.addEventListener("change", (event) => { if (event.target !== select) this.changed(); });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    one("over").addEventListener("click", () => this.over());
    one("copy").addEventListener("click", () => this.copy(this.about.words.copied));
    one("open").addEventListener("click", () => { if (!this.about.newFile.content) this.copy(this.about.words.pasted); });
    this.form.hidden = false;
    one("wait").hidden = true;
    this.open(this.found(key));
  }

  /** Key of the subject in the address, under its present id. */
  found(key) {
    const wished = key in this.about.kinds && !this.about.sections.some((one) => one.key === key) ? "" : key;
    if (!wished || subjectOf(this.about, wished)) return wished;
    const successor = successorOf(this.about, wished);
    this.note = successor ? fill(this.about.words.renamed, { old: wished.split("/")[1], new: successor.name }) : fill(this.about.words.gone, { id: wished });
    return successor ? successor.key : "";
  }

  address(key) {
    const url = new URL(location.href);
    url.search = key ? `?${key.includes("/") ? "item" : "section"}=${encodeURIComponent(key).replace("%2F", "/")}` : "";
    try { history.replaceState(null, "", url); } catch { /* A page saved to disk has no address to change. */ }
  }

  /** Point the link to the forge's editor to the line of the subject. */
  editor(key) {
    const link = one("editor");
    const line = this.about.lines[key.replace(/\/$/, "")];
    if (link && line) link.href = link.dataset.at.replace(/0$/, line);
  }

  open(key) {
    this.editor(key);
    const subject = key ? subjectOf(this.about, key) : null;
    one("subject").value = subject ? key : "";
    one("work").hidden = !subject;
    one("notes").replaceChildren();
    if (this.note) this.addNote(this.note);
    this.note = "";
    this.attempted = false;
    this.sheet = subject && new Sheet(this.about, subject);
    if (!this.sheet) return;
    this.sheet.render(one("fields"));
    if (subject.isNew && subject.kind) this.sheet.suggestId();
    this.fillIn(key);
    this.sheet.remember();
    this.again(this.slot);
    this.changed();
  }

  /** Fill in a new item with what the address says of it. */
  fillIn(key) {
    this.given = this.sheet.subject.isNew && key === this.wished.key ? this.wished.values : {};
    for (const [name, value] of Object.entries(this.given)) {
      const part = name !== "reason" && this.sheet.controls.get(name);
      if (!part) continue;
      part.restore(value);
      part.element.dispatchEvent(new Event("input"));
    }
  }

  /** Where the input for the subject is stored: each item that an address describes has a place of its own. */
  get slot() {
    const { name } = this.given || {};
    return name ? `${this.sheet.subject.key}?${name}` : this.sheet.subject.key;
  }

  /** Restore stored input, if any. Anything else on this host may have stored it: what does not fit is removed. */
  again(slot) {
    const stored = this.unreadable === slot ? null : this.storage.read(slot);
    this.reason.value = this.given.reason || "";
    this.by.value = "";
    if (!stored) return;
    try {
      this.restore(stored);
    } catch (error) {
      console.warn(error);
      this.storage.write(slot, null);
      this.unreadable = slot;
      this.note = this.about.words.unreadable;
      this.open(this.sheet.subject.key);
    }
  }

  restore(stored) {
    const { fields, others, remove, reason, by } = stored;
    const fits = [fields, others].every(isTable) && typeof remove === "boolean" && [reason, by].every((text) => typeof text === "string");
    if (!fits) throw new TypeError("The stored input is not one of this form.");
    this.sheet.restore(stored);
    this.reason.value = reason || this.given.reason || "";
    this.by.value = by;
    for (const more of one("fields").querySelectorAll("details")) more.open = Object.keys(fields).length > 0;
    this.addNote(this.about.words.restored, button(one("over").textContent, () => this.over()));
  }

  addNote(text, ...more) { one("notes").append(make("p", { className: "cb-form__note" }, `${text} `, ...more)); }

  save() {
    const typed = { ...this.sheet.typed(), reason: this.reason.value, by: this.by.value };
    const empty = !Object.keys(typed.fields).length && !Object.keys(typed.others).length && !typed.remove && (!typed.reason || typed.reason === this.given.reason) && !typed.by;
    const done = this.storage.write(this.slot, empty ? null : typed);
    if (!done && !this.warned) this.addNote(this.about.words.unsaved);
    this.warned = this.warned || !done;
  }

  over() {
    this.storage.write(this.slot, null);
    this.open(this.sheet.subject.key);
    one("subject").focus();
  }

  changed() {
    const { about, sheet } = this;
    this.save();
    const problems = this.problems();
    const changes = sheet.changes();
    one("count").textContent = changes.length ? plural(about, "changes", changes.length) : about.words.nothing;
    one("changes").replaceChildren(...(changes.length ? [preview(about, changes)] : []));
    if (this.attempted) this.errors(problems);
    if (!one("result").hidden) problems.length ? (one("result").hidden = true) : this.ready(changes);
  }

  problems() {
    const found = this.sheet.problems(this.attempted);
    const { about } = this;
    const why = this.reason.value.trim() ? unseen(about, this.reason.value) : [{ text: about.words.noReason }];
    const who = unseen(about, this.by.value);
    this.show(this.reason, this.attempted || this.reason.value.trim() ? why : []);
    this.show(this.by, who);
    const first = this.sheet.controls.values().next().value.element.querySelector("input, textarea, select");
    const nothing = !this.sheet.changes().length;
    return [
      ...found,
      ...(nothing ? [{ id: first.id, text: about.words.nothing, label: "" }] : []),
      ...why.map(({ text }) => ({ id: "propose-reason", text, label: "" })),
      ...who.map(({ text }) => ({ id: "propose-by", text, label: "" })),
    ];
  }

  /** Show problems of the form's own fields beside them. */
  show(input, found) {
    const error = document.getElementById(`${input.id}-error`);
    error.textContent = found.map(({ text }) => text).join(" ");
    error.hidden = !found.length;
    found.length ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  }

  errors(problems) {
    const box = one("errors");
    box.hidden = !problems.length;
    one("errors-title").textContent = plural(this.about, "problems", problems.length);
    box.querySelector("ul").replaceChildren(...problems.map(({ id, text, label }) => make("li", {}, make("a", {
      href: `#${id}`, textContent: label ? `${label}: ${text}` : text, onclick: (event) => { event.preventDefault(); this.go(id); },
    }))));
  }

  go(id) {
    const target = document.getElementById(id);
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    target.focus();
    target.scrollIntoView({ block: "center" });
  }

  send() {
    if (!this.sheet) return;
    this.attempted = true;
    this.changed();
    const problems = this.problems();
    if (problems.length) { one("errors").focus(); one("errors").scrollIntoView({ block: "center" }); return; }
    one("result").hidden = false;
    this.ready(this.sheet.changes());
    one("result").focus();
    one("result").scrollIntoView({ block: "start" });
  }

  ready(changes) {
    const { about, sheet } = this;
    const id = sheet.subject.isNew && sheet.subject.kind ? sheet.item().id : sheet.subject.id;
    const name = nameOf(about, sheet.subject, id);
    this.file = proposal(about, this.reason.value.trim(), this.by.value.trim(), changes);
    one("name").textContent = name;
    one("file").textContent = this.file;
    const address = newFile(about, name, this.file);
    one("open").hidden = !address?.fits;
    if (address?.fits) one("open").href = address.href;
    one("long").hidden = !address || address.fits;
    one("long").textContent = about.words.tooLong;
    this.offer(name, describe(about, changes));
  }

  offer(name, changes) {
    const { words } = this.about;
    const download = one("download");
    if (download.href) URL.revokeObjectURL(download.href);
    download.href = URL.createObjectURL(new Blob([this.file], { type: "application/yaml" }));
    download.download = name.split("/").pop();
    const by = this.by.value.trim();
    const lines = [fill(words.mailReason, { reason: this.reason.value.trim() }), ...(by ? [fill(words.mailBy, { by })] : []), "", words.mailChanges, ...changes];
    const subject = fill(words.mailSubject, { about: this.sheet.subject.label });
    one("mail").href = mail(this.about, subject, { summary: lines, name, content: this.file });
    one("status").textContent = "";
  }

  async copy(done) {
    try {
      await navigator.clipboard.writeText(this.file);
      one("status").textContent = done;
    } catch {
      one("result").querySelector("details").open = true;
      getSelection().selectAllChildren(one("file"));
      one("status").textContent = this.about.words.notCopied;
    }
  }
}

/** Load the present charter, and show a form for it. */
const open = (form) => {
  const root = new URL(form.dataset.root, location);
  const read = (name) => fetch(new URL(name, root))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))));
  Promise.all([read("propose.json"), read("lines.json").catch(() => ({}))])
    .then(([data, lines]) => { if (form.isConnected) new Form(aboutOf({ ...data, lines }), form, root).start(); })
    .catch((error) => {
      if (!form.isConnected) return;
      one("failed").hidden = false;
      one("wait").hidden = form.hidden = true;
      console.warn(error);
    });
};

// Instant navigation runs a module once, but may show its page more than once.
const opened = new WeakSet();
const show = () => {
  // Superseded pages redirect to the form of the charter in force, for the same subject.
  for (const link of document.querySelectorAll("a[data-propose-latest]")) link.search = location.search;
  const form = document.getElementById("propose");
  if (!form || opened.has(form)) return;
  opened.add(form);
  open(form);
};

window.document$ ? window.document$.subscribe(show) : show();
