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
  addEventListener("afterprint", () => alone(false));
})();
