"use strict";
// Filters changes by severity and by text. The address says what is shown, as in
// #severity=breaking,risky&q=account, so that a view can be kept or sent.
(() => {
  const page = document.documentElement;
  page.classList.add("js");
  const search = document.getElementById("search");
  if (!search) return; // nothing changed

  const status = document.getElementById("status");
  const none = document.getElementById("none");
  const toggles = [...document.querySelectorAll(".toggle")];
  const textOf = (element) => element.textContent.toLowerCase();
  const sections = [...document.querySelectorAll(".resource")].map((element) => ({
    element,
    link: document.querySelector(`nav [data-for="${element.id}"]`),
    heading: element.querySelector(".declarations"),
    changes: [...element.querySelectorAll(".change")].map((e) => ({
      element: e,
      severity: e.dataset.severity,
      text: textOf(e),
    })),
    types: [...element.querySelectorAll(".type")].map((e) => ({
      element: e,
      severities: e.dataset.severities.split(" ").filter(Boolean),
      text: textOf(e),
    })),
  }));
  const total = sections.reduce((sum, s) => sum + s.changes.length, 0);

  const pressed = (toggle) => toggle.getAttribute("aria-pressed") === "true";
  const chosen = () => new Set(toggles.filter(pressed).map((t) => t.dataset.severity));
  const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  // show hides what a thing is not wanted for, and tells whether it is.
  const show = (thing, wanted) => {
    thing.element.hidden = !wanted;
    return wanted;
  };

  const apply = () => {
    const severities = chosen();
    const words = wordsOf(search.value);
    const matches = (thing) => words.every((word) => thing.text.includes(word));
    // A declaration that no change is about is shown while nothing is filtered out.
    const everything = severities.size === toggles.length;
    let shown = 0;
    let visible = 0;
    for (const section of sections) {
      const changes = section.changes.filter((c) => show(c, severities.has(c.severity) && matches(c)));
      const types = section.types.filter((t) =>
        show(t, matches(t) && (everything || t.severities.some((s) => severities.has(s)))));
      if (section.heading) section.heading.hidden = types.length === 0;
      const empty = changes.length + types.length === 0;
      section.element.hidden = empty;
      if (section.link) section.link.classList.toggle("empty", empty);
      shown += changes.length;
      visible += changes.length + types.length;
    }
    none.hidden = visible > 0;
    if (total) status.textContent = (shown === total ? "" : `${shown} of `) + `${total} change${total === 1 ? "" : "s"}`;
  };

  // remember puts what is shown into the address.
  const remember = () => {
    const severities = chosen();
    const parts = [];
    if (severities.size !== toggles.length) parts.push("severity=" + [...severities].join(","));
    if (search.value) parts.push("q=" + encodeURIComponent(search.value));
    const address = parts.length ? "#" + parts.join("&") : location.pathname + location.search;
    try {
      history.replaceState(null, "", address);
    } catch {
      // Some browsers forbid it for files; the filter works all the same.
    }
  };

  // recall takes what is to be shown from the address, or opens the declaration
  // that it leads to.
  const recall = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) {
      const target = hash && document.getElementById(hash);
      if (target && target.tagName === "DETAILS") target.open = true;
      return;
    }
    const wanted = new URLSearchParams(hash);
    const severities = wanted.get("severity");
    for (const toggle of toggles) {
      const on = severities === null || severities.split(",").includes(toggle.dataset.severity);
      toggle.setAttribute("aria-pressed", String(on));
    }
    search.value = wanted.get("q") ?? "";
    apply();
  };

  for (const toggle of toggles) {
    toggle.addEventListener("click", () => {
      toggle.setAttribute("aria-pressed", String(!pressed(toggle)));
      apply();
      remember();
    });
  }
  search.addEventListener("input", () => {
    apply();
    remember();
  });
  search.form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("reset").addEventListener("click", () => {
    for (const toggle of toggles) toggle.setAttribute("aria-pressed", "true");
    search.value = "";
    apply();
    remember();
    search.focus();
  });
  // A link may lead to what is filtered out: then all is shown.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#resource"]');
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (target && target.closest("[hidden]")) document.getElementById("reset").click();
  });
  window.addEventListener("hashchange", recall);
  window.addEventListener("beforeprint", () => {
    for (const type of document.querySelectorAll("details.type")) type.open = true;
  });
  apply();
  recall();
})();
