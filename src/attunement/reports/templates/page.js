"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cards = all(".card");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  // What has a click or a key of its own: a page around this one may put forms here.
  const OTHERS = "a, form, summary", WRITES = "input, textarea, select";
  let origin = null; // where Escape goes back to

  const show = (element) =>
    element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  const turnOf = (link) => document.getElementById(link.getAttribute("href").slice(1));
  const unlight = () => all(".lit, .in-span").forEach((e) => e.classList.remove("lit", "in-span"));

  function lightCard(card) {
    card.classList.add("lit");
    for (let n = +card.dataset.start; n <= +card.dataset.end; n++) {
      document.getElementById(`turn-${n}`)?.classList.add("in-span");
    }
  }

  function goTo(turn, from) {
    origin = from;
    unlight();
    const card = from?.closest?.(".card");
    if (card) lightCard(card);
    turn.classList.add("lit");
    turn.focus({ preventScroll: true });
    show(turn);
    history.replaceState(null, "", `#${turn.id}`);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#turn-']");
    const card = event.target.closest(".card");
    if (!link && (!card || event.target.closest(OTHERS) || String(getSelection()))) return;
    const way = link || card.querySelector("a");
    event.preventDefault();
    goTo(turnOf(way), way);
  });

  // Findings: j and k from anywhere, up and down within the list.
  function stepCard(step) {
    const at = cards.indexOf(document.activeElement.closest(".card"));
    const lit = cards.findIndex((card) => card.classList.contains("lit"));
    const current = at >= 0 ? at : lit;
    const next = cards[Math.max(0, Math.min(cards.length - 1, current + step))];
    if (!next) return;
    unlight();
    lightCard(next);
    const link = next.querySelector("a");
    link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    if (matchMedia("(min-width: 62.01rem)").matches) show(turnOf(link));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITES)) return;
    const inCard = document.activeElement.closest(".card");
    if (event.key === "j" || (inCard && event.key === "ArrowDown")) stepCard(1);
    else if (event.key === "k" || (inCard && event.key === "ArrowUp")) stepCard(-1);
    else if (event.key === "Escape" && origin) {
      origin.focus({ preventScroll: true });
      show(origin);
      unlight();
      return;
    } else return;
    event.preventDefault();
  });

  // Opened with a turn in the address, or such a link followed without a click.
  const arrive = () => {
    const turn = /^#turn-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (turn) goTo(turn, null);
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
