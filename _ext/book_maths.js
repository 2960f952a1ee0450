// A formula too wide for the screen scrolls inside itself: then the keyboard must reach it, and only then.
(() => {
  const formulas = document.querySelectorAll("div.math");
  const reach = formula => formula.scrollWidth > formula.clientWidth + 1 ? formula.tabIndex = 0 : formula.removeAttribute("tabindex");
  const watch = new ResizeObserver(entries => entries.forEach(({ target }) => reach(target)));
  formulas.forEach(formula => watch.observe(formula));
  document.fonts.ready.then(() => formulas.forEach(reach));  // letters of another width come without a new size of the box
})();
