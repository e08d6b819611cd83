// Code that has to run before Material's script.

// The policy for HTML that Material writes into a page, and for its search worker; Charterbook's scripts need none.
// Instant navigation parses pages, in which nothing runs, and repeats inline scripts, which need their hash in the policy.
// Other HTML with elements that load or run something stays text; other scripts and workers than assets of this site are blank.
(() => {
  "use strict";
  const ACTIVE = /<\/?(?:script|iframe|frame|object|embed|applet|base|meta|link|style|form|template)\b|<[^>]*[\s/"'](?:on\w+|srcdoc|style)\s*=|(?:java|vb)script\s*:/i;
  const text = (html) => html.replace(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;"));
  const isAsset = (address) => {
    const { origin, pathname } = new URL(address, document.baseURI);
    return (origin === location.origin || origin === "null") && pathname.includes("/assets/");
  };
  // The service worker is at the root of the site.
  const WORKER = new URL("../../service-worker.js", document.currentScript.src).href;
  window.trustedTypes?.createPolicy("default", {
    createHTML: (html, type, sink) => (sink !== "DOMParser parseFromString" && ACTIVE.test(html) ? text(html) : html),
    createScript: (script) => script,
    createScriptURL: (address) => (isAsset(address) || address === WORKER ? address : "about:blank"),
  });
})();

// Lists keep their addresses when the site is replaced, so a list can come from a later release than this script.
// A list in another format is fetched again, bypassing the browser's cache. If that does not help, it counts as missing.
window.charterbook = (() => {
  "use strict";
  const FORMAT = 2;
  const SHAPES = {
    "versions.json": [{ version: "", title: "", aliases: [] }],
    "search_index.json": { config: { lang: [], fields: {} }, docs: [{ location: "", title: "", text: "" }] },
    "pages.json": { versions: [""], days: {}, pages: {}, moved: {}, titles: {} },
    "lines.json": { lines: {} },
    "subjects.json": { groups: [[]] },
    "propose.json": { charter: {}, sections: [{}], kinds: {}, parts: {}, words: {}, checks: {}, plurals: {} },
  };
  const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const fits = (value, like) => {
    if (isTable(like)) return isTable(value) && Object.entries(like).every(([key, one]) => fits(value[key], one));
    if (Array.isArray(like)) return Array.isArray(value) && value.every((one) => like.every((first) => fits(one, first)));
    return typeof value === typeof like;
  };
  // The list of versions and the search index have no number at the top, because other programs read them.
  const hasFormat = (found) => found.length > 0 || ("config" in found ? found.config.charterbook ?? { format: FORMAT } : found).format === FORMAT;
  const isKnown = (name, found) => fits(found, SHAPES[name]) && hasFormat(found);

  const parse = (text) => { try { return JSON.parse(text); } catch { return undefined; } };
  const load = async (address, cache) => {
    const answer = await fetch(address, { cache });
    return answer.ok ? answer.text() : "";
  };

  let announce;
  const updated = new Promise((resolve) => { announce = resolve; });

  // The text of a list and its data; null if there is none in this format. `first` is the text, if it is loaded already.
  const find = async (address, first) => {
    const name = address.pathname.split("/").pop();
    let text = await (first ?? load(address, "default")), found = parse(text);
    if (found !== undefined && !isKnown(name, found)) found = parse(text = await load(address, "reload"));
    if (found === undefined) return null;
    if (isKnown(name, found)) return { text, found };
    announce();
    return null;
  };
  return { updated, announce, find, read: async (address) => (await find(address))?.found ?? null };
})();

// Material requests the search index on every page. Here the request waits until search is opened, so that a page
// without a search is a third lighter. Other requests are sent at once.
// Material's script fails on a list that it does not understand, so it gets none then.
(() => {
  "use strict";
  const INDEX = "/search/search_index.json", VERSIONS = "/versions.json";
  const { open, send } = XMLHttpRequest.prototype;
  const toggle = document.getElementById("__search");

  const opened = new Promise((resolve) => {
    if (!toggle) return;
    const look = () => toggle.checked && resolve();
    toggle.addEventListener("change", look);
    document.addEventListener("focusin", (event) => event.target.closest("[data-md-component=search]") && resolve());
    if (new URLSearchParams(location.search).has("q")) resolve();
    look();
  });

  let fail;
  window.charterbook.searchFailed = new Promise((resolve) => { fail = resolve; });

  // The listener comes before Material's, which gets a separate event if the list is understood.
  const check = async (request, address, event) => {
    if (!event.isTrusted || request.responseType !== "blob") return;
    event.stopImmediatePropagation();
    const isRead = event.type === "load" && request.status === 200;
    const list = isRead ? await window.charterbook.find(address, request.response.text()).catch(() => null) : null;
    const isIndex = address.pathname.endsWith(INDEX);
    if (list && isIndex) {
      window.charterbook.terms = list.found.config.charterbook;
      import("./search-hint.js");
    }
    if (list) {
      Object.defineProperty(request, "response", { value: new Blob([list.text]) });
      request.dispatchEvent(new ProgressEvent("load"));
    } else if (isIndex) fail();
  };

  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    const address = new URL(url, location);
    this.waits = Boolean(toggle) && address.pathname.endsWith(INDEX);
    if (this.waits || address.pathname.endsWith(VERSIONS)) {
      for (const type of ["load", "error"]) this.addEventListener(type, (event) => check(this, address, event));
    }
    return open.call(this, method, url, ...more);
  };
  XMLHttpRequest.prototype.send = function (...content) {
    if (this.waits) opened.then(() => send.apply(this, content));
    else send.apply(this, content);
  };
})();
