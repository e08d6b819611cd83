// What is new since the reader's last visit, which is stored in the browser alone. It runs before the rest is painted.
(() => {
  "use strict";
  const part = document.querySelector(".cb-since");
  if (!part) return;
  const { root, version, revision, older, folder, query, language } = part.dataset;
  const key = `charterbook-visit ${new URL(root, location).pathname}`;
  const today = new Date().toISOString().slice(0, 10);
  let visits;
  try {
    visits = JSON.parse(localStorage.getItem(key)) ?? {};
    // All visits of a day are one: the second page still shows the news since the day before.
    if (visits.last?.day !== today) visits.before = visits.last;
    visits.last = { day: today, version, revision };
    localStorage.setItem(key, JSON.stringify(visits));
  } catch { return; }

  const before = visits.before;
  const day = new Date(before?.day);
  if (!before || !(day <= Date.now()) || typeof before.version !== "string") return;
  const [isNewer, isRevised, isSame] = part.children;
  const isKnown = older.split(" ").includes(before.version);
  const shown = before.version !== version ? isNewer : before.revision !== revision ? isRevised : isSame;
  if (shown === isNewer) {
    if (!isKnown) return;
    shown.querySelector("b").textContent = before.version;
    shown.querySelector("a").href = `${folder}${encodeURIComponent(before.version)}/${query}`;
  }
  const time = shown.querySelector("time");
  time.dateTime = before.day;
  time.textContent = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" }).format(day);
  shown.hidden = part.hidden = false;
})();
