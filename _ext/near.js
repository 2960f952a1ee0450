// Forms and controls are made when a reader comes near them: of every field that a page has a browser asks at once whether it
// can be typed in, and lays out for that what is far away and still waits (book.css, content-visibility).
(() => {
  const waiting = new Map();
  const come = part => {
    const act = waiting.get(part), held = part.contains(document.activeElement);
    if (!waiting.delete(part)) return;
    watch.unobserve(part);
    part.removeAttribute("tabindex");
    act();
    if (held) part.querySelector("input, select, button")?.focus();          // what was held may be gone
  };
  const laidOut = part => part.checkVisibility?.({ contentVisibilityAuto: true }) ?? true;
  const watch = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) come(entry.target);
  }, { rootMargin: "800px" });

  // nnNear(part, act): once a reader is near, comes with the keyboard or prints; now, where the page is laid out already.
  window.nnNear = (part, act) => {
    if (laidOut(part)) return act();
    waiting.set(part, act);
    watch.observe(part);
    if (!part.querySelector("summary")) part.tabIndex = 0;                   // so that the keyboard does not pass it by
    part.addEventListener("focusin", () => come(part), { once: true });
  };
  window.nnNear.laidOut = laidOut;
  addEventListener("beforeprint", () => [...waiting.keys()].forEach(come));
})();
