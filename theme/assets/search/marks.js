/** Text with its matches marked, as DOM nodes: nothing from a page or a query becomes markup. */

import { findParts } from "./tokens.js";

const SENTENCE_ENDS = "。；！？\n";
const LONGEST = 120;
const BEFORE = 40;

/**
 * @param {string} text
 * @param {{start: number, end: number}[]} ranges ordered, not overlapping
 * @returns {DocumentFragment}
 */
export function marked(text, ranges) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const { start, end } of ranges) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    out.append(text.slice(at, start), mark);
    at = end;
  }
  out.append(text.slice(at));
  return out;
}

/**
 * The sentence round the match with the most others near it, or the beginning of the text.
 *
 * @param {string} text
 * @param {string[]} parts as `parseQuery` gives them
 * @returns {DocumentFragment}
 */
export function excerpt(text, parts) {
  const ranges = findParts(text, parts);
  const first = richest(text, ranges) ?? { start: 0, end: 0 };
  const start = sentenceStart(text, first.start);
  const end = Math.max(first.end, sentenceEnd(text, first.end, start + LONGEST));
  const inside = ranges
    .filter((range) => range.start >= start && range.end <= end)
    .map((range) => ({ start: range.start - start, end: range.end - start }));
  const out = marked(text.slice(start, end), inside);
  if (start > 0 && !SENTENCE_ENDS.includes(text[start - 1])) out.prepend("…");
  if (end < text.length && !SENTENCE_ENDS.includes(text[end - 1])) out.append("…");
  return out;
}

/** The match that has the most different ones close behind it. */
function richest(text, ranges) {
  let best = null;
  let most = 0;
  ranges = ranges.slice(0, 200); // of a word on every line, any will do
  ranges.forEach((range, i) => {
    const near = ranges.slice(i).filter(({ end }) => end - range.start <= LONGEST - BEFORE);
    const different = new Set(near.map(({ start, end }) => text.slice(start, end))).size;
    if (different > most) [best, most] = [range, different];
  });
  return best ?? ranges[0];
}

function sentenceStart(text, from) {
  let at = from;
  while (at > 0 && from - at < BEFORE && !SENTENCE_ENDS.includes(text[at - 1])) at -= 1;
  if (at === from && text[at - 1] === "\n") {
    // The value of a table cell says little without its label, which is the line before.
    const label = text.lastIndexOf("\n", at - 2) + 1;
    if (at - label <= BEFORE) at = label;
  }
  return whole(text, at);
}

function sentenceEnd(text, from, most) {
  let at = from;
  while (at < text.length && at < most) {
    at += 1;
    // A line that ends at once, such as a table cell, says too little on its own.
    if (SENTENCE_ENDS.includes(text[at - 1]) && at - from > BEFORE) break;
  }
  return whole(text, at);
}

/** The same place, or the one after it when it would cut a pair of UTF-16 units. */
function whole(text, at) {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? "") ? at + 1 : at;
}
