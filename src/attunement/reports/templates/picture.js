"use strict";
// A timeline is one stop of the Tab key; the arrows move within it, and what is pointed at is told below it.
(() => {
  const readout = document.querySelector(".readout");
  const wordsBehind = (link) => {
    const goal = link.getAttribute("href");
    const said = goal.startsWith("#") && document.getElementById(goal.slice(1))?.querySelector(".said");
    if (!said) return "";
    const text = said.textContent.trim();
    return `: “${text.length > 140 ? `${text.slice(0, 140)} …` : text}”`;
  };
  for (const picture of document.querySelectorAll(".timeline")) {
    const links = [...picture.querySelectorAll("a")];
    links.forEach((link, index) => link.setAttribute("tabindex", index ? "-1" : "0"));
    for (const event of ["mouseover", "focusin"]) {
      picture.addEventListener(event, ({ target }) => {
        const link = target.closest("a");
        if (link) readout.textContent = link.getAttribute("aria-label") + wordsBehind(link);
      });
    }
    picture.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = links.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      const next = links[Math.max(0, Math.min(links.length - 1, at + step))];
      links[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }
})();
