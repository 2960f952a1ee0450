// Search opens at a press, with Ctrl+K or with "/", and answers while you type; what it needs comes when it first opens.
"use strict";

(() => {
  const root = document.documentElement.dataset.content_root;
  const ENTER = "; Enter lists more";
  let coming = null;

  function ready() {
    coming ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = `${root}_static/search.js`;
      script.onload = done;
      script.onerror = () => { coming = null; script.remove(); failed(); };
      document.head.append(script);
    });
    return coming;
  }

  function made(tag, className, ...inside) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  }

  function row(hit) {
    const sentence = hit.sentence.map(([text, marked]) => (marked ? made("mark", "", text) : text));
    const link = made("a", "", made("span", "book-found-title", hit.kind === "page" ? hit.page : hit.title), " ",
      made("span", "book-found-where", hit.kind === "page" ? "" : hit.page), " ", made("span", "book-found-sentence", ...sentence));
    link.href = root + hit.url + (hit.anchor ? `#${hit.anchor}` : "");
    return made("li", "", link);
  }

  // Answers below a search field, at most so many; arrows go through them, and back up into the field.
  function answers(form, most, more) {
    const input = form.querySelector("input[name=q]");
    const status = made("p", "book-found-status"), list = made("ul", "book-found");
    const box = made("div", "book-found-box", status, list);
    status.setAttribute("role", "status");
    form.after(box);
    let asked = null;

    async function answer() {
      const query = input.value.trim();
      if (query === asked) return;
      asked = query;
      try {
        await ready();
      } catch {
        asked = null;
        status.textContent = "The search could not be loaded. Is the network there? Type on to try again.";
        return;
      }
      if (query !== asked) return;
      const hits = query ? bookSearch.find(query, most) : [];
      list.replaceChildren(...hits.map(row));
      const count = hits.length === most ? `The best ${most} places` : `${hits.length} place${hits.length === 1 ? "" : "s"}`;
      status.textContent = !query ? "" : hits.length ? `${count} for “${query}”${hits.length === most ? more : ""}` : `Nothing found for “${query}”. `;
      if (query && !hits.length) {
        const glossary = made("a", "", "All terms of the book");
        glossary.href = `${root}glossary.html`;
        status.append(glossary);
      }
    }

    let waiting = 0;
    input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(answer, 80); });
    input.addEventListener("focus", () => ready().catch(() => {}), { once: true });
    form.parentElement.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
      const inside = at >= 0 || document.activeElement === input;
      if (!inside || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
      else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : input).focus();
      else if (at >= 0 && event.key.length === 1 && event.key !== " ") { input.focus(); return; }  // and it is typed there
      else return;
      event.preventDefault();
    });
    return { input, list, answer };
  }

  function inDialog(dialog) {
    const { list } = answers(dialog.querySelector("form"), 8, ENTER);
    list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
    const open = () => { if (!dialog.open) dialog.showModal(); dialog.querySelector("input").select(); };
    // In a frame that keeps nothing the theme's own script stops early, and its button with it.
    document.addEventListener("click", (event) => { if (event.target.closest(".search-button__button")) setTimeout(open); });
    dialog.addEventListener("keydown", (event) => {  // the theme closes it from the field only
      if (event.key !== "Escape") return;
      event.preventDefault();
      if (dialog.open) dialog.close();
    });
    document.addEventListener("keydown", (event) => {
      const writes = event.target.closest?.("input, textarea, select, [contenteditable], nn-cell, nn-exercise, dialog");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes) return;
      event.preventDefault();
      open();
    });
  }

  function onItsPage(form) {
    const { input, answer } = answers(form, 30, "");
    input.value = new URLSearchParams(location.search).get("q") || "";
    const keep = () => history.replaceState(null, "", `?${new URLSearchParams({ q: input.value.trim() })}`);
    form.addEventListener("submit", (event) => { event.preventDefault(); keep(); answer(); });
    input.addEventListener("change", keep);
    input.focus();
    answer();
  }

  // On the page that stands where none is: what the words of the address may have meant.
  async function guess(list) {
    const lost = location.hash.slice(1) || location.pathname;
    const words = lost.replace(/\.\w+$/, "").split("/").filter(Boolean).at(-1)?.replace(/[^\p{L}]+/gu, " ") || "";
    await ready();
    const hits = lost.endsWith("404") ? [] : bookSearch.find(words, 9).filter((hit) => hit.kind !== "source");
    list.replaceChildren(...hits.slice(0, 3).map(row));
    list.previousElementSibling.hidden = !hits.length;
  }

  const dialog = document.getElementById("pst-search-dialog");
  if (dialog) inDialog(dialog);
  const form = document.querySelector("main form.bd-search"), missing = document.getElementById("book-meant");
  if (missing) { answers(form, 8, ENTER); guess(missing); }
  else if (form) onItsPage(form);
})();
