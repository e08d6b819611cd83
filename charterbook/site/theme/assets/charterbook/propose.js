// Form for proposals. Most readers only look: the page first lists the possible subjects, and the present charter and the
// scripts of the form are loaded when one of these is chosen. An address with a subject, or stored input, opens the form at once.
// Without scripts, or if the present charter cannot be read, the page explains the manual way.
import { Draft } from "./propose-draft.js";

const one = (id) => document.getElementById(`propose-${id}`);

const read = (root, name) => window.charterbook.read(new URL(name, root))
  .then((found) => found ?? Promise.reject(new Error(`${name} cannot be read.`)));

/** The styles of changes, which a reader who only looks does not load. */
const loadStyles = () => new Promise((resolve) => {
  const styles = one("styles");
  if (!styles?.disabled) resolve();
  else styles.onload = styles.onerror = resolve;
  if (styles) styles.disabled = false;
});

/** The scripts of the form, the present charter, and the styles of changes. */
const load = (root) => Promise.all([
  import("./propose-form.js"), import("./propose-subjects.js"), read(root, "propose.json"), read(root, "lines.json").catch(() => ({ lines: {} })), loadStyles(),
]);

const fail = (form, error) => {
  if (!form.isConnected) return;
  one("failed").hidden = false;
  one("wait").hidden = form.hidden = true;
  console.warn(error);
};

/** Show a form for the present charter, with the subject that is chosen in the list. */
const open = (form, root, loaded) => loaded.then(([{ Form }, { aboutOf }, data, { lines }]) => {
  if (!form.isConnected) return;
  const select = one("subject");
  const { value } = select;
  one("notes").replaceChildren();
  new Form(aboutOf({ ...data, lines }), form, root).start();
  if (!value) return;
  select.value = value;
  select.dispatchEvent(new Event("change"));
}).catch((error) => fail(form, error));

const group = ([label, entries]) => {
  const box = Object.assign(document.createElement("optgroup"), { label });
  box.append(...entries.map(([value, text]) => Object.assign(document.createElement("option"), { text, value, dir: "auto" })));
  return box;
};

/** List the subjects that can be changed: groups of [key, text]. The form is loaded on the way to the list, and opened by a choice. */
const list = (form, root, groups) => {
  if (!form.isConnected) return;
  const select = one("subject");
  let loaded = null;
  const begin = () => { loaded ??= load(root); loaded.catch(() => {}); };
  select.append(...groups.map(group));
  for (const event of ["focus", "pointerenter"]) select.addEventListener(event, begin, { once: true });
  select.addEventListener("change", () => {
    begin();
    one("notes").textContent = one("wait").textContent;
    open(form, root, loaded);
  }, { once: true });
  form.hidden = false;
  one("wait").hidden = true;
  document.documentElement.classList.remove("cb-wait");
};

const start = (form) => {
  const root = new URL(form.dataset.root, location);
  if (location.search || new Draft(root.pathname).isStored) open(form, root, load(root));
  else read(root, "subjects.json").then(({ groups }) => list(form, root, groups)).catch(() => open(form, root, load(root)));
};

// Instant navigation runs a module once, but can show its page more than once.
const opened = new WeakSet();
const show = () => {
  // Superseded pages redirect to the form of the charter in force, for the same subject.
  for (const link of document.querySelectorAll("a[data-propose-latest]")) link.search = location.search;
  const form = document.getElementById("propose");
  if (!form || opened.has(form)) return;
  opened.add(form);
  start(form);
};

window.document$ ? window.document$.subscribe(show) : show();
