// Guess first: a figure's controls stay shut until the reader has said what they expect, or skips; never marked.
"use strict";
(() => {
  if (customElements.get("nn-guess")) return;
  const loaded = document.readyState === "loading"
    ? new Promise(done => document.addEventListener("DOMContentLoaded", done, { once: true })) : Promise.resolve();

  // {"neuron: Where does the step go?": "left"}, "" where it was skipped. Storage may be off; then it lasts as long as the page.
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href).pathname;
  const STORE = `nnlib.guesses ${root}`;                  // two copies of the book on one host keep apart
  let memory = {};
  const guesses = {
    key: STORE,
    read() {
      let text;
      try { text = localStorage.getItem(STORE); } catch { return memory; }
      try {
        const saved = JSON.parse(text) ?? memory;
        return Object.fromEntries(Object.entries(saved).filter(([, guess]) => typeof guess === "string"));
      } catch { return {}; }
    },
    write(all) {
      memory = all;
      try { localStorage.setItem(STORE, JSON.stringify(all)); } catch { /* kept in memory */ }
    },
  };

  customElements.define("nn-guess", class extends HTMLElement {
    static store = guesses;

    async connectedCallback() {
      if (this.figure) return;
      this.figure = this.parentNode;
      await loaded;                                       // an element is connected before its children are parsed
      if (this.figure.controls) this.start();
      else this.figure.addEventListener("explore-awake", () => this.start(), { once: true });
    }

    start() {                                             // what it asks with is there
      this.panel = this.figure.querySelector(".nn-controls");
      this.answer = this.querySelector(".nn-answer");
      this.status = this.querySelector(".nn-guessed");
      this.text = this.answer.querySelector("input[type=text]");
      this.addEventListener("click", event => this.clicked(event.target.closest("[data-act]")?.dataset.act));
      this.addEventListener("keydown", event => {         // no form: a page in a frame may not be allowed to submit one
        if (event.key === "Enter" && event.target.matches("input") && !event.isComposing) { event.preventDefault(); this.clicked("guess"); }
      });
      const before = guesses.read()[this.dataset.key];
      for (const radio of this.answer.querySelectorAll("[type=radio]")) radio.checked = false;    // a browser keeps it over a reload
      before === undefined ? this.ask() : this.open(before);
    }

    clicked(act) {
      if (act === "again") { this.keep(); this.ask(); (this.text ?? this.answer.querySelector("input")).focus(); return; }
      if (act !== "guess" && act !== "skip") return;
      const guess = act === "skip" ? "" : (this.text ?? this.answer.querySelector("input:checked"))?.value.trim() ?? "";
      if (act === "guess" && !guess) {
        this.status.textContent = this.text ? "Write a few words first, or skip." : "Choose one first, or skip.";
        (this.text ?? this.answer.querySelector("input")).focus();
        return;
      }
      this.keep(guess);
      this.open(guess);
      this.panel.querySelector("input, select").focus({ preventScroll: true });       // its button is gone: go on here
    }

    keep(guess) {
      const all = guesses.read();
      if (guess === undefined) delete all[this.dataset.key];
      else all[this.dataset.key] = guess;
      guesses.write(all);
    }

    ask() {
      this.status.replaceChildren();
      this.shut(true);
    }

    open(guess) {
      const again = document.createElement("button");
      Object.assign(again, { type: "button", textContent: "Ask me again" });
      again.dataset.act = "again";
      const said = document.createElement("strong");
      said.textContent = guess;
      this.status.replaceChildren(...(guess ? ["Your guess: ", said] : ["Skipped."]), " ", again);
      this.shut(false);
    }

    shut(shut) {
      this.panel.inert = shut;
      this.figure.classList.toggle("nn-shut", shut);
      this.classList.toggle("nn-asking", shut);
      this.classList.toggle("nn-answered", !shut);
    }
  });
})();
