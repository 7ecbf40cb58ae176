/**
 * Asks the index which pages may hold a query, and the pages themselves whether they do.
 *
 * The only module that knows the files below `search/` (generator/site/search/): a query and a
 * choice of shards in, hits out. The index knows which tokens a page has, not where. So a hit is
 * certain only when each part of a query is one token; any other is to be verified by `page()`.
 */

import { contains, tokens } from "./tokens.js";
import { namesOf } from "./units.js";

const PATIENCE_MS = 20_000;

/** Tokens asked of each shard, or one for each part of a query: each costs about 3 KB a shard. */
const MOST_TOKENS = 3;

/** Tokens asked for texts that a part of a query nearly stands in, and such texts given. */
const MOST_NEAR_TOKENS = 8;
const MOST_NEAR_TEXTS = 12;

/**
 * @typedef {{region: string, regionName: string, year: string, records: number}} Shard
 * @typedef {{slug: string, name: string, shortNames: string[], formerNames: string[]}} Unit
 * @typedef {{url: string, title: string, unit: string, shortNames: string[],
 *   formerNames: string[], region: string, code: string, year: string, changed: string,
 *   conclusion: string, forms: string[], text: string}} Page
 * @typedef {{shard: Shard, unit: string, unitName: string, changed: string, conclusion: string,
 *   forms: string[], page: () => Promise<Page | null>}} Hit `page` gives null when the query does
 *   not occur there after all
 * @typedef {{unit?: string, conclusion?: string, form?: string}} Wanted what hits must be of; ""
 *   for all
 */

/**
 * Opens the index below a site's root.
 *
 * @param {URL} root
 * @param {string} expected code of the region that will be asked first, if that is known
 * @throws {Error} when the list of regions cannot be loaded
 */
export async function openIndex(root, expected = "") {
  const base = new URL("search/", root);
  const files = new Map();

  /** A file's content as `read` makes it, loaded once; after a failure, when asked again. */
  const load = (path, read, options) => {
    if (!files.has(path)) {
      const loaded = fetchUnpacked(new URL(path, base), options).then(read);
      files.set(path, loaded);
      loaded.catch(() => files.delete(path));
    }
    return files.get(path);
  };
  // Heads keep their names from build to build; all else is found through them by its version.
  const latest = { cache: "no-cache" };

  const region = (code) => load(`regions/${code}.json.gz`, readRegion, latest);
  if (/^[0-9]{6}$/.test(expected)) region(expected).catch(() => {}); // told when it is asked
  const { years, regions } = await load("regions.json.gz", json, latest);

  async function askShard(shard, question) {
    const { units, shards } = await region(shard.region);
    const { version, parts } = shards.get(shard.year);
    const folder = `shards/${shard.region}/${shard.year}-${version}`;
    const found = await Promise.all(
      Array.from({ length: parts }, (_, number) => askPart(`${folder}/${number}`, question)),
    );
    const named = (unit) => {
      if (!question.named.has(unit)) question.named.set(unit, namedBy(unit, question.parts));
      return question.named.get(unit);
    };
    return found.flat().map((told) => {
      const unit = units.get(told.unit);
      const path = `texts/${shard.region}/${told.unit}/${shard.year}.json.gz?${version}`;
      return {
        ...told,
        shard,
        unitName: unit?.name ?? told.unit,
        named: named(unit),
        place: unit?.place ?? 0,
        text: async () => (await load(path, readPage)).everything,
        page: async () => {
          const page = await load(path, readPage);
          return contains(page.everything, question.parts) ? page : null;
        },
      };
    });
  }

  /** What the head of a part tells of those pages that have enough tokens of the question. */
  async function askPart(path, { asked, least, wanted }) {
    const { units, changed, conclusion, forms, first } = await load(`${path}.json.gz`, json);
    const valueOf = (column, number) => column.values[column.of[number]];
    const possible = units
      .map((unit, number) => ({
        number,
        unit,
        changed: valueOf(changed, number),
        conclusion: valueOf(conclusion, number),
        forms: valueOf(forms, number),
      }))
      .filter((page) => isWanted(page, wanted));
    if (possible.length === 0) return [];
    const answers = await Promise.all(
      asked.map(async (token) => {
        const block = first.findLastIndex((one) => inOrder(one, token));
        if (block < 0) return new Set();
        return pagesOf(token, await load(`${path}-${block}.gz`, (bytes) => bytes), units.length);
      }),
    );
    const having = (number) => answers.filter((pages) => pages.has(number)).length;
    return possible
      .map(({ number, ...page }) => ({ ...page, tokens: having(number) }))
      .filter((page) => page.tokens >= least);
  }

  async function ask(among, question) {
    if (question.asked.length === 0) return { hits: [], failed: [] };
    const asking = { least: question.asked.length, ...question, named: new Map() };
    const answers = await Promise.allSettled(among.map((shard) => askShard(shard, asking)));
    return {
      hits: answers.flatMap((one) => one.value ?? []).sort(byRank),
      failed: among.filter((_, i) => answers[i].status === "rejected"),
    };
  }

  return {
    /** @type {{code: string, name: string}[]} */
    regions: regions.map(([code, name]) => ({ code, name })),
    /** Newest first. @type {string[]} */
    years,
    /** The units of a region, in the region's own order. @returns {Promise<Unit[]>} */
    units: async (code) => [...(await region(code)).units.values()],

    /** Shards of a region and year ("" for all), newest year first. @returns {Shard[]} */
    shards: (wanted) =>
      years.flatMap((year, column) =>
        regions
          .filter(([code, , records]) => records[column] > 0 && (wanted.region || code) === code)
          .filter(() => (wanted.year || year) === year)
          .map(([code, name, records]) => ({
            region: code,
            regionName: name,
            year,
            records: records[column],
          })),
      ),

    /**
     * Pages in which every part may occur; none in which they do is left out.
     *
     * @param {string[]} parts as `parseQuery` gives them
     * @param {Shard[]} among
     * @param {Wanted} wanted
     * @returns {Promise<{hits: Hit[], failed: Shard[], exact: boolean}>} hits best first; the
     *   shards that could not be asked; whether all hits are known to be right
     */
    async find(parts, among, wanted = {}) {
      const exact = parts.every((part) => tokens(part).length === 1);
      const answer = await ask(among, { parts, asked: chooseTokens(parts), wanted });
      return { ...answer, exact };
    },

    /**
     * Of a find's hits those that have every token, not only the few asked for first: costs more,
     * and leaves fewer that are wrong.
     */
    async narrow(hits, parts, wanted = {}) {
      const among = [...new Set(hits.map((hit) => hit.shard))];
      const asked = [...new Set(parts.flatMap(tokens))];
      const { hits: left, failed } = await ask(among, { parts, asked, wanted });
      const name = ({ shard, unit }) => `${shard.region}/${unit}/${shard.year}`;
      const names = new Set(left.map(name));
      return hits.filter((hit) => failed.includes(hit.shard) || names.has(name(hit)));
    },

    /**
     * Texts that have most of a part's tokens, those with more of them first: where it stands but
     * for one character, two tokens at most are missing.
     *
     * @returns {Promise<string[]>}
     */
    async nearTexts(part, among, wanted = {}) {
      const asked = spread([...new Set(tokens(part))], MOST_NEAR_TOKENS);
      const least = Math.max(1, asked.length - 2);
      const { hits } = await ask(among, { parts: [part], asked, least, wanted });
      hits.sort((a, b) => b.tokens - a.tokens); // stable: the best come first among equals
      const texts = hits.slice(0, MOST_NEAR_TEXTS).map((hit) => hit.text().catch(() => ""));
      return Promise.all(texts);
    },

    /**
     * The units of the regions of some shards, with the letters that their names' characters
     * begin with.
     *
     * @returns {Promise<{region: string, regionName: string, unit: Unit,
     *   initials: Map<string, string>}[]>}
     */
    async unitsAmong(among) {
      const names = new Map(among.map((shard) => [shard.region, shard.regionName]));
      const lists = await Promise.all(
        Array.from(names, async ([code, regionName]) => {
          const { units, initials } = await region(code).catch(() => ({ units: new Map() }));
          return [...units.values()].map((unit) => ({ region: code, regionName, unit, initials }));
        }),
      );
      return lists.flat();
    },
  };
}

async function fetchUnpacked(address, options) {
  const answer = await fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  // Some hosts say of such files that they are gzip, and the browser has unpacked them by then.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

const utf8 = (bytes) => new TextDecoder().decode(bytes);
const json = (bytes) => JSON.parse(utf8(bytes));

function readRegion(bytes) {
  const { units, initials, shards } = json(bytes);
  return {
    initials: lettersOf(initials),
    units: new Map(
      units.map(([slug, name, shortNames, formerNames], place) => [
        slug,
        { slug, name, shortNames, formerNames, place },
      ]),
    ),
    shards: new Map(shards.map((shard) => [shard.year, shard])),
  };
}

function readPage(bytes) {
  const entry = json(bytes);
  const page = {
    url: entry.url,
    title: entry.title,
    unit: entry.unit_name,
    shortNames: entry.short_names,
    formerNames: entry.former_names,
    region: entry.region_name,
    code: entry.region,
    year: entry.year,
    changed: entry.changed,
    conclusion: entry.conclusion,
    forms: entry.forms,
    text: entry.text,
  };
  const names = [page.title, page.unit, ...page.shortNames, ...page.formerNames];
  return { ...page, everything: [...names, page.text].join("\n") };
}

/** {letter: characters} turned into character -> its letters. */
function lettersOf(initials) {
  const letters = new Map();
  for (const [letter, chars] of Object.entries(initials)) {
    for (const char of chars) letters.set(char, (letters.get(char) ?? "") + letter);
  }
  return letters;
}

function isWanted(page, { unit, conclusion, form }) {
  return (
    (!unit || page.unit === unit) &&
    (!conclusion || page.conclusion === conclusion) &&
    (!form || page.forms.includes(form))
  );
}

/** Those tokens of each part that say most: long numbers and words first, then some far apart. */
function chooseTokens(parts) {
  const most = Math.max(1, Math.floor(MOST_TOKENS / parts.length));
  const chosen = parts.flatMap((part) => {
    const all = [...new Set(tokens(part))];
    const pairs = all.filter((token) => [...token].some((char) => char > "\x7f"));
    const [long, short] = [true, false].map((is) =>
      all.filter((token) => !pairs.includes(token) && token.length > 2 === is),
    );
    const first = long.slice(0, most);
    const then = spread(pairs, most - first.length);
    return [...first, ...then, ...short].slice(0, most);
  });
  return [...new Set(chosen)];
}

function spread(list, count) {
  if (list.length <= count) return list;
  if (count === 0) return [];
  if (count === 1) return [list[Math.floor(list.length / 2)]];
  return Array.from(
    { length: count },
    (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))],
  );
}

/** Whether `a` does not come after `b`, by code points, as the tokens of a shard are ordered. */
function inOrder(a, b) {
  const [left, right] = [a, b].map((text) => Array.from(text, (char) => char.codePointAt(0)));
  const place = left.findIndex((code, i) => code !== right[i]);
  return place < 0 || left[place] < (right[place] ?? -1);
}

/** The pages that a block gives for a token; its layout is told in shard.py. */
function pagesOf(token, block, count) {
  const size = new DataView(block.buffer, block.byteOffset).getUint32(0, true);
  const listed = utf8(block.subarray(4, 4 + size)).split("\n");
  const place = listed.indexOf(token);
  if (place < 0) return new Set();
  const lengths = block.subarray(4 + size, 4 + size + listed.length);
  const start = lengths.subarray(0, place).reduce((a, b) => a + b, 4 + size + listed.length);
  const bytes = block.subarray(start, start + lengths[place]);
  const all = Array.from({ length: count }, (_, number) => number);
  if (bytes.length === 0) return new Set(all);
  if (bytes.length === Math.ceil(count / 8)) {
    return new Set(all.filter((number) => bytes[number >> 3] & (1 << (number & 7))));
  }
  if (count <= 256) return new Set(bytes);
  const pairs = Array.from({ length: bytes.length / 2 }, (_, i) => i * 2);
  return new Set(pairs.map((at) => bytes[at] + 256 * bytes[at + 1]));
}

/** How many parts of a query name a unit: a unit's own pages come before those that mention it. */
function namedBy(unit, parts) {
  if (!unit) return 0;
  return parts.filter((part) =>
    namesOf(unit).some((name) => contains(name, [part]) || (name && contains(part, [name]))),
  ).length;
}

/** Order of hits: best first, then newest year, then as the regions list their units. */
export function byRank(a, b) {
  return (
    b.named - a.named ||
    b.shard.year.localeCompare(a.shard.year) ||
    a.shard.region.localeCompare(b.shard.region) ||
    a.place - b.place
  );
}

/** The same, with those that changed last before all; undated ones as if at their year's beginning. */
export function byDate(a, b) {
  const [left, right] = [a, b].map((hit) => hit.changed || hit.shard.year);
  return left === right ? byRank(a, b) : left < right ? 1 : -1;
}
