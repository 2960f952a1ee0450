// What a reader has written, kept in this browser: one entry for each exercise and each changed cell.
// An entry: {v: 1, code, starter, time, past: [{code, time}]}. Nothing that was ever written is thrown away by the page
// itself: what a reset, another tab or a new edition would replace goes to `past`. Two entries are lists instead of code: the
// digits that a reader has drawn, DRAWN, and the questions answered day by day, REVIEWED. Two of a list are joined.
(() => {
  const VERSION = 1, MOST_PAST = 8, DRAWN = "drawn", REVIEWED = "reviewed";
  const LISTS = {                                        // what an item of each list must be
    [DRAWN]: item => Array.isArray(item?.strokes) && Array.isArray(item.said) && Number.isInteger(item.meant),
    [REVIEWED]: item => Array.isArray(item) && /^[a-z0-9-]+$/.test(item[0]) && /^\d{4}-\d\d-\d\d$/.test(item[1])
      && Number.isFinite(Date.parse(item[1])) && typeof item[2] === "boolean" && item.length === 3,
  };
  const isList = id => Object.hasOwn(LISTS, id);
  const site = new URL(document.documentElement.dataset.content_root || "./", location.href).pathname;
  const PREFIX = `nn.work ${site} `;
  const memory = new Map();                              // where storage is refused it lasts as long as the page

  function get(key) {
    try { return localStorage.getItem(key); } catch { return memory.get(key) ?? null; }
  }

  function read(id) {
    const text = get(PREFIX + id) ?? memory.get(PREFIX + id);
    if (!text) return null;
    try { return understood(JSON.parse(text)); } catch { return null; }
  }

  function understood(entry) {                           // what of an entry this edition can use
    if (entry?.v > VERSION) return { newer: true };
    if (typeof entry?.code !== "string") return null;
    const past = Array.isArray(entry.past) ? entry.past.filter(item => typeof item?.code === "string") : [];
    return { v: VERSION, code: entry.code, starter: typeof entry.starter === "string" ? entry.starter : "", time: +entry.time || 0, past };
  }

  // Whether this browser keeps anything: where storage is refused the pages have one of their own, which forgets.
  function lasts() { try { return localStorage instanceof Storage; } catch { return false; } }

  // True when it is kept beyond this page.
  function write(id, entry) {
    const text = JSON.stringify(entry);
    memory.set(PREFIX + id, text);
    try { localStorage.setItem(PREFIX + id, text); return lasts() && localStorage.getItem(PREFIX + id) === text; } catch { return false; }
  }

  function remove(id) {
    memory.delete(PREFIX + id);
    try { localStorage.removeItem(PREFIX + id); } catch { /* it was kept in memory only */ }
  }

  function ids() {
    const keys = new Set(memory.keys());
    try { for (let i = 0; i < localStorage.length; i++) keys.add(localStorage.key(i)); } catch { /* memory only */ }
    return [...keys].filter(key => key.startsWith(PREFIX)).map(key => key.slice(PREFIX.length)).sort();
  }

  function put(entry, code, time) {                      // remember a text among the earlier ones, once
    const past = [{ code, time }, ...entry.past.filter(item => item.code !== code)];
    entry.past = past.filter(item => item.code !== entry.code).slice(0, MOST_PAST);
  }

  // The text of one exercise or cell, as it stands in this tab.
  class Work {
    constructor(id, starter, changed) {
      Object.assign(this, { id, starter, changed, later: 0, kept: true, newer: false });
      this.take(read(id));
      addEventListener("storage", event => { if (event.key === PREFIX + id || event.key === null) this.other(); });
      addEventListener("pagehide", () => this.save());
      document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(); });
    }

    take(entry) {
      this.newer = !!entry?.newer;
      this.entry = entry && !entry.newer ? entry : { v: VERSION, code: this.starter, starter: this.starter, time: 0, past: [] };
      this.saved = this.entry.code;
    }

    get code() { return this.entry.code; }
    set code(text) {
      if (text === this.entry.code) return;
      this.entry.code = text;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.save(), 400);
    }

    get outdated() { return this.entry.starter !== this.starter && this.entry.code !== this.starter; }
    get changedByReader() { return this.entry.code !== this.starter; }

    save() {
      clearTimeout(this.later);
      if (this.entry.code === this.saved) return this.kept;
      const there = read(this.id);
      if (there?.newer) { this.newer = true; this.kept = false; this.changed(); return false; }
      if (there && there.time > this.entry.time) {        // another tab was here since: its text stays among the earlier ones
        for (const item of [...there.past].reverse()) put(this.entry, item.code, item.time);
        if (there.code !== this.saved) put(this.entry, there.code, there.time);
      }
      this.entry.time = Math.max(Date.now(), (there?.time ?? 0) + 1);
      this.saved = this.entry.code;
      if (this.entry.code === this.starter && !this.entry.past.length) { remove(this.id); this.kept = true; }
      else this.kept = write(this.id, this.entry);
      this.changed();
      return this.kept;
    }

    other() {                                            // another tab has written
      const there = read(this.id);
      if (this.entry.code === this.saved) { this.take(there); this.changed(true); }   // nothing of ours is unsaved
      else if (there && !there.newer) { put(this.entry, there.code, there.time); this.changed(); }
    }

    replace(code) {                                      // a reset, an earlier text: what stood there can be had again
      const before = this.entry.code;
      if (code === before) return;
      this.entry.code = code;
      put(this.entry, before, Date.now());
      this.entry.starter = this.starter;
      this.save();
      this.changed(true);
    }

    keep() { this.entry.starter = this.starter; write(this.id, this.entry); this.changed(); }
  }

  // The items of a list, as it is kept or as a file has it.
  function items(id, text = read(id)?.code) {
    try { return JSON.parse(text).filter(LISTS[id]); } catch { return []; }
  }

  // Several lists as one text, each item once: first what is here.
  function joined(...lists) {
    return JSON.stringify([...new Map(lists.flat().map(item => [JSON.stringify(item), item])).values()]);
  }

  // One more item, beside whatever another tab has added since; true when it is kept beyond this page.
  function add(id, item) {
    if (read(id)?.newer) return false;
    return write(id, { v: VERSION, code: joined(items(id), [item]), starter: "", time: Date.now(), past: [] });
  }

  // Entries from a file: where both have a text, the one written later stands and the other is kept among the earlier ones.
  function merge(entries) {
    let texts = 0, kept = true;
    for (const [id, raw] of Object.entries(entries ?? {})) {
      if (!/^[\w/-]+$/.test(id)) continue;
      const theirs = understood(raw), ours = read(id);
      if (!theirs || theirs.newer || ours?.newer) continue;
      if (isList(id)) theirs.code = joined(items(id), items(id, theirs.code));
      const [first, second] = !ours || theirs.time > ours.time ? [theirs, ours] : [ours, theirs];
      if (second) for (const item of [...second.past].reverse().concat(second)) put(first, item.code, item.time);
      if (isList(id)) Object.assign(first, { code: theirs.code, past: [] });
      else texts += 1;
      kept = write(id, first) && kept;
    }
    return { texts, kept };
  }

  window.nnWork = { DRAWN, REVIEWED, isList, Work, lasts, ids, read, write, remove, merge, items, add };
})();
