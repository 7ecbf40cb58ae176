// How pages look for this reader: 长者模式, dark or light. Before the first paint, so that nothing
// flashes; what was chosen is remembered where the browser allows it, and asked of no server.

(() => {
  "use strict";

  const root = document.documentElement;
  const dark = document.getElementById("gk-dark");
  const bySystem = dark.media;
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  const KEYS = { senior: "gongkai.senior", dark: "gongkai.dark" };
  const chosen = {};

  function recall() {
    for (const [name, key] of Object.entries(KEYS)) {
      try {
        chosen[name] = localStorage.getItem(key);
      } catch {
        // Not allowed here: the choice lasts as long as the page.
      }
    }
  }

  function keep(name, value) {
    chosen[name] = value;
    try {
      localStorage.setItem(KEYS[name], value);
    } catch {
      // As above.
    }
  }

  function isOn(name) {
    return chosen[name] ? chosen[name] === "on" : name === "dark" && systemIsDark.matches;
  }

  function show() {
    root.toggleAttribute("data-gk-senior", isOn("senior"));
    dark.media = chosen.dark ? (isOn("dark") ? "screen" : "not all") : bySystem;
    for (const button of document.querySelectorAll("[data-gk-mode]")) {
      button.setAttribute("aria-pressed", isOn(button.dataset.gkMode));
    }
  }

  function again() {
    recall();
    show();
  }

  root.classList.replace("no-js", "js");
  again();
  systemIsDark.addEventListener("change", show);
  addEventListener("storage", again); // chosen in another tab
  addEventListener("pageshow", again); // back to a page that the browser kept as it was
  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-gk-mode]");
      if (button) {
        const name = button.dataset.gkMode;
        keep(name, isOn(name) ? "off" : "on");
        show();
      }
    });
  });
})();
