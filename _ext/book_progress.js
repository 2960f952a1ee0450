// How many questions and exercises are done: in the contents, at a chapter's end, and where all of it can be saved or erased.
(() => {
  const data = document.getElementById("question-index");
  const { store, element, plural } = customElements.get("nn-question") ?? {};
  if (!data || !store) return;
  const { page, questions, exercises, review } = JSON.parse(data.textContent);
  const solved = id => `exercise-${id}`;                // an exercise is kept beside the questions, under this name
  const all = {};                                       // {page: [key, …]}
  for (const name of new Set([...Object.keys(questions), ...Object.keys(exercises)]))
    all[name] = [...(questions[name] ?? []), ...(exercises[name] ?? []).map(solved)];
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);

  const counts = (keys, answers) => keys.filter(key => answers[key]?.right).length;

  // The contents: a chapter shows "3/12" as soon as one of its questions or exercises is done.
  const links = [];
  for (const [name, keys] of Object.entries(all)) {
    const path = new URL(`${name}.html`, root).pathname;
    for (const link of document.querySelectorAll(".bd-sidebar-primary nav a[href]"))
      if (new URL(link.href).pathname === path && !link.hash) links.push([link, keys]);  // its sections stand there, too
  }
  function contents(answers) {
    for (const [link, keys] of links) {
      const n = counts(keys, answers);
      link.querySelector(".question-count")?.remove();
      if (n) link.append(element("span", { class: "question-count" },
        element("span", { "aria-hidden": "true" }, `${n}/${keys.length}${n === keys.length ? " ✓" : ""}`),
        element("span", { class: "question-unseen" }, ` (${n} of ${keys.length} questions and exercises done)`)));
    }
  }

  // Where one was: a chapter says so when it is left, and the front page leads back there.
  const PLACE = `nn-place:${root.pathname}`;
  if (all[page]) addEventListener("pagehide", () => {
    const seen = [...document.querySelectorAll(".bd-article section[id]")]
      .filter(part => nnNear.laidOut(part) && part.getBoundingClientRect().top < innerHeight / 3).pop();
    const heading = document.querySelector(".bd-article h1")?.cloneNode(true);
    heading?.querySelector(".headerlink")?.remove();
    const title = heading?.textContent.trim();
    try { localStorage.setItem(PLACE, JSON.stringify({ page, part: scrollY > 400 ? seen?.id : "", title })); } catch { /* then it begins anew */ }
  });
  const start = document.querySelector("a.book-start");
  if (start) try {
    const { page: last, part, title } = JSON.parse(localStorage.getItem(PLACE)) ?? {};
    if (all[last] && title) {
      start.href = new URL(`${last}.html` + (part ? `#${encodeURIComponent(part)}` : ""), root);
      start.textContent = `Go on: ${title}`;
    }
  } catch { /* what was kept is no place */ }

  // Below a chapter's title: what the reader has done of it.
  function opening(answers) {
    const state = document.querySelector(".book-state"), n = counts(all[page] ?? [], answers);
    if (!state) return;
    state.hidden = !n;
    state.textContent = n === all[page]?.length ? "all done ✓" : `${n} of ${all[page]?.length} done`;
  }

  function end(answers) {
    const line = document.querySelector(".question-progress");
    if (!line) return;
    line.hidden = false;
    line.replaceChildren(
      ...sentence(questions[page] ?? [], answers, "quick question", "answered", (key, n) => element("a", { href: `#question-${key}` }, `question ${n + 1}`)),
      ...sentence((exercises[page] ?? []).map(solved), answers, "exercise", "solved", key => element("a", { href: `#${key}` }, key.slice(9))),
      ...(review && questions[page]?.some(key => answers[key]) ? [element("p", {}, "What you have answered comes back after days, on the page ",
        element("a", { href: new URL(`${review}.html`, root) }, "Review"), ".")] : []));
  }

  function sentence(keys, answers, word, verb, link) {
    if (!keys.length) return [];
    const left = keys.filter(key => !answers[key]?.right), line = element("p");
    line.append(left.length ? `${word[0].toUpperCase()}${word.slice(1)}s of this chapter: ${keys.length - left.length} of ${keys.length} ${verb}. `
      : `All ${plural(keys.length, word)} of this chapter are ${verb}. ✓`);
    if (left.length && left.length < keys.length) {
      line.append("Still open: ");
      left.forEach((key, place) => line.append(place ? ", " : "", link(key, keys.indexOf(key))));
      line.append(".");
    }
    return [line];
  }

  // What is kept besides answers: texts of code, the digits that the reader has drawn, and what Review goes by.
  const listed = (id, work) => nnWork.items(id, work[id]?.code).length;
  const drawn = work => listed(nnWork.DRAWN, work);
  const written = work => new Intl.ListFormat("en-GB").format([
    `${plural(Object.keys(work).filter(id => !nnWork.isList(id)).length, "text")} of code`,
    ...(drawn(work) ? [`${plural(drawn(work), "digit")} of your own`] : []),
    ...(listed(nnWork.REVIEWED, work) ? [`${plural(listed(nnWork.REVIEWED, work), "date")} for Review`] : [])]);
  const kept = () => Object.fromEntries(nnWork.ids().map(id => [id, nnWork.read(id)]).filter(([, entry]) => entry && !entry.newer));

  const FORMAT = "weights and biases: a reader's work";
  const box = document.querySelector(".question-store");
  let sum, save, erase, status;
  if (box) {
    box.querySelector(".question-store-off")?.remove();
    sum = element("p");
    save = element("button", { type: "button" }, "Save to a file");
    const open = element("input", { type: "file", accept: ".json,application/json", id: "question-file" });
    erase = element("button", { type: "button" }, "Erase");
    status = element("p", { role: "status" });
    box.append(sum, element("div", { class: "question-store-controls" }, save,
      element("span", { class: "question-store-file" }, element("label", { for: open.id }, "Load from a file"), open), erase),
      status);
    save.addEventListener("click", () => {
      const work = kept();
      const text = JSON.stringify({ format: FORMAT, version: 2, answers: store.read(), work }, null, 1);
      const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      element("a", { href: address, download: "weights-and-biases.json" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
      tell(`Saved as weights-and-biases.json: ${plural(Object.values(store.read()).filter(answer => answer.right).length, "answer")}, ${written(work)}.`);
    });
    open.addEventListener("change", async () => {
      const [file] = open.files;
      if (!file) return;
      let loaded;
      try {
        loaded = JSON.parse(await file.text());
        const known = loaded.format === FORMAT && loaded.version === 2 || loaded.format === "nnlib quick questions" && loaded.version === 1;
        if (!known) throw 0;
      } catch {
        open.value = "";
        return tell(`${file.name} is not a file saved here; nothing was changed.`);
      }
      const answers = store.read(), here = new Set(Object.values(all).flat());
      const more = Object.fromEntries(Object.entries(store.tidy(loaded.answers)).filter(([key]) => here.has(key)));
      for (const [key, value] of Object.entries(more))
        if (!answers[key]?.right) answers[key] = value;
      const merged = nnWork.merge(loaded.work);
      const held = store.write(answers);                 // after it the page tells what is here now
      open.value = "";
      const done = plural(Object.values(more).filter(answer => answer.right).length, "answer");
      tell(`Loaded ${done} and ${plural(merged.texts, "text")} of code; what was here is kept too.`
        + (drawn(loaded.work ?? {}) ? ` With your own digits there are ${drawn(kept())} now.` : "")
        + (listed(nnWork.REVIEWED, loaded.work ?? {}) ? ` Review goes by ${plural(listed(nnWork.REVIEWED, kept()), "date")} now.` : "")
        + (merged.kept && held ? "" : " This browser does not keep all of it beyond this page."));
    });
    let sure = false;
    const calm = () => { sure = false; erase.textContent = "Erase"; };
    erase.addEventListener("click", () => {
      if (!Object.keys(store.read()).length && !nnWork.ids().length) return tell("There is nothing to erase.");
      if (!sure) {
        sure = true;
        erase.textContent = "Erase for good";
        return tell("Press again to erase all answers with their dates, all code and all digits you have drawn. It cannot be undone; “Save to a file” keeps a copy.");
      }
      nnWork.ids().forEach(nnWork.remove);
      store.clear();
      calm();
      tell("Erased: this browser keeps nothing of yours any more.");
    });
    erase.addEventListener("blur", calm);
  }
  const tell = text => { status.textContent = text; };
  function total(answers) {
    if (!box) return;
    const asked = Object.values(questions).flat(), tasks = Object.values(exercises).flat().map(solved);
    sum.textContent = `Done so far: ${counts(asked, answers)} of ${plural(asked.length, "question")}, `
      + `${counts(tasks, answers)} of ${plural(tasks.length, "exercise")}. Kept: ${written(kept())}.`;
  }

  const show = () => { const answers = store.read(); contents(answers); opening(answers); end(answers); total(answers); };
  document.addEventListener("nn-questions", show);
  show();
})();
