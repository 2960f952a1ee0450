// A field to draw a digit in: the picture that a network sees of it, ten bars, and a tally of right and wrong.
// The network and the recipe come with the first touch (reader.js); until then an example stands in the field.
(() => {
  if (customElements.get("nn-draw")) return;
  const FINE = 1024, STEP = FINE / 16, SVG = "http://www.w3.org/2000/svg";
  const here = document.currentScript?.src;
  const percent = share => `${Math.round(100 * share)} %`;

  // ------------------------------------------------------------------------------------------ what comes with the first touch
  let coming = null;
  function reader() {
    if (globalThis.nnDigits?.layers) return Promise.resolve(prepared());
    coming ??= new Promise((done, refuse) => {
      const script = document.createElement("script");
      script.src = new URL(document.querySelector("nn-draw[data-reader]").dataset.reader, here).href;
      script.onload = () => done(prepared());
      script.onerror = () => { coming = null; script.remove(); refuse(new Error("not fetched")); };
      document.head.append(script);
    });
    return coming;
  }
  function prepared() {
    const digits = globalThis.nnDigits;
    digits.network ??= digits.layers.map(({ weight, bias }) => ({ weight: digits.unpacked(weight), bias: digits.unpacked(bias) }));
    return digits;
  }

  // ------------------------------------------------------------------------------------------ the reader's own, kept
  // [{strokes: [[x, y, x, y, …], …], meant, said: [with the recipe, without]}, …], in order, as one entry of work.js.
  let memory = [];
  const entry = () => globalThis.nnWork?.read(nnWork.DRAWN);
  function kept() {
    const there = entry();
    if (!there?.code) return memory;
    try { return JSON.parse(there.code); } catch { return memory; }
  }
  // True when it is kept beyond this page.
  function keep(digits) {
    memory = digits;
    const lasts = written(digits);
    document.dispatchEvent(new CustomEvent("nn-drawn", { detail: digits }));
    return lasts;
  }
  function written(digits) {
    if (!globalThis.nnWork || entry()?.newer) return false;
    if (!digits.length) { nnWork.remove(nnWork.DRAWN); return true; }
    return nnWork.write(nnWork.DRAWN, { v: 1, code: JSON.stringify(digits), starter: "", time: Date.now(), past: [] });
  }

  // "7 (88 % ± 12 %)": the share and its standard error; where none or all are right the formula has no error to tell.
  function score(digits, way) {
    const n = digits.length, right = digits.filter(({ meant, said }) => said[way] === meant).length, p = right / n;
    const error = Math.sqrt(p * (1 - p) / n);
    return `${right} (${percent(p)}` + (error ? ` ± ${percent(error)})` : ")");
  }

  class Draw extends HTMLElement {
    connectedCallback() {
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.build(), { once: true });
      else this.build();
    }

    build() {
      this.field = this.querySelector(".draw-field");
      if (!this.field || this.ink) return;
      this.ink = this.field.querySelector(".draw-ink");
      this.cross = this.field.querySelector(".draw-cross");
      this.cells = [...this.querySelectorAll(".draw-seen rect")];
      this.bars = [...this.querySelectorAll(".draw-bars > li")];
      this.answer = this.querySelector(".draw-answer");
      this.tally = this.querySelector(".draw-tally");
      this.pen = +this.dataset.pen;
      this.strokes = [];
      this.over = true;                                  // what stands in the field goes when a stroke begins
      this.own = false;                                  // whether it is the reader's
      this.at = [FINE / 2, FINE / 2];
      this.setAttribute("role", "group");
      this.setAttribute("aria-label", "Draw a digit");
      for (const [name, value] of Object.entries({ tabindex: 0, role: "application", "aria-label": "Field to draw a digit in",
        "data-lm-suppress-shortcuts": "true" }))            // or JupyterLab takes the keys for its own
        this.field.setAttribute(name, value);
      this.field.setAttribute("aria-describedby", this.querySelector(".draw-ways").id = `draw-ways-${++made}`);
      this.classList.add("draw-awake");
      this.listen();
      this.count();
      document.addEventListener("nn-drawn", () => this.count());
    }

    listen() {
      const field = this.field, wake = () => this.read();
      field.addEventListener("pointerdown", event => {
        if (event.button || this.pointer !== undefined) return;
        field.classList.remove("draw-keys");
        field.setPointerCapture(this.pointer = event.pointerId);
        this.begin(this.place(event));
      });
      field.addEventListener("pointermove", event => {
        if (event.pointerId !== this.pointer) return;
        for (const each of event.getCoalescedEvents?.() ?? []) this.move(this.place(each));
        this.move(this.place(event));
      });
      for (const end of ["pointerup", "pointercancel"])
        field.addEventListener(end, event => {
          if (event.pointerId !== this.pointer) return;
          this.pointer = undefined;
          this.finish();
        });
      field.addEventListener("keydown", event => this.key(event));
      field.addEventListener("focus", () => reader().then(wake, () => {}), { once: true });
      field.addEventListener("blur", () => { if (this.down) this.lift(); });
      this.addEventListener("click", event => {
        const act = event.target.closest("button[data-act]")?.dataset.act, meant = event.target.closest(".draw-meant button");
        if (act) this[act]();
        if (meant) this.mean(+meant.value);
      });
      this.addEventListener("change", ({ target }) => {
        if (target.dataset.act === "recipe") this.read(true);
        if (target.dataset.act === "show" && target.value !== "") this.show(+target.value);
      });
    }

    place({ clientX, clientY }) {
      const box = this.field.getBoundingClientRect(), fit = share => Math.round(FINE * Math.min(1, Math.max(0, share)));
      return [fit((clientX - box.left) / box.width), fit((clientY - box.top) / box.height)];
    }

    // ---------------------------------------------------------------------------------------- strokes
    begin(point) {
      if (this.over) { this.strokes = []; this.over = false; this.own = true; if (this.menu) this.menu.value = ""; }
      this.strokes.push([...point]);
      this.redraw();
    }
    move([x, y]) {
      const stroke = this.strokes.at(-1), [lastX, lastY] = stroke.slice(-2);
      if (Math.hypot(x - lastX, y - lastY) < 6) return;
      stroke.push(x, y);
      this.redraw();
    }
    finish() { this.read(true); }

    redraw() {
      this.ink.replaceChildren(...this.strokes.map(stroke => {
        const line = document.createElementNS(SVG, "polyline");
        line.setAttribute("points", (stroke.length > 2 ? stroke : [...stroke, ...stroke]).join(" "));
        return line;
      }));
      if (this.waiting) return;
      this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.read(); });
    }

    undo() { if (this.own && !this.over) { this.down = false; this.strokes.pop(); this.redraw(); this.read(true); } }
    clear() { this.down = false; this.strokes = []; this.own = true; this.over = false; this.redraw(); this.read(true); }

    // ---------------------------------------------------------------------------------------- with a keyboard
    key(event) {
      const step = event.shiftKey ? STEP / 4 : STEP, ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      const way = ways[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (way) {
        this.at = this.at.map((value, k) => Math.min(FINE, Math.max(0, value + step * way[k])));
        if (this.down) this.move(this.at);
        else this.said(`${Math.round(100 * this.at[0] / FINE)} across, ${Math.round(100 * this.at[1] / FINE)} down.`);
      } else if (event.key === " ") this.down ? this.lift() : (this.down = true, this.begin(this.at), this.said("The pen is down."));
      else if (event.key === "Backspace") this.undo();
      else return;
      event.preventDefault();
      this.field.classList.add("draw-keys");
      this.cross.setAttribute("transform", `translate(${this.at})`);
      this.cross.classList.toggle("draw-down", !!this.down);
    }
    lift() { this.down = false; this.cross.classList.remove("draw-down"); this.finish(); }

    // ---------------------------------------------------------------------------------------- the network
    // The picture and the bars; with `aloud` the answer too, which a screen reader says.
    async read(aloud) {
      let digits;
      try { digits = await reader(); }
      catch { return this.said("The network could not be fetched: is this browser offline? Draw again when it is not."); }
      if (!this.strokes.length && !this.own) return;      // the example, with what the book says of it
      const [seen, said] = this.reading(digits, this.recipe);
      this.cells.forEach((cell, k) => cell.setAttribute("fill-opacity", seen[k]));
      const blank = !this.strokes.length, best = said.indexOf(Math.max(...said));
      this.bars.forEach((bar, k) => {
        bar.style.setProperty("--share", blank ? 0 : said[k].toFixed(3));
        bar.lastElementChild.textContent = blank ? "" : percent(said[k]);
      });
      if (aloud) this.said(blank ? "The field is empty." : `The network reads ${best} (${percent(said[best])}).`);
    }

    get recipe() { return this.querySelector('[data-act="recipe"]')?.checked ?? true; }
    get menu() { return this.querySelector('[data-act="show"]'); }
    said(text) { this.answer.textContent = text; }

    // [the 64 numbers, ten probabilities] of what stands in the field.
    reading(digits, recipe) {
      const pairs = stroke => Array.from({ length: stroke.length / 2 }, (_, k) => [stroke[2 * k] / FINE, stroke[2 * k + 1] / FINE]);
      const ink = digits.bitmap(this.strokes.map(pairs), this.pen), seen = recipe ? digits.normalise(ink) : digits.asDrawn(ink);
      return [seen, digits.probabilities(digits.network, seen)];
    }

    async show(digit) {
      let digits;
      try { digits = await reader(); } catch { return this.read(); }
      this.strokes = digits.examples[digit].map(stroke => [...stroke]);
      this.over = true;
      this.own = false;
      this.redraw();
      this.read(true);
    }

    // ---------------------------------------------------------------------------------------- the tally
    async mean(digit) {
      if (!this.own || this.over || !this.strokes.length)
        return this.said("Draw a digit first: what a script drew, or what is counted already, is not counted.");
      const digits = await reader().catch(() => null);
      if (!digits) return this.read();
      const said = [true, false].map(recipe => { const [, p] = this.reading(digits, recipe); return p.indexOf(Math.max(...p)); });
      const strokes = this.strokes.map(stroke => [...stroke]);
      const lasts = keep([...kept(), { strokes, meant: digit, said }]);
      this.over = true;
      const read = said[this.recipe ? 0 : 1];
      this.said(`Counted as ${digit === 8 ? "an" : "a"} ${digit}; the network read ${read}${read === digit ? ", rightly" : ""}. The next stroke begins a new digit.`
        + (lasts ? "" : " This browser does not keep it beyond this page."));
    }
    back() { keep(kept().slice(0, -1)); this.said("The last digit is out of the count."); }

    count() {
      if (!this.tally) return;
      const digits = kept();
      this.querySelector('[data-act="back"]').hidden = !digits.length;
      this.tally.textContent = digits.length === 0 ? "Your tally is empty."
        : `Your tally, ${digits.length} ${digits.length === 1 ? "digit" : "digits"}: read rightly ${score(digits, 0)} preprocessed, ${score(digits, 1)} without.`;
    }
  }
  let made = 0;
  customElements.define("nn-draw", Draw);
})();
