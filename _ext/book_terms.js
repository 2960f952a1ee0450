// A term or a source is explained where it is named: its own page's words, in a card at the pointer, the finger or the focus.
(() => {
  const LINK = "a[href]:is(:has(> .term), :has(> .source))", WAIT = 250;
  if (location.protocol === "file:" || document.querySelector("dl.glossary")) return;  // a page in a folder may read no other
  const pages = new Map();
  const card = document.createElement("div");
  card.id = "book-card";
  card.className = "book-card";
  card.hidden = true;
  card.setAttribute("role", "tooltip");
  let shown = null, timer = 0, touched = null;

  function page(address) {
    if (!pages.has(address)) pages.set(address, fetch(address)
      .then(answer => answer.ok ? answer.text() : Promise.reject(answer.status))
      .then(html => new DOMParser().parseFromString(html, "text/html")));
    return pages.get(address);
  }

  async function words(link) {
    const [address, id] = link.href.split("#");
    const found = (await page(address)).getElementById(decodeURIComponent(id));
    const part = found?.closest("dt")?.nextElementSibling ?? found?.closest(".citation");
    if (!part) return null;
    const copy = document.createElement("div");
    copy.append(...[...part.cloneNode(true).childNodes].map(node => document.importNode(node, true)));
    copy.querySelectorAll("[id]").forEach(node => node.removeAttribute("id"));
    copy.querySelectorAll(".label, .headerlink").forEach(node => node.remove());
    for (const inner of copy.querySelectorAll("a[href]")) inner.href = new URL(inner.getAttribute("href"), address);
    return copy;
  }

  async function show(link) {
    let text;
    try { text = await words(link); } catch { return; }  // the link itself still leads there
    if (!text || shown !== link) return;
    card.replaceChildren(text);
    if (touched === link) {
      const on = document.createElement("a");
      on.href = link.href;
      on.textContent = link.href.includes("bibliography") ? "In the bibliography" : "In the glossary";
      card.append(on);
    }
    document.body.append(card);
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    const line = link.getClientRects()[0], box = card.getBoundingClientRect(), edge = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(line.left, edge - box.width - 8));
    const below = line.bottom + box.height + 12 < innerHeight || line.top < box.height + 12;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? line.bottom + 6 : line.top - box.height - 6) + scrollY}px`;
  }

  function hide() {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = touched = null;
    card.hidden = true;
  }

  function soon(link) {
    clearTimeout(timer);
    if (shown === link) return;
    timer = setTimeout(() => { hide(); shown = link; show(link); }, WAIT);
  }
  const later = () => { clearTimeout(timer); timer = setTimeout(hide, WAIT); };

  const link = target => target instanceof Element ? target.closest(LINK) : null;
  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    if (link(event.target)) soon(link(event.target));
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (shown) later();
  });
  document.addEventListener("focusin", event => {
    if (link(event.target)?.matches(":focus-visible")) soon(link(event.target));
    else if (shown && !card.contains(event.target)) hide();
  });
  let finger = false;
  document.addEventListener("pointerdown", event => {
    finger = event.pointerType === "touch";
    if (shown && !card.contains(event.target) && link(event.target) !== shown) hide();
  });
  document.addEventListener("click", event => {
    const tapped = link(event.target);
    if (!finger || !tapped || touched === tapped) return;  // the first touch explains, the second goes there
    event.preventDefault();
    hide();
    shown = touched = tapped;
    show(tapped).then(() => { if (card.hidden) location.href = tapped.href; });
  });
  document.addEventListener("keydown", event => { if (event.key === "Escape" && shown) hide(); });
})();
