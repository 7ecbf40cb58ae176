/**
 * What a record's page offers besides reading: print, size of letters, copy the address.
 *
 * The buttons are made here, since without scripts they would do nothing.
 */

const SIZES = { small: "小", middle: "中", large: "大" };
const KEY = "gongkai.size";

/** What was chosen before; browsers may not let us remember. */
function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(size) {
  try {
    localStorage.setItem(KEY, size);
  } catch {
    // The choice lasts as long as the page.
  }
}

function button(words, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "gk-button";
  made.textContent = words;
  if (name) made.setAttribute("aria-label", name);
  return made;
}

function group(name, ...members) {
  const made = document.createElement("span");
  made.className = "gk-tool-group";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", name);
  made.append(...members);
  return made;
}

function sizes() {
  const buttons = Object.entries(SIZES).map(([size, words]) => {
    const made = button(words, `字体${words}`);
    made.addEventListener("click", () => {
      keep(size);
      show(size);
    });
    return [size, made];
  });
  const show = (chosen) => {
    const size = chosen in SIZES ? chosen : "middle";
    document.documentElement.dataset.gkSize = size;
    for (const [own, made] of buttons) made.setAttribute("aria-pressed", own === size);
  };
  const again = () => show(recall() ?? "middle");
  again();
  addEventListener("storage", again); // chosen in another tab
  const label = document.createElement("span");
  label.textContent = "字体";
  label.setAttribute("aria-hidden", "true");
  return group("字体大小", label, ...buttons.map(([, made]) => made));
}

/** Copying where the clipboard is closed to scripts, as on pages without https. */
function copyOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "gk-hidden";
  field.setAttribute("readonly", "");
  document.body.append(field);
  field.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // Told below.
  }
  field.remove();
  return done;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

function copyLink() {
  const made = button("复制链接");
  const said = document.createElement("span");
  said.className = "gk-tool-said";
  said.setAttribute("role", "status");
  made.addEventListener("click", async () => {
    const address = location.origin + location.pathname; // without what was searched for
    said.textContent = (await copied(address)) ? "已复制" : `请自行复制：${address}`;
    made.focus();
  });
  return [made, said];
}

function print() {
  const made = button("打印");
  made.addEventListener("click", () => window.print());
  return made;
}

/**
 * Explanations in browsers that know no popovers (before 2024): a button shows its own and hides
 * the others; Escape and a click elsewhere hide it.
 */
function openWithoutPopovers() {
  const buttons = [...document.querySelectorAll("button[popovertarget]")];
  const texts = buttons.map((made) => document.getElementById(made.getAttribute("popovertarget")));
  const show = (shown) => {
    texts.forEach((text, number) => {
      text.hidden = number !== shown;
      buttons[number].setAttribute("aria-expanded", number === shown);
    });
  };
  document.documentElement.classList.add("gk-terms-by-script");
  show(-1);
  document.addEventListener("click", (event) => {
    if (texts.some((text) => text.contains(event.target))) return;
    const number = buttons.indexOf(event.target.closest("button"));
    show(number >= 0 && texts[number].hidden ? number : -1);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(-1);
  });
}

const tools = document.createElement("div");
tools.className = "gk-tools";
tools.append(print(), sizes(), ...copyLink());
document.querySelector("article h1")?.after(tools);
if (!("popover" in HTMLElement.prototype)) openWithoutPopovers();
