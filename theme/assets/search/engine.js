/**
 * Asks the index which pages may hold a query, and the pages themselves whether they do.
 *
 * The only module that knows the files below `search/` (generator/site/search/): a query and a
 * choice of shards in, hits out. The index knows which tokens a page has, not where. So a hit is
 * certain only when each part of a query is one token; any other is to be verified by `page()`.
 */

import { atoms, contains, tokens } from "./tokens.js";

const PATIENCE_MS = 20_000;

/** Tokens asked of each shard, or one for each part of a query: each costs about 3 KB a shard. */
const MOST_TOKENS = 3;

/** Most questions asked to find the longest part of a query that occurs, and texts read for each. */
const MOST_GUESSES = 40;
const TEXTS_A_GUESS = 10;

/**
 * @typedef {{region: string, regionName: string, year: string, records: number}} Shard
 * @typedef {{slug: string, name: string, shortNames: string[], formerNames: string[]}} Unit
 * @typedef {{url: string, title: string, unit: string, shortNames: string[],
 *   formerNames: string[], region: string, year: string, text: string}} Page
 * @typedef {{shard: Shard, unit: string, page: () => Promise<Page | null>}} Hit `page` gives null
 *   when the query does not occur there after all
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
    return found.flat().map((slug) => ({
      shard,
      unit: slug,
      named: named(units.get(slug)),
      place: units.get(slug)?.place ?? 0,
      page: async () => {
        const path = `texts/${shard.region}/${slug}/${shard.year}.json.gz?${version}`;
        const page = await load(path, readPage);
        return contains(page.everything, question.parts) ? page : null;
      },
    }));
  }

  /** Slugs of the units whose pages have every token of the question. */
  async function askPart(path, { asked, unit }) {
    const { units, first } = await load(`${path}.json.gz`, json);
    if (unit && !units.includes(unit)) return [];
    const answers = await Promise.all(
      asked.map(async (token) => {
        const block = first.findLastIndex((one) => inOrder(one, token));
        if (block < 0) return new Set();
        return pagesOf(token, await load(`${path}-${block}.gz`, (bytes) => bytes), units.length);
      }),
    );
    return units.filter(
      (slug, number) => (!unit || slug === unit) && answers.every((pages) => pages.has(number)),
    );
  }

  async function ask(among, question) {
    if (question.asked.length === 0) return { hits: [], failed: [] };
    const asking = { ...question, named: new Map() };
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
     * @param {string} unit slug, "" for all
     * @returns {Promise<{hits: Hit[], failed: Shard[], exact: boolean}>} hits best first; the
     *   shards that could not be asked; whether all hits are known to be right
     */
    async find(parts, among, unit = "") {
      const exact = parts.every((part) => tokens(part).length === 1);
      const answer = await ask(among, { parts, asked: chooseTokens(parts), unit });
      return { ...answer, exact };
    },

    /**
     * Of a find's hits those that have every token, not only the few asked for first: costs more,
     * and leaves fewer that are wrong.
     */
    async narrow(hits, parts, unit = "") {
      const among = [...new Set(hits.map((hit) => hit.shard))];
      const asked = [...new Set(parts.flatMap(tokens))];
      const { hits: left, failed } = await ask(among, { parts, asked, unit });
      const name = ({ shard, unit }) => `${shard.region}/${unit}/${shard.year}`;
      const names = new Set(left.map(name));
      return hits.filter((hit) => failed.includes(hit.shard) || names.has(name(hit)));
    },

    /**
     * The longest stretch of a query that occurs somewhere, "" if none does.
     *
     * A stretch that does not occur lies in no longer one that does, so a window that only
     * grows is moved over each part once.
     */
    async longestPart(parts, among, unit = "") {
      let guesses = 0;
      const occurs = async (text) => {
        guesses += 1;
        if (tokens(text).length === 0) return false;
        const { hits, exact } = await this.find([text], among, unit);
        if (exact) return hits.length > 0;
        const likely = await this.narrow(hits, [text], unit);
        for (const hit of likely.slice(0, TEXTS_A_GUESS)) {
          if (await hit.page().catch(() => null)) return true;
        }
        return false;
      };
      let best = "";
      let size = 2;
      for (const part of parts) {
        const found = atoms(part);
        if (found.length === 1 && parts.length > 1 && !best && (await occurs(part))) best = part;
        for (let start = 0; start + size <= found.length && guesses < MOST_GUESSES; ) {
          const text = part.slice(found[start].start, found[start + size - 1].end);
          if (await occurs(text)) {
            best = text;
            size += 1;
          } else {
            start += 1;
          }
        }
      }
      return best;
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
  const { units, shards } = json(bytes);
  return {
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
    year: entry.year,
    text: entry.text,
  };
  const names = [page.title, page.unit, ...page.shortNames, ...page.formerNames];
  return { ...page, everything: [...names, page.text].join("\n") };
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
  const names = [unit.name, ...unit.shortNames, ...unit.formerNames];
  return parts.filter((part) =>
    names.some((name) => contains(name, [part]) || (name && contains(part, [name]))),
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
