// On the page About: what this browser keeps for reading without a network, and the buttons that keep it and remove it.
(() => {
  const box = document.querySelector(".book-offline");
  if (!box) return;
  const { can, keep, forget, state, megabytes } = window.bookOffline;
  const made = (tag, attributes = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };
  if (!can) {
    box.replaceChildren(made("p", {}, location.protocol === "file:" ? "Opened as a file, the book is here already, and needs no network."
      : !megabytes?.book ? "This edition of the site keeps nothing for reading without a network."
      : "Here the browser keeps nothing for reading without a network: it does so only for a site with https, and not in a private window or a frame."));
    return;
  }
  const REASONS = { full: "This browser has no room for it.", network: "It did not come: is the network there? Press again; what has come need not come again." };
  const WHAT = {
    book: { size: megabytes.book, from: "", kept: "The book is kept here: it opens without a network.", not: `The book, ${megabytes.book} MB.`, name: "the book" },
    python: { size: megabytes.python, from: ` from ${megabytes.host || "this site"}`, name: "Python",
      kept: "Python is kept here: checks and cells work without a network. A cell that draws with Matplotlib still asks for it.",
      not: `Python with NumPy, for checks and cells, ${megabytes.python} MB from ${megabytes.host || "this site"}.` },
  };
  const rows = {};
  for (const [what, { name, size, from, kept, not }] of Object.entries(WHAT)) {
    const says = made("span", { role: "status" }), press = made("button", { type: "button" });
    const bar = made("progress", { max: 1, "aria-label": `Keeping ${name}` }), count = made("span", { class: "book-count" });
    let here = false, wanted = false, trouble = "";
    const busy = share => {
      bar.value = share;
      count.textContent = `${(share * size).toFixed(1)} of ${size} MB${from}`;
      bar.hidden = count.hidden = false;
      press.disabled = true;
    };
    const row = rows[what] = {
      show(state) {
        here = state;
        bar.hidden = count.hidden = true;
        press.disabled = false;
        says.textContent = here ? kept : `${not} ${trouble}`.trim();
        press.textContent = `${here ? "Remove" : "Keep"} ${name}`;
      },
      told({ share, whole, failed }) {
        if (!whole && !failed) return busy(share);
        trouble = failed && wanted ? REASONS[failed] : "";
        wanted = false;
        show();
      },
    };
    press.addEventListener("click", async () => {
      trouble = "";
      if (here) { await forget(what); return show(); }
      wanted = true;
      busy(0);
      navigator.storage?.persist?.().catch(() => {});     // a wish, which a browser may grant
      try { await keep(what); } catch { row.told({ failed: "network" }); }
    });
    box.append(made("p", { class: "book-keep" }, says, press, bar, count));
  }
  async function show() { for (const [what, here] of Object.entries(await state())) rows[what].show(here); }
  document.addEventListener("nn-offline", ({ detail }) => rows[detail.what]?.told(detail));
  show();
})();
