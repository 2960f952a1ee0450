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
  for (const [what, { name, size, from }] of Object.entries(WHAT)) {
    const says = made("span"), bar = made("progress", { max: 1, "aria-label": `Keeping ${name}` }), status = made("span", { role: "status" });
    const press = made("button", { type: "button" });
    bar.hidden = true;
    let here = false, wanted = false;
    const busy = share => { bar.hidden = false; bar.value = share; press.disabled = true; status.textContent = `${(share * size).toFixed(1)} of ${size} MB${from}`; };
    const rest = text => { bar.hidden = true; press.disabled = false; status.textContent = text; };
    rows[what] = {
      show(kept) {
        here = kept;
        says.textContent = kept ? WHAT[what].kept : WHAT[what].not;
        press.textContent = kept ? `Remove ${name}` : `Keep ${name}`;
      },
      async told({ share, whole, failed }) {
        if (failed) return rest(wanted ? REASONS[failed] : "");
        if (!whole) return busy(share);
        rest(wanted ? "Kept." : "");
        wanted = false;
        await show();
      },
    };
    press.addEventListener("click", async () => {
      if (here) {
        await forget(what);
        rest("Removed.");
        return show();
      }
      wanted = true;
      busy(0);
      navigator.storage?.persist?.().catch(() => {});     // a wish, which a browser may grant
      try { await keep(what); } catch { rest(REASONS.network); }
    });
    box.append(made("p", { class: "book-keep" }, says, " ", press, " ", bar, " ", status));
  }
  async function show() { for (const [what, kept] of Object.entries(await state())) rows[what].show(kept); }
  document.addEventListener("nn-offline", ({ detail }) => rows[detail.what]?.told(detail));
  show();
})();
