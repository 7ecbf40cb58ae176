/**
 * Asks the shards of the index, one Pagefind instance each, and ranks what they find.
 *
 * The only module that knows Pagefind: a query and a choice of shards in, hits out.
 */

import { BARRIER, atoms, tokens } from "./tokens.js";

// As `LANGUAGE` in generator/site/search/bundle.py: a code for which Pagefind cuts no words.
const LANGUAGE = "und";

// A unit's own pages come before those that mention it.
const RANKING = { metaWeights: { unit: 8, title: 3 } };

const PATIENCE_MS = 20_000;

/** Most questions asked to find the longest part of a query that occurs. */
const MOST_GUESSES = 40;

/**
 * @typedef {{key: string, region: string, region_name: string, year: string, records: number,
 *   version: string}} Shard
 * @typedef {{url: string, title: string, unit: string, shortNames: string[],
 *   formerNames: string[], region: string, year: string, text: string}} Page
 * @typedef {{shard: Shard, id: string, score: number, page: () => Promise<Page>}} Hit
 */

/**
 * Opens the index below a site's root.
 *
 * @param {URL} root
 * @throws {Error} when the list of shards or Pagefind's script cannot be loaded
 */
export async function openIndex(root) {
  const base = new URL("search/", root);
  const [createInstance, shards] = await Promise.all([
    loadPagefind(new URL("pagefind/", base)),
    loadShards(new URL("shards.json", base)),
  ]);
  const opened = new Map();

  const open = (shard) => {
    if (!opened.has(shard.key)) {
      const instance = openShard(createInstance(), base, shard);
      opened.set(shard.key, instance);
      instance.catch(() => opened.delete(shard.key)); // asked again, it is tried again
    }
    return opened.get(shard.key);
  };

  return {
    /** Shards of a region and year ("" for all), newest year first. */
    shards: ({ region, year }) =>
      shards.filter((one) => (!region || one.region === region) && (!year || one.year === year)),

    /**
     * Pages in which every part occurs.
     *
     * @param {string[]} parts as `parseQuery` gives them
     * @param {Shard[]} among
     * @param {string} unit slug, "" for all
     * @returns {Promise<{hits: Hit[], failed: Shard[]}>} hits best first; the shards that could
     *   not be asked
     */
    async find(parts, among, unit = "") {
      if (parts.length === 0) return { hits: [], failed: [] };
      const answers = await Promise.allSettled(
        among.map(async (shard) => askShard(await open(shard), shard, parts, unit)),
      );
      return {
        hits: answers.flatMap((one) => one.value ?? []).sort(byRank),
        failed: among.filter((_, i) => answers[i].status === "rejected"),
      };
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
        return (await this.find([text], among, unit)).hits.length > 0;
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

async function loadShards(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  const { shards } = await answer.json();
  return shards.sort((a, b) => b.year.localeCompare(a.year) || a.key.localeCompare(b.key));
}

/** A function that makes an instance of Pagefind without pages; shards are merged into it. */
async function loadPagefind(folder) {
  const { createInstance } = await import(new URL("pagefind.js", folder).href);
  const create = () => createInstance({ basePath: folder.pathname });
  // Instances share their WASM, but each that starts before it is there puts its own in the place
  // of the others', which then read foreign memory: one starts alone. This call needs no file.
  await inTime(create().filters());
  return create;
}

async function openShard(instance, base, shard) {
  // One instance a shard: Pagefind gives no answer at all once one of its indexes is missing.
  const merged = instance.mergeIndex(new URL(`shards/${shard.key}/`, base).pathname, {
    language: LANGUAGE,
    metaCacheTag: shard.version,
    ranking: RANKING,
  });
  await inTime(merged);
  return instance;
}

/** The same promise, but Pagefind waits for ever for a WASM file that does not come. */
function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("Pagefind: no answer")), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function askShard(instance, shard, parts, unit) {
  const options = unit ? { filters: { unit } } : {};
  const streams = parts.map((part) => tokens(part).filter((token) => token !== BARRIER));
  let found = null;
  for (const stream of streams) {
    const { results } = await instance.search(`"${stream.join(" ")}"`, options);
    const ids = new Set(results.map((result) => result.id));
    found = found ? found.filter((result) => ids.has(result.id)) : results;
    if (found.length === 0) return [];
  }
  // The phrase search scores all alike; the plain one ranks, from the chunks now at hand.
  const { results: ranked } = await instance.search(streams.flat().join(" "), options);
  const scores = new Map(ranked.map((result) => [result.id, result.score]));
  return found.map((result) => ({
    shard,
    id: result.id,
    score: scores.get(result.id) ?? 0,
    page: async () => readable(await result.data()),
  }));
}

function readable(fragment) {
  const { title, unit, region, year } = fragment.meta;
  return {
    url: fragment.raw_url,
    title,
    unit,
    shortNames: lines(fragment.meta.short_names),
    formerNames: lines(fragment.meta.former_names),
    region,
    year,
    text: fragment.content,
  };
}

function lines(text) {
  return text ? text.split("\n") : [];
}

function byRank(a, b) {
  return (
    b.score - a.score || b.shard.year.localeCompare(a.shard.year) || a.id.localeCompare(b.id)
  );
}
