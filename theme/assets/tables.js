/**
 * Tables of units: sorted by their columns, and filtered by the names in their first.
 *
 * A box with data-gk-tables has tables that are filtered together; "page" says that it holds a page
 * of a longer list. A table with data-gk-again has the same rows as another. What can be sorted has
 * data-gk-sort, "text" or "number". Buttons and field are made here, so that nothing dead is shown
 * without this script.
 */

import { compareDecimals } from "./decimal.js";

/** Rows from which on a filter is worth its room. */
const MANY = 6;

const NAMES = new Intl.Collator("zh");

/** What a cell is sorted by; null for one without a number, which is last whatever the direction. */
function keyOf(row, column, sort) {
  const cell = row.cells[column];
  if (sort === "text") return cell?.textContent.trim() ?? null;
  return cell?.dataset.value ?? null;
}

/** A comparison of keys in a direction of 1 or -1. */
function comparison(sort, direction) {
  const compare = sort === "text" ? NAMES.compare : compareDecimals;
  return ([one], [other]) => {
    if (one === null || other === null) return (one === null) - (other === null);
    return direction * compare(one, other);
  };
}

function makeSortable(table) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  if (original.length < 2) return;
  const heads = [...table.tHead.rows[0].cells];
  const turn = (head, state) => {
    for (const each of heads) if (each.dataset.gkSort) each.removeAttribute("aria-sort");
    if (state === "none") {
      body.append(...original);
      return;
    }
    head.setAttribute("aria-sort", state);
    const { gkSort: sort } = head.dataset;
    const keyed = original.map((row) => [keyOf(row, head.cellIndex, sort), row]);
    keyed.sort(comparison(sort, state === "ascending" ? 1 : -1));
    body.append(...keyed.map(([, row]) => row));
  };
  for (const head of heads) {
    const sort = head.dataset.gkSort;
    if (!sort) continue;
    // Of numbers the largest are asked for first; the third press gives the first order back.
    const states =
      sort === "text" ? ["ascending", "descending", "none"] : ["descending", "ascending", "none"];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gk-sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      const now = states.indexOf(head.getAttribute("aria-sort") ?? "none");
      turn(head, states[(now + 1) % states.length]);
    });
    head.append(button);
  }
}

/** As a reader types it: full width or half width, with or without blanks. */
function normal(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
}

function makeFilter(box, tables) {
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  const names = new Map(rows.map((row) => [row, normal(row.cells[0].textContent)]));
  const counted = rows.filter((row) => !("gkAgain" in row.closest("table").dataset));
  if (counted.length < MANY) return;
  const what = tables[0].tHead.rows[0].cells[0].textContent.trim();
  const onPage = box.dataset.gkTables === "page" ? "（只在本页中）" : "";

  const line = document.createElement("p");
  line.className = "gk-filter";
  const label = document.createElement("label");
  label.append(`${what}名称包含${onPage}`);
  const field = document.createElement("input");
  field.type = "search";
  field.autocomplete = "off";
  label.append(field);
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  line.append(label, status);

  const filter = () => {
    const wanted = normal(field.value);
    for (const [row, name] of names) row.hidden = !name.includes(wanted);
    const shown = counted.filter((row) => !row.hidden).length;
    status.textContent = wanted ? `显示 ${shown} 个，共 ${counted.length} 个${what}` : "";
  };
  field.addEventListener("input", filter);
  box.prepend(line);
  if (field.value) filter(); // a browser fills fields again when it comes back to a page
}

for (const box of document.querySelectorAll("[data-gk-tables]")) {
  const tables = [...box.querySelectorAll("[data-gk-table]")];
  if (!tables.length) continue;
  makeFilter(box, tables);
  tables.forEach(makeSortable);
}
