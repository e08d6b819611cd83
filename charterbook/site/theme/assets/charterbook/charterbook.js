// What only the reader's own moment can tell: which versions there are by now, and what day it is.
// Everything here also stands as plain HTML, as far as it was known when the version was built.
(() => {
  "use strict";
  const config = JSON.parse(document.getElementById("__config").textContent);
  const strings = JSON.parse(document.getElementById("charterbook-strings").textContent);
  const base = new URL(config.base.replace(/\/?$/, "/"), location);
  const root = new URL("../", base);
  const page = location.href.slice(base.href.length).replace(/[?#].*$/, "").replace(/index\.html$/, "");

  const nameOf = (url) => (url.href.startsWith(root.href) ? url.href.slice(root.href.length).split("/")[0] : "");

  // The selector stays on the same page; where a version lacks it, it says so before one goes there.
  const prepare = (link, index) => {
    const name = nameOf(new URL(link.href));
    if (!index.versions.includes(name)) return;
    if (hasPage(index, name)) link.href = new URL(`${name}/${page}`, root).href + location.hash;
    else link.append(Object.assign(document.createElement("span"), { className: "cb-missing", textContent: strings.absent }));
  };

  const hasPage = (index, name) => (index.pages[page] || []).includes(index.versions.indexOf(name));

  // The charter in force: the same page there, if it has one.
  const prepareLatest = (index) => {
    const newest = index.versions.filter((name) => name !== "draft").pop();
    if (newest === undefined || !hasPage(index, newest)) return;
    for (const link of document.querySelectorAll("a[data-charterbook-latest]")) link.href = new URL(`latest/${page}`, root).href;
  };

  const whenSelector = (act) => {
    const topic = document.querySelector(".md-header__topic");
    const list = topic && topic.querySelector(".md-version__list");
    if (list) act(list);
    else if (topic) {
      const watcher = new MutationObserver(() => {
        const found = topic.querySelector(".md-version__list");
        if (found) { watcher.disconnect(); act(found); }
      });
      watcher.observe(topic, { childList: true, subtree: true });
    }
  };

  // The button's name must hold the words that it shows; an alias is a word of the language, too.
  const nameButton = (list) => {
    for (const alias of list.parentElement.querySelectorAll(".md-version__alias")) alias.textContent = ` ${strings.latest}`;
    const button = list.parentElement.querySelector(".md-version__current");
    if (button) button.setAttribute("aria-label", `${button.textContent.trim()}: ${button.getAttribute("aria-label")}`);
  };

  if (location.protocol !== "file:") {
    fetch(new URL("pages.json", root)).then((answer) => (answer.ok ? answer.json() : null)).then((index) => {
      if (!index) return;
      prepareLatest(index);
      whenSelector((list) => { for (const link of list.querySelectorAll("a")) prepare(link, index); });
    }).catch(() => {});
  }
  whenSelector(nameButton);

  // Pages of older versions do not know in which line of today's charter their subject stands.
  const editors = document.querySelectorAll("a[data-charterbook-line]");
  if (editors.length && location.protocol !== "file:") {
    fetch(new URL("lines.json", root)).then((answer) => (answer.ok ? answer.json() : {})).then((lines) => {
      for (const link of editors) {
        const line = lines[link.dataset.charterbookLine];
        if (Number.isInteger(line)) link.href = link.dataset.at.replace(/0$/, line);
      }
    }).catch(() => {});
  }

  // A review that has become due since the page was built.
  const today = new Date().toISOString().slice(0, 10);
  for (const time of document.querySelectorAll("time[data-charterbook-due]")) {
    const mark = time.parentElement.querySelector(".cb-due");
    if (mark && time.dateTime < today) mark.hidden = false;
  }
})();
