// If the search finds nothing: how to search in another way, and pages that many readers look for. Loaded with the search index.
(() => {
  "use strict";
  const { nothing } = window.charterbook.terms ?? {};
  const meta = document.querySelector(".md-search-result__meta");
  if (!nothing || !meta) return;
  const { base, translations } = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(base.replace(/\/?$/, "/"), location);
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  // Read aloud when it is filled; Material's arrow keys reach its links.
  const box = make("div", { className: "md-search-result__article md-typeset cb-no-results", role: "status" });
  meta.after(box);
  const hints = () => {
    const line = make("p", {});
    const links = Object.entries(nothing.pages).map(([address, textContent]) => make("a", { href: new URL(address, root).href, textContent }));
    line.append(nothing.see, ...links.flatMap((link, place) => [place ? " · " : " ", link]));
    return [make("p", { textContent: nothing.advice }), ...(links.length ? [line] : [])];
  };
  const update = () => {
    const isNothing = meta.textContent === translations["search.result.none"];
    if (isNothing !== box.hasChildNodes()) box.replaceChildren(...(isNothing ? hints() : []));
  };
  new MutationObserver(update).observe(meta, { childList: true, characterData: true, subtree: true });
  update();
})();
