// Updates at viewing time: the present versions, and the current day.
// Everything here is also plain HTML, as known when the version was built.
(() => {
  "use strict";
  const config = JSON.parse(document.getElementById("__config").textContent);
  const strings = JSON.parse(document.getElementById("charterbook-strings").textContent);
  // Without Material's script there are no lists; the rest works.
  const never = new Promise(() => {});
  window.charterbook ??= { updated: never, searchFailed: never, read: () => Promise.reject(new Error("Scripts are missing.")) };
  const base = new URL(config.base.replace(/\/?$/, "/"), location);
  const root = new URL("../", base);

  // Address of the current page within its version. Instant navigation changes it.
  const page = () => location.href.slice(base.href.length).replace(/[?#].*$/, "").replace(/index\.html$/, "");

  // A list at the root of the site, fetched once; null without a server, or without a list in a known format.
  const files = {};
  const read = (name) => (files[name] ??= location.protocol === "file:" ? Promise.resolve(null)
    : window.charterbook.read(new URL(name, root)).catch(() => null));

  // Pages of each version; null until loaded.
  let index = null;
  const indexed = read("pages.json").then((found) => { index = found; });

  const nameOf = (url) => (url.href.startsWith(root.href) ? url.href.slice(root.href.length).split("/")[0] : "");

  // Addresses of this page's subject in a version: none if it lacks it, several after a split.
  const pagesIn = (name) => {
    const place = index.versions.indexOf(name);
    if ((index.pages[page()] || []).includes(place)) return [page()];
    return (((index.moved || {})[page()] || []).find(([first, last]) => first <= place && place <= last) || []).slice(2);
  };

  const titleOf = (url) => (index.titles || {})[url] ?? decodeURI(url);
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  // The site was published by a later release. Instant navigation, which preserves scripts, must not follow the link.
  const reload = () => make("a", { href: "", textContent: strings.reload, onclick: (event) => {
    event.preventDefault();
    event.stopPropagation();
    location.reload();
  } });
  window.charterbook.updated.then(() => {
    const line = make("p", { className: "cb-notice cb-notice--old cb-updated", role: "status" });
    const box = make("aside", { className: "md-banner" }), inner = make("div", { className: "md-banner__inner md-grid md-typeset" });
    inner.append(line);
    box.append(inner);
    document.querySelector("[data-md-component=announce]")?.before(box);
    // Screen readers read changes of a status that they know already.
    setTimeout(() => line.append(`${strings.updated} `, reload()), 100);
  });
  window.charterbook.searchFailed.then(() => {
    document.querySelector(".md-search-result__meta")?.replaceChildren(`${strings.searchFailed} `, reload());
  });
  // The search worker of this release, in a tab of this handbook, has received a list in another format.
  const worker = config.search && new URL(config.search, location).pathname;
  if (worker && window.BroadcastChannel) new BroadcastChannel(`charterbook ${worker}`).onmessage = () => window.charterbook.announce();

  // The selector links to the same page or item; it marks versions that lack it.
  const prepare = (link) => {
    const name = nameOf(new URL(link.href));
    if (!index.versions.includes(name)) return;
    const [there, ...others] = pagesIn(name);
    link.href = new URL(`${name}/${there ?? ""}`, root).href + (there === page() ? location.hash : "");
    // If there are several, the version's own line names and opens the first, and every other one has a line below.
    for (const old of link.parentElement.querySelectorAll(".cb-counterpart, .cb-first")) old.remove();
    if (others.length) link.append(make("span", { className: "cb-first", textContent: titleOf(there) }));
    link.after(...others.map((url) => make("a", {
      className: "md-version__link cb-counterpart", href: new URL(`${name}/${url}`, root).href, textContent: `${name}: ${titleOf(url)}`,
    })));
    if (index.days[name]) link.title = `${name}: ${index.days[name]}`;
    link.querySelector(".cb-missing")?.remove();
    if (there === undefined) link.append(make("span", { className: "cb-missing", textContent: strings.absent }));
  };

  // Link to the same page in the charter in force, if it exists.
  const prepareLatest = () => {
    if (!index) return;
    const found = index.latest ? pagesIn(index.latest) : [];
    const isOlder = index.versions.indexOf(nameOf(location)) < index.versions.indexOf(index.latest);
    if (!found.length || (found.length > 1 && !isOlder)) return;
    // The old address has a page that names all of its successors.
    const there = found.length > 1 ? page() : found[0];
    for (const link of document.querySelectorAll("a[data-charterbook-latest]")) link.href = new URL(`latest/${there}`, root).href;
  };

  // Material creates the selector once, after loading versions.json.
  const selector = new Promise((act) => {
    const topic = document.querySelector(".md-header__topic");
    const find = () => topic && topic.querySelector(".md-version__list");
    if (find()) act(find());
    else if (topic) {
      const watcher = new MutationObserver(() => {
        if (find()) { watcher.disconnect(); act(find()); }
      });
      watcher.observe(topic, { childList: true, subtree: true });
    }
  });

  // Material shows the first version as the current one if the list lacks it.
  const nameCurrent = (list) => {
    const button = list.parentElement.querySelector(".md-version__current"), folder = nameOf(base);
    const name = folder === "latest" ? index?.latest : folder;
    if (!button || !name) return;
    const link = [...list.querySelectorAll("a:not(.cb-counterpart)")].find(({ href }) => nameOf(new URL(href)) === name);
    // The list opens at the version that is shown, below the next newer one.
    if (link) {
      link.ariaCurrent = "true";
      requestAnimationFrame(() => { list.scrollTop = link.offsetTop - link.offsetHeight; });
    }
    const title = link?.firstChild.textContent ?? name;
    if (button.firstChild.textContent !== title) button.textContent = title;
  };

  // The button's accessible name must contain its visible text; an alias is also translated.
  const named = Promise.all([selector, indexed]).then(([list]) => nameCurrent(list));
  Promise.all([selector, named]).then(([list]) => {
    for (const alias of list.parentElement.querySelectorAll(".md-version__alias")) alias.textContent = ` ${strings.latest}`;
    const button = list.parentElement.querySelector(".md-version__current");
    if (button) Object.assign(button, { ariaExpanded: "false", ariaLabel: `${button.textContent.trim()}: ${button.ariaLabel}` });
  });

  const prepareSelector = (list) => { if (index) list.querySelectorAll("a:not(.cb-counterpart)").forEach(prepare); };

  // The fragment is preserved: it may have changed since the page was opened.
  selector.then((list) => list.addEventListener("click", () => prepareSelector(list), { capture: true }));

  // Pages of older versions do not know the line of their subject in the present charter.
  const prepareEditors = () => {
    const editors = document.querySelectorAll("a[data-charterbook-line]");
    if (editors.length) read("lines.json").then((lines) => {
      for (const link of editors) {
        const line = lines?.lines[link.dataset.charterbookLine];
        if (Number.isInteger(line)) link.href = link.dataset.at.replace(/0$/, line);
      }
    });
  };

  // A review that has become due since the page was built.
  const markDue = () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const time of document.querySelectorAll("time[data-charterbook-due]")) {
      const mark = time.parentElement.querySelector(".cb-due");
      if (mark && time.dateTime < today) mark.hidden = false;
    }
  };

  // A version may have come into force since the page was built.
  const turnOver = () => {
    const isOver = (moment) => Date.now() >= Date.parse(moment);
    for (const part of document.querySelectorAll("[data-charterbook-from]")) part.hidden = !isOver(part.dataset.charterbookFrom);
    for (const part of document.querySelectorAll("[data-charterbook-until]")) part.hidden = isOver(part.dataset.charterbookUntil);
  };

  // Material's messages, such as that a link has been copied, are read.
  const message = document.querySelector(".md-dialog__inner");
  if (message) message.role = "status";

  // Material searches when a key is released; a text that is pasted or dictated has none.
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-md-component=search-query]")) target.dispatchEvent(new KeyboardEvent("keyup"));
  });

  // Chromium gives a link around an article no name: the focus on a result of the search would be silent.
  const results = document.querySelector(".md-search-result__list");
  if (results) new MutationObserver(() => { for (const one of results.querySelectorAll("article")) one.role = "none"; }).observe(results, { childList: true, subtree: true });

  // The place of a reader who opens the search by a shortcut, until Escape leads back to it.
  let place = null;

  // Material opens the menu and the search by labels of hidden boxes, which the keyboard does not reach.
  const toggle = (name, label, content) => {
    const box = document.querySelector(`[data-md-toggle=${name}]`);
    const old = document.querySelector(`.md-header__button[for=__${name}]`);
    const part = document.querySelector(content);
    if (!box || !old || !part) return;
    const button = make("button", { className: old.className, type: "button", ariaLabel: label });
    button.append(...old.childNodes);
    button.setAttribute("for", `__${name}`);  // as Material's styles know it
    button.addEventListener("click", () => box.click());
    old.replaceWith(button);
    const update = () => button.setAttribute("aria-expanded", box.checked);
    const close = () => { if (box.checked) box.click(); };
    const seen = (kind) => [...part.querySelectorAll(kind)].find((one) => one.checkVisibility());
    box.addEventListener("change", () => {
      update();
      const active = document.activeElement;
      if (box.checked) (seen(".md-nav__link--active") ?? seen("a[href], input"))?.focus();
      else if ((active === document.body || part.contains(active)) && button.checkVisibility()) button.focus();
    });
    part.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      close();
      place?.focus();
      place = null;
    });
    part.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !part.contains(relatedTarget)) close(); });
    update();
  };
  toggle("drawer", strings.menu, ".md-sidebar--primary");
  toggle("search", strings.search, ".md-search__inner");

  // Chromium looks through the whole page for its first stop, for seconds if a table has thousands of cells: it is this link, unless the
  // reader has begun elsewhere.
  let isAtStart = !location.hash;
  for (const type of ["pointerdown", "focusin"]) addEventListener(type, () => { isAtStart = false; }, { capture: true, once: true });
  addEventListener("keydown", (event) => {
    if (!isAtStart || event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const link = document.querySelector(".md-skip");
    if (!link || scrollY || getSelection().rangeCount || document.activeElement !== document.body) return;
    event.preventDefault();
    link.focus();
  });

  // Shortcuts of a single key, of Material and of Charterbook, can be switched off.
  const SHORTCUTS = "/fsnp,.jk", SWITCH = "charterbook-shortcuts";
  const stored = () => { try { return localStorage.getItem(SWITCH); } catch { return null; } };
  let isOff = stored() === "off";
  const types = (element) => element.isContentEditable || element.matches("input, select, textarea");
  addEventListener("keydown", (event) => {
    const isSingle = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
    if (!isSingle || !SHORTCUTS.includes(event.key) || types(event.target)) return;
    // Alt with a letter is a command of the browser, which Material prevents.
    if (isOff || event.altKey) event.stopImmediatePropagation();
    else if ("/fs".includes(event.key)) {
      place = document.activeElement;
      // Material focuses the field, which a narrow window hides.
      const button = document.querySelector(".md-header__button[for=__search]");
      if (!button?.checkVisibility()) return;
      event.preventDefault();
      button.click();
    }
  }, { capture: true });
  const prepareShortcuts = () => {
    const part = document.querySelector(".cb-keys"), box = part?.querySelector("input");
    if (!box) return;
    box.checked = !isOff;
    box.onchange = () => {
      isOff = !box.checked;
      try { localStorage.setItem(SWITCH, isOff ? "off" : "on"); } catch { /* The choice is then for this page alone. */ }
    };
  };

  // Each heading has a link to itself, which is copied too; Markdown may have made one already. The name of the link is no part of
  // the name of the heading: screen readers would read each heading twice.
  const prepareHeadings = () => {
    for (const heading of document.querySelectorAll(".md-content :is(h2, h3, h4, h5, h6)[id]:not([role])")) {
      if (heading.closest("a, summary, dialog")) continue;
      const name = heading.textContent.replace("¶", "").trim();
      const link = heading.querySelector(".headerlink") ?? make("a", { className: "headerlink cb-link", href: `#${heading.id}` });
      link.ariaLabel = strings.link.replace("{}", () => name);
      link.addEventListener("click", () => navigator.clipboard?.writeText(link.href).then(() => window.alert$?.next(strings.copied), () => {}));
      const text = make("span", { role: "heading", ariaLevel: heading.localName[1] });
      text.append(...heading.childNodes);
      heading.role = "none";
      heading.append(text, link);
    }
  };

  const preparePrint = () => { for (const button of document.querySelectorAll(".cb-print")) button.onclick = () => print(); };

  // Lists of versions close like menus. Material's is open while the pointer or the focus is inside.
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const list = document.querySelector(".cb-with[open]"), selector = document.querySelector(".md-version:is(:hover, :focus-within)");
    if (list) { list.open = false; list.firstElementChild.focus(); }
    if (selector?.matches(":focus-within")) selector.firstElementChild.focus();
    selector?.classList.add("cb-shut");
  });
  for (const type of ["pointerout", "focusout", "click"]) addEventListener(type, ({ target, relatedTarget }) => {
    const selector = target.closest?.(".cb-shut");
    if (selector && !selector.contains(relatedTarget)) selector.classList.remove("cb-shut");
  });
  for (const type of ["focusin", "keydown", "click"]) addEventListener(type, () => {
    const selector = document.querySelector(".md-version");
    if (selector) selector.firstElementChild.ariaExpanded = selector.matches(":focus-within:not(.cb-shut)");
  });
  addEventListener("click", ({ target }) => {
    for (const list of document.querySelectorAll(".cb-with[open]")) if (!list.contains(target)) list.open = false;
  });

  // Material itself sets the scheme and its colour, also after instant navigation.
  const prepareScheme = () => {
    if (document.querySelector("[data-md-component=palette]")) document.querySelectorAll("meta[data-charterbook]").forEach((one) => one.remove());
  };

  // A copy for reading without a connection. If it is switched off, an earlier copy is removed.
  const prepareCopy = () => {
    const workers = navigator.serviceWorker;
    if (!workers || !index || nameOf(location) === "draft") return;
    if (index.offline) {
      workers.register(new URL("service-worker.js", root).href).then(() => workers.ready)
        .then(({ active }) => { if (!navigator.connection?.saveData) active.postMessage("fill"); }).catch(() => {});
    } else {
      workers.getRegistration(root.href).then((found) => {
        if (found?.scope === root.href) {
          found.active?.postMessage("remove");
          found.unregister();
        }
        return caches.delete(`charterbook ${root.pathname}`);
      }).catch(() => {});
    }
  };
  const idle = new Promise((act) => {
    const wait = () => (window.requestIdleCallback ?? setTimeout)(act);
    document.readyState === "complete" ? wait() : addEventListener("load", wait);
  });
  Promise.all([indexed, idle]).then(prepareCopy);

  // Material shows the button of the chosen colours, and leaves its box unchecked until the reader chooses others.
  idle.then(() => {
    const box = document.querySelector("[data-md-component=palette] label:not([hidden])")?.previousElementSibling;
    if (box) box.checked = true;
  });

  // A label cannot have the role of a button: an element without a role of its own takes its place.
  const asButton = (label) => {
    const button = document.createElement("div");
    for (const { name, value } of label.attributes) button.setAttribute(name, value);
    button.append(...label.childNodes);
    label.replaceWith(button);
    return button;
  };

  // Material opens the list of a section by a label that the keyboard reaches, without a role or a state. It names the list after the
  // label, which has no words if the section has a page: the title does.
  const prepareSections = () => {
    for (const list of document.querySelectorAll(".md-nav[aria-labelledby]")) {
      const label = document.getElementById(list.getAttribute("aria-labelledby")), box = label?.control;
      const ariaLabel = label?.textContent.trim() ? null : list.querySelector(".md-nav__title")?.textContent.trim() ?? "";
      if (box && label.tabIndex >= 0) {
        const button = asButton(label), update = () => Object.assign(button, { role: "button", ariaLabel, ariaExpanded: box.checked });
        box.onchange = update;
        button.onclick = () => box.click();
        button.onkeydown = (event) => {
          if (event.key !== " " && event.key !== "Enter") return;
          event.preventDefault();
          box.click();
        };
        update();
      } else if (ariaLabel !== null) {
        list.removeAttribute("aria-labelledby");
        list.ariaLabel = ariaLabel;
      }
    }
  };

  // Material marks the entry of the page by its colour alone.
  const markCurrent = () => { for (const link of document.querySelectorAll(".md-sidebar--primary a.md-nav__link--active:not([href*='#'])")) link.ariaCurrent = "page"; };

  // Material puts wide tables into boxes that scroll, after this: with a keyboard, a box scrolls if it has the focus.
  const prepareTables = () => setTimeout(() => { for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) box.tabIndex = 0; });

  // Instant navigation removes the link that had the focus: readers go on at the beginning of the new page.
  let isFurther = false;
  const begin = () => {
    const title = document.querySelector("h1");
    if (isFurther && title && !location.hash && document.activeElement === document.body) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
    isFurther = true;
  };

  const show = () => {
    begin();
    prepareTables();
    prepareScheme();
    prepareSections();
    prepareHeadings();
    preparePrint();
    prepareShortcuts();
    markCurrent();
    indexed.then(prepareLatest);
    Promise.all([selector, indexed]).then(([list]) => prepareSelector(list));
    prepareEditors();
    markDue();
    turnOver();
  };

  // Material emits the first page and, with instant navigation, each further page.
  window.document$ ? window.document$.subscribe(show) : show();
})();
