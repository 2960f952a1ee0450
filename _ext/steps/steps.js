// A derivation in steps: the figure shows the step that is being read, and marks the step that it shows.
(() => {
  for (const part of document.querySelectorAll(".book-steps")) {
    const figure = part.querySelector("nn-explore"), items = [...part.querySelectorAll(":scope > ol > li")];
    const first = +part.dataset.first;
    const beside = () => getComputedStyle(part).display === "grid";                       // as steps.css finds room
    const seen = new Set();                                                              // those that cross the line of reading
    let reading = -1;

    function mark() {
      const at = figure.setting[0] - first;
      items.forEach((item, i) => i === at ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current"));
    }

    function show(i) {
      figure.wake();
      const setting = figure.setting;
      if (setting[0] === first + i || figure.classList.contains("nn-shut")) return;       // a guess comes first
      figure.pause();
      figure.setting = [first + i, ...setting.slice(1)];
      figure.changed();
    }

    figure.addEventListener("explore-shown", mark);
    const watch = new IntersectionObserver(entries => {
      for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target);
      const read = items.findLastIndex(item => seen.has(item));
      if (read < 0 || read === reading) return;
      reading = read;
      if (beside()) show(reading);
    }, { rootMargin: "-38% 0px -58% 0px" });
    new MutationObserver(() => { if (reading >= 0 && beside() && !figure.classList.contains("nn-shut")) show(reading); })
      .observe(figure, { attributeFilter: ["class"] });                                   // once it has been guessed
    items.forEach((item, i) => {
      watch.observe(item);
      item.addEventListener("click", event => { if (!event.target.closest("a")) show(i); });
    });
  }
})();
