/**
 * The tokens by which Chinese text is searched, and where they stand in it.
 *
 * The same specification as `generator/site/search/tokens.py`, where it is written out; both are
 * held to `tests/search-vectors.json`. Here it also says where in the text each atom stands.
 */

export const BARRIER = "。";

const FULL_WIDTH = { "，": BARRIER, "：": BARRIER };

const UNIT =
  /(?<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)*)|(?<word>[a-z]+)|(?<wide>(?:(?![a-z0-9])[\p{L}\p{N}]|[\u{20000}-\u{3FFFF}])+)|(?<barrier>[。、;!?,\n\v\f\r\x1c-\x1e\x85\u2028\u2029]|(?<![0-9]):|:(?![0-9]))/gu;

/** What may have to be folded: all but the bulk of a text. */
const UNUSUAL = /[^\u4e00-\u9fff0-9a-z\n。、]/gu;
const MEANT = /[\p{L}\p{N}\u{20000}-\u{3FFFF}。;!?,:\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/u;

/**
 * Folded text, and for each of its UTF-16 units the stretch of the original it came from;
 * without `from` and `to` when each unit came from the one in its place.
 */
function fold(text) {
  let inPlace = true;
  const plain = text.replace(UNUSUAL, (char) => {
    const folded = foldCharacter(char);
    if (folded.length === char.length) return folded;
    if (folded !== "" && !MEANT.test(folded)) return " ".repeat(char.length); // such as …
    inPlace = false;
    return folded;
  });
  return inPlace ? { plain } : foldWithPlaces(text);
}

function foldWithPlaces(text) {
  let plain = "";
  const from = [];
  const to = [];
  let at = 0;
  for (const char of text) {
    const end = at + char.length;
    const folded = foldCharacter(char);
    for (let i = 0; i < folded.length; i += 1) {
      from.push(at);
      to.push(end);
    }
    plain += folded;
    at = end;
  }
  return { plain, from, to };
}

function foldCharacter(char) {
  // The bulk of a text stays as it is; normalising it one by one is what takes the time.
  if (char >= "\u4e00" && char <= "\u9fff") return char;
  return (FULL_WIDTH[char] ?? char).normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
}

/**
 * What a text is compared by: one Han character, one number, one ASCII word, or a barrier.
 *
 * @param {string} text
 * @returns {{key: string, start: number, end: number}[]} start and end in UTF-16 units of `text`
 */
export function atoms(text) {
  const { plain, from, to } = fold(text);
  const found = [];
  for (const match of plain.matchAll(UNIT)) {
    const kind = match.groups;
    const first = match.index;
    const add = (key, offset, length) =>
      found.push({
        key,
        start: from ? from[offset] : offset,
        end: to ? to[offset + length - 1] : offset + length,
      });
    if (kind.wide !== undefined) {
      let offset = first;
      for (const char of kind.wide) {
        add(char, offset, char.length);
        offset += char.length;
      }
    } else if (kind.barrier !== undefined) {
      add(BARRIER, first, 1);
    } else {
      for (const key of kind.word ? [kind.word] : numbers(kind.number)) {
        add(key, first, match[0].length);
      }
    }
  }
  return found;
}

function numbers(run) {
  const parts = run.replaceAll(",", "").split(".");
  return parts.length === 2 ? [parts.join("d")] : parts;
}

const isAscii = (char) => char <= "\x7f";

/**
 * Tokens of a text in reading order, with one `。` where runs are kept apart.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function tokens(text) {
  const out = [];
  let last = "";
  for (const { key } of atoms(text)) {
    if (key === BARRIER) {
      if (out.length > 0 && out.at(-1) !== BARRIER) out.push(BARRIER);
      last = "";
    } else if (isAscii(key[0])) {
      if (last && !isAscii(last)) out.push(last + key[0]);
      out.push(key);
      last = key.at(-1);
    } else {
      if (last) out.push(last + key);
      last = key;
    }
  }
  if (out.at(-1) === BARRIER) out.pop();
  return out;
}

/**
 * What is asked for: the parts of a query, each of which must occur, and those too short to ask.
 *
 * Words are separated by white space; a sentence mark inside a word separates too, since no
 * match runs across one.
 *
 * @param {string} query
 * @returns {{parts: string[], short: string[]}}
 */
export function parseQuery(query) {
  const parts = new Set();
  const short = new Set();
  for (const word of query.split(/\s+/u)) {
    for (const group of splitAtBarriers(word)) {
      const text = word.slice(group[0].start, group.at(-1).end);
      (tokens(text).length > 0 ? parts : short).add(text);
    }
  }
  return { parts: [...parts], short: [...short] };
}

function splitAtBarriers(word) {
  const groups = [[]];
  for (const atom of atoms(word)) {
    if (atom.key === BARRIER) groups.push([]);
    else groups.at(-1).push(atom);
  }
  return groups.filter((group) => group.length > 0);
}

/**
 * Whether every part of a query occurs in a text.
 *
 * @param {string} text
 * @param {string[]} parts as `parseQuery` gives them
 */
export function contains(text, parts) {
  const keys = keysOf(text);
  return parts.every((part) => keys.includes(keysOf(part)));
}

/** A text's atoms as one string: it holds that of a part exactly where the part occurs. */
function keysOf(text) {
  let keys = "";
  for (const [run, number, word] of fold(text).plain.matchAll(UNIT)) {
    const whole = number === undefined ? [run] : numbers(number);
    keys += (number ?? word) ? `\0${whole.join("\0\0")}\0` : run;
  }
  return keys;
}

/**
 * Where parts of a query occur in a text: ordered stretches that do not overlap.
 *
 * @param {string} text
 * @param {string[]} parts as `parseQuery` gives them
 * @returns {{start: number, end: number}[]}
 */
export function findParts(text, parts) {
  const found = atoms(text);
  const ranges = [];
  for (const part of parts) {
    const keys = atoms(part).map((atom) => atom.key);
    for (let i = 0; i + keys.length <= found.length; i += 1) {
      if (keys.every((key, offset) => key === found[i + offset].key)) {
        ranges.push({ start: found[i].start, end: found[i + keys.length - 1].end });
      }
    }
  }
  return merged(ranges);
}

function merged(ranges) {
  ranges.sort((a, b) => a.start - b.start || a.end - b.end);
  const out = [];
  for (const range of ranges) {
    const before = out.at(-1);
    if (before && range.start < before.end) before.end = Math.max(before.end, range.end);
    else out.push({ ...range });
  }
  return out;
}
