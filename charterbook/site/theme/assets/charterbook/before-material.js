// What has to run before Material's script.

// The policy for what Material writes into a page as HTML, and for its search worker; Charterbook's scripts need none.
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

// Material requests the search index on every page. Here the request waits until search is opened, so that a page
// without a search is a third lighter. Other requests are sent at once.
(() => {
  "use strict";
  const INDEX = "/search/search_index.json";
  const { open, send } = XMLHttpRequest.prototype;
  const toggle = document.getElementById("__search");
  if (!toggle) return;

  const opened = new Promise((resolve) => {
    const look = () => toggle.checked && resolve();
    toggle.addEventListener("change", look);
    document.addEventListener("focusin", (event) => event.target.closest("[data-md-component=search]") && resolve());
    if (new URLSearchParams(location.search).has("q")) resolve();
    look();
  });

  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    this.waits = new URL(url, location).pathname.endsWith(INDEX);
    return open.call(this, method, url, ...more);
  };
  XMLHttpRequest.prototype.send = function (...content) {
    if (this.waits) opened.then(() => send.apply(this, content));
    else send.apply(this, content);
  };
})();
