// A quick question answers at once: its static list becomes a form, and what was answered stays in this browser.
(() => {
  if (customElements.get("nn-question")) return;

  // What was answered: {"some-id": {tries: 2, right: true, missed: true}}; `missed` until it is answered right somewhere else
  // than in its place. Storage may be off; then it lasts as long as the page.
  // A first edition wrote "01_neuron/some-id"; an id is the same wherever its question moves, so only that is kept.
  // A site's answers have the site's path in their key; a notebook's, and those of earlier editions, are plain STORE.
  const PLAIN = "nnlib.questions", VERSION = 1, root = document.documentElement.dataset.content_root;
  const STORE = root === undefined ? PLAIN : `${PLAIN} ${new URL(root, location.href).pathname}`;
  let memory = {};
  const entry = (tries, right, missed) =>
    ({ tries: Math.max(1, Math.trunc(tries) || 1), right, ...(missed && { missed }) });
  const tidy = answers => {
    const kept = {};
    for (const [key, value] of Object.entries(answers ?? {})) {
      const id = key.replace(/^[\w-]+\//, "");
      if (/^[\w-]+$/.test(id) && value && typeof value === "object" && !kept[id]?.right)
        kept[id] = entry(+value.tries, value.right === true, value.missed === true);
    }
    return kept;
  };
  // What a later edition has written stays, until all is erased: answers given here then last as long as the page.
  const newer = saved => saved?.version > VERSION;
  const store = {
    version: VERSION,
    tidy,
    read() {
      let text;
      try { text = localStorage.getItem(STORE) ?? localStorage.getItem(PLAIN); } catch { return memory; }
      try {
        const saved = JSON.parse(text);
        return saved?.version === VERSION ? tidy(saved.answers) : text === null || newer(saved) ? memory : {};
      } catch { return {}; }
    },
    write(answers) {
      memory = answers;                                              // and whether this browser keeps them beyond the page
      let kept = false;
      try {
        let there = null;
        try { there = JSON.parse(localStorage.getItem(STORE)); } catch (error) { if (!(error instanceof SyntaxError)) throw error; }
        if (!newer(there)) {
          localStorage.setItem(STORE, JSON.stringify({ version: VERSION, answers }));
          kept = true;
        }
      } catch { /* kept in memory */ }
      document.dispatchEvent(new CustomEvent("nn-questions"));
      return kept;
    },
    clear() {
      memory = {};
      try { [STORE, PLAIN].forEach(key => localStorage.removeItem(key)); } catch { /* nothing was kept */ }
      document.dispatchEvent(new CustomEvent("nn-questions"));
    },
  };
  addEventListener("storage", event => {
    if (event.key === STORE || event.key === null) document.dispatchEvent(new CustomEvent("nn-questions"));
  });

  // Every number that a reader may mean: "1,234" is read both as 1234 and as 1.234. An empty list: not a number.
  const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  function decimals(text) {
    const ways = new Set();
    if (!/,/.test(text)) ways.add(text);
    if (/^[^,]*,[^,]*$/.test(text) && !/\./.test(text)) ways.add(text.replace(",", "."));
    if (/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text)) ways.add(text.replaceAll(",", ""));
    if (/^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/.test(text)) ways.add(text.replaceAll(".", "").replace(",", "."));
    return [...ways].filter(way => DECIMAL.test(way)).map(Number).filter(Number.isFinite);
  }
  function numbers(typed) {
    if (/\d\s*[¼-¾⅐-⅞]/.test(typed)) return [];                      // "1½", of which the next line would make 11/2
    let text = typed
      .replace(/[⁺⁻⁰¹²³⁴-⁹]+/g, "^$&").normalize("NFKC")            // 10⁻⁴ is 10^-4, ½ is 1⁄2
      .replace(/[\u2010-\u2015\u2212]/g, "-").replace(/\u2044/g, "/").trim()
      .replace(/^[\p{L}]?\s*[=≈]\s*/u, "")                            // "z = -0.5"
      .replace(/(\d)[\s'’_](?=\d{3}(?!\d))/g, "$1")                   // 13 002
      .replace(/\s*([-+/^%×x·⋅*])\s*/gi, "$1")
      .replace(/[×x·⋅*]10\^([+-]?\d+)$/i, "e$1").replace(/^([+-]?)10\^([+-]?\d+)$/, "$11e$2");
    const percent = text.endsWith("%");
    if (percent) text = text.slice(0, -1);
    const [above, below, ...more] = text.split("/");
    if (more.length) return [];
    let found = decimals(above);
    if (below !== undefined)
      found = found.flatMap(a => decimals(below).filter(b => b !== 0).map(b => a / b));
    return percent ? found.flatMap(value => [value / 100, value]) : found;
  }
  const close = (values, target, tolerance) =>
    values.some(value => Math.abs(value - target) <= tolerance + 1e-9 * (tolerance + Math.abs(target)));

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  function onlyMaths(node) {
    const words = node.cloneNode(true);
    words.querySelectorAll(".katex").forEach(found => found.remove());
    return words.textContent.trim() ? "" : node.querySelector("semantics > :first-child")?.textContent ?? "";
  }
  const near = window.nnNear ?? ((question, act) => act());             // a page may say when a reader is near
  const copy = node => [...node.childNodes].map(child => child.cloneNode(true));
  let made = 0;

  class Question extends HTMLElement {
    static store = store;
    static numbers = numbers;
    static element = element;
    static plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

    connectedCallback() {
      if (this.form) return;
      const build = () => near(this, () => this.build());
      if (document.readyState === "loading")                          // its children are not there yet
        document.addEventListener("DOMContentLoaded", build, { once: true });
      else build();
    }

    build() {
      const details = this.querySelector("details"), text = this.querySelector(".question-text");
      if (this.form || !details || !text) return;
      this.written = this.cloneNode(true);                            // as it was, for `again`
      this.kind = this.dataset.kind;
      this.name = `nn-question-${++made}`;
      this.details = details;
      this.replies = [...details.querySelectorAll(".question-feedback > li")];
      const label = this.querySelector(".question-label"), options = this.querySelector(".question-options");
      const legend = element("legend", { class: "question-label", id: `${this.name}-label` }, ...copy(label));
      this.done = element("span", { class: "question-done" });
      legend.append(this.done);
      text.id = `${this.name}-text`;
      // Named by the label and the whole question, so that a screen reader says it on entering the group.
      this.form = element("form", { novalidate: "" }, this.group = element("fieldset",
        { "aria-labelledby": `${legend.id} ${text.id}` }, legend, text));
      if (this.kind === "several") this.group.append(
        element("p", { class: "question-note" }, "More than one may be right."));
      if (this.kind === "number") this.number();
      else if (this.kind === "order") this.order(options);
      else this.choice(options);
      const button = element("button", { type: "button", class: "question-check" }, "Check");
      button.addEventListener("click", () => this.check());          // no submitting: a page in a frame may not be allowed to
      this.group.append(element("p", { class: "question-actions" }, button));
      this.status = element("div", { class: "question-status", role: "status" });
      this.why = element("div", { class: "question-why-box" });
      label.remove();
      this.form.append(this.status, this.why);
      this.prepend(this.form);
      details.hidden = true;
      details.querySelector("summary").textContent = "Show the answer";
      this.form.addEventListener("submit", event => event.preventDefault());
      this.form.addEventListener("keydown", event => {
        if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
        event.preventDefault();
        this.check();
      });
      this.form.addEventListener("input", () => this.forget());
      document.addEventListener("nn-questions", () => this.mark());
      // Without this JupyterLab takes a key for its own: two times "d" on a radio button would delete the cell.
      for (const control of this.querySelectorAll("input, button, summary"))
        control.setAttribute("data-lm-suppress-shortcuts", "true");
      this.mark();
      setTimeout(() => this.untypeset(), 2500);
    }

    // The same question, unanswered, for another place: it says which in `data-again`.
    again(where) {
      const copied = (this.written ?? this).cloneNode(true);
      copied.removeAttribute("id");
      copied.dataset.again = where;
      return copied;
    }

    choice(options) {
      const type = this.kind === "one" ? "radio" : "checkbox";
      this.inputs = [...options.children].map((item, place) => {
        const input = element("input", { type, name: this.name, value: place });
        const content = element("span", { class: "question-option" }, ...item.childNodes);
        const formula = onlyMaths(content);                           // some screen readers find no words in MathML
        if (formula) input.setAttribute("aria-label", formula);
        item.append(element("label", {}, input, content), element("span", { class: "question-verdict" }));
        return input;
      });
      this.group.append(options);
    }

    number() {
      this.input = element("input", { type: "text", id: `${this.name}-input`, autocomplete: "off", autocapitalize: "off",
        spellcheck: "false" });
      this.group.append(element("p", { class: "question-number" },
        element("label", { for: this.input.id }, "Your answer"), this.input));
    }

    order(options) {
      const list = this.list = element("ol", { class: "question-options question-order" }, ...options.children);
      [...list.children].forEach((item, place) => {
        const id = `${this.name}-step-${place}`;
        item.style.setProperty("--printed", place);                   // on paper: as it was at first
        const content = element("span", { class: "question-option", id }, ...item.childNodes);
        const buttons = [["up", "↑"], ["down", "↓"]].map(([way, arrow]) => {
          const button = element("button", { type: "button", class: "question-move", id: `${id}-${way}`,
            "aria-label": `Move ${way}`, "aria-labelledby": `${id}-${way} ${id}`, title: `Move ${way}` }, arrow);
          button.addEventListener("click", () => this.move(item, way, button));
          return button;
        });
        item.append(content, element("span", { class: "question-moves" }, ...buttons));
      });
      options.remove();
      this.group.append(list);
      this.moved = element("span", { class: "question-unseen", "aria-live": "polite" });
      this.group.append(this.moved);
      this.ends();
    }

    move(item, way, button) {
      const other = way === "up" ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      way === "up" ? other.before(item) : other.after(item);
      button.focus();                                                 // moving a node drops its focus
      this.ends();
      const steps = [...this.list.children];
      this.moved.textContent = `Now step ${steps.indexOf(item) + 1} of ${steps.length}.`;
      this.forget();
    }

    ends() {                                                          // not `disabled`, which would lose the focus
      for (const item of this.list.children) {
        const [up, down] = item.querySelectorAll("button");
        up.setAttribute("aria-disabled", String(!item.previousElementSibling));
        down.setAttribute("aria-disabled", String(!item.nextElementSibling));
      }
    }

    check() {
      this.forget();
      const verdict = { one: "judgeChoice", several: "judgeChoice", number: "judgeNumber", order: "judgeOrder" }[this.kind];
      const { right, said, replies, slip } = this[verdict]();
      this.say(right, said, replies);
      if (slip) return;                                               // nothing chosen, or not a number: no try
      const answers = store.read(), key = this.dataset.key, before = answers[key];
      const { again } = this.dataset;
      answers[key] = entry(before?.right ? before.tries : (before?.tries ?? 0) + 1, right || !!before?.right,
        again ? !right && before?.missed : !right || before?.missed);
      store.write(answers);
      this.details.hidden = false;
      this.dispatchEvent(new CustomEvent("nn-answer", { bubbles: true, detail: { key, right, again } }));
    }

    judgeChoice() {
      const chosen = this.inputs.map((input, place) => place).filter(place => this.inputs[place].checked);
      if (!chosen.length) return { slip: true, said: "Choose an answer first." };
      const right = place => "right" in this.replies[place].dataset;
      const missing = this.replies.filter((_, place) => right(place) && !chosen.includes(place)).length;
      const good = chosen.every(right) && !missing;
      for (const place of chosen) {
        const item = this.inputs[place].closest("li");
        item.dataset.verdict = right(place) ? "right" : "wrong";
        item.querySelector(".question-verdict").textContent = right(place) ? "✓ right" : "✗ not this one";
      }
      if (this.kind === "one")
        return { right: good, said: good ? "Right." : "Not this one.", replies: [this.replies[chosen[0]]] };
      const wrong = chosen.filter(place => !right(place)).length, all = chosen.length;
      const odd = all === 1 ? "This one does not belong." : wrong === all ? `None of your ${all} belongs.`
        : `${wrong} of your ${all} ${wrong === 1 ? "does" : "do"} not belong.`;
      const said = good ? "Right, and complete." : !wrong ? "Not complete: what you chose is right, but something is missing."
        : missing ? `${odd} Something is missing too.` : odd;
      return { right: good, said, replies: chosen.map(place => this.replies[place]) };
    }

    judgeNumber() {
      const typed = this.input.value.trim();
      if (!typed) return { slip: true, said: "Type a number first." };
      const values = numbers(typed);
      if (!values.length) {
        this.input.setAttribute("aria-invalid", "true");
        return { slip: true, said: `“${typed}” could not be read as a number. Write it like −0.5, 1/3 or 2e−4.` };
      }
      const found = this.replies.find(({ dataset: { value, tolerance } }) => value !== undefined
        && close(values, +value, +tolerance)) ?? this.replies.at(-1);
      const right = "right" in found.dataset;
      return { right, said: right ? "Right." : "Not this number.", replies: [found] };
    }

    judgeOrder() {
      const items = [...this.list.children];
      const place = items.findIndex((item, index) => +item.dataset.place !== index);
      if (place < 0) return { right: true, said: "Right, every step is in its place." };
      const first = place === 1 ? "The first step is" : `The first ${place} steps are`;
      const good = place === 0 ? "The first step is not in its place yet." : `${first} in place; step ${place + 1} is not.`;
      return { right: false, said: good, replies: [this.replies[+items[place].dataset.place]] };
    }

    // The verdict goes into a region that was there before, so that a screen reader announces it.
    say(right, said, replies = []) {
      const kind = right ? "right" : replies.length ? "wrong" : "slip";
      const mark = { right: "✓ ", wrong: "✗ ", slip: "" };
      this.status.dataset.verdict = kind;
      const why = reply => copy(reply.querySelector(".question-why"));
      const quoted = reply => [element("strong", {}, ...copy(reply.querySelector(".question-said"))), ": ", ...why(reply)];
      const line = element("p", {}, element("strong", {}, mark[kind] + said));
      this.status.append(line);
      if (this.kind === "several" && replies.length)
        this.status.append(element("ul", { class: "question-said-list" }, ...replies.map(reply =>
          element("li", {}, mark["right" in reply.dataset ? "right" : "wrong"], ...quoted(reply)))));
      else if (this.kind === "order" && replies.length)
        this.status.append(element("p", {}, ...quoted(replies[0])));
      else if (replies.length) line.append(" ", ...why(replies[0]));
      if (right) this.why.append(...copy(this.details.querySelector(".question-explanation")));
    }

    forget() {                                                        // a verdict is about what was checked, not what is typed now
      this.status.replaceChildren();
      this.why.replaceChildren();
      delete this.status.dataset.verdict;
      this.input?.removeAttribute("aria-invalid");
      for (const item of this.querySelectorAll("li[data-verdict]")) {
        delete item.dataset.verdict;
        item.querySelector(".question-verdict").textContent = "";
      }
    }

    mark() {
      this.done.textContent = !this.dataset.again && store.read()[this.dataset.key]?.right ? " · ✓ answered" : "";
    }

    untypeset() {                                                     // VS Code and Colab leave $…$ as it is
      for (const maths of this.querySelectorAll(".question-maths"))
        if (maths.textContent.startsWith("$")) maths.textContent = maths.dataset.plain;
    }
  }
  customElements.define("nn-question", Question);
})();
