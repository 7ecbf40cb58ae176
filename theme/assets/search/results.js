/** One result: which page, and the sentence in which the words stand. */

import { element, link } from "./dom.js";
import { marked, sentence } from "./marks.js";
import { findParts } from "./tokens.js";

/**
 * Where a result leads: to the words that were looked for, and among them to those it shows.
 *
 * @param {string} place as `sentence` gives it
 */
export function addressOf(root, page, query, place) {
  const address = new URL(page.url, root);
  address.searchParams.set("mark", query);
  if (place) address.searchParams.set("at", place);
  return address.href;
}

export function resultItem(root, page, parts, query) {
  const { text, ranges, place } = sentence(page.text, parts);
  const title = link(addressOf(root, page, query, place), "");
  title.append(marked(page.title, findParts(page.title, parts)));
  return element(
    "li",
    "gk-search__result",
    element("h2", "gk-search__title", title),
    about(page, parts),
    element("p", "gk-search__excerpt", marked(text, ranges)),
  );
}

function about(page, parts) {
  const names = [page.unit, `${page.year}年`, page.region];
  // Else a reader who asked for a former name sees nothing of it in the result.
  const isMatch = (name) => findParts(name, parts).length > 0;
  const known = (listed) => (isMatch(page.unit) ? undefined : listed.find(isMatch));
  const short = known(page.shortNames);
  const former = known(page.formerNames);
  if (short) names.push(`又称${short}`);
  else if (former) names.push(`曾用名${former}`);
  if (page.changed) names.push(`${page.changed} 更新`);
  const line = element("p", "gk-search__about");
  names.forEach((name, i) => {
    const label = element("span", "", marked(name, findParts(name, parts)));
    line.append(i > 0 ? " · " : "", label);
  });
  return line;
}
