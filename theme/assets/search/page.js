/** The search page: form, address, results. What is asked of the index is in engine.js. */

import { openIndex } from "./engine.js";
import { excerpt, marked } from "./marks.js";
import { findParts, parseQuery } from "./tokens.js";

const PAGE_SIZE = 20;

/** Shards asked at a time: each costs a reader some 30 KB. The rest are asked when wanted. */
const SHARDS_AT_A_TIME = 20;

/** A query that is a number; the index knows numbers only as a whole. */
const NUMBER = /^[\p{N}.,%]+$/u;

const FILTERS = ["region", "unit", "year"];

function start(box) {
  const root = new URL(box.dataset.root, document.baseURI);
  const form = box.querySelector("form");
  const status = box.querySelector("[data-gk-status]");
  const notices = box.querySelector("[data-gk-notices]");
  const list = box.querySelector("[data-gk-results]");
  const more = box.querySelector("[data-gk-more]");
  const units = unitSelect(form.elements.unit, form.elements.region);
  let index = null;
  let run = 0; // of several searches under way, only the latest may write

  const readForm = () => ({
    q: form.elements.q.value.trim(),
    region: form.elements.region.value,
    unit: form.elements.unit.value,
    year: form.elements.year.value,
  });

  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    form.elements.q.value = asked.get("q") ?? "";
    choose(form.elements.region, asked.get("region"));
    choose(form.elements.year, asked.get("year"));
    units.choose(asked.get("unit"));
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
  };

  const say = (text) => {
    status.textContent = text;
  };

  /** Whether results are still to come, for those who hear the page. */
  const busy = (is) => box.setAttribute("aria-busy", String(is));

  const note = (...content) => {
    const paragraph = document.createElement("p");
    paragraph.append(...content);
    notices.append(paragraph);
  };

  const browse = (text) => link(root.href, text);

  async function search() {
    run += 1;
    const mine = run;
    const asked = readForm();
    clear();
    const { parts, short } = parseQuery(asked.q);
    if (parts.length === 0) {
      sayWhyNot(asked.q, short);
      busy(false);
      return;
    }
    busy(true);
    say("正在检索……");
    try {
      index ??= await openIndex(root);
      const shards = index.shards(asked);
      const session = { asked, parts, short, hits: [], failed: [], rest: shards };
      await askMore(session, () => mine === run);
    } catch (error) {
      console.error(error);
      if (mine !== run) return;
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
    const { asked, parts } = session;
    const now = session.rest.slice(0, SHARDS_AT_A_TIME);
    session.rest = session.rest.slice(SHARDS_AT_A_TIME);
    const { hits, failed } = await index.find(parts, now, asked.unit);
    session.hits.push(...hits);
    session.failed.push(...failed);
    session.done = (session.done ?? []).concat(now);
    if (!current()) return;
    clear();
    if (session.hits.length > 0) {
      say(`找到 ${session.hits.length} 条结果${scope(session)}`);
      await show(session.hits, parts, asked.q, current);
    } else {
      say(`没有找到“${asked.q}”${scope(session)}`);
      await help(session, current);
    }
    if (current()) warn(session, current);
  }

  const scope = ({ rest, done }) =>
    rest.length > 0 ? `（查了 ${done.length} 份地区年度索引，还有 ${rest.length} 份没有查）。` : "。";

  async function help({ asked, parts, done }, current) {
    const chosen = FILTERS.filter((name) => asked[name] !== "");
    if (chosen.length > 0) {
      note("现在只查了所选的范围，", button("不限地区、单位和年度再查", dropFilters), "。");
    }
    const advice = parts.every((part) => NUMBER.test(part))
      ? "数字要写全：704.72 查 704 是找不到的，要查 704.72；"
      : "可以换用短一些的词，或把几个词用空格隔开；";
    note(advice, "也可以", browse("按目录浏览"), "。");
    const part = await index.longestPart(parts, done, asked.unit);
    if (!part || !current()) return;
    const { hits } = await index.find([part], done, asked.unit);
    if (!current() || hits.length === 0) return;
    note(`以下 ${hits.length} 条结果不是原词，只含有其中的“${part}”：`);
    await show(hits, [part], part, current);
  }

  function dropFilters() {
    for (const name of FILTERS) form.elements[name].value = "";
    units.refresh();
    submit();
  }

  function warn(session, current) {
    if (session.short.length > 0) {
      note(`“${session.short.join("”“")}”只有一个字，没有参加检索。`);
    }
    if (session.failed.length > 0) {
      const names = session.failed.map((shard) => `${shard.region_name}${shard.year}年`);
      note(`${names.join("、")}的索引没有载入，这部分没有查到。`, button("重试", search));
    }
    if (session.rest.length > 0) {
      note(
        button(`再查 ${Math.min(SHARDS_AT_A_TIME, session.rest.length)} 份`, async () => {
          busy(true);
          say("正在检索……");
          await askMore(session, current);
          if (current()) busy(false);
        }),
      );
    }
  }

  async function show(hits, parts, query, current) {
    const shown = hits.slice(0, PAGE_SIZE);
    const rest = hits.slice(PAGE_SIZE);
    const pages = await Promise.allSettled(shown.map((hit) => hit.page()));
    if (!current()) return;
    const items = pages
      .filter((one) => one.status === "fulfilled")
      .map((one) => resultItem(root, one.value, parts, query));
    list.append(...items);
    if (items.length < shown.length) note(`有 ${shown.length - items.length} 条结果没有载入。`);
    more.hidden = rest.length === 0;
    more.onclick = async () => {
      const before = list.children.length;
      more.hidden = true;
      await show(rest, parts, query, current);
      // The button may be gone: go on from the first of the new results.
      list.children[before]?.querySelector("a").focus();
    };
  }

  function submit() {
    writeAddress(readForm());
    return search();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  form.elements.region.addEventListener("change", () => units.refresh());
  form.elements.unit.addEventListener("change", () => units.settleRegion());
  form.addEventListener("change", (event) => {
    if (event.target !== form.elements.q) submit();
  });
  addEventListener("popstate", () => {
    readAddress();
    search();
  });

  readAddress();
  search();
}

/**
 * The units of the chosen region only. A slug is unique within its region, so a unit chosen
 * among all chooses its region too.
 */
function unitSelect(select, region) {
  const groups = [...select.querySelectorAll("optgroup")];
  const all = select.options[0];

  const refresh = () => {
    const kept = select.value;
    const shown = groups.filter((group) => !region.value || group.dataset.region === region.value);
    select.replaceChildren(all, ...shown);
    choose(select, kept);
  };
  const settleRegion = () => {
    const group = select.selectedOptions[0]?.closest("optgroup");
    if (!group) return;
    const chosen = select.selectedOptions[0];
    region.value = group.dataset.region;
    select.replaceChildren(all, group);
    chosen.selected = true;
  };
  return {
    refresh,
    settleRegion,
    choose: (value) => {
      refresh();
      choose(select, value);
      settleRegion();
    },
  };
}

function choose(select, value) {
  const known = [...select.options].some((option) => option.value === value);
  select.value = known ? value : "";
}

function resultItem(root, page, parts, query) {
  const address = new URL(page.url, root);
  address.searchParams.set("mark", query);
  const title = link(address.href, "");
  title.append(marked(page.title, findParts(page.title, parts)));
  const heading = element("h2", "gk-search__title", title);
  const about = element("p", "gk-search__about");
  const names = [page.unit, `${page.year}年`, page.region];
  // Else a reader who asked for a former name sees nothing of it in the result.
  const known = (listed) => listed.find((name) => findParts(name, parts).length > 0);
  const short = known(page.shortNames);
  const former = known(page.formerNames);
  if (short) names.push(`又称${short}`);
  else if (former) names.push(`曾用名${former}`);
  names.forEach((name, i) => {
    const label = element("span", "");
    label.append(marked(name, findParts(name, parts)));
    about.append(i > 0 ? " · " : "", label);
  });
  const text = element("p", "gk-search__excerpt", excerpt(page.text, parts));
  return element("li", "gk-search__result", heading, about, text);
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function link(address, text) {
  const made = element("a", "", text);
  made.href = address;
  return made;
}

function button(text, action) {
  const made = element("button", "gk-search__action", text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

for (const box of document.querySelectorAll("[data-gk-search]")) start(box);
