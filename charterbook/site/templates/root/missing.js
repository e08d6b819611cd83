// Error page: lists the versions that have the missing page.
(() => {
  "use strict";
  const FORMAT = 2;
  const base = document.querySelector("base");
  // If the site is served below another path than it was built for, the nearest known folder is the root.
  const path = new URL(base.href).pathname;
  const known = new Set([...document.querySelectorAll("main li a, main p a")].map((link) => link.getAttribute("href").split("/")[0]));
  const steps = location.pathname.split("/");
  if (!location.pathname.startsWith(path) || (path === "/" && !known.has(steps[1]))) {
    const found = steps.findIndex((step) => known.has(step));
    if (found >= 0 || path !== "/") base.href = `${steps.slice(0, found < 0 ? steps.length - 1 : found).join("/")}/`;
  }
  const root = new URL(base.href);
  const wanted = location.href.startsWith(root.href) ? location.href.slice(root.href.length).replace(/[?#].*$/, "") : "";
  const [first, ...rest] = wanted.split("/");
  const pageAt = (steps) => steps.join("/").replace(/index\.html$/, "").replace(/([^/])$/, "$1/");
  fetch("pages.json").then((answer) => answer.json()).then((index) => {
    if (index.format !== FORMAT) return;
    // The address can be that of a page before the site had versions.
    const whole = pageAt([first, ...rest]);
    const page = !known.has(first) && whole in index.pages ? whole : pageAt(rest);
    const pagesIn = (place) => ((index.pages[page] || []).includes(place) ? [page]
      : ((index.moved || {})[page] || []).filter(([first, last]) => first <= place && place <= last).flatMap((run) => run.slice(2)));
    const places = page ? index.versions.flatMap((name, place) => pagesIn(place).map((there) => [name, there])) : [];
    const box = document.getElementById("found");
    for (const [name, there] of places.reverse()) {
      const link = Object.assign(document.createElement("a"), { href: `${name}/${there}`, textContent: there === page ? name : `${name}: ${decodeURI(there)}` });
      const item = document.createElement("li");
      item.append(link);
      box.querySelector("ul").append(item);
    }
    box.hidden = places.length === 0;
  }).catch(() => {});
})();
