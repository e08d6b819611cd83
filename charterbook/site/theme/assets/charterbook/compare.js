// Pages of changes: filters stored in the address, and navigation between changes.
// Comparison page: any two versions, in any order. Without scripts both pages show everything.
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
    const choose = (value) => { (severities.find((one) => one.value === value) || severities[0]).checked = true; };
    const isFiltered = () => Boolean(item || severity() || selects.some((select) => select.value));
    const audience = selects.find((select) => select.name === "audience");
    const abouts = [...root.querySelectorAll(".cb-about")];
    const parts = [...root.querySelectorAll("section")];
    const changesOf = (about) => [...about.querySelectorAll(":scope > ul > li, :scope > details > ul > li")];
    const folds = [...root.querySelectorAll("details")];
    const opened = folds.filter((fold) => fold.open);
    const changes = abouts.flatMap(changesOf);
    const audiencesOf = (change) => (change.dataset.a || "").split(" ");
    // Filter keys of an item; without them, the fragment is its only id: kinds have no hyphen.
    const itemsOf = (about) => (about.dataset.i || about.id.replace("-", "/")).split(" ");
    let item = "";
    let current = null;

    const isShown = (element) => !element.classList.contains("cb-off");
    const show = (element, shown) => element.classList.toggle("cb-off", !shown);

    const matches = (change, chosen) => {
      const about = change.closest(".cb-about");
      return (!chosen.section || change.closest("section").id === chosen.section)
        && (!chosen.audience || audiencesOf(change).includes(String(audience.selectedIndex - 1)))
        && (!chosen.severity || (change.dataset.s || "meaning") === chosen.severity)
        && (!chosen.state || (change.dataset.k || "changed") === chosen.state)
        && (!item || itemsOf(change.dataset.i ? change : about).includes(item));
    };

    // The most important visible changes, of different items. Without a filter, the built list is used.
    const box = root.querySelector(".cb-important");
    const built = box ? [...box.children] : [];
    const linkTo = (change) => {
      const about = change.closest(".cb-about"), sentence = change.querySelector("a").textContent;
      const heading = change.dataset.i ? null : about.querySelector("h3");
      const link = Object.assign(document.createElement("a"), { href: `#${change.id}` });
      link.textContent = heading ? `${heading.textContent}: ${sentence}` : sentence;
      const entry = document.createElement("li");
      entry.append(link);
      return entry;
    };
    const rank = () => {
      if (!box) return;
      const seen = new Map();
      const subject = (change) => change.dataset.i || change.closest(".cb-about");
      for (const place of box.dataset.order.split(" ")) {
        const change = changes[place];
        if (isShown(change) && !seen.has(subject(change))) seen.set(subject(change), change);
      }
      box.replaceChildren(...(isFiltered() ? [...seen.values()].slice(0, 3).map(linkTo) : built));
      show(box, box.children.length > 0);
      show(box.previousElementSibling, box.children.length > 0);
    };

    const apply = () => {
      const chosen = { severity: severity(), ...Object.fromEntries(selects.map((select) => [select.name, select.value])) };
      for (const change of changes) show(change, matches(change, chosen));
      for (const about of abouts) show(about, changesOf(about).some(isShown));
      for (const part of parts) show(part, [...part.querySelectorAll(".cb-about")].some(isShown));
      const isAlone = (change) => !("rollover" in change.closest(".cb-about").dataset);
      const isGroup = (about) => "rollover" in about.dataset;
      const count = changes.filter((change) => isShown(change) && isAlone(change)).length + abouts.filter((about) => isGroup(about) && isShown(about)).length;
      for (const fold of folds) {
        const holds = [...fold.querySelectorAll("li[id]")].some((change) => isShown(change) && isShown(change.closest(".cb-about")));
        fold.open = isFiltered() ? holds : opened.includes(fold);
        show(fold, holds);
      }
      rank();
      nothing.hidden = count > 0;
      only.hidden = !item;
      status.textContent = status.dataset.shown.replace("{}", count);
      if (current && !isShown(current)) current = null;
    };

    // Only known values are used; unknown parameters of the address are kept.
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

    // The choice is painted first: a long list takes longer than a reader waits for an answer.
    const writeSoon = () => {
      store();
      requestAnimationFrame(() => setTimeout(apply));
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

    // A link to a hidden change resets the filters, and opens what the change is folded in.
    const follow = () => {
      const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
      if (!target || !root.contains(target) || target.checkVisibility()) return;
      const hash = location.hash;
      if (target.closest(".cb-off")) clear();
      unfold(target);
      location.hash = hash;
      target.scrollIntoView();
    };

    const step = (by) => {
      const shown = changes.filter(isShown);
      const place = shown.indexOf(current);
      let next = shown[place + by];
      if (place < 0 || !inView(current)) {
        const below = shown.findIndex((change) => change.checkVisibility() && change.getBoundingClientRect().top > filter.getBoundingClientRect().bottom);
        next = by > 0 ? shown[below] : shown[(below < 0 ? shown.length : below) - 1];
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

  const pick = document.querySelector(".cb-pick");
  if (pick) {
    const base = new URL(pick.dataset.root, location);
    const selects = [...pick.querySelectorAll("select")];
    const status = pick.querySelector("[role=status]");
    const names = () => [...selects[0].options].map((option) => option.value);

    // Versions newer than this page, newest first, from versions.json.
    const learn = (versions) => {
      const known = names();
      const newer = versions.filter((entry) => /^[\w-]+$/.test(entry.version) && !known.includes(entry.version));
      for (const select of selects) {
        const chosen = select.value;
        const options = newer.map((entry) => new Option(entry.title, entry.version));
        select.prepend(...options);
        select.value = chosen;
      }
    };

    // Options are listed newest first, so the newer of two has the smaller index.
    pick.addEventListener("submit", (event) => {
      event.preventDefault();
      const [newer, older] = selects.map((select) => select.selectedIndex).sort((a, b) => a - b).map((place) => names()[place]);
      if (newer === older) { status.textContent = status.dataset.same; return; }
      location.href = new URL(`${newer}/${pick.dataset.folder}${older}/`, base).href;
    });
    for (const select of selects) select.addEventListener("change", () => { status.textContent = ""; });

    if (location.protocol !== "file:") {
      fetch(new URL("versions.json", base)).then((answer) => (answer.ok ? answer.json() : [])).then(learn).catch(() => {});
    }
    pick.hidden = false;
  }
})();
