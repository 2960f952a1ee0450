// What is shut is left out on paper. A reader who wants hints, solutions and answers there gets them at the chapter's end.
(() => {
  const { element } = customElements.get("nn-question") ?? {}, line = document.querySelector(".question-progress");
  if (!element || !line) return;

  // Copies of what a box holds, without names that a page has once and what can only be pressed.
  function within(box) {
    const copy = box.cloneNode(true);
    copy.querySelectorAll("summary, button").forEach(part => part.remove());
    copy.querySelectorAll("[id]").forEach(part => part.removeAttribute("id"));
    return copy.childNodes;
  }

  const exercise = part => element("section", {}, element("h3", {}, part.querySelector(".nn-label").textContent),
    ...part.hints.flatMap((hint, n) => [element("h4", {}, `Hint ${n + 1}`), ...within(hint)]),
    ...(part.solution ? [element("h4", {}, "A solution"), ...within(part.solution)] : []));

  const question = part => element("section", {}, element("h3", {}, (part.written ?? part).querySelector(".question-label").textContent),
    ...within(part.querySelector(".question-text")), ...within(part.querySelector("details")));

  // The appendix, made when it is asked for; it shows on paper only.
  function appendix() {
    const exercises = [...document.querySelectorAll(".bd-article nn-exercise")];
    const questions = [...document.querySelectorAll(".bd-article nn-question:not([data-again])")];
    const part = element("section", { class: "book-appendix" }, element("h2", {}, "Hints, solutions and answers"),
      ...exercises.map(exercise), ...questions.map(question));
    document.querySelector(".book-appendix")?.remove();  // not every browser says when it has printed
    line.parentNode.append(part);
    return part;
  }

  const print = element("button", { type: "button" }, "Print this chapter with hints, solutions and answers");
  print.addEventListener("click", () => {
    const part = appendix();
    addEventListener("afterprint", () => part.remove(), { once: true });
    window.print();
  });
  line.after(element("p", { class: "book-paper" }, print));
  window.bookPaper = appendix;                         // tools/pdf.py asks for it too
})();
