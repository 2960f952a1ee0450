// The book without a network. One cache an edition: it is filled completely, each file compared with the hash that the
// build took of it, before a page comes from it. Pages come from the network, or, where that takes long, from the newest
// edition that is whole; whatever else they ask for has an address that changes with its content, and comes from here.
// No worker pushes another aside: this one's edition stays as long as a page that it serves is open.
const BOOK = "what the build knows";
const ROOT = self.registration.scope;
const PLACE = new URL(ROOT).pathname;                    // two books on one host keep apart
const EDITIONS = `nn-book:${PLACE}:`, MINE = EDITIONS + BOOK.edition;
const PYTHON = new URL(BOOK.pyodide, `${ROOT}_static/inpage/-/`).href;
const PYTHONS = `nn-python:${PLACE}:`, SNAKE = PYTHONS + PYTHON;
const WHOLE = `${ROOT}?whole`;                           // put last; says when
const LIMIT = 2000;                                      // milliseconds that a page may take from the network

const names = async prefix => (await caches.keys()).filter(name => name.startsWith(prefix));
const whole = async name => Number(await (await caches.match(WHOLE, { cacheName: name }))?.text() ?? 0);

// ------------------------------------------------------------------------------------------------------------- filling
async function tell(message) {
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true }))
    if (page.url.startsWith(ROOT)) page.postMessage(message);
}

// Tells pages how far `job` is, and when it has failed; `job` gets what it calls with bytes that have come.
async function telling(what, total, job) {
  let come = 0, told = 0;
  try {
    await job(bytes => {
      come += bytes;
      if (performance.now() - told > 100) { told = performance.now(); tell({ what, share: Math.min(1, come / total) }); }
    });
    await tell({ what, share: 1, whole: true });
  } catch (error) {
    await tell({ what, failed: error.name === "QuotaExceededError" ? "full" : "network" });
    throw error;
  }
}

async function hash(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.subarray(0, 8)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

const store = (cache, address, bytes, from) =>
  cache.put(address, new Response(bytes, { headers: { "Content-Type": from.headers.get("Content-Type") ?? "" } }));

// One file of this edition: from here if it is here already, also from another edition, else from the network.
async function bring(cache, [name, wanted], came) {
  const address = ROOT + name;
  for (const find of [() => cache.match(address), () => caches.match(address), () => fetch(address, { cache: "no-cache", priority: "low" })]) {
    const found = await find(), bytes = found?.ok && await found.arrayBuffer();
    if (!bytes || await hash(bytes) !== wanted) continue;
    await store(cache, address, bytes, found);
    return came(bytes.byteLength);
  }
  throw new Error(`${address} is not what this edition has there`);
}

const fill = () => telling("book", BOOK.bytes, async came => {
  const cache = await caches.open(MINE), waiting = Object.entries(BOOK.files);
  const lane = async () => { while (waiting.length) await bring(cache, waiting.shift(), came); };
  await Promise.all([lane(), lane(), lane(), lane()].map(one => one.catch(error => { waiting.length = 0; throw error; })));
  await cache.put(WHOLE, new Response(String(Date.now())));
});

// Pyodide and NumPy, under addresses that hold their version.
const fillPython = () => telling("python", BOOK.pythonBytes, async came => {
  const cache = await caches.open(SNAKE);
  async function get(name) {
    const address = PYTHON + name, here = await cache.match(address);
    if (here) { came((await here.clone().blob()).size); return here; }
    const found = await fetch(address);
    if (!found.ok) throw new Error(`${address}: ${found.status}`);
    const parts = [], reader = found.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) { parts.push(part.value); came(part.value.byteLength); }
    await store(cache, address, new Blob(parts), found);
    return cache.match(address);
  }
  const { packages } = await (await get("pyodide-lock.json")).json();
  for (const name of BOOK.core) await get(name);
  const waiting = ["numpy"];
  while (waiting.length) {
    const { file_name, depends } = packages[waiting.pop()];
    await get(file_name);
    waiting.push(...depends);
  }
  await cache.put(WHOLE, new Response(String(Date.now())));
});

// A reader who has kept another edition's Python has this one's instead.
async function keepsPython() {
  for (const name of await names(PYTHONS)) if (name !== SNAKE && await whole(name)) return true;
  return false;
}

self.addEventListener("install", event => event.waitUntil((async () => {
  await fill();
  if (await keepsPython() && !await whole(SNAKE)) await fillPython();
  if (self.registration.active) await tell({ newer: BOOK.edition });
})()));

// No page of an earlier edition is open any more. While a later one is on its way, that one will tidy up.
self.addEventListener("activate", event => event.waitUntil((async () => {
  if (!self.registration.waiting && !self.registration.installing)
    for (const name of [...await names(EDITIONS), ...await names(PYTHONS)])
      if (name !== MINE && name !== SNAKE) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("message", event => {
  const job = { book: fill, python: fillPython }[event.data.keep];
  if (job) event.waitUntil(job().catch(() => {}));         // the page has been told
});

// ------------------------------------------------------------------------------------------------------------ answering
// A page of the newest edition that is whole; a host may name it without “.html”, or by its folder.
async function kept({ url }) {
  let best = null, latest = 0;
  for (const name of await names(EDITIONS)) {
    const time = await whole(name);
    if (time > latest) [best, latest] = [name, time];
  }
  const address = new URL(url), path = address.origin + address.pathname;
  for (const name of best ? [path, `${path}index.html`, `${path}.html`] : []) {
    const found = await caches.match(name, { cacheName: best });
    if (found) return found;
  }
}

// (Not by navigation preload: where that fails, Firefox shows its error and takes no answer from here.)
async function page(request) {
  const network = fetch(request);
  const late = new Promise(done => setTimeout(done, LIMIT));
  const answer = await Promise.race([network.catch(() => null), late]);
  return answer && answer.status < 500 ? answer : await kept(request) ?? network;
}

self.addEventListener("fetch", event => {
  const { request } = event, inside = request.url.startsWith(ROOT), file = /[^/?#]*$/.exec(request.url.split(/[?#]/)[0])[0];
  if (request.method !== "GET") return;
  if (inside && (request.mode === "navigate" || file.endsWith(".html"))) event.respondWith(page(request));
  else if (inside || request.url.startsWith(PYTHON))
    event.respondWith(caches.match(request.url).then(found => found ?? fetch(request)));
});
