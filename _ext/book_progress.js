// How many quick questions are answered: in the contents, at a chapter's end, and where they can be saved or erased.
(() => {
  const data = document.getElementById("question-index");
  const store = customElements.get("nn-question")?.store;
  if (!data || !store) return;
  const { page, questions } = JSON.parse(data.textContent);
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  const counts = (keys, answers) => keys.filter(key => answers[key]?.right).length;
  const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

  // The contents: a chapter shows "3/7" as soon as one of its questions is answered.
  const links = [];
  for (const [name, keys] of Object.entries(questions)) {
    const path = new URL(`${name}.html`, root).pathname;
    for (const link of document.querySelectorAll(".bd-sidebar-primary nav a[href]"))
      if (new URL(link.href).pathname === path) links.push([link, keys]);
  }
  function contents(answers) {
    for (const [link, keys] of links) {
      const n = counts(keys, answers);
      link.querySelector(".question-count")?.remove();
      if (n) link.append(element("span", { class: "question-count" },
        element("span", { "aria-hidden": "true" }, `${n}/${keys.length}${n === keys.length ? " ✓" : ""}`),
        element("span", { class: "question-unseen" }, ` (${n} of ${keys.length} questions answered)`)));
    }
  }

  function end(answers) {
    const line = document.querySelector(".question-progress");
    const keys = questions[page];
    if (!line || !keys) return;
    const left = keys.filter(key => !answers[key]?.right);
    line.hidden = false;
    line.replaceChildren(element("p", {}, left.length
      ? `Quick questions in this chapter: ${keys.length - left.length} of ${keys.length} answered. `
      : `All ${keys.length} quick questions of this chapter are answered. ✓`));
    if (left.length && left.length < keys.length) {
      line.firstChild.append("Still open: ");
      left.forEach((key, place) => line.firstChild.append(place ? ", " : "",
        element("a", { href: `#question-${key}` }, `question ${keys.indexOf(key) + 1}`)));
      line.firstChild.append(".");
    }
  }

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
      const text = JSON.stringify({ format: "nnlib quick questions", version: store.version, answers: store.read() }, null, 1);
      const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      element("a", { href: address, download: "quick-questions.json" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
      tell("Saved as quick-questions.json.");
    });
    open.addEventListener("change", async () => {
      const [file] = open.files;
      if (!file) return;
      let loaded;
      try {
        loaded = JSON.parse(await file.text());
        if (loaded.format !== "nnlib quick questions" || loaded.version !== store.version) throw 0;
      } catch {
        open.value = "";
        return tell(`${file.name} is not a file saved here; nothing was changed.`);
      }
      const answers = store.read(), more = store.tidy(loaded.answers);
      for (const [key, value] of Object.entries(more))
        if (!answers[key]?.right) answers[key] = value;
      store.write(answers);
      open.value = "";
      tell(`Loaded ${plural(Object.values(more).filter(answer => answer.right).length, "answered question")}; what was here is kept too.`);
    });
    let sure = false;
    const calm = () => { sure = false; erase.textContent = "Erase"; };
    erase.addEventListener("click", () => {
      if (!Object.keys(store.read()).length) return tell("There is nothing to erase.");
      if (!sure) {
        sure = true;
        erase.textContent = "Erase for good";
        return tell("Press again to erase. It cannot be undone.");
      }
      store.clear();
      calm();
      tell("Erased: this browser keeps no answers any more.");
    });
    erase.addEventListener("blur", calm);
  }
  const tell = text => { status.textContent = text; };
  function total(answers) {
    if (!box) return;
    const all = Object.values(questions).flat();
    sum.textContent = `Answered so far: ${counts(all, answers)} of ${plural(all.length, "question")}.`;
  }

  const show = () => { const answers = store.read(); contents(answers); end(answers); total(answers); };
  document.addEventListener("nn-questions", show);
  show();
})();
