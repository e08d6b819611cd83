// Form controls, one for each field. Each can be read, checked and restored.
//
// A control has: element, read() -> value or undefined, raw() -> the input as typed, restore(raw),
// problems() -> [{ id, text }] that prevent submission, and other properties of its field.
import { check, fill, idFor, number } from "./propose-checks.js";
import { isTable } from "./propose-draft.js";

/** Stored input of a control. Throws TypeError if its type is another one. */
const fitting = (raw, fits) => {
  if (!fits(raw)) throw new TypeError("The stored input does not fit its field.");
  return raw;
};

const isText = (value) => typeof value === "string";

let last = 0;
const freshId = () => `propose-field-${(last += 1)}`;

/** An element with properties, attributes (in kebab case or as `attributes`), and children. */
export const make = (tag, properties = {}, ...children) => {
  const { attributes = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

// File keys are in `backticks` in the help texts of fields.
const withCode = (text) => text.split("`").map((part, place) => (place % 2 ? make("code", { textContent: part }) : part));

const helpOf = (about, field) => {
  const parts = [field.help, field.example !== undefined && fill(about.words.example, { value: field.example })];
  return parts.filter(Boolean).join(field.help && /[.!?…]$/.test(field.help) ? " " : ". ");
};

const button = (textContent, onclick, label) =>
  make("button", { type: "button", className: "cb-form__small", textContent, onclick, attributes: label ? { "aria-label": label } : {} });

// Screen readers say the state of a control themselves; a group has none.
const required = (about, field, attributes = {}) =>
  (field.required ? make("span", { className: "cb-note", textContent: ` (${about.words.required})`, attributes }) : null);

const emptyOption = (about, field) => {
  const usual = field.choices?.find(([value]) => value === String(field.default));
  if (usual) return fill(about.words.usually, { value: usual[1] });
  return field.required ? about.words.choose : about.words.unset;
};

// Items of two kinds can have the same name: then their kinds are added.
const optionsOf = (about, field) => {
  if (field.choices) return field.choices;
  const named = (field.refers || []).flatMap((kind) => about.proposed(kind).filter(({ id }) => id).map((item) => [item.id, about.nameOf(kind, item), kind]));
  const known = new Map(named.map(([, name, kind]) => [name, kind]));
  const shared = new Set(named.filter(([, name, kind]) => known.get(name) !== kind).map(([, name]) => name));
  return named.map(([id, name, kind]) => [id, shared.has(name) ? `${name} (${about.kinds[kind].label})` : name]);
};

const selectOf = (about, field, raw, id) => {
  const select = make("select", { id });
  select.append(new Option(emptyOption(about, field), ""), ...optionsOf(about, field).map(([value, label]) => new Option(label, value)));
  offer(about, field, select, raw);
  return select;
};

/** Name of an item that a field refers to, also of a removed one. */
export const nameOfReference = (about, field, id) => {
  const items = (field.refers || []).flatMap((kind) => [...about.proposed(kind), ...about.items(kind)].map((item) => [kind, item]));
  const found = items.find(([, item]) => item.id === id);
  return found ? about.nameOf(...found) : id;
};

// An item that is no longer in the proposal stays chosen, so that it can be reported.
const offer = (about, field, input, value) => {
  if (input.localName !== "select" || !value || [...input.options].some((option) => option.value === value)) return;
  input.append(new Option(nameOfReference(about, field, value), value));
};

const inputOf = (field, id) => {
  if (field.kind === "text") return make("textarea", { id, rows: 3 });
  const input = make("input", { id, type: field.kind === "date" ? "date" : "text" });
  if (field.kind === "number") input.inputMode = "decimal";
  if (field.kind === "integer") input.inputMode = "numeric";
  return input;
};

const rawOf = (about, value) => {
  if (typeof value !== "number") return value ?? "";
  return about.language === "en" ? String(value) : String(value).replace(".", ",");
};

const valueOf = (about, field, raw, before) => {
  if (!raw.trim()) return undefined;
  if (field.kind === "number" || field.kind === "integer") return number(raw, about.language);
  if (field.kind !== "text") return raw.trim();
  return raw.replace(/\s+$/, "") + (typeof before === "string" && before.endsWith("\n") ? "\n" : "");
};

const describe = (input, ...ids) => input.setAttribute("aria-describedby", ids.join(" "));

// A list box as long as its options, without scrolling.
const fit = (input) => {
  if (input.localName === "textarea") input.rows = Math.min(14, Math.max(3, Math.ceil(input.value.length / 75), input.value.split("\n").length));
};

/** Control for a single value. `bare` omits label and help, if the parent has them. */
const single = (about, field, before, extra, bare) => {
  const id = freshId();
  const error = make("p", { id: `${id}-error`, className: "cb-form__error", hidden: true });
  const help = make("p", { id: `${id}-help`, className: "cb-note" }, ...withCode(bare ? "" : helpOf(about, field)));
  const chosen = optionsOf(about, field).length > 0;
  const input = chosen ? selectOf(about, field, rawOf(about, before) && String(before), id) : inputOf(field, id);
  const first = String(rawOf(about, before));
  let seen = false;
  input.value = first;
  if (field.required) input.required = true;
  if (bare) input.setAttribute("aria-label", bare);
  const helps = bare || !help.textContent ? [] : [help];
  describe(input, ...helps.map((part) => part.id), error.id);
  fit(input);

  const found = () => {
    const own = check(about, chosen ? { ...field, choices: field.choices || [] } : field, input.value, input.validity.badInput);
    const hint = field.advice && !input.value ? [{ text: field.advice, warning: true }] : [];
    return [...own, ...(own.length ? [] : extra()), ...hint];
  };
  const show = (problems) => {
    const stops = problems.some(({ warning }) => !warning);
    error.textContent = problems.map(({ text }) => text).join(" ");
    error.hidden = !problems.length;
    error.classList.toggle("cb-form__error--hint", !stops);
    stops ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  };
  input.addEventListener("input", () => { seen = true; fit(input); });
  input.addEventListener("blur", () => { seen = seen || input.value !== first; });

  const label = bare ? null : make("label", { htmlFor: id }, field.label, required(about, field, { "aria-hidden": "true" }));
  return {
    element: make("div", { className: "cb-form__field" }, label, ...helps, error, input),
    read: () => (input.value === first ? before : valueOf(about, field, input.value, before)),
    raw: () => input.value,
    restore: (raw) => { offer(about, field, input, fitting(raw, isText)); input.value = raw; seen = true; fit(input); },
    problems: (all) => {
      const problems = found();
      show(all || seen ? problems : problems.filter(({ warning }) => warning && !field.required && input.value));
      return problems.filter(({ warning }) => !warning).map(({ text, once }) => ({ id, text, once, label: bare || field.label }));
    },
  };
};

const fieldset = (about, field, ...children) => {
  const text = helpOf(about, field);
  const help = text ? make("p", { id: freshId(), className: "cb-note" }, ...withCode(text)) : null;
  const legend = make("legend", {}, field.label, required(about, field));
  const attributes = help ? { "aria-describedby": help.id } : {};
  return make("fieldset", { className: "cb-form__group", attributes }, legend, help, ...children);
};

// Screen readers read the message about a group with its legend.
const withMessage = (element, error) => {
  describe(element, ...[element.getAttribute("aria-describedby"), error.id].filter(Boolean));
  return element;
};

const errorOf = () => make("p", { id: freshId(), className: "cb-form__error", hidden: true });

const showIn = (error, found) => {
  error.textContent = found.map(({ text }) => text).join(" ");
  error.hidden = !found.length;
};

const firstControl = (element) => element.querySelector("input, select, textarea, button");

const areTexts = (value) => Array.isArray(value) && value.every(isText);

/** Control for references to several items: a checkbox for each. */
const boxes = (about, field, before, extra) => {
  const error = errorOf();
  const list = make("div", { className: "cb-form__boxes" });
  const inputs = [];
  const add = ([value, label]) => {
    const input = make("input", { type: "checkbox", id: freshId(), value, checked: (before || []).includes(value), attributes: { "aria-describedby": error.id } });
    inputs.push(input);
    list.append(make("label", { htmlFor: input.id }, input, ` ${label}`));
  };
  const offerAll = (values) => { for (const value of values) if (!inputs.some((input) => input.value === value)) add([value, nameOfReference(about, field, value)]); };
  for (const option of optionsOf(about, field)) add(option);
  offerAll(before || []);
  const element = fieldset(about, field, error, list);
  const ticked = () => inputs.filter(({ checked }) => checked).map(({ value }) => value);
  const read = () => {
    const now = ticked();
    const common = (before || []).filter((value) => now.includes(value));
    const all = [...common, ...now.filter((value) => !common.includes(value))];
    return all.length || before?.length === 0 ? all : undefined;
  };
  return {
    element,
    read,
    raw: ticked,
    restore: (raw) => { offerAll(fitting(raw, areTexts)); for (const input of inputs) input.checked = raw.includes(input.value); },
    problems: () => {
      const found = [...extra(), ...(field.advice && !ticked().length ? [{ text: field.advice, warning: true }] : [])];
      showIn(error, found);
      error.classList.toggle("cb-form__error--hint", found.every(({ warning }) => warning));
      return found.filter(({ warning }) => !warning).map(({ text }) => ({ id: inputs[0].id, text, label: field.label }));
    },
  };
};

/** Derive the id of a new item from its name, until the author changes it. `others` gives the items of its kind. */
export const suggestId = (about, id, name, kind, others) => {
  const wanted = () => idFor(about, kind, name.raw(), others());
  let given = id.raw();
  const follow = () => {
    if (id.raw() && id.raw() !== given) return;
    given = wanted();
    id.restore(given);
  };
  name.element.addEventListener("input", follow);
  return () => { if (id.raw() === wanted()) given = id.raw(); };
};

/** Group of fields that make one value. */
const group = (about, field, before, extra, bare) => {
  const inner = about.parts[field.part].map((one) => ({ one, control: control(about, one, before?.[one.key], () => []) }));
  const own = inner.find(({ one }) => one.from);
  if (own && !before) suggestId(about, own.control, inner.find(({ one }) => one.key === own.one.from).control, "decisions", () => about.proposed("decisions"));
  const read = () => {
    const pairs = inner.map(({ one, control: part }) => [one.key, part.read()]).filter(([, value]) => value !== undefined);
    const hidden = Object.entries(before || {}).filter(([key]) => !inner.some(({ one }) => one.key === key));
    return pairs.length ? Object.fromEntries([...hidden, ...pairs]) : undefined;
  };
  const children = inner.map(({ control: part }) => part.element);
  const error = errorOf();
  const hint = field.advice && !before ? make("p", { className: "cb-form__error cb-form__error--hint", textContent: field.advice }) : null;
  return {
    element: bare ? make("fieldset", { className: "cb-form__row" }, make("legend", { textContent: bare }), ...children) : withMessage(fieldset(about, field, error, hint, ...children), error),
    read,
    raw: () => Object.fromEntries(inner.map(({ one, control: part }) => [one.key, part.raw()])),
    restore: (raw) => { for (const { one, control: part } of inner) if (Object.hasOwn(fitting(raw, isTable), one.key)) part.restore(raw[one.key]); },
    problems: (all) => {
      const isLeftEmpty = read() === undefined && !field.required && !bare;
      if (hint) hint.hidden = read() !== undefined;
      const found = inner.flatMap(({ control: part }) => part.problems(all && !isLeftEmpty));
      const among = isLeftEmpty ? [] : extra();
      showIn(error, among);
      return isLeftEmpty ? [] : [...found, ...among.map(({ text }) => ({ id: firstControl(inner[0].control.element).id, text, label: field.label }))];
    },
  };
};

/** Control for a list of values or groups. */
const rows = (about, field, before, extra) => {
  const one = { ...field, list: false, help: "", advice: undefined, required: true, example: undefined };
  const error = errorOf();
  const list = make("div");
  let entries = [];
  const nameOf = (place) => `${field.label}: ${fill(about.words.entry, { n: place + 1 })}`;

  const renumber = () => entries.forEach((entry, place) => {
    entry.remove.setAttribute("aria-label", `${field.label}: ${fill(about.words.removeRow, { n: place + 1 })}`);
    const legend = entry.control.element.querySelector("legend");
    if (field.part && legend) legend.textContent = nameOf(place);
    else entry.control.element.querySelector("textarea, input, select").setAttribute("aria-label", nameOf(place));
  });
  const drop = (entry) => {
    const place = entries.indexOf(entry);
    entries = entries.filter((other) => other !== entry);
    entry.element.remove();
    renumber();
    (entries[Math.min(place, entries.length - 1)]?.remove || adder).focus();
    about.changed();
  };
  const add = (value) => {
    const part = field.part ? group(about, one, value, () => [], nameOf(entries.length)) : single(about, one, value, () => [], nameOf(entries.length));
    const entry = { control: part, remove: button("✕", () => drop(entry)) };
    entry.element = make("div", { className: "cb-form__entry" }, part.element, entry.remove);
    entries.push(entry);
    list.append(entry.element);
    renumber();
    return entry;
  };
  const adder = button(`+ ${about.words.addRow}`, () => {
    add(undefined).element.querySelector("input, textarea, select").focus();
    about.changed();
  }, `${field.label}: ${about.words.addRow}`);
  adder.id = freshId();
  const clear = () => { for (const { element } of entries) element.remove(); entries = []; };
  for (const value of before || []) add(value);

  return {
    element: withMessage(fieldset(about, field, error, list, adder), error),
    read: () => {
      const values = entries.map(({ control: part }) => part.read()).filter((value) => value !== undefined);
      return values.length || before?.length === 0 ? values : undefined;
    },
    raw: () => entries.map(({ control: part }) => part.raw()),
    restore: (raw) => {
      clear();
      fitting(raw, Array.isArray).forEach((value, place) => add(before?.[place]).control.restore(value));
    },
    problems: (all) => {
      const found = extra();
      showIn(error, found);
      const inside = entries.flatMap(({ control: part }) => part.problems(all));
      return [...inside, ...found.map(({ text }) => ({ id: (firstControl(list) ?? adder).id, text, label: field.label }))];
    },
  };
};

/** Control for a field with its present value. `extra` adds problems that involve other fields. */
export const control = (about, field, before, extra) => {
  if (field.part) return field.list ? rows(about, field, before, extra) : group(about, field, before, extra);
  if (!field.list) return single(about, field, before, extra);
  return optionsOf(about, field).length ? boxes(about, field, before, extra) : rows(about, field, before, extra);
};

export { button };
