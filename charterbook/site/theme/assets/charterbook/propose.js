// Form for proposals: load the present charter, and show the form.
// Without scripts, and where the present charter cannot be read, the page explains the manual way.
import { Form } from "./propose-form.js";
import { aboutOf } from "./propose-subjects.js";

const one = (id) => document.getElementById(`propose-${id}`);

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
