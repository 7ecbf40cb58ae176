/** The list of results as a file for spreadsheets. Loaded when somebody asks for it. */

import { sentence } from "./marks.js";
import { addressOf } from "./results.js";

const HEADINGS = [
  ...["地区代码", "地区", "单位", "年度", "标题", "自评结论", "表式", "最近更新", "原句", "网址"],
];

/** What spreadsheets take for a formula, or for the apostrophe that says it is none. */
const FORMULA = /^(?:[\t\r\n']|\s*[=+\-@＝＋－＠])/u;

/** Results read at a time. */
const TOGETHER = 10;

/**
 * Reads hits, and makes a table of those that hold the query.
 *
 * @param {URL} root
 * @param {import("./engine.js").Hit[]} hits best first
 * @param {string[]} parts of the query
 * @param {string} query
 * @param {number} most rows at most
 * @param {(rows: number) => boolean} goOn told how far it is; false stops it
 * @returns {Promise<{text: string, rows: number, unread: number} | null>} null when it was stopped
 */
export async function listOf(root, hits, parts, query, most, goOn) {
  const rows = [];
  let unread = 0;
  for (let at = 0; at < hits.length && rows.length < most; at += TOGETHER) {
    const now = hits.slice(at, at + TOGETHER);
    const pages = await Promise.allSettled(now.map((hit) => hit.page()));
    unread += pages.filter((one) => one.status === "rejected").length;
    for (const { value } of pages) if (value) rows.push(rowOf(root, value, parts, query));
    if (!goOn(Math.min(rows.length, most))) return null;
  }
  const kept = rows.slice(0, most);
  return { text: csv([HEADINGS, ...kept]), rows: kept.length, unread };
}

function rowOf(root, page, parts, query) {
  const { text, place } = sentence(page.text, parts);
  return [
    ...[page.code, page.region, page.unit, page.year, page.title, page.conclusion],
    ...[page.forms.join("；"), page.changed, text.replace(/\s+/gu, " ").trim()],
    addressOf(root, page, query, place),
  ];
}

/** Rows as RFC 4180 has them, with the mark by which Excel knows UTF-8. */
export function csv(rows) {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Gives a reader a file. */
export function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const made = document.createElement("a");
  made.href = address;
  made.download = name;
  made.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser may still be asking where to
}

/** A name that all systems take, from a query. */
export function fileName(query) {
  const words = query.replace(/[^\p{L}\p{N}.]+/gu, "_").slice(0, 40);
  return `检索_${words}.csv`;
}
