/** The search page: form, address, results. What is asked of the index is in engine.js. */

import { button, element, link } from "./dom.js";
import { byDate, byRank, openIndex } from "./engine.js";
import { countFacets, facetItems } from "./facets.js";
import { resultItem } from "./results.js";
import { parseQuery } from "./tokens.js";
import { unitsCalled } from "./units.js";

const PAGE_SIZE = 10;

/** Texts read for one page of results, when many do not hold the query after all. */
const MOST_READ = 20;

/** Texts read first; when one of them is wrong, the index is asked more closely. */
const PROBE = 3;

/**
 * Records whose shards are asked at a time. The rest are asked when wanted: each shard costs a
 * reader some 10 KB, however few records it has.
 */
const RECORDS_AT_A_TIME = 3000;
const RECORDS_OF_A_SHARD = 250;

/** Records whose shards are asked before any result is shown, when they give enough of them. */
const RECORDS_AT_FIRST = 250;

/** A query that is a number; the index knows numbers only as a whole. */
const NUMBER = /^[\p{N}.,%]+$/u;

/** Rows of a downloaded list: each is a text of some 5 KB that is read for it. */
const MOST_LISTED = 500;

const FILTERS = ["region", "unit", "year", "conclusion", "form"];

/** What the index does not list: offered as results have it, or as the address says. */
const OF_RESULTS = ["conclusion", "form"];

/** Where there is room, the filters are open beside the results. */
const WIDE = "(min-width: 60em)";

function start(box) {
  const root = new URL(box.dataset.root, document.baseURI);
  const form = box.querySelector("form");
  const status = box.querySelector("[data-gk-status]");
  const notices = box.querySelector("[data-gk-notices]");
  const list = box.querySelector("[data-gk-results]");
  const more = box.querySelector("[data-gk-more]");
  const filters = box.querySelector("[data-gk-filters]");
  const chosen = box.querySelector("[data-gk-chosen]");
  const tools = box.querySelector("[data-gk-tools]");
  const download = box.querySelector("[data-gk-download]");
  const listed = box.querySelector("[data-gk-listed]");
  const fields = form.elements;
  const { region, unit, year } = fields;
  let opening = null;
  let reading = null;
  let run = 0; // of several searches under way, only the latest may write

  /** The index, once the form offers what is in it; opened anew after a failure. */
  const openOnce = () => {
    if (!opening) {
      const expected = new URLSearchParams(location.search).get("region") ?? "";
      opening = openIndex(root, expected).then((index) => {
        offer(region, index.regions.map(({ code, name }) => [code, name]));
        offer(year, index.years.map((one) => [one, `${one}年`]));
        return index;
      });
      opening.catch(forget);
    }
    return opening;
  };

  const forget = () => {
    opening = null;
  };

  /** Offers the units of the chosen region, or of the only one there is. */
  const offerUnits = async (slug) => {
    const index = await openOnce();
    const [only, ...others] = index.regions;
    const wanted = () => region.value || (others.length === 0 && only?.code) || "";
    const code = wanted();
    // A region that cannot be loaded is told when it is searched.
    const units = code ? await index.units(code).catch(() => []) : [];
    if (code !== wanted()) return; // another was chosen meanwhile
    offer(unit, units.map(({ slug, name }) => [slug, name]));
    unit.disabled = units.length === 0;
    choose(unit, slug);
    if (unit.value) region.value = code;
  };

  const readForm = () => ({
    q: fields.q.value.trim(),
    ...Object.fromEntries([...FILTERS, "sort"].map((name) => [name, fields[name].value])),
  });

  const readAddress = async () => {
    const asked = new URLSearchParams(location.search);
    fields.q.value = asked.get("q") ?? "";
    choose(fields.sort, asked.get("sort"));
    for (const name of OF_RESULTS) {
      const value = asked.get(name) ?? "";
      if (value) addOptions(fields[name], [value]);
      choose(fields[name], value);
    }
    await openOnce();
    choose(region, asked.get("region"));
    choose(year, asked.get("year"));
    await offerUnits(asked.get("unit"));
  };

  const writeAddress = (asked) => {
    const kept = Object.entries(asked).filter(([, value]) => value !== "");
    const address = new URL(location.href);
    address.search = new URLSearchParams(kept).toString();
    if (address.href !== location.href) history.pushState(null, "", address);
  };

  const clear = () => {
    list.replaceChildren();
    notices.replaceChildren();
    more.hidden = true;
    download.onclick = null;
    listed.textContent = "";
    for (const values of box.querySelectorAll("[data-gk-values]")) values.replaceChildren();
    const count = FILTERS.filter((name) => fields[name].value !== "").length;
    chosen.textContent = count > 0 ? `（已选 ${count} 项）` : "";
  };

  const say = (text) => {
    status.textContent = text;
  };

  /** Whether results are still to come, for those who hear the page. */
  const busy = (is) => box.setAttribute("aria-busy", String(is));

  const note = (...content) => notices.append(element("p", "", ...content));

  const browse = (text) => link(root.href, text);

  async function search() {
    run += 1;
    const mine = run;
    const asked = readForm();
    clear();
    const { parts, short } = parseQuery(asked.q);
    if (parts.length === 0) {
      tools.hidden = true;
      sayWhyNot(asked.q, short);
      busy(false);
      return;
    }
    busy(true);
    say("正在检索……");
    try {
      const index = await openOnce();
      const rest = index.shards(asked);
      const session = { index, asked, parts, short, rest, done: [], hits: [], failed: [] };
      await askMore(session, () => mine === run);
    } catch (error) {
      console.error(error);
      if (mine !== run) return;
      tools.hidden = true;
      say("检索暂时不能使用。");
      note("索引没有载入，请检查网络后重试，或", browse("按目录浏览"), "。");
    }
    if (mine === run) busy(false);
  }

  function sayWhyNot(query, short) {
    if (short.length > 0) {
      say(`“${short[0]}”只有一个字，请输入两个字以上的词。`);
      note("也可以", browse("按目录浏览"), "。");
    } else if (query) {
      say("请输入文字或数字。");
    } else {
      say("");
    }
  }

  async function askMore(session, current) {
    const { index, asked, parts } = session;
    const ask = async (shards) => {
      const { hits, failed, exact } = await index.find(parts, shards, asked);
      session.exact = exact;
      session.hits = [...session.hits, ...hits].sort(asked.sort === "date" ? byDate : byRank);
      session.failed.push(...failed);
      session.done.push(...shards);
    };
    const now = next(session.rest, RECORDS_AT_A_TIME);
    // The newest often fill the first page: it is shown before the others are asked.
    const first = session.done.length > 0 ? now : next(now, RECORDS_AT_FIRST);
    session.rest = session.rest.slice(now.length);
    await ask(first);
    if (!current()) return;
    clear();
    let found = foundBy(session);
    if (first.length < now.length) {
      if (session.hits.length >= PAGE_SIZE) {
        await show(found, current, () => say(`已找到 ${found.right} 条，还在查其余的地区和年度……`));
        more.hidden = true;
      }
      await ask(now.slice(first.length));
      if (!current()) return;
    }
    const told = () => {
      say(counted(found, session));
      showFacets(found, session);
      offerList(found, session, current);
    };
    if (found.right >= PAGE_SIZE && (await takeUp(found, session))) {
      if (!current()) return;
      more.hidden = found.hits.length === 0;
      told();
      more.onclick = () => showMore(found, current, told);
    } else {
      if (!current()) return;
      clear();
      found = foundBy(session);
      await show(found, current, told);
    }
    if (current() && found.right + found.hits.length + found.unread === 0) {
      await help(session, current);
    }
    if (current()) await offerPages(session, current);
    if (current()) warn(session, current);
  }

  /** Those hits that may be results: all but the ones that were read or narrowed away. */
  const possible = (found, session) =>
    session.hits.filter((hit) => !found.wrong.has(hit) && !found.refuted.has(hit));

  const isExact = (found) => found.exact || found.hits.length + found.unread === 0;

  function showFacets(found, session) {
    const hits = possible(found, session);
    const counted = countFacets(hits);
    for (const name of OF_RESULTS) addOptions(fields[name], counted[name].map(({ value }) => value));
    for (const [name, values] of Object.entries(counted)) {
      const items = facetItems(values, hits.length, isExact(found), (value) => pick(name, value));
      box.querySelector(`[data-gk-values="${name}"]`).replaceChildren(...items);
    }
  }

  /** Narrows to a value; from its button, which is gone then, to the field that says so. */
  async function pick(name, value) {
    if (name === "unit") {
      const [code, slug] = value.split("/");
      choose(region, code);
      await offerUnits(slug);
    } else {
      choose(fields[name], value);
      if (name === "region") await offerUnits("");
    }
    fields[name].focus();
    submit();
  }

  function offerList(found, session, current) {
    tools.hidden = found.right === 0;
    let saving = false;
    download.onclick = async () => {
      if (saving) return;
      saving = true;
      try {
        await saveList(found, session, current);
      } catch (error) {
        console.error(error);
        if (current()) listed.textContent = "列表没有做成，请检查网络后重试。";
      }
      saving = false;
    };
  }

  async function saveList(found, session, current) {
    listed.textContent = "正在整理……";
    const { fileName, listOf, save } = await import("./csv.js");
    const { parts, query } = found;
    const hits = possible(found, session);
    const likely = isExact(found) || found.isNarrow ? hits : await found.narrow(hits);
    const most = Math.min(likely.length, MOST_LISTED);
    const made = await listOf(root, likely, parts, query, MOST_LISTED, (rows) => {
      if (current()) listed.textContent = `正在整理 ${rows}/${most} 条……`;
      return current();
    });
    if (!made) return;
    save(made.text, fileName(query));
    const cut = likely.length > MOST_LISTED ? `；一份列表最多 ${MOST_LISTED} 条，可以先筛选` : "";
    const lost = made.unread > 0 ? `；有 ${made.unread} 条没有载入` : "";
    listed.textContent = `列表里有 ${made.rows} 条${cut}${lost}。`;
  }

  /** Who types a unit's name may be looking for the unit. */
  async function offerPages({ index, asked, done }, current) {
    const units = unitsCalled(asked.q, await index.unitsAmong(done));
    if (!current() || units.length === 0) return;
    const links = units.flatMap(({ address, name, former }, i) => [
      i > 0 ? "、" : "",
      link(new URL(address, root).href, name),
      former ? `（曾用名${former}）` : "",
    ]);
    notices.prepend(element("p", "gk-search__unit", "单位主页：", ...links));
  }

  /** Hits on their way to being shown. */
  function foundBy({ index, asked, parts, hits, exact }, query = asked.q) {
    return {
      parts,
      query,
      exact, // whether all hits are known to be right
      hits: [...hits], // not read yet
      read: [],
      wrong: new Set(), // dropped without being read
      refuted: new Set(), // read, and found to be wrong
      right: 0, // shown
      unread: 0, // could not be loaded
      isNarrow: false,
      narrow: (left) => index.narrow(left, parts, asked),
    };
  }

  /** Goes on with a session's further hits, unless some of them belong before those shown. */
  async function takeUp(found, session) {
    const all = session.hits.filter((hit) => !found.wrong.has(hit));
    if (found.read.some((hit, i) => hit !== all[i])) return false;
    found.hits = all.slice(found.read.length);
    if (found.isNarrow) await narrow(found);
    return true;
  }

  async function narrow(found) {
    const left = new Set(await found.narrow(found.hits));
    for (const hit of found.hits) if (!left.has(hit)) found.wrong.add(hit);
    found.hits = found.hits.filter((hit) => left.has(hit));
    found.isNarrow = true;
  }

  /** What was found, once a page of it has been read. */
  function counted(found, session) {
    const { right, unread } = found;
    const left = found.hits.length + unread;
    if (right + left === 0) return `没有找到“${session.asked.q}”${scope(session)}`;
    if (right === 0 && !found.exact) {
      return `读过的页面里还没有找到“${session.asked.q}”，还有 ${left} 页可能有${scope(session)}`;
    }
    return `找到${isExact(found) ? "" : "约"} ${right + left} 条结果${scope(session)}`;
  }

  const scope = ({ rest, done }) =>
    rest.length > 0 ? `（查了 ${done.length} 份地区年度索引，还有 ${rest.length} 份没有查）。` : "。";

  async function help({ index, asked, parts, done }, current) {
    if (FILTERS.some((name) => asked[name] !== "")) {
      note("现在只查了所选的范围，", button("去掉全部筛选再查", dropFilters), "。");
    }
    const advice = parts.every((part) => NUMBER.test(part))
      ? "数字要写全：704.72 查 704 是找不到的，要查 704.72；"
      : "可以换用短一些的词，或把几个词用空格隔开；";
    note(advice, "也可以", browse("按目录浏览"), "。");
    const { longestPart, meant } = await import("./help.js");
    const others = await meant(index, asked.q, done, asked);
    if (!current()) return;
    if (others.length > 0) {
      const links = others.flatMap((text, i) => [i > 0 ? "、" : "", link(addressOf(text), text)]);
      notices.prepend(element("p", "gk-search__meant", "是不是要找：", ...links, "？"));
    }
    const part = await longestPart(index, parts, done, asked);
    if (!part || !current()) return;
    const { hits, exact } = await index.find([part], done, asked);
    if (!current() || hits.length === 0) return;
    const told = element("p", "");
    notices.append(told);
    const found = foundBy({ index, asked, parts: [part], hits, exact }, part);
    await show(found, current, () => {
      const left = found.hits.length + found.unread;
      const about = exact || left === 0 ? "" : "约";
      const count = `${about} ${found.right + left}`;
      told.textContent = `以下${count} 条结果不是原词，只含有其中的“${part}”：`;
    });
  }

  /** Of this page, asking for something else. */
  function addressOf(query) {
    const address = new URL(location.href);
    address.searchParams.set("q", query);
    return address.href;
  }

  async function dropFilters() {
    for (const name of FILTERS) fields[name].value = "";
    await offerUnits("");
    submit();
  }

  function warn(session, current) {
    if (session.short.length > 0) {
      note(`“${session.short.join("”“")}”只有一个字，没有参加检索。`);
    }
    if (session.failed.length > 0) {
      const names = session.failed.map((shard) => `${shard.regionName}${shard.year}年`);
      const again = button("重试", () => {
        forget(); // the site may have been built anew since its list of shards was loaded
        search();
      });
      note(`${names.join("、")}的索引没有载入，这部分没有查到。`, again);
    }
    if (session.rest.length > 0) {
      note(
        button(`再查 ${next(session.rest, RECORDS_AT_A_TIME).length} 份`, async () => {
          busy(true);
          say("正在检索……");
          await askMore(session, current);
          if (current()) busy(false);
        }),
      );
    }
  }

  /** Shows the next page of results, each read and verified first, and calls `told` then. */
  async function show(found, current, told) {
    const items = [];
    let unread = 0;
    let read = 0;
    while (items.length < PAGE_SIZE && read < MOST_READ && found.hits.length > 0) {
      const isProbe = !found.exact && found.read.length === 0 && found.hits.length > PAGE_SIZE;
      const now = found.hits.splice(0, isProbe ? PROBE : PAGE_SIZE - items.length);
      found.read.push(...now);
      read += now.length;
      const pages = await Promise.allSettled(now.map((hit) => hit.page()));
      if (!current()) return;
      const right = pages.filter((one) => one.value).map((one) => one.value);
      pages.forEach((one, i) => one.value === null && found.refuted.add(now[i]));
      items.push(...right.map((page) => resultItem(root, page, found.parts, found.query)));
      unread += pages.filter((one) => one.status === "rejected").length;
      if (isProbe && pages.some((one) => one.value === null)) await narrow(found);
      if (!current()) return;
    }
    list.append(...items);
    found.right += items.length;
    found.unread += unread;
    if (unread > 0) note(`有 ${unread} 条结果没有载入。`);
    told();
    more.hidden = found.hits.length === 0;
    more.textContent = found.right > 0 ? "更多结果" : "接着找";
    more.onclick = () => showMore(found, current, told);
  }

  async function showMore(found, current, told) {
    const before = list.children.length;
    more.hidden = true;
    await show(found, current, told);
    // The button may be gone: go on from the first of the new results.
    (list.children[before]?.querySelector("a") ?? more).focus();
  }

  async function submit() {
    await reading; // or the filters that the address names were lost
    writeAddress(readForm());
    return search();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("change", async (event) => {
    if (event.target === fields.q) return;
    if (event.target === region || event.target === unit) {
      await offerUnits(unit.value).catch(() => {});
    }
    submit();
  });
  addEventListener("popstate", readAndSearch);
  box.querySelector("[data-gk-shut]").addEventListener("click", () => {
    filters.open = false;
    filters.querySelector("summary").focus();
  });
  filters.open = matchMedia(WIDE).matches;
  readAndSearch();

  function readAndSearch() {
    reading = readAddress().catch(() => {}); // an index that is not there: search tells
    reading.then(search);
  }
}

/** The first shards of a list, of so many records together; one at least. */
function next(shards, most) {
  let records = 0;
  const tooMany = shards.findIndex((shard, i) => {
    records += Math.max(shard.records, RECORDS_OF_A_SHARD);
    return i > 0 && records > most;
  });
  return tooMany < 0 ? [...shards] : shards.slice(0, tooMany);
}

/** Fills a select below its first option, which stands for all; what was chosen stays chosen. */
function offer(select, options) {
  const chosen = select.value;
  const made = options.map(([value, text]) => new Option(text, value));
  select.replaceChildren(select.options[0], ...made);
  choose(select, chosen);
}

/** Options that are not there yet. */
function addOptions(select, values) {
  const known = new Set([...select.options].map((option) => option.value));
  const added = values.filter((value) => !known.has(value));
  select.append(...added.map((value) => new Option(value, value)));
  select.disabled = select.options.length < 2;
}

function choose(select, value) {
  const known = [...select.options].some((option) => option.value === value);
  select.value = known ? value : "";
}

for (const box of document.querySelectorAll("[data-gk-search]")) start(box);
