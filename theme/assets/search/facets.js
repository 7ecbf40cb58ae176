/** How results are spread over regions, units, years, grades and forms. */

import { element } from "./dom.js";

/** Values shown of each; all are in the select above them, where there is one for them. */
const MOST_SHOWN = 6;

/** Of a hit, for each field of the form: [value, label]s. A slug says nothing without its region. */
const VALUES = {
  region: ({ shard }) => [[shard.region, shard.regionName]],
  unit: ({ shard, unit, unitName }) => [[`${shard.region}/${unit}`, unitName]],
  year: ({ shard }) => [[shard.year, `${shard.year}年`]],
  conclusion: ({ conclusion }) => (conclusion ? [[conclusion, conclusion]] : []),
  form: ({ forms }) => forms.map((form) => [form, form]),
};

/**
 * How many of some hits have each value.
 *
 * @param {import("./engine.js").Hit[]} hits
 * @returns {Record<string, {value: string, label: string, count: number}[]>} field -> values, the
 *   most frequent first, but years from the newest
 */
export function countFacets(hits) {
  const counted = {};
  for (const [name, valuesOf] of Object.entries(VALUES)) {
    const found = new Map();
    for (const [value, label] of hits.flatMap(valuesOf)) {
      const entry = found.get(value) ?? { value, label, count: 0 };
      entry.count += 1;
      found.set(value, entry);
    }
    const inOrder = (a, b) => b.count - a.count || (a.value < b.value ? -1 : 1);
    const newest = (a, b) => (a.value < b.value ? 1 : -1);
    counted[name] = [...found.values()].sort(name === "year" ? newest : inOrder);
  }
  return counted;
}

/**
 * The values that narrow a result, as buttons.
 *
 * @param {{value: string, label: string, count: number}[]} values of one field
 * @param {number} total how many hits there are
 * @param {boolean} exact whether counts are those of results, not of pages that are still unread
 * @param {(value: string) => void} choose
 * @returns {HTMLLIElement[]} none when no value narrows anything
 */
export function facetItems(values, total, exact, choose) {
  const narrowing = values.filter(({ count }) => count < total);
  const items = narrowing.slice(0, MOST_SHOWN).map(({ value, label, count }) => {
    const told = element("span", "gk-search__count", `${exact ? "" : "约 "}${count}`);
    const made = element("button", "gk-search__value", element("span", "", label), " ", told);
    made.type = "button";
    made.addEventListener("click", () => choose(value));
    return element("li", "", made);
  });
  const rest = narrowing.length - items.length;
  if (rest > 0) items.push(element("li", "gk-search__rest", `另有 ${rest} 项`));
  return items;
}
