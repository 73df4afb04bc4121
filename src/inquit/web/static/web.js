"use strict";
(() => {
  const typing = (node) => node instanceof Element && node.matches("input, textarea, select, [contenteditable]");
  const lines = () => {
    const numbers = [...document.querySelectorAll(".text a.num")].filter((node) => !node.hidden);
    return numbers.length ? numbers : [...document.querySelectorAll("[data-line], .links tbody tr .title a")];
  };

  // From where the focus is, or from the top of what is on the screen.
  const step = (by) => {
    const all = lines();
    if (!all.length) return;
    const active = document.activeElement;
    let place = all.indexOf(active);
    if (place < 0) {
      const entry = active?.closest?.(".entry")?.statement?.label;
      place = entry ? all.indexOf(entry) : all.findIndex((node) => node.getBoundingClientRect().top > 60) - (by > 0 ? 1 : 0);
    }
    const next = all[Math.min(Math.max(place + by, 0), all.length - 1)];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };

  // What the address names, a statement above all, is chosen as if one had gone there with the keyboard: when every
  // script is there to hear of it, which the browser, who goes there by itself, does not wait for.
  const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const arrive = () => {
    named.blur();
    named.focus();
  };
  if (named) addEventListener("DOMContentLoaded", arrive);

  // The form to rule on a statement comes to its entry; words that are selected in the text go into the form.
  const rule = document.getElementById("rule-words")?.closest("#rule");
  const close = () => {
    rule.hidden = true;
    document.querySelector(`.ruling[data-about="${CSS.escape(rule.querySelector("[name=about]").value)}"]`)?.focus();
  };
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(".ruling, [data-close]") : null;
    if (!link || !rule) return;
    event.preventDefault();
    if (link.matches("[data-close]")) {
      close();
      return;
    }
    const entry = link.closest(".entry");
    for (const form of rule.querySelectorAll("form")) form.reset();
    for (const about of rule.querySelectorAll("[name=about]")) about.value = link.dataset.about;
    for (const seen of rule.querySelectorAll("[name=seen]")) seen.value = link.dataset.seen || "";
    document.getElementById("rule-words").textContent = entry.querySelector(".what").textContent;
    entry.querySelector(".body").append(rule);
    rule.hidden = false;
    rule.querySelector("[type=radio]").focus();
  });
  if (rule && !rule.hidden) {
    const about = CSS.escape(rule.querySelector("[name=about]").value);
    document.querySelector(`.ruling[data-about="${about}"]`)?.closest(".body").append(rule);
    rule.focus();
  }
  document.addEventListener("selectionchange", () => {
    const selected = getSelection();
    const text = selected.anchorNode?.parentElement?.closest(".text");
    if (!text || selected.isCollapsed) return;
    const part = selected.getRangeAt(0).cloneContents();
    for (const number of part.querySelectorAll(".num, .again")) number.remove();
    const words = part.textContent.trim();
    for (const field of document.querySelectorAll("[data-selected]")) {
      if (field.checkVisibility()) field.value = words;
    }
  });

  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    if (event.key === "/") document.querySelector(".find input").focus();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });
})();
