// Python, in a worker of its own: starts Pyodide, brings the book's packages, answers one request after another.
// Its page ends it when a reader stops a run, and starts a new one.
const here = new URL(".", self.location);
let python, inpage, notebook, started;
const tell = message => self.postMessage(message);

// Count what arrives, so that the page can say how much of the whole is here. The response itself is passed on as it
// came: only then can the browser keep what it has compiled.
let arrived = 0, told = 0, coming = false, pictures = false, trouble = "";
const tellBytes = () => { if (coming) tell({ stage: "bytes", bytes: arrived, pictures }); };
const ready = () => { coming = false; moves(0); tell({ stage: "ready" }); };

// Is the line silent? That is known of what was asked for and has not come to its end, once nothing moved for so long.
const QUIET = 10_000;
let open = 0, moved = 0, asked = 0;
const moves = more => { open += more; moved = performance.now(); clearInterval(asked); };
function silent() {
  clearInterval(asked);
  asked = setInterval(() => {
    if (!open || performance.now() - moved < QUIET) return;
    clearInterval(asked);
    tell({ stage: "silent" });
  }, 1000);
}
async function awaited(promise) {
  moves(1);
  try { return await promise; } finally { moves(-1); }
}

const real = self.fetch.bind(self);
self.fetch = async (...request) => {
  try {
    const response = await awaited(real(...request));
    if (!response.ok) throw new Error(`for ${new URL(response.url).pathname.split("/").pop()} the host answered ${response.status}`);
    if (response.body) awaited(count(response.clone().body.getReader())).catch(() => {});
    return response;
  } catch (error) {
    trouble = String(error.message ?? error);
    if (!notebook) tell({ stage: "failed", error: trouble });      // Pyodide itself would wait for ever
    throw error;
  }
};

// Pyodide reports a package that it cannot get, and goes on without it.
async function bring(name) {
  if (!python.loadedPackages[name]) await python.loadPackage(name, { messageCallback() {}, errorCallback(text) { trouble ||= text; } });
  if (!python.loadedPackages[name]) throw new Error(`${name} could not be fetched: ${trouble}`);
}

async function count(reader) {
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    arrived += part.value.byteLength;
    moves(0);
    if (performance.now() - told > 80) { told = performance.now(); tellBytes(); }
  }
  tellBytes();
}

// What is printed goes out in pieces, not letter by letter: a flood must not keep the page busy.
let pile = "", sent = 0;
const flush = () => { if (pile) tell({ out: pile }); pile = ""; sent = performance.now(); };
let writes = 0;                                         // the first of a run go at once: a long loop may follow them
const send = text => { pile += text; if (++writes < 200 || performance.now() - sent > 40) flush(); };
let barred = 0;
const bar = text => { if (performance.now() - barred > 80) { barred = performance.now(); tell({ bar: text }); } };

async function start({ pyodide }) {
  const folder = new URL(pyodide, here).href;
  coming = true;
  tellBytes();
  const [{ loadPyodide }, book] = await Promise.all([awaited(import(folder + "pyodide.mjs")), fetch(new URL("book.zip", here)).then(r => r.arrayBuffer())]);
  const quiet = () => {};
  python = await loadPyodide({ indexURL: folder, packages: ["numpy"], stdout: quiet, stderr: quiet });
  await bring("numpy");
  tellBytes();
  python.unpackArchive(book, "zip", { extractDir: "/book" });
  python.runPython("import sys; sys.path.insert(0, '/book'); import classroom.inpage; notebook = classroom.inpage.Notebook()");
  [inpage, notebook] = [python.globals.get("classroom").inpage, python.globals.get("notebook")];
  ready();
}

const plain = value => { const result = value.toJs({ dict_converter: Object.fromEntries }); value.destroy(); return result; };

const PICTURES = /\b(matplotlib|classroom\.figures|explore)\b/;

const does = {
  async check({ exercise, code }) { return plain(inpage.check_code(exercise, code, send)); },
  async run({ code, drawn, name, quiet }) {
    inpage.take(drawn);
    if (PICTURES.test(code) && !python.loadedPackages.matplotlib) {
      [arrived, coming, pictures] = [0, true, true];
      tellBytes();
      try {
        await bring("matplotlib");
        inpage.start_matplotlib();
      } finally { ready(); }
    }
    return plain(quiet ? notebook.run(code, name) : notebook.run(code, name, send, bar));
  },
  async frame({ figure, places }) { return plain(notebook.frame(figure, places)); },
};

// One after another: a request waits for the one before it, and for the start.
let queue = Promise.resolve();
self.onmessage = ({ data }) => {
  if (data.silent) return silent();
  if (data.start) { started = start(data.start).catch(error => tell({ stage: "failed", error: String(error.message ?? error) })); return; }
  queue = queue.then(async () => {
    await started;
    let answer;
    writes = 0;
    tell({ begun: data.id });
    try { answer = { result: await does[data.what](data) }; }
    catch (error) { answer = { error: String(error.message ?? error) }; }
    flush();
    tell({ id: data.id, ...answer });
  });
};
