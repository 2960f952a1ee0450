// Code on a page: an exercise that can be written and checked, a cell that can be changed and run.
// This is what a page needs before anybody presses anything; what a press needs comes with it (doing.mjs, python.mjs).
(() => {
  if (customElements.get("nn-exercise")) return;
  const data = document.getElementById("nn-python");
  if (!data) return;
  const config = JSON.parse(data.textContent), here = new URL(document.currentScript.src);
  const file = name => new URL(config.folder + name, here).href;
  // Deferred scripts run in order, and all of them before this: what this one needs of the others is there.
  const loaded = new Promise(done => {
    if (document.readyState === "complete") return done();
    document.addEventListener("DOMContentLoaded", done, { once: true });
    addEventListener("load", done, { once: true });
  });

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value === true ? "" : value);
    made.append(...children);
    return made;
  };
  const size = `${config.megabytes} MB`, from = config.host || "this site";
  const filed = location.protocol === "file:" && "A page that is opened as a file starts no Python: browsers forbid it. The book’s site does, and what “make site” serves or, on a stick, “python serve.py”.";
  const told = new Set();                              // what is fetched is said at the first of each kind

  class Code extends HTMLElement {
    async connectedCallback() {
      if (this.begun) return;
      this.begun = true;
      await loaded;
      this.pre = this.querySelector(".cell_input pre");
      if (!this.pre) return;
      this.cell = this.pre.closest(".cell");
      this.label = this.named();
      this.work = new window.nnWork.Work(this.identifier, this.pre.textContent.replace(/\n$/, ""), fresh => this.redraw(fresh));
      this.build();
      this.redraw(true);
      this.classList.add("nn-awake");
    }

    // ------------------------------------------------------------------------------------------------ for tests and tools
    get code() { return this.work.code; }
    set code(text) { this.work.code = String(text); this.redraw(true); }

    // ------------------------------------------------------------------------------------------------ parts
    button(text, act, more = {}) {
      const made = element("button", { type: "button", class: "nn-button", ...more }, text);
      made.addEventListener("click", act);
      return made;
    }

    build() {
      this.place = element("div", { class: "nn-edit", hidden: true });
      this.place.addEventListener("keydown", event => { if (event.key === "/") event.stopPropagation(); });   // the site's key for its search
      this.stop = this.button("Stop", () => this.halt(), { hidden: true });
      this.edit = this.button(this.names.edit, () => this.open());
      this.reset = this.button(this.names.reset, () => this.press("again"));
      this.earlier = this.button(this.names.undo, () => this.press("back"), { hidden: true });
      this.plain = this.button("Plain text box", () => this.press("change"), { hidden: true, class: "nn-button nn-quiet" });
      this.bar = element("div", { class: "nn-bar", role: "group", "aria-label": `${this.label}: actions` },
        ...this.buttons(), this.stop, this.edit, this.reset, this.earlier, this.plain);
      this.progress = element("progress", { max: 1, hidden: true, "aria-label": "Python starts" });
      this.says = element("div", { class: "nn-verdict", role: "status" });
      this.note = element("div", { class: "nn-note" });
      this.folded = this.pre.closest("details");          // a figure's code is folded away, and what is done with it too
      const parts = [this.place, this.bar, this.note, this.progress, this.says];
      this.folded ? this.folded.append(...parts) : this.cell.after(...parts);
      this.pre.addEventListener("click", () => { if (!String(getSelection())) this.open(); });
      const kind = this.folded ? "folded" : this.localName;
      if (!told.has(kind)) {
        told.add(kind);
        this.note.append(element("p", { class: "nn-fetches" }, filed || `“${this.names.press}” starts Python in your browser. The first time, it fetches ${size} from ${from}; nothing you write leaves your browser.`));
      }
      this.hint = element("div", { class: "nn-work" });
      this.note.append(this.hint);
    }

    redraw(fresh) {                                    // what the work says: the text, the earlier ones, the starter
      const { work } = this;
      if (fresh) {
        if (this.editor) this.editor.text = work.code;
        else if (work.code !== this.pre.textContent.replace(/\n$/, "")) this.pre.textContent = work.code + "\n";
      }
      this.classList.toggle("nn-changed", work.changedByReader);
      this.reset.hidden = !work.changedByReader;
      this.earlier.hidden = !work.entry.past.length;
      this.earlier.textContent = work.changedByReader ? "Earlier text" : this.names.undo;
      this.hint.replaceChildren();
      if (work.newer || !work.kept || work.outdated) this.press("notes");
      if (work.changedByReader) foot();
    }

    tell(...content) { this.says.replaceChildren(...content); }

    // What a press does, from a file that comes with the first one.
    async press(what, ...details) {
      const doing = filed ? null : await import(file("doing.mjs")).catch(() => null);
      if (!doing) {
        const message = filed || "This needs a file of the book that could not be fetched: is this browser offline? Press again when it is not.";
        this.tell(message);
        this.refused = true;
        this.unfold?.();
        return { ok: false, kind: "unavailable", message, text: "", error: message };
      }
      if (this.refused) this.tell();
      this.refused = false;
      return doing[what](this, ...details);
    }
    open() { return this.press("open"); }
    halt() { this.halting?.(); }
  }

  customElements.define("nn-exercise", class extends Code {
    get identifier() { return this.dataset.exercise; }
    names = { press: "Check", edit: "Write", reset: "Reset", undo: "Undo reset" };
    named() { return `Exercise ${this.dataset.exercise}`; }
    go() { return this.check(); }
    check() { return this.press("check"); }

    buttons() {
      this.hints = [...this.querySelectorAll(".book-hint")];
      this.solution = this.querySelector(".book-solution");
      this.help = element("div", { class: "nn-help" });
      for (const part of [...this.hints, this.solution]) part?.remove();
      this.shown = 0;
      this.more = this.button(`Hint 1 of ${this.hints.length}`, () => this.press("hint"));
      this.answer = this.button("Solution", () => this.press("solve"));
      return [this.button("Check", () => this.check(), { class: "nn-button nn-main" }), this.more, this.answer];
    }

    build() { super.build(); this.says.after(this.help); this.ticked(); document.addEventListener("nn-questions", () => this.ticked()); }
    unfold() { this.help.append(...this.hints, ...(this.solution ? [this.solution] : [])); }   // where no press works, as the page had them

    ticked() { this.classList.toggle("nn-done", !!customElements.get("nn-question")?.store.read()[`exercise-${this.identifier}`]?.right); }
  });

  customElements.define("nn-cell", class extends Code {
    get identifier() { return `${config.page}/${this.dataset.cell}`; }
    names = { press: "Run", edit: "Edit", reset: "Back to the book’s version", undo: "Back to my version" };
    named() { return "Code cell"; }
    go() { return this.run(); }
    run() { return this.press("run"); }
    buttons() { return [this.button("Run", () => this.run(), { class: "nn-button nn-main" })]; }

    build() {
      super.build();
      this.book = this.cell.querySelector(".cell_output");
      this.output = element("div", { class: "nn-output" });
      (this.book ?? (this.folded ? this.cell : this.says)).after(this.output);   // a result stands where the book's stood
    }
  });

  // A reader who has written something here finds more at the page's end: a notebook of it, and what has lost its place.
  const lost = () => {
    const here = new Set([...document.querySelectorAll("nn-cell")].map(part => part.identifier));
    return window.nnWork.ids().filter(id => id.startsWith(`${config.page}/`) && !here.has(id));
  };
  let footed = false;
  async function foot() {
    if (footed || filed) return;
    footed = true;
    try { (await import(file("leave.mjs"))).foot(config.page, lost()); } catch { footed = false; }
  }
  loaded.then(() => { if (lost().length) foot(); });
})();
