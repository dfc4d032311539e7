"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const parse = (id) => JSON.parse($(id).textContent);
  const [CHANGE, MARK, DROP, SPACE, MOVE] = [0, 1, 2, 3, 4];
  const index = parse("index"); // [id, title, applied, left alone, dropped blocks]
  const ruleTexts = parse("rules"); // code -> [name, explanation, of layout]
  const loaded = new Map();
  let open = -1; // the document in the reader
  let current = null; // the element of the edit in the inspector
  let sideBySide = false;
  let showLayout = false;

  // --- elements ------------------------------------------------------------------------------

  /** An element; texts among the children are only ever text. */
  function h(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  // What a reader cannot see, and what would reorder what they see, is shown by its number.
  const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

  function seen(text) {
    const pieces = [];
    let at = 0;
    for (const match of text.matchAll(UNSEEN)) {
      if (match.index > at) pieces.push(text.slice(at, match.index));
      const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      pieces.push(h("span", { class: "ctl", title: "a character that is not seen" }, `U+${code}`));
      at = match.index + match[0].length;
    }
    if (at < text.length) pieces.push(text.slice(at));
    return pieces;
  }

  const spaces = (text) => text.replace(/ /g, "␣").replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, "⍽").replace(/\t/g, "⇥").replace(/\n/g, "↵");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // --- documents -----------------------------------------------------------------------------

  function edit(row, number) {
    const [rule, start, end, line, column, before, after, certainty, repair, status, reason] = row;
    return { number, rule, start, end, line, column, before, after, certainty, repair, status, reason };
  }

  function load(number) {
    if (!loaded.has(number)) {
      const data = parse(`doc-${number}`);
      data.edits = data.edits.map(edit);
      data.id = data.facts.id;
      loaded.set(number, data);
    }
    return loaded.get(number);
  }

  function searchable(data) {
    if (data.search === undefined) {
      const parts = [data.id, data.facts.title || ""];
      for (const s of data.segments) parts.push(typeof s === "string" ? s : `${s[1]}\n${s[2]}`);
      for (const e of data.edits) parts.push(e.reason);
      data.search = fold(parts.join("\n"));
    }
    return data.search;
  }

  // --- decisions -----------------------------------------------------------------------------

  const STORE = `normalize-decisions-${document.body.dataset.build}`;
  const decisions = new Map();
  const key = (id, e) => JSON.stringify([id, e.rule, e.start, e.end, e.after]);

  function remembered() {
    try {
      for (const d of JSON.parse(localStorage.getItem(STORE) || "[]")) {
        decisions.set(key(d.document, d), d);
      }
    } catch { /* a page opened from disk may have no storage; decisions then live as long as it */ }
  }

  function remember() {
    try { localStorage.setItem(STORE, JSON.stringify([...decisions.values()])); } catch { /* as above */ }
    $("decided").textContent = decisions.size.toLocaleString("en");
    $("export").disabled = decisions.size === 0;
  }

  function decisionOf(data, e) {
    const found = decisions.get(key(data.id, e));
    return found ? found.decision : "";
  }

  function decide(data, e, decision) {
    const { rule, start, end, before, after } = e;
    const name = key(data.id, e);
    if (decision) decisions.set(name, { document: data.id, rule, start, end, before, after, decision });
    else decisions.delete(name);
    remember();
    markDecisions();
  }

  function exportDecisions() {
    if (!decisions.size) return;
    const place = new Map(index.map(([id], at) => [id, at]));
    const sorted = [...decisions.values()].sort((a, b) =>
      (place.get(a.document) ?? 0) - (place.get(b.document) ?? 0) || a.start - b.start || a.end - b.end
      || (a.rule < b.rule ? -1 : 1));
    const text = `${JSON.stringify({ version: 1, decisions: sorted }, null, 1)}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    h("a", { href: address, download: "decisions.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  // --- filters -------------------------------------------------------------------------------

  function filters() {
    const rules = new Set([...document.querySelectorAll("input[name=rule]:checked")].map((box) => box.value));
    return {
      text: fold($("f-text").value.trim()),
      document: fold($("f-document").value.trim()),
      rules,
      low: Number($("f-low").value) || 0,
      high: $("f-high").value === "" ? 1 : Number($("f-high").value),
      state: $("f-state").value,
    };
  }

  const ofEdits = (f) => f.rules.size > 0 || f.low > 0 || f.high < 1 || f.state !== "";

  function fits(f, data, e) {
    if (f.rules.size && !f.rules.has(e.rule)) return false;
    if (e.certainty < f.low || e.certainty > f.high) return false;
    if (f.state === "applied" || f.state === "reported") return e.status === f.state;
    if (f.state === "undecided") return e.status === "reported" && !decisionOf(data, e);
    if (f.state === "decided") return decisionOf(data, e) !== "";
    return true;
  }

  function shown(f, number) {
    const [id, title] = index[number];
    if (f.document && !fold(`${id}\n${title}`).includes(f.document)) return 0;
    if (!f.text && !ofEdits(f)) return 1;
    const data = load(number);
    if (f.text && !searchable(data).includes(f.text)) return 0;
    return ofEdits(f) ? data.edits.filter((e) => fits(f, data, e)).length : 1;
  }

  function filterList() {
    const f = filters();
    let count = 0;
    let edits = 0;
    for (const [number, item] of [...$("list").querySelectorAll("li")].entries()) {
      const n = shown(f, number);
      item.hidden = n === 0;
      if (n) { count += 1; edits += n; }
    }
    const all = index.length.toLocaleString("en");
    $("list-count").textContent = `${count.toLocaleString("en")} of ${all} documents`
      + (ofEdits(f) ? `, ${edits.toLocaleString("en")} edits` : "");
    $("f-rules-count").textContent = f.rules.size ? String(f.rules.size) : "all";
    filterReader(f);
  }

  function filterReader(f) {
    if (open < 0) return;
    const data = load(open);
    for (const element of $("reader").querySelectorAll(".edit")) {
      const off = !editsOf(element).some((e) => fits(f, data, e));
      element.classList.toggle("off", off);
      element.tabIndex = off ? -1 : 0;
    }
    highlight(f.text);
    place();
  }

  /** Mark the searched text in the reader, where the browser can do so without new elements. */
  function highlight(text) {
    if (!window.CSS || !CSS.highlights) return;
    CSS.highlights.delete("found");
    if (text.length < 2) return;
    const found = new Highlight();
    const walker = document.createTreeWalker($("reader"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node && found.size < 2000; node = walker.nextNode()) {
      const plain = node.data.toLowerCase();
      if (plain.length !== node.data.length) continue;
      const folded = [...plain].map((c) => fold(c).padEnd(c.length).slice(0, c.length) || c).join("");
      for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + text.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, Math.min(at + text.length, node.length));
        found.add(range);
      }
    }
    CSS.highlights.set("found", found);
  }

  // --- the reader ----------------------------------------------------------------------------

  const editsOf = (element) => element.dataset.edits.split(" ").filter(Boolean).map((n) => load(open).edits[n]);

  const brief = (e) => `${e.rule} ${(ruleTexts[e.rule] || [""])[0]} · certainty ${e.certainty.toFixed(2)}`
    + ` · ${e.start}–${e.end} · ${e.reason}`;

  function editElement(tag, data, numbers, extra, ...children) {
    const title = numbers.map((n) => brief(data.edits[n])).join("\n");
    return h(tag, { class: `edit ${extra}`, tabindex: 0, title, "data-edits": numbers.join(" ") }, ...children);
  }

  /** Two texts side by side, or one text: `both`, `left` and `right` put pieces in place. */
  class Sheet {
    constructor(two) {
      this.two = two;
      this.root = h("div", { class: two ? "diff two" : "diff" });
      if (two) this.root.append(h("div", { class: "side" }, "raw"), h("div", { class: "side right" }, "clean"));
      this.begin();
    }
    begin() {
      this.paragraphs = this.two ? [h("p", { dir: "auto" }), h("p", { dir: "auto" })] : [h("p", { dir: "auto" })];
    }
    /** End the paragraph. Side by side, both columns begin again at one height. */
    end() {
      if (this.paragraphs.some((p) => p.hasChildNodes())) this.root.append(...this.paragraphs);
      this.begin();
    }
    keep(text) {
      for (const [at, line] of text.split("\n").entries()) {
        if (at) this.end();
        if (line) for (const p of this.paragraphs) p.append(...seen(line));
      }
    }
    inline(make) {
      if (this.two) {
        const sides = [make(true, false), make(false, true)];
        for (const [at, side] of sides.entries()) if (side.hasChildNodes()) this.paragraphs[at].append(side);
      } else this.paragraphs[0].append(make(true, true));
    }
    block(element) {
      this.end();
      this.root.append(element);
      if (this.two) this.root.append(h("div"));
    }
  }

  function changeElement(data, [, before, after, ...numbers]) {
    return (left, right) => editElement("span", data, numbers, "",
      left && before ? h("del", {}, ...seen(before)) : null,
      right && after ? h("ins", {}, ...seen(after)) : null);
  }

  function drawSpace(sheet, data, segment) {
    const [, before, after, ...numbers] = segment;
    if (before.includes("\n") || after.includes("\n")) {
      const mark = `${spaces(before)}→${spaces(after)}`;
      if (showLayout) sheet.inline(() => editElement("span", data, numbers, "layout", mark));
      if (after.includes("\n")) sheet.end();
      return;
    }
    sheet.inline((left, right) => editElement("span", data, numbers, "",
      left && before ? h("del", {}, spaces(before)) : null,
      right && after ? h("ins", {}, after === " " && left ? "␣" : after) : null));
  }

  function dropsElement(data, segments) {
    const edits = segments.flatMap((s) => s.slice(3)).map((n) => data.edits[n]);
    const size = segments.reduce((sum, s) => sum + s[1].trim().length, 0).toLocaleString("en");
    const names = [...new Set(edits.map((e) => `${e.rule} ${(ruleTexts[e.rule] || [""])[0]}`.trim()))].join(", ");
    const what = segments.length === 1 ? "1 dropped block" : `${segments.length} dropped blocks`;
    const blocks = segments.map(([, before, after, ...numbers]) => editElement("div", data, numbers, "block",
      h("div", { class: "why" }, numbers.map((n) => {
        const e = data.edits[n];
        return `${(ruleTexts[e.rule] || [""])[0] || e.rule}: ${e.reason} (${e.rule}, ${e.certainty.toFixed(2)})`;
      }).join("; ")),
      h("del", { dir: "auto" }, ...seen(before.trim())),
      after.trim() ? h("ins", {}, ...seen(after.trim())) : null));
    return h("details", { class: "drops" }, h("summary", {}, `${what}, ${size} characters: ${names}`), ...blocks);
  }

  function movedElement(data, [, before, , ...numbers]) {
    const why = numbers.map((n) => data.edits[n].reason).join("; ");
    return editElement("div", data, numbers, "moved", h("span", { class: "why" }, `${why}: `), ...seen(before.trim()));
  }

  function draw(data) {
    const sheet = new Sheet(sideBySide);
    let drops = [];
    const flush = () => {
      if (drops.length) sheet.block(dropsElement(data, drops));
      drops = [];
    };
    for (const segment of data.segments) {
      const kind = typeof segment === "string" ? -1 : segment[0];
      const blank = (kind === -1 && !segment.trim()) || (kind === SPACE && segment[1].includes("\n"));
      if (kind === DROP) drops.push(segment);
      else if (!(blank && drops.length)) {
        flush();
        if (kind === -1) sheet.keep(segment);
        else if (kind === SPACE) drawSpace(sheet, data, segment);
        else if (kind === MOVE) sheet.block(movedElement(data, segment));
        else if (kind === CHANGE) sheet.inline(changeElement(data, segment));
        else if (kind === MARK) {
          const [, before, , ...numbers] = segment;
          sheet.inline(() => editElement("mark", data, numbers, "", ...(before ? seen(before) : ["‸"])));
        }
      }
    }
    flush();
    sheet.end();
    return sheet.root;
  }

  function facts(data) {
    const f = data.facts;
    const list = h("dl", { class: "facts" });
    const add = (name, value) => {
      if (value !== null && value !== "" && value !== undefined) list.append(h("div", {}, h("dt", {}, name), h("dd", {}, value)));
    };
    const text = (value) => (value === null ? null : h("bdi", {}, ...seen(value)));
    add("source", text(f.source));
    add("language", f.lang);
    add("agency", text(f.agency));
    add("dateline", text(f.dateline));
    add("author", text(f.author));
    add("published", text(f.published));
    if (f.url) {
      const safe = /^https?:\/\//i.test(f.url);
      add("address", safe ? h("a", { href: f.url, rel: "noopener noreferrer", target: "_blank" }, f.url) : text(f.url));
    }
    add("words", f.n_words.toLocaleString("en"));
    add("raw characters", f.n_chars_raw.toLocaleString("en"));
    add("encoding", text(f.encoding));
    if (f.images.length) {
      const images = f.images.map(([caption, credit]) => [caption, credit].filter(Boolean).join(" — "));
      add("images", text(images.join("; ")));
    }
    return list;
  }

  function show(number, focus) {
    open = number;
    const data = load(number);
    const f = data.facts;
    inspect(null);
    document.querySelector(".columns").classList.toggle("sides", sideBySide);
    const two = h("button", { type: "button", "aria-pressed": String(sideBySide), onclick: toggleSides }, "Side by side");
    const layout = h("label", {}, h("input", { type: "checkbox", onchange: toggleLayout }), " paragraph breaks");
    layout.firstChild.checked = showLayout;
    $("reader").replaceChildren(
      h("header", {}, h("h2", {}, h("bdi", {}, ...seen(f.title || f.id))), facts(data)),
      h("div", { class: "bar" },
        h("button", { type: "button", onclick: () => step(-1) }, "‹ edit"),
        h("button", { type: "button", onclick: () => step(1) }, "edit ›"),
        two,
        h("button", { type: "button", onclick: toggleDrops }, "Dropped blocks"),
        layout,
        h("span", { class: "where", id: "where", role: "status" })),
      draw(data));
    for (const [at, link] of [...$("list").querySelectorAll("a")].entries()) {
      if (at === number) { link.setAttribute("aria-current", "true"); link.scrollIntoView({ block: "nearest" }); }
      else link.removeAttribute("aria-current");
    }
    markDecisions();
    filterReader(filters());
    if (focus) { $("reader").focus({ preventScroll: true }); window.scrollTo(0, 0); }
  }

  /** Draw the document again, at the same edit. */
  function redraw() {
    const edits = current ? current.dataset.edits : null;
    show(open);
    const again = edits && stops().find((element) => element.dataset.edits === edits);
    if (again) stopAt(again);
  }

  function toggleSides() { sideBySide = !sideBySide; redraw(); }
  function toggleLayout() { showLayout = !showLayout; redraw(); }
  function toggleDrops() {
    const all = [...$("reader").querySelectorAll(".drops")];
    const unfold = all.some((d) => !d.open);
    for (const d of all) d.open = unfold;
  }

  function markDecisions() {
    if (open < 0) return;
    const data = load(open);
    for (const element of $("reader").querySelectorAll(".edit")) {
      const made = new Set(editsOf(element).map((e) => decisionOf(data, e)));
      element.classList.toggle("accept", made.has("accept"));
      element.classList.toggle("reject", made.has("reject"));
    }
  }

  const sameEdits = (element) => (other) => other.dataset.edits === element.dataset.edits;

  /** The places to stop at, in order; side by side, an edit is one place though it stands twice. */
  function stops() {
    const all = [...$("reader").querySelectorAll(".edit:not(.off)")];
    const first = new Map([...all].reverse().map((element) => [element.dataset.edits, element]));
    return all.filter((element) => first.get(element.dataset.edits) === element);
  }

  const stopOf = (all) => (current ? all.findIndex(sameEdits(current)) : -1);

  function step(by) {
    const all = stops();
    if (!all.length) return;
    const at = stopOf(all);
    const next = all[(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by + all.length) % all.length];
    stopAt(next);
  }

  function stopAt(element) {
    const folded = element.closest("details");
    if (folded) folded.open = true;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
    inspect(element);
  }

  function place() {
    const all = stops();
    const at = stopOf(all);
    if ($("where")) $("where").textContent = at < 0 ? `${all.length} places` : `${at + 1} of ${all.length}`;
  }

  // --- the inspector -------------------------------------------------------------------------

  function inspect(element) {
    for (const old of $("reader").querySelectorAll(".current")) old.classList.remove("current");
    current = element;
    const panel = $("inspector");
    panel.hidden = !element;
    if (element) {
      for (const twin of $("reader").querySelectorAll(".edit")) {
        if (sameEdits(element)(twin)) twin.classList.add("current");
      }
      panel.replaceChildren(
        h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => inspect(null) }, "×"),
        ...editsOf(element).map((e) => card(load(open), e)));
    }
    place();
  }

  function card(data, e) {
    const [name, explanation] = ruleTexts[e.rule] || ["", ""];
    const made = decisionOf(data, e);
    const button = (decision, label) => h("button", {
      type: "button", "aria-pressed": String(made === decision),
      onclick: () => { decide(data, e, made === decision ? "" : decision); inspect(current); },
    }, label);
    const text = (value) => (value === null ? h("em", {}, "no repair proposed")
      : value === "" ? h("em", {}, "nothing") : h("span", {}, ...seen(value.trim() ? value : spaces(value))));
    const state = e.status === "applied" ? "applied" : "left alone";
    const segment = data.segments.find((s) => typeof s !== "string" && s[0] === CHANGE && s.slice(3).includes(e.number));
    const words = segment && segment[1] && segment[2] && e.before !== segment[1]
      ? [h("dt", {}, "words"), h("dd", { class: "text diff", tabindex: 0 }, h("del", {}, ...seen(segment[1])), " ", h("ins", {}, ...seen(segment[2])))] : [];
    return h("section", {},
      h("h3", {}, `${e.rule} ${name}`),
      h("div", {}, h("span", { class: "state" }, state), " ", h("span", { class: "state" }, `${e.repair} repair`)),
      h("dl", {}, ...words,
        h("dt", {}, "before"), h("dd", { class: "text", dir: "auto", tabindex: 0 }, text(e.before)),
        h("dt", {}, "after"), h("dd", { class: "text", dir: "auto", tabindex: 0 }, text(e.after)),
        h("dt", {}, "certainty"), h("dd", {}, h("meter", { min: 0, max: 1, value: e.certainty, "aria-label": "certainty" }), ` ${e.certainty.toFixed(2)}`),
        h("dt", {}, "place"), h("dd", {}, `line ${e.line}, column ${e.column} (${e.start}–${e.end})`),
        h("dt", {}, "reason"), h("dd", {}, ...seen(e.reason))),
      h("div", { class: "decide" }, button("accept", "✓ Accept"), button("reject", "✗ Reject")),
      explanation ? h("details", {}, h("summary", {}, "About this rule"), h("pre", {}, explanation)) : null);
  }

  function decideCurrent(decision) {
    if (!current) return;
    for (const e of editsOf(current)) decide(load(open), e, decision);
    inspect(current);
  }

  // --- moving about --------------------------------------------------------------------------

  let routed = null; // the address that is drawn

  /** Go to a place of this page at once; the browser's own event comes later and finds it drawn. */
  function go(place) {
    location.hash = place;
    route();
  }

  function route() {
    if (location.hash === routed) return;
    routed = location.hash;
    const [name, number] = decodeURIComponent(location.hash.slice(1)).split("/");
    const views = [...document.querySelectorAll("[data-view]")];
    const wanted = name === "doc" ? "documents" : name;
    const view = views.find((v) => v.id === wanted) || views[0];
    for (const v of views) v.hidden = v !== view;
    for (const link of document.querySelectorAll(".top nav a")) {
      if (link.getAttribute("href") === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (name === "doc" && index[number]) show(Number(number), true);
    else if (view.id === "documents" && open < 0 && index.length) show(0, false);
    if (name !== "doc") window.scrollTo(0, 0);
  }

  function turn(by) {
    const items = [...$("list").querySelectorAll("li")];
    for (let at = open + by; at >= 0 && at < items.length; at += by) {
      if (!items[at].hidden) { go(`doc/${at}`); return; }
    }
  }

  const KEYS = {
    j: () => step(1), k: () => step(-1), n: () => turn(1), p: () => turn(-1),
    a: () => decideCurrent("accept"), r: () => decideCurrent("reject"), u: () => decideCurrent(""),
    s: toggleSides, d: toggleDrops, e: exportDecisions,
    "/": () => { $("f-text").focus(); $("f-text").select(); },
    "?": () => $("help").showModal(), Escape: () => inspect(null),
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (field) { if (event.key === "Escape") field.blur(); return; }
    if (event.key === "Enter" && event.target.classList.contains("edit")) { inspect(event.target); return; }
    const act = KEYS[event.key];
    const everywhere = ["?", "e"].includes(event.key);
    if (act && (everywhere || (!$("documents").hidden && open >= 0))) { event.preventDefault(); act(); }
  });

  for (const type of ["click", "focusin"]) {
    $("reader").addEventListener(type, (event) => {
      const element = event.target.closest(".edit:not(.off)");
      if (element && element !== current) inspect(element);
    });
  }

  $("list").querySelector("ol").append(...index.map(([id, title, applied, left, dropped], at) => h("li", {},
    h("a", { href: `#doc/${at}` }, h("bdi", {}, ...seen(title ? (title.length > 90 ? `${title.slice(0, 90)}…` : title) : id)),
      h("small", {}, h("bdi", {}, ...seen(id)), ` · ${applied} applied · ${left} left · ${dropped} dropped`)))));

  let waiting = 0;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(filterList, 120); };
  $("filters").addEventListener("input", later);
  $("filters").addEventListener("reset", () => setTimeout(filterList));
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const menu = document.querySelector(".menu");
    if (menu.open && !menu.contains(event.target)) menu.open = false;
    const link = event.target.closest("a[data-rule]");
    if (!link) return;
    $("filters").reset();
    document.querySelector(`input[name=rule][value="${CSS.escape(link.dataset.rule)}"]`).checked = true;
    setTimeout(() => {
      filterList();
      const first = [...$("list").querySelectorAll("li")].findIndex((item) => !item.hidden);
      if (first >= 0) go(`doc/${first}`);
    });
  });

  if ($("f-name")) {
    const bodies = [...document.querySelectorAll("#names-table tbody")];
    const texts = bodies.map((body) => fold(body.textContent));
    $("f-name").addEventListener("input", () => {
      const wanted = fold($("f-name").value.trim());
      let count = 0;
      bodies.forEach((body, at) => {
        body.hidden = !texts[at].includes(wanted);
        count += body.hidden ? 0 : 1;
      });
      $("names-count").textContent = wanted ? `${count} of ${bodies.length} names` : "";
    });
  }

  $("export").addEventListener("click", exportDecisions);
  $("help-open").addEventListener("click", () => $("help").showModal());
  $("theme").addEventListener("click", () => {
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  });
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".drops:not([open])")];
    for (const d of unfolded) d.open = true;
  });
  window.addEventListener("afterprint", () => { for (const d of unfolded) d.open = false; });
  window.addEventListener("hashchange", route);
  if (matchMedia("(max-width: 45rem)").matches) $("filter-box").open = false;
  remembered();
  remember();
  filterList();
  route();
})();
