// What a reader has written on a page goes with them: the chapter as a notebook that runs, with their answers in it.
import { element } from "./element.mjs";

const { ids, read } = window.nnWork;

// At the page's end: the notebook, and changes to cells that this edition no longer has.
export function foot(page, gone) {
  const end = document.querySelector("article > section") ?? document.querySelector("article");
  const box = element("div", { class: "nn-leave" });
  const status = element("span", { role: "status" });
  const button = element("button", { type: "button", class: "nn-button" }, "This chapter as a notebook, with what you wrote");
  button.addEventListener("click", async () => {
    try { status.textContent = ` ${await save(page)}`; }
    catch { status.textContent = " The notebook could not be fetched: is this browser offline?"; }
  });
  box.append(button, status);
  const texts = gone.map(id => read(id)?.code).filter(Boolean);
  if (texts.length) box.append(element("details", {},
    element("summary", {}, `Your changes to cells that this edition no longer has (${texts.length})`),
    ...texts.map(text => element("pre", {}, text))));
  end.append(box);
}

async function save(page) {
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
  const name = `${page.split("/").pop()}.ipynb`;
  const response = await fetch(new URL(`downloads/${name}`, root));
  if (!response.ok) throw new Error(response.status);
  const { notebook, filled } = fill(await response.json(), page);
  const address = URL.createObjectURL(new Blob([JSON.stringify(notebook, null, 1) + "\n"], { type: "application/x-ipynb+json" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return `Saved as ${name}; ${filled === 1 ? "one cell is" : filled + " cells are"} yours.`;
}

// The notebook with each text that the reader has written in its cell's place.
export function fill(notebook, page) {
  let filled = 0;
  const known = new Set(ids());
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    const exercise = cell.metadata.exercise, id = exercise ?? `${page}/${cell.id}`;
    const entry = known.has(id) ? read(id) : null;
    if (!entry || entry.newer || entry.code === entry.starter) continue;
    const text = [cell.source].flat().join("");
    cell.source = exercise ? `${entry.code.trimEnd()}\n\n${checking(text)}` : entry.code;
    cell.outputs = [];
    filled += 1;
  }
  return { notebook, filled };
}

// Of an exercise's cell: its call of `check`, and what follows.
const checking = text => text.slice(Math.max(0, text.search(/^check\(/m)));
