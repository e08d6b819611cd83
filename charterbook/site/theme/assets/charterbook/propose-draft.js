// Input stored in this browser: one proposal for each site. Anything else on this host may have written it.

/** Whether stored input is an object with keys. */
export const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const MOST_ENTRIES = 1000;

const isText = (value) => typeof value === "string";

const isEntry = (entry) => {
  if (!Array.isArray(entry) || entry.length !== 2) return false;
  const [slot, typed] = entry;
  return isText(slot) && isTable(typed) && isTable(typed.fields) && typeof typed.remove === "boolean";
};

const isDraft = (value) => {
  if (!isTable(value) || !Array.isArray(value.entries) || value.entries.length > MOST_ENTRIES) return false;
  return value.entries.every(isEntry) && isText(value.reason) && isText(value.by) && typeof value.sent === "boolean";
};

/** The stored proposal of a site: { entries: [[slot, { fields, remove }]], reason, by, sent }. */
export class Draft {
  constructor(root) { this.name = `charterbook-proposal:${root}`; }

  /** The stored proposal, or null. If it is not a proposal, removes it and throws TypeError. */
  read() {
    let text = null;
    try { text = localStorage.getItem(this.name); } catch { return null; }
    if (text === null) return null;
    try {
      const value = JSON.parse(text);
      if (isDraft(value)) return value;
    } catch { /* Not JSON. */ }
    this.write(null);
    throw new TypeError("The stored input is not one of this form.");
  }

  /** Whether anything is stored. */
  get isStored() {
    try { return localStorage.getItem(this.name) !== null; } catch { return false; }
  }

  /** Whether it could be stored. */
  write(value) {
    try {
      value ? localStorage.setItem(this.name, JSON.stringify(value)) : localStorage.removeItem(this.name);
      return true;
    } catch { return false; }
  }
}
