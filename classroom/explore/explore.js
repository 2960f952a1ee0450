// A figure on a page: shows the frame that its controls ask for, by changing only what differs in the picture.
"use strict";
(() => {
  if (customElements.get("nn-explore")) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const loaded = document.readyState === "loading"
    ? new Promise(done => document.addEventListener("DOMContentLoaded", done, { once: true })) : Promise.resolve();
  // How each kind of control holds the place of its value; another kind (controls.py) is one more line.
  const READING = {
    checkbox: { get: input => +input.checked, set: (input, place) => { input.checked = !!place; } },
    range: { get: input => +input.value, set: (input, place) => { input.value = place; } },
    "select-one": { get: input => input.selectedIndex, set: (input, place) => { input.selectedIndex = place; } },
  };
  const UNREACHED = new Error("The other pictures could not be fetched: is this browser offline? Move a control to try again.");
  // The other pictures of a figure, packed: beside it, or in a script of their own, which holds what it brings.
  const packed = script => !script.dataset.from ? script.textContent : new Promise((done, fail) => {
    const asked = document.createElement("script");
    asked.src = script.dataset.from;
    asked.onload = () => { asked.remove(); done(asked.frames); };
    asked.onerror = () => { asked.remove(); fail(UNREACHED); };
    document.head.append(asked);
  });
  const figures = () => [...document.querySelectorAll("nn-explore")].filter(figure => figure.name);
  const near = window.nnNear ?? ((figure, act) => act());    // a page may say when a reader is near

  customElements.define("nn-explore", class extends HTMLElement {
    async connectedCallback() {
      if (this.started) return;
      this.started = true;
      await loaded;                                   // an element is connected before its children are parsed
      this.name = this.dataset.name;
      near(this, () => this.wake());
      restore([this]);
    }

    wake() {                                          // its controls come to life, once
      if (this.controls) return;
      for (const later of this.querySelectorAll("template")) later.replaceWith(later.content);
      this.controls = JSON.parse(this.dataset.controls);
      this.inputs = [...this.querySelectorAll(".nn-controls input, .nn-controls select")];
      this.outputs = this.inputs.map(input => input.parentNode.querySelector("output"));
      this.says = this.querySelector(".nn-says");
      this.values = this.querySelector(".nn-values");
      this.live = this.querySelector(".nn-live");
      this.link = this.querySelector(".nn-link");
      this.setting = this.controls.map(control => control.start);     // a browser keeps what was set over a reload
      const panel = this.querySelector(".nn-controls");
      panel.addEventListener("input", () => this.changed());
      panel.addEventListener("click", event => this.clicked(event));
      this.write();
      this.dispatchEvent(new Event("explore-awake"));    // a guess shuts it before anybody can move it
      this.classList.add("nn-ready");
      new IntersectionObserver((seen, observer) => {
        if (seen.some(entry => entry.isIntersecting)) { observer.disconnect(); this.open(); }
      }, { rootMargin: "800px" }).observe(this);
    }

    // -------------------------------------------------------------------------------------------- frames
    open() {                                          // inflate the frames, once, when they are first needed
      return this.opening ||= this.inflate().catch(error => {
        if (error === UNREACHED) { this.opening = null; return; }
        this.classList.remove("nn-ready");            // nothing to move: leave the first picture and its values
        this.classList.add("nn-failed");
      });
    }

    async inflate() {
      const text = await packed(this.querySelector("script"));
      if (!text) {                                    // no frames here: a running Python draws each as it is asked for
        this.grips = [];
        this.dataset.ready = "";
        return;
      }
      const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      this.data = JSON.parse(await new Response(stream).text());
      const svg = this.querySelector(".nn-frame > svg");
      const nodes = [svg, ...svg.querySelectorAll("*")];
      this.slots = this.data.slots.map(([node, what, values, row]) =>
        ({ node: nodes[node], what, values, order: this.data.orders[row], shown: -1 }));
      this.grips = this.data.handles.map(handle => new Handle(this, handle));
      this.show();
      this.dataset.ready = "";
      this.dispatchEvent(new Event("explore-ready", { bubbles: true }));
    }

    // The place of each control's value among all its values: the picture that is asked for.
    get setting() { return this.inputs.map(input => READING[input.type].get(input)); }
    set setting(places) { places.forEach((place, i) => READING[this.inputs[i].type].set(this.inputs[i], place)); }

    frame(setting) { return this.controls.reduce((n, control, i) => n * control.texts.length + setting[i], 0); }

    changed() {                                       // draw at most once a frame of the screen, then tell
      this.request ||= requestAnimationFrame(() => { this.request = 0; this.show(); });
      clearTimeout(this.later);
      this.later = setTimeout(() => this.tell(), 400);
    }

    show() {
      if (this.source) { this.write(); this.drawn(); return; }
      if (!this.slots) {
        this.write();
        this.open().then(() => { if (!this.opening) this.says.textContent = this.sentence = UNREACHED.message; });
        return;
      }
      const n = this.frame(this.setting), { data } = this;
      for (const slot of this.slots) {
        const place = slot.order[n];
        if (place === slot.shown) continue;
        slot.shown = place;
        const { node, what } = slot, value = slot.values[place];
        if (what === "#") node.textContent = value;
        else if (what === "") node.innerHTML = value;
        else if (value === null) node.removeAttribute(what);
        else node.setAttribute(what, value);
      }
      const sentence = data.says[data.order[n]];
      if (sentence !== this.sentence) this.says.textContent = this.sentence = sentence;
      for (const grip of this.grips) grip.show(n);
      this.write();
      this.dispatchEvent(new Event("explore-shown"));
    }

    async drawn() {                                   // by `source(setting)`; while one is drawn only the newest wish is kept
      if (this.drawing) { this.wish = true; return; }
      this.drawing = true;
      do {
        this.wish = false;
        try {
          const { svg, says } = await this.source(this.setting);
          this.querySelector(".nn-frame > svg").outerHTML = svg;
          if (says !== this.sentence) this.says.textContent = this.sentence = says;
        } catch (error) { this.says.textContent = error.message; }
      } while (this.wish);
      this.drawing = false;
    }

    write() {                                         // each control's value in words
      const setting = this.setting;
      const texts = this.controls.map((control, i) => control.texts[setting[i]]);
      this.inputs.forEach((input, i) => {
        if (input.type === "range") {
          if (input.getAttribute("aria-valuetext") === texts[i]) return;
          input.setAttribute("aria-valuetext", texts[i]);
          this.outputs[i].textContent = texts[i];
          input.style.setProperty("--nn-part", setting[i] / Math.max(1, input.max));
        }
      });
      this.values.textContent = this.controls.map((control, i) => control.label + (control.numeric ? " = " : ": ") + texts[i]).join(", ");
    }

    tell() {                                          // once the hand rests: the address, and the sentence read aloud
      if (this.playing) return;
      this.live.textContent = this.sentence || this.values.textContent;
      this.link.href = "#" + (this.hash || this.name + ":");
      remember();
    }

    // ------------------------------------------------------------------------------------------- buttons
    clicked(event) {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      const act = button.dataset.act;
      if (act === "reset") { this.pause(); this.setting = this.controls.map(control => control.start); this.changed(); }
      else if (act === "link") { event.preventDefault(); this.share(button); }
      else {
        const input = document.getElementById(button.getAttribute("aria-controls"));
        if (act === "play") this.playing ? this.pause() : this.play(input, button);
        else { this.pause(); this.step(input, act === "back" ? -1 : 1); }
      }
    }

    step(input, by) {
      const before = input.value;
      input.value = +input.value + by;
      this.changed();
      return input.value !== before;
    }

    play(input, button) {
      if (calm.matches) { this.step(input, input.value === input.max ? -input.max : +input.max); return; }
      if (input.value === input.max) { input.value = input.min; this.changed(); }
      const interval = this.controls[this.inputs.indexOf(input)].interval;
      const timer = setInterval(() => { if (!this.step(input, 1)) this.pause(); }, interval);
      button.setAttribute("aria-pressed", "true");
      this.playing = () => { clearInterval(timer); button.setAttribute("aria-pressed", "false"); };
    }

    pause() {
      if (!this.playing) return;
      this.playing();
      this.playing = null;
      this.changed();
    }

    async share(link) {
      this.link.href = "#" + (this.hash || this.name + ":");
      try { history.replaceState(history.state, "", link.href); } catch { /* a page inside a frame may refuse */ }
      let said = "Link in the address bar";
      try { await navigator.clipboard.writeText(link.href); said = "Link copied"; } catch { /* no clipboard here */ }
      const words = link.dataset.words ||= link.textContent;
      link.textContent = said;
      this.live.textContent = said;
      setTimeout(() => { link.textContent = words; }, 1600);
    }

    // ------------------------------------------------------------------------------------------- address
    get hash() {                                      // "neuron:w=3,b=-1": what differs from the first picture
      if (!this.controls) return "";
      const setting = this.setting;
      const parts = this.controls.flatMap((control, i) => setting[i] === control.start ? []
        : [encodeURIComponent(control.name) + "=" + encodeURIComponent(control.keys[setting[i]])]);
      return parts.length ? this.name + ":" + parts.join(",") : "";
    }

    restore(written) {
      this.wake();
      const setting = this.controls.map(control => control.start);
      for (const part of written.split(",")) {
        const [name, value] = part.split("=").map(decoded);
        const i = this.controls.findIndex(control => control.name === name);
        if (i < 0) continue;
        let place = this.controls[i].keys.indexOf(value);
        if (place < 0 && this.controls[i].numeric) place = this.controls[i].keys.findIndex(key => +key === +value);
        if (place >= 0) setting[i] = place;
      }
      this.setting = setting;
      this.show();
    }
  });

  // ------------------------------------------------------------------------------------ a place to take hold of
  class Handle {
    constructor(figure, handle) {
      Object.assign(this, { figure, handle });
      this.grip = new nnGrip(figure.querySelector(".nn-frame"), handle.box, at => this.move(at), () => figure.pause());
    }

    place(n) { return this.handle.places[this.handle.order[n]]; }

    show(n) { this.grip.stand(...this.place(n)); }

    move([px, py]) {                                  // to the values whose handle lies nearest to the pointer
      const { figure } = this, setting = figure.setting, best = { far: Infinity, setting };
      const trial = [...setting];
      const visit = k => {
        if (k < this.handle.moves.length) {
          const i = this.handle.moves[k], count = figure.controls[i].texts.length;
          for (let v = 0; v < count; v++) { trial[i] = v; visit(k + 1); }
          return;
        }
        const [x, y] = this.place(figure.frame(trial));
        if (x === null && y === null) return;
        const dx = x === null ? 0 : x - px, dy = y === null ? 0 : y - py;
        const far = dx * dx + dy * dy + (trial.every((v, i) => v === setting[i]) ? -0.01 : 0);
        if (far < best.far) { best.far = far; best.setting = [...trial]; }
      };
      visit(0);
      if (best.setting.some((v, i) => v !== setting[i])) { figure.setting = best.setting; figure.changed(); }
    }
  }

  // ------------------------------------------------------------------------------------------ the page's address
  function written() {                                       // the last of each figure
    const parts = location.hash.slice(1).split("&").map(part => /^([\w-]+):(.*)$/.exec(part)).filter(Boolean);
    return [...new Map(parts.map(part => [part[1], part])).values()];
  }

  function decoded(text) {
    try { return decodeURIComponent(text); } catch { return text; }
  }

  function restore(some) {
    const parts = written();
    for (const [, name, values] of parts) {
      for (const figure of some) if (figure.name === name) {
        figure.restore(values);
        if (name === parts[0][1]) figure.scrollIntoView({ block: "center", behavior: "instant" });
      }
    }
  }

  function remember() {
    const parts = figures().map(figure => figure.hash).filter(Boolean);
    if (!parts.length && !written().length) return;          // an ordinary anchor stays
    const address = parts.length ? "#" + parts.join("&") : location.pathname + location.search;
    try { history.replaceState(history.state, "", address); } catch { /* a page inside a frame may refuse */ }
  }

  addEventListener("hashchange", () => restore(figures()));

  // What is too wide for the screen scrolls inside itself: then the keyboard must reach it, and only then. A picture gets a
  // name with it; what else says that it may be wide (nn-wide), as a page's formulas do, has its own. A part of the page that
  // is far away is not laid out yet, and measuring would do it: once it is, the observer tells.
  const laidOut = target => target.checkVisibility?.({ contentVisibilityAuto: true }) ?? true;
  function reach(targets) {
    const measured = targets.filter(laidOut).map(target => [target, target.scrollWidth > target.clientWidth + 1]);
    for (const [target, wide] of measured) {                 // all are measured before one is changed: one layout, not many
      const says = { tabindex: 0, ...(target.matches(".nn-picture") && { role: "group", "aria-label": "Picture, scrolls sideways" }) };
      for (const [name, value] of Object.entries(says)) wide ? target.setAttribute(name, value) : target.removeAttribute(name);
    }
  }
  loaded.then(() => {
    const watch = new ResizeObserver(entries => reach(entries.map(entry => entry.target)));
    const all = [...document.querySelectorAll(".nn-picture, .nn-wide, .bd-article :is(pre, .pst-scrollable-table-container)")];
    all.forEach(element => watch.observe(element));
    document.fonts.ready.then(() => reach(all));     // letters of another width come without a new size of the box
  });
})();
