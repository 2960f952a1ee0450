// The page's one Python: started by the first press, kept warm, ended and started anew when a reader stops a run.
const STALL = 45_000;                                  // no byte and no stage for so long: nothing will come
const WORK = 300_000;                                  // all is here and is being compiled: a slow device may need minutes
const config = JSON.parse(document.getElementById("nn-python").textContent);

let worker = null, starting = null, next = 0, watch = 0;
const waiting = new Map();
const listeners = new Set();
let output = null;

const kept = window.bookOffline?.can && (await window.bookOffline.state()).python;
const from = kept ? "what this browser keeps" : config.host || "this site";

// Tells every listener {stage, share, words}; returns what takes the listener away.
export function progress(listener) { listeners.add(listener); return () => listeners.delete(listener); }
const say = state => listeners.forEach(listener => listener(state));

function stalled(limit, act) {
  clearTimeout(watch);
  if (limit) watch = setTimeout(act, limit);
}

const slow = () => fail("it took longer than five minutes");
const nothing = () => fail(`Nothing came from ${from} for ${STALL / 1000} seconds`);

// Is the line silent, or is the device slow? The worker knows; one that has no time to answer is slow.
function wonder() {
  worker.postMessage({ silent: true });
  stalled(WORK, slow);
}

function fail(reason) {
  const error = new Error(`Python did not start: ${reason.replace(/[.?]$/, "")}. The page stays as it is; press again to try again, or run this chapter as a notebook.`);
  end(error);
}

// A browser's own words, each browser's different, as a sentence of the book.
function cause(error) {
  if (navigator.onLine === false) return "this browser is offline";
  if (/memory|allocat/i.test(error)) return "this device has too little free memory for it";
  if (/fetch|network|load failed|importing|imported/i.test(error)) return `${from} could not be reached (it is blocked, or there is no connection)`;
  return error;
}

function end(error) {
  stalled();
  worker?.terminate();
  worker = null;
  const refuse = starting?.refuse;
  starting = null;
  count += 1;
  say({ stage: "off" });
  refuse?.(error);
  for (const { refuse } of waiting.values()) refuse(error);
  waiting.clear();
}

export function start() {
  if (starting) return starting.promise;
  const begun = {};
  begun.promise = new Promise((done, refuse) => Object.assign(begun, { done, refuse }));
  begun.promise.catch(() => {});
  starting = begun;
  if (typeof WebAssembly !== "object") { queueMicrotask(() => fail("this browser has no WebAssembly, or it is switched off")); return begun.promise; }
  try { worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module" }); }
  catch { queueMicrotask(() => fail("this browser refuses it a worker of its own")); return begun.promise; }
  const mine = worker;
  worker.onerror = event => { if (worker === mine) fail(cause(event.message || "the worker ended")); };
  worker.onmessage = ({ data }) => { if (worker === mine) hear(data); };
  worker.postMessage({ start: { pyodide: config.pyodide } });
  stalled(STALL, nothing);
  return begun.promise;
}

function hear(data) {
  if (data.stage === "failed") return fail(cause(data.error));
  if (data.stage === "silent") return nothing();
  if (data.stage) {
    if (data.stage === "ready") { stalled(); starting.done(); say({ stage: "ready" }); return; }
    const [what, whole, total] = data.pictures ? ["Matplotlib, for pictures", config.pictures, config.picturesMegabytes]
      : ["Python", config.bytes, config.megabytes];
    const share = Math.min(1, data.bytes / whole);
    share < 1 ? stalled(STALL, wonder) : stalled(WORK, slow);
    say({ stage: "start", share, words: share < 1 ? `${what}: ${(share * total).toFixed(1)} of ${total} MB from ${from}` : `${what} is here and starts` });
    return;
  }
  if ("out" in data) return output?.(data.out);
  if ("bar" in data) return say({ stage: "bar", words: data.bar });
  if ("begun" in data) return waiting.get(data.begun)?.begun();
  const asked = waiting.get(data.id);
  waiting.delete(data.id);
  if (!asked) return;
  output = null;
  data.error === undefined ? asked.done(data.result) : asked.refuse(new Error(data.error));
}

// Ask the worker; `out` hears what is printed meanwhile, `waits` is told when another request is before this one.
// Rejects when it is stopped. With a limit in milliseconds, counted from where the worker takes it up, a request that
// does not come back ends Python and resolves to null.
export async function ask(what, request, { out, limit, waits } = {}) {
  await start();
  const id = ++next;
  if (waiting.size) waits?.();
  return new Promise((done, refuse) => {
    let late = 0;
    const ended = act => value => { clearTimeout(late); act(value); };
    const begun = () => {
      output = out;
      if (limit) late = setTimeout(() => { waiting.delete(id); done(null); end(new Stopped("Stopped with the check that did not come back.")); }, limit);
    };
    waiting.set(id, { begun, done: ended(done), refuse: ended(refuse) });
    worker.postMessage({ ...request, what, id });
  });
}

// A check ends by itself in seconds: Python's own limit stops a loop, this one a call that never comes back.
const LIMIT = 20_000;
export async function check(exercise, code, waits) {
  const message = `${exercise}: not yet. It was stopped after ${LIMIT / 1000} seconds: one of its calls does not come back.`;
  return await ask("check", { exercise, code }, { limit: LIMIT, waits }) ?? { ok: false, kind: "timeout", message, printed: "" };
}

// Which Python this is: another number after every stop, for whoever keeps count of what has run in it.
let count = 0;
export const generation = () => count;

export class Stopped extends Error {}

// End whatever runs. Python starts anew at the next press: its variables are gone, the reader's text is not.
export function stop() { if (worker) end(new Stopped("Stopped. Python starts anew at the next press; your text is as it was.")); }

