"use strict";
(() => {
  // The page before the next session by itself, for the folder or the pocket.
  const button = document.querySelector(".print-page");
  const alone = (only) => document.documentElement.classList.toggle("only-next", only);
  button.hidden = false;
  button.addEventListener("click", () => {
    alone(true);
    print();
  });
  // Paper cannot be unfolded.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details.warning")) folded.open = true;
  });
  addEventListener("afterprint", () => alone(false));
})();
