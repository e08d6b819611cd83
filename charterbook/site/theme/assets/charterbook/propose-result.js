// The finished proposal: at the forge, copied, downloaded, or as an e-mail.
import { fill, plural } from "./propose-checks.js";
import { mail, nameOf, newFile, proposal } from "./propose-file.js";
import { describe } from "./propose-preview.js";

const one = (id) => document.getElementById(`propose-${id}`);

const MOST_NAMES = 3;

/** Names of the subjects of a proposal, as the subject of an e-mail. */
const subjectsOf = (about, groups) => {
  const names = groups.map(({ label }) => label);
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` ${plural(about, "more", more)}` : ""}`;
};

export class Result {
  constructor(about, sent) {
    Object.assign(this, { about, sent, file: "" });
    one("copy").addEventListener("click", () => this.copy(about.words.copied));
    one("open").addEventListener("click", () => { if (!about.newFile?.content) this.copy(about.words.pasted); sent(); });
    for (const id of ["download", "mail"]) one(id).addEventListener("click", sent);
  }

  get isShown() { return !one("result").hidden; }

  hide() { one("result").hidden = true; }

  /** Show the proposal with these changes, grouped by subject. */
  show(groups, reason, by) {
    const { about } = this;
    one("result").hidden = false;
    this.file = proposal(about, reason, by, groups.flatMap(({ changes }) => changes));
    const name = nameOf(about, groups.map(({ edit }) => edit));
    for (const place of one("result").querySelectorAll("[data-propose-name]")) place.textContent = name;
    one("file").textContent = this.file;
    this.offerPage(name);
    this.offerDownload(name);
    const lines = [fill(about.words.mailReason, { reason }), ...(by ? [fill(about.words.mailBy, { by })] : []), "", about.words.mailChanges, ...describe(about, groups)];
    one("mail").href = mail(about, fill(about.words.mailSubject, { about: subjectsOf(about, groups) }), { summary: lines, name, content: this.file });
    one("status").textContent = "";
  }

  // A forge without such a page has a link to the repository, from the template.
  offerPage(name) {
    const address = newFile(this.about, name, this.file);
    const isTooLong = Boolean(address) && !address.fits;
    if (address?.fits) one("open").href = address.href;
    one("open").hidden = isTooLong || !one("open").hasAttribute("href");
    one("long").hidden = !isTooLong;
    one("steps").hidden = isTooLong;
  }

  offerDownload(name) {
    const download = one("download");
    if (download.href) URL.revokeObjectURL(download.href);
    download.href = URL.createObjectURL(new Blob([this.file], { type: "application/yaml" }));
    download.download = name.split("/").pop();
  }

  async copy(done) {
    try {
      await navigator.clipboard.writeText(this.file);
      one("status").textContent = done;
      this.sent();
    } catch {
      one("result").querySelector("details").open = true;
      getSelection().selectAllChildren(one("file"));
      one("status").textContent = this.about.words.notCopied;
    }
  }
}
