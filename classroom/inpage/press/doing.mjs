// What a press does: open the editor, check, hint, solve, run. Each takes the element whose button was pressed.
import { element } from "./element.mjs";
import * as python from "./python.mjs";

// Its styles first, so that nothing it makes is seen without them.
await new Promise(done => {
  const sheet = element("link", { rel: "stylesheet", href: new URL("doing.css", import.meta.url) });
  sheet.onload = sheet.onerror = done;
  document.head.append(sheet);
});
// A sentence with `code` in it, as nodes.
const words = text => text.split(/(`[^`]+`)/).map(part => /^`.+`$/.test(part) ? element("code", {}, part.slice(1, -1)) : part);
const SIGNS = { ok: "✓", missing: "…" };

// ------------------------------------------------------------------------------------------------------------ the editor
const plainWanted = () => { try { return localStorage.getItem("nn.plain") === "1"; } catch { return false; } };

// A text box at once; the editor takes its place when it has come.
export async function open(part) {
  if (part.editor) return part.editor.focus();
  const name = `${part.label}: Python code`;
  const box = element("textarea", { class: "nn-box", "aria-label": name, spellcheck: "false", autocapitalize: "off",
    autocorrect: "off", rows: Math.max(3, part.code.split("\n").length + 1) });
  box.value = part.code;
  box.addEventListener("input", () => typed(part, box.value));
  box.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    part.go();
  });
  part.editor = { set text(text) { box.value = text; }, focus() { box.focus(); }, destroy() {} };
  part.cell.querySelector(".cell_input").hidden = true;
  part.place.hidden = part.plain.hidden = false;
  part.edit.hidden = true;
  part.place.replaceChildren(box);
  if (matchMedia("(pointer: coarse)").matches) part.place.before(part.bar);   // above the text: a screen keyboard comes from below
  box.focus();
  if (!plainWanted()) await colours(part, box, name);
  part.plain.textContent = part.place.firstChild === box ? "Editor with colours" : "Plain text box";
}

function typed(part, text) {
  part.work.code = text;
  part.says.classList.toggle("nn-old", text !== part.judged);      // a verdict is about the text that was checked
}

async function colours(part, box, name) {
  try {
    const { editor } = await import("./editor.mjs");
    if (part.place.firstChild !== box) return;
    const run = () => { part.go(); return true; };
    const focused = document.activeElement === box, at = box.selectionStart, host = element("div", { class: "nn-editor" });
    const keys = ["Shift-Enter", "Ctrl-Enter", "Mod-Enter"].map(key => ({ key, run }));
    part.editor = editor(host, { doc: box.value, label: name, keys, changed: text => typed(part, text) });
    part.place.replaceChildren(host);
    if (focused) { part.editor.place = at; part.editor.focus(); }
  } catch { /* the text box stays: it does all that is needed */ }
}

// From one to the other: for screen readers, and for whom the editor does not suit.
export async function change(part) {
  const plain = !!part.place.querySelector(".nn-editor");
  try { localStorage.setItem("nn.plain", plain ? "1" : "0"); } catch { /* then it is asked again */ }
  part.editor?.destroy();
  part.editor = null;
  await open(part);
}

// ------------------------------------------------------------------------------------------------------------ Python
// Run `job()` with the bar and Stop; what goes wrong is a sentence.
async function during(part, job) {
  part.busy = true;
  part.work.save();
  part.flow = null;
  part.tell();
  part.stop.hidden = false;
  part.setAttribute("aria-busy", "true");
  let away = () => {};
  try {
    part.halting = python.stop;
    away = python.progress(({ stage, share, words: text }) => {
      if (stage === "bar") return part.ticker?.replaceChildren(text);
      part.progress.hidden = stage !== "start";
      if (stage === "start") part.progress.value = share;
      if (!part.flow) part.tell(text ?? "");
    });
    const answer = await job();
    for (const said of document.querySelectorAll(".nn-fetches")) said.remove();     // it is here now
    return answer;
  } catch (error) {
    part.tell(...words(error.message || "Something went wrong; try again."));
    return { failed: error.message };
  } finally {
    away();
    part.busy = false;
    part.progress.hidden = part.stop.hidden = true;
    part.removeAttribute("aria-busy");
  }
}

const waits = part => () => part.tell("Another run on this page has to end first");

// One progress for questions and exercises.
function mark(part, ok) {
  const store = customElements.get("nn-question")?.store;
  if (!store) return;
  const answers = store.read(), key = `exercise-${part.identifier}`, before = answers[key];
  answers[key] = { tries: before?.right ? before.tries : (before?.tries ?? 0) + 1, right: ok || !!before?.right };
  store.write(answers);
}

export async function check(part) {
  if (part.busy) return { ok: false, kind: "busy", message: "A check is under way." };
  part.judged = part.code;
  part.says.classList.remove("nn-old");
  const answer = await during(part, () => python.check(part.identifier, part.code, waits(part)));
  if (answer.failed) return { ok: false, kind: "stopped", message: answer.failed };
  verdict(part, answer);
  mark(part, answer.ok);
  return { ok: answer.ok, kind: answer.kind, message: answer.message };
}

function verdict(part, { ok, kind, message, printed }) {
  const [, name, rest] = /^([^:]*): ?([^]*)$/.exec(message) ?? [null, part.identifier, message];
  const box = element("div", { class: "nn-result", "data-kind": ok ? "ok" : kind === "missing" ? "missing" : "wrong" },
    element("span", { class: "nn-sign", "aria-hidden": "true" }, SIGNS[kind] ?? "✗"), " ", element("strong", {}, name), ": ", ...words(rest));
  if (printed.trim()) box.append(element("details", { open: printed.length < 400 }, element("summary", {}, "Your code printed"), element("pre", {}, printed)));
  part.tell(box);
}

export function hint(part) {
  part.asking?.remove();
  const next = part.hints[part.shown++];
  if (next) reveal(part, next, `Hint ${part.shown}`);
  if (part.shown < part.hints.length) part.more.textContent = `Hint ${part.shown + 1} of ${part.hints.length}`;
  else part.more.hidden = true;
}

// It asks first, while there are hints left and the exercise is not solved.
export function solve(part) {
  const left = part.hints.length - part.shown;
  if (left > 0 && !part.classList.contains("nn-done") && !part.asked) {
    part.asked = true;
    part.answer.textContent = "Solution all the same";
    part.asking = element("p", {}, `There ${left === 1 ? "is one hint" : "are " + left + " hints"} left. Press again to see a solution all the same.`);
    return part.says.append(part.asking);
  }
  part.asking?.remove();
  reveal(part, part.solution, "A solution");
  part.answer.hidden = true;
}

function reveal(part, folded, name) {
  const text = element("div", { class: "nn-hint", tabindex: "-1" }, element("p", { class: "nn-hint-name" }, name));
  text.append(...[...folded.childNodes].filter(node => node.nodeName !== "SUMMARY"));
  part.help.append(text);
  text.focus();
}

// Back to the book's text; what stood there can be had again.
export function again(part) {
  part.work.replace(part.work.starter);
  if (part.localName === "nn-cell") show(part, null);
  part.tell(`“${part.names.undo}” brings your text back.`);
}

export function back(part) {
  part.work.replace(part.work.entry.past[0].code);
  part.tell();
}

// What is not as usual with the text that is kept.
export function notes(part) {
  const { newer, kept, outdated } = part.work;
  part.hint.replaceChildren();
  if (newer) part.hint.append(element("p", {}, "A newer edition of this book keeps work here that this one can't read. It is left as it is; what you write now lasts as long as this page."));
  else if (!kept) part.hint.append(element("p", {}, "This browser does not keep what you write (its storage is full or switched off). Copy it, or save it to a file on the page About."));
  if (outdated) updated(part);
}

// A new edition begins this exercise or cell with another text than the one that the reader started from.
function updated(part) {
  const { entry, starter } = part.work;
  const marks = { "+": "new", "-": "gone", " ": "" }, shown = element("pre");
  for (const [mark, line] of difference(entry.starter.split("\n"), starter.split("\n")))
    shown.append(element(mark === "+" ? "ins" : mark === "-" ? "del" : "span", { title: marks[mark] || false }, `${mark} ${line}`), "\n");
  part.hint.append(
    element("p", {}, "The book’s own text of this has changed since you wrote yours. Yours is kept. "),
    part.button("Keep mine", () => part.work.keep()),
    part.button("Take the new one", () => part.work.replace(starter)),
    element("details", {}, element("summary", {}, "See what changed"), shown));
}

// Lines that stayed, went and came: [[" " | "-" | "+", line], …], by the longest common subsequence.
export function difference(before, after) {
  const common = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i][j] = before[i] === after[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  const lines = [];
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    if (i < before.length && j < after.length && before[i] === after[j]) { lines.push([" ", before[i++]]); j++; }
    else if (j >= after.length || (i < before.length && common[i + 1][j] >= common[i][j + 1])) lines.push(["-", before[i++]]);
    else lines.push(["+", after[j++]]);
  }
  return lines;
}

// ------------------------------------------------------------------------------------------------------------ cells
export async function run(part) {
  if (part.busy) return { text: "", error: "This cell is running." };
  const answer = await during(part, () => runAfter(part));
  if (answer.failed) return { text: "", error: answer.failed };
  const standing = !answer.error && !part.work.changedByReader && part.book?.querySelector(".nn-explore");
  part.tell(answer.error ? "It stopped with an error." : standing ? "Done: the figure that stands here is what this cell draws." : "Done.");
  if (!standing) show(part, answer);
  return { text: answer.text, error: answer.error };
}

// First the cells and exercises above that have not run since they were last changed, each once and in order, then this one.
// A cell that names what it needs has only that run first.
async function runAfter(part) {
  await python.start();
  const parts = [...document.querySelectorAll("nn-cell, nn-exercise")].filter(other => other.work);
  const named = part.dataset.needs?.split(" ").map(name => parts.find(other => other.dataset.name === name));
  const drawn = window.nnWork.read(window.nnWork.DRAWN)?.code ?? "[]";      // for `mine()`
  const waiting = (named ?? parts.slice(0, parts.indexOf(part))).filter(other => other.ran !== python.generation() || other.ranCode !== other.code);
  for (const [k, other] of waiting.entries()) {
    part.progress.hidden = false;
    part.progress.value = k / waiting.length;
    part.tell(`The page’s cells above run first: ${k + 1} of ${waiting.length}`);
    const code = other.code, done = await python.ask("run", { code, drawn, name: other.identifier, quiet: true });
    if (done.error && other.localName === "nn-cell") throw new Error(`A cell above did not run: ${done.error}`);
    [other.ran, other.ranCode] = [python.generation(), code];
  }
  part.progress.hidden = true;
  part.ticker = element("span", { class: "nn-ticker", "aria-hidden": "true" });
  part.output.querySelector(".nn-error")?.remove();
  part.tell("Running ", part.ticker);
  const code = part.code, late = setTimeout(() => part.ticker.append("(still; Stop ends it)"), 8000);
  const done = await python.ask("run", { code, drawn, name: part.identifier }, { out: text => printed(part, text), waits: waits(part) })
    .finally(() => clearTimeout(late));
  if (!done.error) [part.ran, part.ranCode] = [python.generation(), code];
  return done;
}

function printed(part, text) {
  if (!part.flow) { part.flow = element("pre", { class: "nn-printed", tabindex: 0 }); part.says.append(part.flow); }
  part.flow.append(text);
}

// A result in place of the book's own output; null brings that back.
export function show(part, result) {
  part.output.replaceChildren();
  if (!result) { if (part.book && !part.book.isConnected) part.output.before(part.book); return; }
  part.book?.remove();                                 // not hidden only: its figure and the new one have the same name
  if (result.printed) part.output.append(element("pre", { class: "nn-printed", tabindex: 0 }, result.printed));
  if (result.html) {
    const figures = element("div");
    part.output.append(figures);
    figures.innerHTML = result.html;
    for (const figure of figures.querySelectorAll("nn-explore"))
      figure.source = async places => {
        const frame = await python.ask("frame", { figure: figure.dataset.name, places });
        if (frame.error) throw new Error(frame.error);
        return frame;
      };
  }
  if (result.error) part.output.append(element("p", { class: "nn-error" }, ...words(result.error)));
}
