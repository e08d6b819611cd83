// Comparison of a page's subject between any two of its versions. Without scripts, each older version has a link.
(() => {
  "use strict";
  const form = document.querySelector(".cb-versus");
  if (!form) return;
  const older = [...form.parentElement.querySelectorAll("li")].filter((place) => place.querySelector("[aria-label]"));
  const versions = [form.dataset, ...older.map((place) => ({
    version: place.querySelector("a").textContent,
    title: [place.querySelector("a"), place.querySelector(".cb-note")].map((part) => part?.textContent).filter(Boolean).join(" "),
    about: place.dataset.about,
  }))];
  const selects = [...form.querySelectorAll("select")];
  const root = new URL(form.dataset.root, location);

  for (const select of selects) {
    for (const { version, title } of versions) select.append(new Option(title || version, version));
  }
  selects[0].selectedIndex = 1;

  // A version cannot be compared with itself.
  const keepApart = () => {
    selects.forEach((select, index) => {
      const other = versions[selects[1 - index].selectedIndex].version;
      [...select.options].forEach((option, place) => { option.disabled = versions[place].version === other; });
    });
  };

  // Versions are listed newest first, so the newer of two has the smaller index; its page compares the two.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [newer, base] = selects.map((select) => select.selectedIndex).sort((one, other) => one - other).map((place) => versions[place]);
    location.assign(new URL(`${newer.version}/${form.dataset.folder}${base.version}/?${newer.about || form.dataset.about}`, root));
  });
  form.addEventListener("change", keepApart);
  keepApart();
  form.hidden = false;
})();
