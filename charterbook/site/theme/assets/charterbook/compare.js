// Pages of changes: filters stored in the address, and navigation between changes. Without scripts they show everything.
// Instant navigation runs this again on each such page; window listeners are removed with their page.
(() => {
  "use strict";

  const root = document.querySelector(".cb-changes");
  if (root) {
    for (const side of ["old", "new"]) root.style.setProperty(`--cb-${side}`, JSON.stringify(root.dataset[side]));
    const filter = root.querySelector(".cb-filter");
    const only = filter.querySelector(".cb-only");
    const unknown = filter.querySelector(".cb-unknown");
    const nothing = root.querySelector(".cb-nothing");
    const steps = filter.querySelector(".cb-steps");
    const status = filter.querySelector("[role=status]");
    const selects = [...filter.querySelectorAll("select")];
    const severities = [...filter.querySelectorAll("[name=severity]")];
    const severity = () => severities.find((one) => one.checked).value;
    const cards = [...root.querySelectorAll(".cb-severities label")];
    const choose = (value) => { (severities.find((one) => one.value === value) || severities[0]).checked = true; };
    const isFiltered = () => Boolean(item || severity() || selects.some((select) => select.value));
    const audience = selects.find((select) => select.name === "audience");
    const abouts = [...root.querySelectorAll(".cb-about")];
    const parts = [...root.querySelectorAll("section")];
    const changesOf = (about) => [...about.querySelectorAll(":scope > ul > li, :scope > details > ul > li")];
    const folds = [...root.querySelectorAll(".cb-list details:not(.cb-same, .cb-touched)")];
    const opened = new Set(folds.filter((fold) => fold.open));
    const changes = abouts.flatMap(changesOf);
    // Filter keys of an item; without them, the fragment is its only id: kinds have no hyphen.
    const itemsOf = (about) => (about.dataset.i || about.id.replace("-", "/")).split(" ");
    let item = "";
    let current = null;

    // The facts that filters need of each change, read once.
    const facts = new Map(changes.map((change) => {
      const about = change.closest(".cb-about"), { a = "", s = "meaning", k = "changed", i } = change.dataset;
      const around = [];
      for (let at = change.parentElement; at !== root; at = at.parentElement) if (/^(?:DETAILS|SECTION)$/.test(at.tagName)) around.push(at);
      return [change, { about, around, section: about.closest("section").id, audiences: a.split(" "), severity: s, state: k, items: itemsOf(i ? change : about) }];
    }));

    // Links with the same words are told apart by the names of their items, and items with the same name by their
    // sections, also in a list of links. Links to affected audiences, after a text, keep their names.
    const nameOf = (element) => element.ariaLabel ?? element.textContent;
    const tellApart = (selector, rename) => {
      const same = new Map();
      for (const link of root.querySelectorAll(selector)) same.set(nameOf(link), [...same.get(nameOf(link)) ?? [], link]);
      for (const [name, links] of same) {
        for (const link of links) if (!link.previousSibling && links.some(({ href }) => href !== link.href || !href)) link.ariaLabel = rename(link, name);
      }
    };
    const sectionOf = (link) => link.closest("section").querySelector("h2").textContent;
    tellApart(".cb-about > :is(h3, p) > a", (link, name) => `${name} (${sectionOf(link)})`);
    tellApart(".cb-about li > a:first-child, .cb-about > .cb-fold > summary", (link, name) => {
      const item = link.closest(".cb-about").querySelector("h3 > *");
      return `${item ? nameOf(item) : sectionOf(link)}: ${name}`;
    });

    const isShown = (element) => !element.classList.contains("cb-off");
    const show = (element, shown) => { if (isShown(element) !== shown) element.classList.toggle("cb-off", !shown); };

    const matches = (fact, chosen) => (!chosen.section || fact.section === chosen.section)
      && (!chosen.audience || fact.audiences.includes(String(audience.selectedIndex - 1)))
      && (!chosen.severity || fact.severity === chosen.severity)
      && (!chosen.state || fact.state === chosen.state)
      && (!item || fact.items.includes(item));

    // The most important visible changes, of different items. Without a filter, the built list is used.
    const box = root.querySelector(".cb-important");
    const built = box ? [...box.children] : [];
    const order = (box?.dataset.order ?? "").split(" ").flatMap((run) => {
      const [first, last = first] = run.split("-").map(Number);
      return changes.slice(first, last + 1);
    });
    const linkTo = (change) => {
      const { about } = facts.get(change), sentence = change.querySelector("a").cloneNode(true).childNodes;
      const heading = change.dataset.i ? null : about.querySelector("h3");
      const link = Object.assign(document.createElement("a"), { href: `#${change.id}` });
      if (heading) link.append(Object.assign(document.createElement("bdi"), { textContent: heading.textContent }), ": ");
      link.append(...sentence);
      const entry = document.createElement("li");
      entry.append(link);
      const way = change.querySelector(":scope > .cb-way, :scope > .cb-track");
      if (way) entry.append(" ", way.cloneNode(true));
      return entry;
    };
    const rank = () => {
      if (!box) return;
      const seen = new Map();
      const subject = (change) => change.dataset.i || facts.get(change).about;
      for (const change of order) {
        if (isShown(change) && !seen.has(subject(change))) seen.set(subject(change), change);
      }
      box.replaceChildren(...(isFiltered() ? [...seen.values()].slice(0, 3).map(linkTo) : built));
      show(box, box.children.length > 0);
      show(box.previousElementSibling, box.children.length > 0);
    };

    // Mark the choice on its control, and hide the counts of whole sections: nothing else depends on the state of a control.
    const mark = () => {
      for (const card of cards) card.classList.toggle("cb-chosen", card.dataset.s === severity());
      filter.classList.toggle("cb-filter--used", isFiltered());
      root.classList.toggle("cb-narrowed", isFiltered());
    };

    // Decide everything first, then show and hide: this avoids repeated layout.
    const apply = () => {
      mark();
      const chosen = { severity: severity(), ...Object.fromEntries(selects.map((select) => [select.name, select.value])) };
      const isUsed = isFiltered();
      const left = changes.filter((change) => matches(facts.get(change), chosen));
      const holders = new Set(left.flatMap((change) => [change, facts.get(change).about, ...facts.get(change).around]));
      for (const element of [...changes, ...abouts, ...parts]) show(element, holders.has(element));
      for (const fold of folds) {
        const open = isUsed ? holders.has(fold) : opened.has(fold);
        if (fold.open !== open) fold.open = open;
        show(fold, holders.has(fold));
      }
      rank();
      nothing.hidden = left.length > 0;
      only.hidden = !item;
      status.textContent = status.dataset.shown.replace("{}", left.length);
      if (current && !isShown(current)) current = null;
    };

    // Only known values are used; unknown parameters of the address are preserved.
    const read = () => {
      const asked = new URLSearchParams(location.search);
      for (const select of selects) {
        const value = asked.get(select.name) || "";
        const options = [...select.options];
        const named = options.find((option) => option.value === value)
          || options.find((option) => (option.dataset.was || "").split(" ").includes(value));
        select.value = named ? named.value : "";
      }
      choose(asked.get("severity") || "");
      const wish = asked.get("item") || "";
      const about = abouts.find((one) => itemsOf(one)[0] === wish) || abouts.find((one) => itemsOf(one).includes(wish));
      item = wish && about ? wish : "";
      unknown.hidden = !wish || Boolean(item);
      if (item) only.querySelector("strong").textContent = about.querySelector("h3").textContent;
      apply();
    };

    const store = () => {
      const address = new URL(location.href);
      const values = [...selects.map((select) => [select.name, select.value]), ["severity", severity()], ["item", item]];
      for (const [name, value] of values) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
      address.hash = "";
      if (address.href !== location.href) history.pushState(null, "", address);
      unknown.hidden = true;
    };

    const write = () => {
      store();
      apply();
    };

    // Paint the choice first: filtering a long list takes longer than readers expect. Of choices in a row, the last one counts.
    let soon = 0;
    const writeSoon = () => {
      mark();
      store();
      clearTimeout(soon);
      requestAnimationFrame(() => { clearTimeout(soon); soon = setTimeout(apply); });
    };

    const clear = () => {
      for (const select of selects) select.value = "";
      choose("");
      item = "";
      write();
    };

    const unfold = (change) => {
      for (let at = change.parentElement; at !== root; at = at.parentElement) if (at.localName === "details") at.open = true;
    };

    // A link to a hidden change resets the filters, and opens the collapsed parts around the change.
    const follow = () => {
      const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
      if (!target || !root.contains(target) || target.checkVisibility()) return;
      const hash = location.hash;
      if (target.closest(".cb-off")) clear();
      unfold(target);
      location.hash = hash;
      target.scrollIntoView();
    };

    // The first change below the filter. Positions of items are read first, then those of changes in them.
    const below = () => {
      const edge = filter.getBoundingClientRect().bottom;
      const isBelow = (element, side) => element.checkVisibility() && element.getBoundingClientRect()[side] > edge;
      for (const about of abouts.filter((one) => isBelow(one, "bottom"))) {
        const found = changesOf(about).find((change) => isShown(change) && isBelow(change, "top"));
        if (found) return found;
      }
    };

    const step = (by) => {
      const shown = changes.filter(isShown);
      let next = shown[shown.indexOf(current) + by];
      if (!current || !inView(current)) {
        const first = below();
        next = by > 0 ? first : shown[(first ? shown.indexOf(first) : shown.length) - 1];
      }
      if (!next) return;
      current = next;
      unfold(next);
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    };

    const inView = (element) => {
      const box = element.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight;
    };

    const gone = new AbortController();
    const listen = (target, type, act) => target.addEventListener(type, (event) => (root.isConnected ? act(event) : gone.abort()), { signal: gone.signal });
    const types = (element) => element.isContentEditable || element.matches("input, select, textarea");

    filter.addEventListener("change", writeSoon);
    filter.querySelector(":scope > button").addEventListener("click", clear);
    only.querySelector("button").addEventListener("click", () => { item = ""; write(); selects[0].focus(); });
    const [previous, next] = steps.querySelectorAll("button");
    previous.addEventListener("click", () => step(-1));
    next.addEventListener("click", () => step(1));
    listen(document, "keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
      if (event.key === "j") step(1);
      if (event.key === "k") step(-1);
    });
    listen(window, "popstate", read);
    listen(window, "hashchange", follow);
    const moves = window.location$?.subscribe(() => { root.isConnected ? follow() : moves.unsubscribe(); });
    read();
    document.documentElement.classList.remove("cb-wait");
    follow();
  }
})();
