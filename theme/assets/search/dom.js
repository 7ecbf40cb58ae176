/** Small pieces of a page. Text stays text: nothing here reads markup. */

export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

export function link(address, text) {
  const made = element("a", "", text);
  made.href = address;
  return made;
}

export function button(text, action) {
  const made = element("button", "gk-search__action", text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}
