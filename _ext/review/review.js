// Review: a question that was answered in a chapter comes back after days, on this page, at most ten at a sitting.
(() => {
  const DAY = 864e5, MOST = 10;
  const box = document.querySelector(".review");
  const { store, element, plural } = customElements.get("nn-question");
  const { day, log, note } = nnReviewed;
  const { questions } = JSON.parse(document.getElementById("question-index").textContent);
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const schedule = FSRS.fsrs({ request_retention: 0.9, enable_short_term: false, enable_fuzz: false });

  // ------------------------------------------------------------------------------------------------ days
  const number = text => Date.parse(text) / DAY, text = number => new Date(number * DAY).toISOString().slice(0, 10);
  const today = () => number(day());
  function named(date) {
    const far = date - today() > 300;
    return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", ...(far && { year: "numeric" }) })
      .format(new Date(date * DAY));
  }
  function when(date) {
    const days = date - today();
    return days <= 0 ? "today" : days === 1 ? "tomorrow" : `on ${named(date)}, in ${days} days`;
  }

  // ------------------------------------------------------------------------------------------------ what is due
  // {question: {day: right}}. Two tabs or two files may each have a part: a day on which it was missed once is a day missed.
  function history() {
    const days = {};
    for (const [id, date, right] of log()) {
      const of = days[id] ??= {};
      of[number(date)] = right && (of[number(date)] ?? true);
    }
    return days;
  }

  // The day a question comes back, worked out anew from all its days: nothing but the log is kept.
  function due(days) {
    const reviews = Object.entries(days).map(([at, right]) => [+at, right]).sort(([a], [b]) => a - b);
    let card = FSRS.createEmptyCard(new Date(reviews[0][0] * DAY));
    for (const [at, right] of reviews)
      ({ card } = schedule.next(card, new Date(at * DAY), right ? FSRS.Rating.Good : FSRS.Rating.Again));
    return Math.round(card.due.getTime() / DAY);
  }

  // Every question that was answered, with its day; one answered before days were noted is due at once.
  function plan() {
    const answers = store.read(), days = history();
    return Object.entries(questions).flatMap(([page, ids]) => ids
      .filter(id => id in days || id in answers)
      .map(id => ({ id, page, due: id in days ? due(days[id]) : today() })));
  }
  const open = cards => cards.filter(card => card.due <= today());

  // The longest due first, and one chapter after the other in turn.
  function mixed(cards) {
    const before = {};                                   // how many of a chapter stand before
    return cards.sort((a, b) => a.due - b.due)
      .map(card => ({ card, turn: before[card.page] = (before[card.page] ?? -1) + 1 }))
      .sort((a, b) => a.turn - b.turn).map(({ card }) => card);
  }

  // ------------------------------------------------------------------------------------------------ outside a sitting
  const said = element("p", { role: "status" }), told = element("p", { role: "status" });
  const begin = element("button", { type: "button", class: "review-main" }), remind = element("button", { type: "button" });
  const actions = element("p", { class: "review-actions" }, begin, remind), sitting = element("div");
  box.append(said, actions, told, sitting);
  let sat = null;                                        // the sitting: {queue, done, right}

  const newer = () => !!nnWork.read(nnWork.REVIEWED)?.newer;

  function state(cards) {
    const waiting = open(cards), later = cards.filter(card => card.due > today()), next = Math.min(...later.map(card => card.due));
    if (!nnWork.lasts()) return "This browser keeps nothing for this page, so no question can come back.";
    if (newer()) return "What this browser keeps was written by a newer edition of the book. Reload the page to get that edition.";
    if (!cards.length) return "Nothing is due: you have not answered a question of the book in this browser yet.";
    if (!waiting.length) return "Nothing is due today. " + (later.length === 1 ? `One question will come back, ${when(next)}.`
      : `${later.length} questions will come back, the next ${when(next)}.`);
    const enough = waiting.length > MOST ? ` ${MOST} of them make a sitting.` : "";
    return `${plural(waiting.length, "question")} ${waiting.length === 1 ? "is" : "are"} due today.${enough}`
      + (later.length ? ` After that the next is due ${when(next)}.` : "");
  }

  function rest(first = "") {
    if (sat) return;
    const cards = newer() ? [] : plan(), waiting = open(cards), reminder = remindedOn(cards);
    said.textContent = [first, state(cards)].join(" ").trim();
    if (nnWork.lasts() && !newer() && !cards.length)
      said.append(" ", element("a", { href: new URL(`${Object.keys(questions)[0]}.html`, root) }, "To the first chapter"));
    begin.textContent = first ? "Begin another sitting" : "Begin";
    begin.hidden = !waiting.length;
    remind.hidden = !reminder;
    if (reminder) remind.textContent = `Calendar reminder for ${named(reminder)}`;
    actions.hidden = begin.hidden && remind.hidden;
  }

  // The next day on which something is due; if all of it is due already, tomorrow.
  function remindedOn(cards) {
    const later = cards.map(card => card.due).filter(date => date > today());
    return later.length ? Math.min(...later) : cards.length ? today() + 1 : 0;
  }

  remind.addEventListener("click", () => {
    const cards = plan(), date = remindedOn(cards), n = cards.filter(card => card.due <= date).length;
    const name = `review-${text(date)}.ics`;
    const address = location.protocol.startsWith("http") ? location.href.split("#")[0] : "";
    const file = nnReminder({ day: text(date), title: `Review: ${plural(n, "question")} of “${box.dataset.book}”`, address,
      text: `${plural(n, "question")} will be due on the book's Review page, in the browser that you read it with.` });
    const link = URL.createObjectURL(new Blob([file], { type: "text/calendar" }));
    element("a", { href: link, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(link), 10000);
    told.textContent = `Saved as ${name}. Open it, and your calendar will remind you on ${named(date)}.`;
  });

  // ------------------------------------------------------------------------------------------------ a sitting
  let coming = null;
  function content() {                                   // all questions, as their chapters show them: one file, fetched once
    coming ??= new Promise((done, failed) => {
      const script = element("script", { src: new URL(box.dataset.questions, root) });
      script.onload = () => done(window.nnQuestions);
      script.onerror = () => { coming = null; script.remove(); failed(new Error("not fetched")); };
      document.head.append(script);
    });
    return coming;
  }

  begin.addEventListener("click", async () => {
    told.textContent = "The questions are on their way.";
    try {
      await content();
      sat = { queue: mixed(open(plan())).slice(0, MOST), done: 0, right: 0 };
      actions.hidden = true;
      said.textContent = told.textContent = "";
      await ask();
    } catch {
      told.textContent = "The questions could not be fetched. Is the network there? Press Begin to try again.";
    }
  });

  // The next question that is still due: another tab may have asked it meanwhile.
  async function ask() {
    const { chapters, questions } = await content(), still = new Set(open(plan()).map(card => card.id));
    sat.queue = sat.queue.filter(card => still.has(card.id) && card.id in questions);
    if (!sat.queue.length) return close();
    const [{ id, page }] = sat.queue;
    const source = element("a", { href: new URL(`${page}.html#question-${id}`, root) }, chapters[page]);
    const place = element("p", { class: "review-place", tabindex: "-1" },
      element("strong", {}, `Question ${sat.done + 1} of ${sat.done + sat.queue.length}`), ", from ", source);
    const holder = document.createElement("template");
    holder.innerHTML = questions[id];
    const question = holder.content.firstElementChild;
    question.removeAttribute("id");
    question.dataset.again = "review";
    const pass = element("button", { type: "button" }, "I don’t know"), next = element("button", { type: "button", class: "review-main", hidden: "" }, "Next question");
    const after = element("p", { role: "status" });

    function answered(right) {                           // only the first answer counts; what follows is for the reader
      if (!next.hidden) return;
      note(id, right, "review");
      sat.done += 1;
      sat.right += right;
      pass.hidden = true;
      after.append(`It comes back ${when(due(history()[id]))}.`);
      sat.queue.shift();
      next.textContent = sat.queue.length ? "Next question" : "Done";
      next.hidden = false;
    }
    question.addEventListener("nn-answer", ({ detail: { right } }) => answered(right));
    pass.addEventListener("click", () => {
      question.details.hidden = false;
      question.details.open = true;
      question.querySelector(".question-check").hidden = true;   // the answer stands there: nothing is left to check
      answered(false);
      next.focus();
    });
    next.addEventListener("click", ask);
    sitting.replaceChildren(place, question, after, element("p", { class: "review-actions" }, pass, next));
    place.focus();
  }

  function close() {
    const { done, right } = sat;
    sat = null;
    sitting.replaceChildren();
    rest(done ? `That was a sitting of ${plural(done, "question")}, ${right} answered right at once.` : "");
    said.tabIndex = -1;
    said.focus();
  }

  for (const event of ["nn-questions", "nn-reviewed", "visibilitychange"]) document.addEventListener(event, () => rest());
  for (const event of ["storage", "pageshow"]) addEventListener(event, () => rest());
  rest();
})();
