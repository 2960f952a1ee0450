// Forms and controls are made when a reader comes near them: of every field that a page has a browser asks at once whether it
// can be typed in, and lays out for that what is far away and still waits (book.css, content-visibility).
(() => {
  const waiting = new Map();
  const come = part => {
    const act = waiting.get(part);
    waiting.delete(part);
    watch.unobserve(part);
    act?.();
  };
  const watch = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) come(entry.target);
  }, { rootMargin: "800px" });

  // nnNear(part, act): once a reader is near, comes with the keyboard or prints; now, where the page is laid out already.
  window.nnNear = (part, act) => {
    if (part.checkVisibility?.({ contentVisibilityAuto: true }) ?? true) return act();
    waiting.set(part, act);
    watch.observe(part);
    part.addEventListener("focusin", () => come(part), { once: true });
  };
  addEventListener("beforeprint", () => [...waiting.keys()].forEach(come));
})();
