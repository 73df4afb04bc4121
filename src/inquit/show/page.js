"use strict";
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const wide = matchMedia("(min-width: 64rem)");
  const numbers = (node) => (node.dataset.s || "").split(" ");
  const statements = [];

  // One record per statement: its entry, its number in the text, and the runs and signs that belong to it.
  for (const article of all(document, ".article")) {
    const found = new Map();
    for (const entry of all(article, ".entry")) {
      const statement = { entry, back: entry.querySelector(".num"), label: null, marks: [], hidden: false };
      entry.statement = statement;
      statement.back.statement = statement;
      found.set(entry.dataset.s, statement);
      statements.push(statement);
    }
    for (const mark of all(article, ".text [data-s]")) {
      mark.statements = numbers(mark).map((number) => found.get(number)).filter(Boolean);
      for (const statement of mark.statements) statement.marks.push(mark);
      if (mark.matches(".num")) {
        mark.statement = mark.statements[0];
        mark.statement.label = mark;
      }
    }
  }

  const owner = (target) => {
    const near = target instanceof Element ? target.closest(".entry, .text [data-s]") : null;
    if (!near) return null;
    return near.statement || near.statements.find((statement) => !statement.hidden) || null;
  };

  const paint = (statement, name, on) => {
    if (!statement) return;
    statement.entry.classList.toggle(name, on);
    for (const mark of statement.marks) mark.classList.toggle(name, on);
  };

  let chosen = null;
  let pointed = null;

  const choose = (statement) => {
    if (chosen === statement) return;
    paint(chosen, "on", false);
    for (const link of chosen ? [chosen.back, chosen.label] : []) link.removeAttribute("aria-current");
    document.querySelector(".sheet")?.classList.remove("sheet");
    chosen = statement;
    paint(chosen, "on", true);
    for (const link of chosen ? [chosen.back, chosen.label] : []) link.setAttribute("aria-current", "true");
  };

  const point = (statement) => {
    if (pointed === statement) return;
    paint(pointed, "near", false);
    pointed = statement;
    paint(pointed, "near", true);
  };

  // The ledger scrolls in its own pane where there is room for one; the page must not jump with it.
  const showEntry = (statement) => {
    if (!wide.matches) return;
    const pane = statement.entry.closest(".ledgerpane");
    const around = pane.getBoundingClientRect();
    const box = statement.entry.getBoundingClientRect();
    const top = Math.max(around.top, 0) + 40;
    const bottom = Math.min(around.bottom, innerHeight);
    if (box.top >= top && box.bottom <= bottom) return;
    // Level with its number in the text, as far as the pane allows.
    const level = Math.min(statement.label.getBoundingClientRect().top - 16, bottom - box.height);
    pane.scrollBy({ top: box.top - Math.max(level, top) });
  };

  const showText = (statement) => statement.label.scrollIntoView({ block: wide.matches ? "nearest" : "center" });

  addEventListener("pointerover", (event) => point(owner(event.target)));

  addEventListener("focusin", (event) => {
    const statement = event.target.statement;
    if (!statement) return;
    choose(statement);
    if (event.target === statement.label) showEntry(statement);
    else if (wide.matches) showText(statement);
  });

  addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.target.closest(".filters, .why, .ruled, .ties")) return;
    const statement = owner(event.target);
    const link = event.target.closest("a");
    if (link && !link.statement) return;
    if (String(getSelection())) return;
    if (!statement) {
      choose(null);
      return;
    }
    const inText = Boolean(event.target.closest(".text"));
    // detail is 0 for the Enter key: it goes across, as the link would.
    if (link && event.detail === 0) {
      event.preventDefault();
      (inText ? statement.back : statement.label).focus();
      return;
    }
    if (link) event.preventDefault();
    choose(statement);
    if (inText) {
      showEntry(statement);
      if (!wide.matches) statement.entry.classList.add("sheet");
    } else {
      statement.entry.classList.remove("sheet");
      showText(statement);
    }
  });

  const steps = { ArrowDown: 1, ArrowUp: -1 };
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") choose(null);
    const statement = event.target.statement;
    if (!statement) return;
    const side = event.target === statement.label ? "label" : "back";
    const visible = statements.filter((other) => !other.hidden);
    const place = visible.indexOf(statement);
    let next = null;
    if (event.key in steps) next = visible[place + steps[event.key]]?.[side];
    else if (event.key === "Home") next = visible[0]?.[side];
    else if (event.key === "End") next = visible[visible.length - 1]?.[side];
    else if (event.key === "ArrowLeft") next = statement.label;
    else if (event.key === "ArrowRight") next = statement.back;
    else return;
    event.preventDefault();
    if (next) next.focus();
  });

  const form = document.querySelector(".filters");
  const status = form.querySelector(".status");

  const filter = () => {
    const wanted = all(form, "select").filter((select) => select.value);
    for (const statement of statements) {
      statement.hidden = !wanted.every((select) => statement.entry.dataset[select.name] === select.value);
      statement.entry.hidden = statement.hidden;
      if (statement.label) statement.label.hidden = statement.hidden;
    }
    for (const mark of all(document, ".text [data-s]:not(.num)")) {
      mark.classList.toggle("off", mark.statements.every((statement) => statement.hidden));
    }
    if (chosen?.hidden) choose(null);
    const left = statements.filter((statement) => !statement.hidden).length;
    status.textContent = wanted.length ? `${left} of ${statements.length} statements` : "";
  };

  form.addEventListener("change", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  if (statements.length) form.hidden = false;
  filter();
})();
