// Comparison page: any two versions, in any order. Without scripts, each older version has a link.
(() => {
  "use strict";

  const pick = document.querySelector(".cb-pick");
  if (!pick) return;
  const base = new URL(pick.dataset.root, location);
  const selects = [...pick.querySelectorAll("select")];
  const status = pick.querySelector("[role=status]");
  const names = () => [...selects[0].options].map((option) => option.value);

  // Versions newer than this page, newest first, from versions.json.
  const learn = (versions) => {
    const known = names();
    const newer = (versions ?? []).filter((entry) => /^[\w-]+$/.test(entry.version) && !known.includes(entry.version));
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
    window.charterbook.read(new URL("versions.json", base)).then(learn).catch(() => {});
  }
  pick.hidden = false;
})();
