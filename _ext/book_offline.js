// The book without a network: this page has the worker come that keeps it, once somebody reads on; it says when a newer
// edition is ready; and the page About shows what is kept (offline/controls.js asks `bookOffline`).
(() => {
  const mark = document.querySelector('meta[name="book-edition"]');
  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
  const script = new URL("sw.js", root).href, place = root.pathname, REFUSED = `nn-offline:${place}`;
  const READS = 3000, GLANCES = 30_000;                  // milliseconds: who came from another page, who has just come
  let workers = null;
  try { if (mark?.content && /^https?:$/.test(location.protocol) && self.caches) workers = navigator.serviceWorker; } catch { /* a sandboxed frame */ }

  const stored = act => { try { return act(localStorage); } catch { return null; } };
  const names = async prefix => (await caches.keys()).filter(name => name.startsWith(`${prefix}:${place}:`));
  async function any(prefix) {
    for (const name of await names(prefix)) if (await caches.match(`${root.href}?whole`, { cacheName: name })) return true;
    return false;
  }

  // What is asked for by hand is told when it can't be; what goes by itself is quiet.
  async function keep(what = "book") {
    stored(kept => kept.removeItem(REFUSED));
    const registration = await workers.register(script);
    if (what === "book" && (registration.installing || await any("nn-book"))) return;
    const worker = registration.active ?? (await workers.ready).active;
    worker.postMessage({ keep: what });
  }

  async function forget(what = "book") {
    if (what === "book") {
      stored(kept => kept.setItem(REFUSED, "1"));
      await (await workers.getRegistration(root))?.unregister();
      for (const name of await names("nn-book")) await caches.delete(name);
    }
    for (const name of await names("nn-python")) await caches.delete(name);
  }

  const state = async () => ({ book: await any("nn-book"), python: await any("nn-python") });
  window.bookOffline = { can: !!workers, keep, forget, state, megabytes: mark?.dataset };
  if (!workers) return;

  workers.addEventListener("message", ({ data, source }) => {
    if (source?.scriptURL !== script) return;            // another book's, on the same host
    if (data.newer && data.newer !== mark.content) newer();
    else document.dispatchEvent(new CustomEvent("nn-offline", { detail: data }));
  });

  function newer() {
    if (document.querySelector(".book-newer")) return;
    const line = document.createElement("p"), button = document.createElement("button");
    line.className = "book-newer";
    line.setAttribute("role", "status");
    button.type = "button";
    button.textContent = "Show it";
    button.addEventListener("click", () => location.reload());
    document.querySelector(".prev-next-footer")?.before(line);
    line.append("A newer edition of this book is ready. ", button);
  }

  // By itself: not in another site's frame, not where data is saved, not where the reader has removed it.
  const reads = document.referrer.startsWith(root.href) || workers.controller?.scriptURL === script || matchMedia("(display-mode: standalone)").matches;
  const may = self.top === self && !navigator.connection?.saveData && !stored(kept => kept.getItem(REFUSED));
  const begin = () => document.hidden ? document.addEventListener("visibilitychange", begin, { once: true }) : keep().catch(() => {});
  if (may) addEventListener("load", () => setTimeout(begin, reads ? READS : GLANCES));
  // A page that stays open asks for a newer edition when one comes back to it; others ask when they are opened.
  let asked = performance.now();
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden || performance.now() - asked < 3_600_000) return;
    asked = performance.now();
    (await workers.getRegistration(root))?.update().catch(() => {});
  });
})();
