/** What may have been meant, when nothing was found. Loaded only then. */

import { BARRIER, atoms, parseQuery, tokens } from "./tokens.js";
import { namesOf } from "./units.js";

/** Suggestions of each kind, and parts of a query looked at: each costs questions and texts. */
const MOST = 3;
const MOST_UNITS = 5;

/** Most questions asked to find the longest part of a query that occurs, and texts read for each. */
const MOST_GUESSES = 40;
const TEXTS_A_GUESS = 10;

/** Shards in whose texts a near miss is looked for, newest first. */
const MOST_SHARDS = 10;

/** Atoms of a part that another one can be told from; at its edge it takes one more. */
const SHORTEST = 3;

/**
 * Queries that find something, like one that does not.
 *
 * @param {object} index as `openIndex` gives it
 * @param {string} query
 * @param {import("./engine.js").Shard[]} among
 * @param {import("./engine.js").Wanted} wanted
 * @returns {Promise<string[]>} of the first kind that gives any: in simplified characters, a unit
 *   by its initials, a unit or a text that differs by one character
 */
export async function meant(index, query, among, wanted) {
  const { simplify } = await import("./simplified.js");
  const plain = simplify(query);
  const finds = (text) => occurs(index, parseQuery(text).parts, among, wanted);
  if (plain !== query && (await finds(plain))) return [plain];
  const units = await index.unitsAmong(among);
  const byInitials = unitsByInitials(plain, units);
  if (byInitials.length > 0) return byInitials;
  const { parts } = parseQuery(plain);
  for (const part of parts.slice(0, MOST)) {
    if (parts.length > 1 && (await occurs(index, [part], among, wanted))) continue;
    const names = new Map();
    for (const name of units.flatMap(({ unit }) => namesOf(unit))) addNear(names, name, part, 0);
    const texts = new Map();
    if (names.size === 0) {
      const near = await index.nearTexts(part, among.slice(0, MOST_SHARDS), wanted);
      for (const text of near) addNear(texts, text, part, 1);
    }
    const made = [];
    for (const other of mostFrequent(names.size > 0 ? names : texts)) {
      const changed = plain.replace(part, () => other);
      if (await finds(changed)) made.push(changed);
    }
    if (made.length > 0) return made;
  }
  return [];
}

/** Whether every part occurs on one page, as far as some of the likely texts show. */
async function occurs(index, parts, among, wanted) {
  if (parts.some((part) => tokens(part).length === 0)) return false;
  const { hits, exact } = await index.find(parts, among, wanted);
  if (exact) return hits.length > 0;
  const likely = await index.narrow(hits, parts, wanted);
  for (const hit of likely.slice(0, TEXTS_A_GUESS)) {
    if (await hit.page().catch(() => null)) return true;
  }
  return false;
}

/**
 * The longest stretch of a query that occurs somewhere, "" if none does.
 *
 * A stretch that does not occur lies in no longer one that does, so a window that only grows is
 * moved over each part once.
 *
 * @param {object} index
 * @param {string[]} parts as `parseQuery` gives them
 * @param {import("./engine.js").Shard[]} among
 * @param {import("./engine.js").Wanted} wanted
 */
export async function longestPart(index, parts, among, wanted = {}) {
  let guesses = 0;
  const is = (text) => {
    guesses += 1;
    return occurs(index, [text], among, wanted);
  };
  let best = "";
  let size = 2;
  for (const part of parts) {
    const found = atoms(part);
    if (found.length === 1 && parts.length > 1 && !best && (await is(part))) best = part;
    for (let start = 0; start + size <= found.length && guesses < MOST_GUESSES; ) {
      const text = part.slice(found[start].start, found[start + size - 1].end);
      if (await is(text)) {
        best = text;
        size += 1;
      } else {
        start += 1;
      }
    }
  }
  return best;
}

/**
 * The query with a word of letters replaced by each unit that they can stand for.
 *
 * @returns {string[]} those first whose name ends with it: 财政局 before 财政局服务中心
 */
function unitsByInitials(query, units) {
  const word = query.split(/\s+/u).find((one) => /^[a-z]{2,}$/i.test(one.normalize("NFKC")));
  if (!word) return [];
  const letters = [...word.normalize("NFKC").toLowerCase()];
  const found = [];
  for (const { unit, initials } of units) {
    const places = namesOf(unit).map((name) => abbreviates(letters, name, initials));
    const best = Math.max(...places);
    if (best > 0) found.push({ name: unit.name, best });
  }
  found.sort((a, b) => b.best - a.best);
  return found.slice(0, MOST_UNITS).map(({ name }) => query.replace(word, () => name));
}

/** 2 when letters stand for the end of a name, 1 for a stretch of it, else 0. */
function abbreviates(letters, name, initials) {
  const chars = atoms(name).map(({ key }) => key);
  const fits = (start) =>
    letters.every((letter, i) => {
      const char = chars[start + i];
      return char === letter || initials.get(char)?.includes(letter);
    });
  const last = chars.length - letters.length;
  for (let start = last; start >= 0; start -= 1) if (fits(start)) return start === last ? 2 : 1;
  return 0;
}

function addNear(found, text, part, edge) {
  for (const near of nearMisses(text, part, edge)) found.set(near, (found.get(near) ?? 0) + 1);
}

function mostFrequent(found) {
  return [...found.entries()]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([text]) => text);
}

/**
 * Stretches of a text that differ from a part of a query by one character: another, one more, or
 * one fewer. Numbers are never taken for one another.
 *
 * @param {string} text
 * @param {string} part
 * @param {number} edge how much longer a part is to be when it differs at its beginning or end
 * @returns {string[]} in the order of the text; the same one may come again
 */
export function nearMisses(text, part, edge = 0) {
  const asked = atoms(part).map(({ key }) => key);
  const found = atoms(text);
  const near = [];
  if (asked.length < SHORTEST) return near;
  const isAt = (place, from) =>
    asked.slice(from).every((key, i) => key === found[place + i]?.key) &&
    place + asked.length - from <= found.length;
  const isHan = (key) => key !== undefined && key !== BARRIER && key > "\x7f";
  let last = 0; // where the one before ends: within it another is the same, but for its beginning
  const give = (start, end) => {
    if (end > last) near.push(text.slice(found[start].start, found[end - 1].end));
    last = Math.max(last, end);
  };
  for (let start = 0; start < found.length; start += 1) {
    let same = 0;
    while (same < asked.length && found[start + same]?.key === asked[same]) same += 1;
    if (same === asked.length) continue;
    const other = found[start + same]?.key;
    const isEdge = same === 0 || same === asked.length - 1;
    const isLong = asked.length >= SHORTEST + (isEdge ? edge : 0);
    const rest = start + same;
    if (isLong && isHan(other) && isHan(asked[same]) && isAt(rest + 1, same + 1)) {
      give(start, start + asked.length);
    } else if (same > 0 && isHan(other) && isAt(rest + 1, same)) {
      give(start, start + asked.length + 1);
    } else if (same > 0 && !isEdge && isHan(asked[same]) && isAt(rest, same + 1)) {
      give(start, start + asked.length - 1);
    }
  }
  return near.map((one) => one.replace(/\s+/gu, ""));
}
