// Names for parts of code and for annotations, which Material's script adds while the reader scrolls.
(() => {
  "use strict";
  const { annotation } = document.currentScript.dataset;
  const name = (part) => {
    // The buttons of a block have names; their group is no part of the navigation.
    for (const group of part.querySelectorAll(".md-code__nav")) group.role = "none";
    for (const note of part.querySelectorAll(".md-annotation")) {
      const link = note.querySelector(".md-annotation__index");
      const number = link?.textContent.trim() || link?.firstElementChild?.dataset.mdAnnotationId;
      if (!number) continue;
      note.role = "note";
      note.ariaLabel = annotation.replace("{}", number);
      if (link.hasAttribute("href")) link.ariaLabel = note.ariaLabel;
    }
  };
  const content = document.querySelector("article");
  name(content);
  new MutationObserver((changes) => { if (changes.some(({ addedNodes }) => addedNodes.length)) name(content); }).observe(content, { childList: true, subtree: true });
})();
