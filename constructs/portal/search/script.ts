/** Tells files of this program that are no pages from those of others: it stands at the beginning of each. */
export const SCRIPT_MARK = "/* goldenpath portal */";

/**
 * The search: a script of its own that asks for the list of everything when somebody first searches. It writes texts as texts, never
 * as markup. From a file no page may read another file, but each may run one: so the list is a script, too, which calls back.
 */
export const SEARCH_SCRIPT_TEXT = `${SCRIPT_MARK}
(() => {
  "use strict";
  const box = document.querySelector(".search");
  if (box === null) return;
  const [input, list, status] = ["input", ".results", "[role=status]"].map((one) => box.querySelector(one));
  const root = box.dataset.root;
  const MOST = { all: 40, group: 8 };
  let groups = [];
  let entries;
  let asked = false;
  let active = -1;

  const plain = (text) => text.normalize("NFKD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase();
  const wordsOf = (text) => plain(text).split(/[^\\p{L}\\p{N}]+/u).filter((word) => word !== "");

  window.goldenpathPortal = (data) => {
    groups = data.groups;
    entries = data.entries.map(([group, title, note, href, more]) => ({
      group, title, note, href,
      name: plain(title),
      heads: wordsOf(title.replace(/([a-z0-9])([A-Z])/g, "$1 $2")),
      words: wordsOf(note + " " + more),
      text: plain(title + " " + note + " " + more),
    }));
    if (input.value !== "") show();
  };

  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onerror = () => { asked = false; say("The list could not be read: search-index.js"); };
    document.head.append(script);
  }

  /** How well an entry meets one word of what is asked; none where it does not. */
  function rank(entry, word) {
    if (entry.name === word) return 100;
    if (entry.name.startsWith(word)) return 60;
    if (entry.heads.some((one) => one.startsWith(word))) return 40;
    if (entry.words.some((one) => one.startsWith(word))) return 15;
    if (entry.name.includes(word)) return 10;
    return word.length > 2 && entry.text.includes(word) ? 4 : 0;
  }

  function found(query) {
    const asks = plain(query).trim().split(/\\s+/).filter((word) => word !== "").slice(0, 8);
    if (asks.length === 0) return [];
    const hits = [];
    for (const [at, entry] of entries.entries()) {
      let sum = 0;
      for (const word of asks) {
        const one = rank(entry, word);
        if (one === 0) { sum = 0; break; }
        sum += one;
      }
      if (sum > 0) hits.push({ entry, sum, at });
    }
    return hits.sort((a, b) => b.sum - a.sum || a.entry.name.length - b.entry.name.length || a.at - b.at);
  }

  function say(text) { status.textContent = text; }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function show() {
    if (input.value.trim() === "") { list.replaceChildren(); close(); say(""); return; }
    if (entries === undefined) return;
    const hits = found(input.value);
    const best = new Map();
    let count = 0;
    for (const { entry } of hits) {
      const mine = best.get(entry.group) ?? [];
      if (count === MOST.all) break;
      if (mine.length === MOST.group) continue;
      mine.push(entry);
      best.set(entry.group, mine);
      count++;
    }
    let id = 0;
    list.replaceChildren(...[...best].map(([group, mine]) =>
      element("div", { role: "group", "aria-label": groups[group] },
        element("span", { "aria-hidden": "true" }, groups[group]),
        ...mine.map(({ title, note, href }) =>
          element("a", { role: "option", id: "found-" + id++, href: root + href, tabindex: "-1", "aria-selected": "false" },
            element("b", {}, title), element("small", {}, note))))));
    if (count === 0) list.append(element("p", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing of this name"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    say(hits.length === 0 ? "Nothing of this name" : hits.length + " found" + (count < hits.length ? ", " + count + " are shown" : ""));
    move(count === 0 ? -1 : 0);
  }

  function move(to) {
    const all = list.querySelectorAll("a");
    all[active]?.setAttribute("aria-selected", "false");
    active = to;
    const one = all[active];
    if (one === undefined) { input.removeAttribute("aria-activedescendant"); return; }
    one.setAttribute("aria-selected", "true");
    one.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", one.id);
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  input.addEventListener("keydown", (event) => {
    const all = list.querySelectorAll("a");
    if (event.key === "Escape") {
      if (!list.hidden) { event.preventDefault(); close(); }
      else { input.value = ""; input.blur(); }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else if (all.length > 0) move((active + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length);
    } else if (event.key === "Enter" && !event.isComposing && all[active] !== undefined && !list.hidden) {
      event.preventDefault();
      all[active].click();
    }
  });
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at instanceof HTMLElement && (at.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target)) close(); });
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
  list.addEventListener("click", () => close());
  document.documentElement.classList.add("live");
})();
`;
