// Finds the places of the book that answer a query, and in each the sentence that does. It needs MiniSearch and Sphinx's
// Stemmer, which stand above it in the same file; the places come with `load`.
"use strict";

const bookSearch = (() => {
  const GREEK = { α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", λ: "lambda", μ: "mu",
    π: "pi", ρ: "rho", σ: "sigma", τ: "tau", φ: "phi", Σ: "sum", ᵀ: "transpose" };
  // Asked with, never asked for.
  const SMALL = new Set(("a an and are as at be been but by can could do does did for from get gets goes had has have how i if in into is it its me my "
    + "of on or our shall should so than that the their them then there these they this those to too very was we were what when "
    + "where which while who why will with would you your not no").split(" "));
  const BOOST = { title: 4, page: 1.2, text: 1 };
  const KINDS = { term: 1.35, page: 1.25, section: 1, misconception: 0.9, name: 0.8, aside: 0.5, source: 0.6 };
  const WORD = /[\p{L}\p{N}_]+(?:[-‐‑][\p{L}\p{N}_]+)*/gu;
  const stemmer = new Stemmer();
  const stem = kept((word) => (/^[a-z]{3,}$/.test(word) ? stemmer.stemWord(word) : word));

  // A Map and no object: an object has a "constructor" before anything is put into it.
  function kept(compute) {
    const known = new Map();
    return (word) => {
      if (!known.has(word)) known.set(word, compute(word));
      return known.get(word);
    };
  }

  // A word as it is compared: small letters, no accents, ₁ as 1, η as eta.
  function plain(word) {
    const letters = [...word].map((letter) => (Object.hasOwn(GREEK, letter) ? GREEK[letter] : letter)).join("");
    return letters.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  // "over-fitting" is also "overfitting"; "SoftmaxCrossEntropy" and "cross_entropy" are also their parts.
  const forms = kept((written) => {
    const parts = written.replace(/([a-z])([A-Z])/g, "$1-$2").split(/[-‐‑_]/u).filter(Boolean);
    const all = parts.length > 1 ? [...parts, written.replace(/[-‐‑]/gu, "")] : [written];
    return all.map(plain);
  });

  const tokens = (text) => (text.match(WORD) || []).flatMap(forms);

  const telling = (words) => words.filter((word) => !SMALL.has(word));

  function asked(query) {
    const typed = (query.match(WORD) || []).map(plain);
    return telling(typed).length ? telling(typed) : typed;
  }

  let index = null, places = [], known = [];

  // pages: [[address, name, weight], …]; list: [[page, kind, anchor, title, text], …]; phrases: [[words, place], …]
  function load(pages, list, phrases) {
    places = list.map(([page, kind, anchor, title, text], id) =>
      ({ id, kind, anchor, title, text, url: pages[page][0], page: pages[page][1], weight: pages[page][2],
        named: new Set(telling(tokens(title)).map(stem)) }));
    known = phrases.map(([words, place]) => ({ place, words: tokens(words).map(stem) }));
    index = new MiniSearch({
      fields: Object.keys(BOOST), tokenize: tokens, processTerm: stem,
      extractField: (place, field) => (field === "page" && place.kind === "page" ? "" : place[field]),
    });
    index.addAll(places);
  }

  // Every word by its stem; the last one also as far as it is typed; `slips` allows for one or two wrong letters.
  function ask(words, combineWith, slips) {
    const queries = words.map((word, i) => ({
      combineWith: "OR",
      queries: [
        { queries: [stem(word)], fuzzy: slips && word.length > 4 ? 0.17 : false },
        ...(i === words.length - 1 && word.length > 1 ? [{ queries: [word], prefix: true }] : []),
      ],
    }));
    const wanted = new Set(words.map(stem));
    return index.search({ combineWith, queries }, {
      boost: BOOST, tokenize: (text) => [text], processTerm: (word) => word, weights: { prefix: 0.4, fuzzy: 0.2 },
      boostDocument: (id) => KINDS[places[id].kind] * places[id].weight * (1 + 4 * likeness(places[id].named, wanted) ** 2),
    });
  }

  // 1 if a title says just what was asked, 0 if it says nothing of it.
  function likeness(named, wanted) {
    const both = [...wanted].filter((word) => named.has(word)).length;
    return both && both / (named.size + wanted.size - both);
  }

  // What newcomers call things: the place that a phrase is known to mean comes first, the longest phrase before others.
  function meant(query) {
    const stems = new Set(tokens(query).map(stem));
    return known.filter((phrase) => phrase.words.every((word) => stems.has(word)))
      .sort((a, b) => b.words.length - a.words.length)
      .map((phrase) => ({ id: phrase.place, terms: [...stems] }));
  }

  // Best first: [{url, anchor, title, page, kind, sentence: [[text, marked], …]}]
  function find(query, most = 30) {
    const words = asked(query).slice(0, 12);
    if (!index || !words.length) return [];
    const hits = new Map();
    const add = (found) => found.forEach((hit) => hits.has(hit.id) || hits.set(hit.id, hit));
    add(meant(query));
    add(ask(words, "AND", false));
    if (hits.size < 5) add(ask(words, "AND", true));
    if (hits.size < 5) add(ask(words, "OR", false));
    return [...hits.values()].slice(0, most).map((hit) => {
      const { url, anchor, title, page, kind, text } = places[hit.id];
      return { url, anchor, title, page, kind, sentence: best(text, new Set(hit.terms)) };
    });
  }

  const sentences = (text) => text.match(/[^\n]+?(?:[.?!…][”’")]?(?=\s+[“"(]?[\p{Lu}\p{N}])|(?=\n)|$)/gu) || [];

  // The sentence that holds most of the words; of equals the first.
  function best(text, terms) {
    let most = -1, found = "";
    for (const sentence of sentences(text)) {
      const held = new Set(tokens(sentence).map(stem).filter((word) => terms.has(word))).size;
      if (held > most) [most, found] = [held, sentence.trim()];
    }
    return clipped(marked(found, terms));
  }

  function marked(sentence, terms) {
    const parts = [];
    let end = 0;
    for (const match of sentence.matchAll(WORD)) {
      if (!forms(match[0]).some((word) => terms.has(stem(word)) || terms.has(word))) continue;
      parts.push([sentence.slice(end, match.index), false], [match[0], true]);
      end = match.index + match[0].length;
    }
    return [...parts, [sentence.slice(end), false]].filter(([text]) => text);
  }

  // A long sentence from a little before its first marked word, cut between words.
  function clipped(parts, room = 260) {
    const whole = parts.map(([text]) => text).join("");
    if (whole.length <= room) return parts;
    let before = 0;
    for (const [text, mark] of parts) { if (mark) break; before += text.length; }
    let from = before === whole.length || before < room * 0.6 ? 0 : whole.indexOf(" ", before - 80) + 1;
    let to = from + room >= whole.length ? whole.length : whole.lastIndexOf(" ", from + room);
    const cut = [];
    for (const [text, mark] of parts) {
      const piece = text.slice(Math.max(0, from), Math.max(0, to));
      if (piece) cut.push([piece, mark]);
      from -= text.length;
      to -= text.length;
    }
    if (!whole.startsWith(cut[0][0])) cut.unshift(["… ", false]);
    if (to > 0 || !whole.endsWith(cut.at(-1)[0])) cut.push([" …", false]);
    return cut;
  }

  return { load, find };
})();
