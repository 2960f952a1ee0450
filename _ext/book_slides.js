// A chapter as slides: `?slides` after its address shows what is looked at, one thing at a time; the text stays at home.
(() => {
  const place = new URL(location.href);
  const article = document.querySelector(".bd-article");
  if (!place.searchParams.has("slides") || !article?.querySelector("section section")) return;
  const READ = "p, ul, ol, dl, blockquote, .question-progress, script, style";  // what a reader reads alone
  const FOLDED = "nn-cell:has(details):not(:has(.cell_output))";  // code that is folded, and prints and draws nothing
  const TYPED = "input, textarea, select, button, summary, [contenteditable], [role=slider], .cm-editor, nn-explore, nn-draw";
  const slides = [];
  for (const section of article.querySelectorAll("section")) {
    const heading = section.querySelector(":scope > :is(h1, h2, h3, h4)");
    const first = section.querySelector(":scope > p:not(.book-opening)");
    slides.push([heading, first].filter(Boolean));
    for (const part of section.children) {
      const seen = !part.matches(`section, h1, h2, h3, h4, ${READ}, ${FOLDED}`) && part.getClientRects().length;
      if (seen) slides.push([heading, part]);
    }
  }
  const bar = document.createElement("nav");
  bar.className = "book-slides-bar";
  bar.setAttribute("aria-label", "Slides");
  const button = (text, does) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", does);
    return made;
  };
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  let now = Math.min(Math.max((parseInt(place.searchParams.get("slides")) || 1) - 1, 0), slides.length - 1);

  function show(next) {
    for (const part of slides[now]) part.classList.remove("book-on");
    now = Math.min(Math.max(next, 0), slides.length - 1);
    for (const part of slides[now]) part.classList.add("book-on");
    before.disabled = now === 0;
    after.disabled = now === slides.length - 1;
    said.textContent = `${now + 1} of ${slides.length}`;
    place.searchParams.set("slides", now + 1);
    place.hash = location.hash;  // a figure keeps its setting there
    history.replaceState(history.state, "", place);
    scrollTo(0, 0);
  }
  function leave() {
    const on = slides[now].at(-1);
    document.documentElement.classList.remove("book-slides");
    bar.remove();
    removeEventListener("keydown", press);
    place.searchParams.delete("slides");
    place.hash = location.hash;
    history.replaceState(history.state, "", place);
    on.scrollIntoView({ block: "center" });
  }
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const turn = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];  // a presenter sends the first two
    const page = event.key.startsWith("Page"), typed = event.target.closest?.(TYPED) && !bar.contains(event.target);
    if (turn && (page || !typed)) { event.preventDefault(); show(now + turn); }
    else if (event.key === "Escape" && !typed) leave();
  }
  const before = button("Back", () => show(now - 1)), after = button("Next", () => show(now + 1));
  bar.append(before, said, after, button("Leave", leave));
  document.body.append(bar);
  document.documentElement.classList.add("book-slides");
  addEventListener("keydown", press);
  show(now);
})();
