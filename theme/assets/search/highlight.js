/**
 * On a page reached from a search (`?mark=…`): mark what was looked for, and go to the place that
 * the result showed (`&at=…`), or to the first.
 *
 * Text is compared as the index compares it, so a match may run over white space, quotation marks
 * and markup; it does not run from one block or table cell into the next.
 */

import { findParts, parseQuery } from "./tokens.js";

const SKIPPED = "script, style, noscript, template, [hidden], [aria-hidden='true'], .headerlink";
const INLINE = /^(inline|contents|ruby)/;

/** The visible text below an element, with a line end where blocks and cells end. */
function visibleText(top) {
  const pieces = []; // {node, at}: where the text of a node begins in the whole
  let text = "";
  const breakLine = () => {
    if (!text.endsWith("\n")) text += "\n";
  };
  const walk = (node, keepsLines) => {
    if (node.nodeType === Node.TEXT_NODE) {
      pieces.push({ node, at: text.length });
      // Elsewhere line ends within a block are only how the file was written.
      text += keepsLines ? node.data : node.data.replace(/[\n\r]/g, " ");
    } else if (node.nodeName === "BR") {
      breakLine();
    } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(SKIPPED)) {
      const { display, visibility, whiteSpace } = getComputedStyle(node);
      if (display === "none" || visibility === "hidden") return;
      const apart = !INLINE.test(display);
      if (apart) breakLine();
      for (const child of node.childNodes) walk(child, whiteSpace.startsWith("pre"));
      if (apart) breakLine();
    }
  };
  walk(top, false);
  return { text, pieces };
}

/**
 * Mark every occurrence of a query's parts below an element.
 *
 * @param {Element} top
 * @param {string} query
 * @param {string} place text that begins with one of the matches
 * @returns {{marks: HTMLElement[], first: HTMLElement | undefined}} one match may be several marks,
 *   one a text node; the first of all or of the place
 */
export function highlight(top, query, place = "") {
  const { parts } = parseQuery(query);
  if (parts.length === 0) return { marks: [] };
  const { text, pieces } = visibleText(top);
  const ranges = findParts(text, parts);
  const [wanted] = place ? findParts(text, [place]) : [];
  const marks = [];
  let first;
  for (const { node, at } of pieces) {
    const end = at + node.data.length;
    const inside = ranges.filter((range) => range.start < end && range.end > at);
    // From the last to the first: a split leaves the earlier text where it was.
    for (const range of inside.reverse()) {
      const piece = node.splitText(Math.max(range.start - at, 0));
      piece.splitText(Math.min(range.end, end) - Math.max(range.start, at));
      const mark = document.createElement("mark");
      mark.className = "gk-found";
      piece.replaceWith(mark);
      mark.append(piece);
      marks.push(mark);
      if (wanted && range.start <= wanted.start && range.end > wanted.start) first ??= mark;
    }
  }
  marks.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  // Above the documents their main figures are repeated: what was searched is below.
  const inDocument = marks.find((mark) => mark.closest(".gk-document"));
  return { marks, first: first ?? inDocument ?? marks[0] };
}

const asked = new URLSearchParams(location.search);
const query = asked.get("mark");
if (query) {
  const top = document.querySelector("article") ?? document.body;
  const { first } = highlight(top, query, asked.get("at") ?? "");
  for (let box = first?.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
  first?.scrollIntoView({ block: "center" });
}
