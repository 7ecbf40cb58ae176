/** Text with its matches marked, as DOM nodes: nothing from a page or a query becomes markup. */

import { findParts } from "./tokens.js";

const SENTENCE_ENDS = "。；！？\n";
const PAUSES = "，、：,";
const LONGEST = 160;
const BEFORE = 60;

/** Characters of a line that says too little on its own, such as a table cell. */
const SHORT = 40;

/** Characters shown after a match in a table cell, when its line is not longer. */
const CELLS = 24;

/** Characters after a match that tell it from others. */
const PLACE = 24;

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
 * @returns {{text: string, ranges: {start: number, end: number}[], place: string}} the sentence,
 *   with … where it was cut; its matches; and the text by which the match is found on its page
 */
export function sentence(text, parts) {
  const ranges = findParts(text, parts);
  const first = richest(text, ranges) ?? { start: 0, end: 0 };
  const start = sentenceStart(text, first.start);
  const end = Math.max(first.end, sentenceEnd(text, first.end, start + LONGEST));
  const before = start > 0 && !SENTENCE_ENDS.includes(text[start - 1]) ? "…" : "";
  const after = end < text.length && !SENTENCE_ENDS.includes(text[end - 1]) ? "…" : "";
  const moved = before.length - start;
  return {
    text: before + text.slice(start, end) + after,
    ranges: ranges
      .filter((range) => range.start >= start && range.end <= end)
      .map((range) => ({ start: range.start + moved, end: range.end + moved })),
    place: ranges.length > 0 ? placeOf(text, first, end) : "",
  };
}

/** A match with what follows it, but no number or word that is cut: that would be another one. */
function placeOf(text, { start, end }, most) {
  const rest = text.slice(end, whole(text, Math.min(most, end + PLACE)));
  return text.slice(start, end) + rest.replace(/[\p{N}.,a-z]+$/iu, "");
}

/** The match that has the most different ones close behind it, in a sentence rather than a table. */
function richest(text, ranges) {
  let best = null;
  let most = 0;
  ranges = ranges.slice(0, 200); // of a word on every line, any will do
  ranges.forEach((range, i) => {
    const near = ranges.slice(i).filter(({ end }) => end - range.start <= LONGEST - BEFORE);
    const different = new Set(near.map(({ start, end }) => text.slice(start, end))).size;
    const worth = different + (isProse(text, range) ? 0.5 : 0);
    if (worth > most) [best, most] = [range, worth];
  });
  return best ?? ranges[0];
}

/** Whether a sentence mark comes before the line's end. */
function isProse(text, { end }) {
  const line = text.slice(end, end + LONGEST);
  const mark = line.search(/[。；！？]/u);
  return mark >= 0 && !line.slice(0, mark).includes("\n");
}

function sentenceStart(text, from) {
  let at = from;
  while (at > 0 && from - at < BEFORE && !SENTENCE_ENDS.includes(text[at - 1])) at -= 1;
  if (at === from && text[at - 1] === "\n") {
    // The value of a table cell says little without its label, which is the line before.
    const label = text.lastIndexOf("\n", at - 2) + 1;
    if (at - label <= SHORT) at = label;
  } else if (at > 0 && !SENTENCE_ENDS.includes(text[at - 1])) {
    const pause = Array.from({ length: from - at }, (_, i) => at + i + 1).find((next) =>
      PAUSES.includes(text[next - 1]),
    );
    at = pause ?? at;
  }
  return whole(text, at);
}

function sentenceEnd(text, from, most) {
  let at = from;
  let pause = 0;
  while (at < text.length && at < most) {
    at += 1;
    const isEnd = SENTENCE_ENDS.includes(text[at - 1]);
    if (isEnd && (text[at - 1] !== "\n" || at - from > CELLS)) return at;
    if (isEnd || PAUSES.includes(text[at - 1])) pause = at;
  }
  return at < text.length && pause > 0 ? pause : whole(text, at);
}

/** The same place, or the one after it when it would cut a pair of UTF-16 units. */
function whole(text, at) {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? "") ? at + 1 : at;
}
