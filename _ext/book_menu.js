// On a desk the menu button folds the contents away; on a narrow page the theme opens them over the text.
(() => {
  const button = document.querySelector(".primary-toggle"), dialog = document.getElementById("pst-primary-sidebar-modal");
  if (!button || !dialog) return;
  const { classList } = document.documentElement;      // not the contents': the theme carries their classes to its box
  const wide = matchMedia("(min-width: 960px)");       // where the theme has the contents beside the text
  const say = () => button.setAttribute("aria-expanded", String(wide.matches ? !classList.contains("book-away") : dialog.open));
  button.addEventListener("click", event => {
    if (wide.matches) {
      event.preventDefault();
      event.stopImmediatePropagation();                // the theme would open them as a box over the page
      classList.toggle("book-away");
    }
    setTimeout(say);
  }, true);
  dialog.addEventListener("close", say);
  wide.addEventListener("change", () => {
    if (wide.matches && dialog.open) dialog.close();
    say();
  });
  say();
})();

// The button that changes the colours says which it has.
(() => {
  const button = document.querySelector(".theme-switch-button"), { dataset } = document.documentElement;
  if (!button) return;
  const say = () => button.setAttribute("aria-label", `Colours: ${{ light: "light", dark: "dark" }[dataset.mode] ?? "as the system has them"}`);
  new MutationObserver(say).observe(document.documentElement, { attributeFilter: ["data-mode"] });
  say();
})();
