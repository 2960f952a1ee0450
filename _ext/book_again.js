// A question that was missed comes back at the end of its page, and what is answered is noted, day by day, for Review.
(() => {
  const Question = customElements.get("nn-question");
  if (!Question || !window.nnWork) return;
  const { store, element } = Question;

  // Days are the reader's own, as text: "2026-03-05". A log: [[question, day, right], …].
  const day = (date = new Date()) => [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("-");
  const log = () => nnWork.items(nnWork.REVIEWED);

  // In a chapter only the first answer counts, since the text that tells it stands beside; in Review the first of each day.
  function note(key, right, again) {
    const before = log().filter(([id]) => id === key), today = day();
    if (again === "review" ? before.some(([, date]) => date === today) : before.length) return;
    nnWork.add(nnWork.REVIEWED, [key, today, right]);
    document.dispatchEvent(new CustomEvent("nn-reviewed"));
  }
  document.addEventListener("nn-answer", ({ detail: { key, right, again } }) => note(key, right, again));
  window.nnReviewed = { day, log, note };

  const end = document.querySelector(".question-progress"), asked = [...document.querySelectorAll(".bd-article nn-question")];
  if (!end || !asked.length) return;
  const heading = element("summary"), place = element("div"), box = element("details", { class: "question-again" }, heading, place);
  const next = element("button", { type: "button", class: "question-next" }, "The next one");
  let current = null, solved = false;

  const missed = () => { const answers = store.read(); return asked.filter(question => answers[question.dataset.key]?.missed); };
  function show() {
    const left = missed(), n = left.length;
    const those = n === 1 ? "one question" : `${n} questions`;
    heading.textContent = n ? `Once more: ${those} of this page that you missed` : "Once more: that was the last one";
    if (!n && !current) box.remove();
    else if (!box.isConnected) end.before(box);
    next.hidden = !(solved && n);
  }
  function ask() {
    const [first] = missed();
    current = first?.again("end") ?? null;
    solved = false;
    place.replaceChildren(...(current ? [current, next] : []));
    show();
  }
  box.addEventListener("toggle", () => {
    if (!box.open) { current = null; solved = false; place.replaceChildren(); show(); }
    else if (!current) ask();
  });
  next.addEventListener("click", () => { ask(); current?.querySelector("input, button").focus(); });
  place.addEventListener("nn-answer", ({ detail: { right } }) => { solved ||= right; show(); });
  document.addEventListener("nn-questions", show);
  show();
})();
