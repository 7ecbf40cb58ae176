/**
 * The page on which units and years are compared. The address has them, a column each:
 * ?a=430524/xingzheng-shenpi/2022&a=…; without a year it is the unit's newest.
 */

import { difference } from "./decimal.js";

const CHOICE = /^(\d{6})\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:\/(\d{4}))?$/;

const PUBLIC = "已发布";
const WITHDRAWN = "已撤回";
const ZERO = /^-?[0.]+$/;

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A number as nodes, so that its point stands under those above it. */
function aligned(text) {
  const [whole, fraction] = text.split(".");
  return [whole, element("span", fraction ? `.${fraction}` : "", "gk-fraction")];
}

function start(box) {
  const root = new URL(box.dataset.root, document.baseURI);
  const most = Number(box.dataset.most);
  const form = box.querySelector("form");
  const status = box.querySelector("[role=status]");
  const scroll = box.querySelector(".gk-scroll");
  const table = box.querySelector("table");
  const head = box.querySelector("thead tr");
  const rows = [...box.querySelectorAll("tbody tr")];
  const { region, unit, year } = form.elements;
  const files = new Map();
  let run = 0; // of several under way, only the latest may write

  /** A file of the site, read once; null when it is not there. */
  const read = (path) => {
    if (!files.has(path)) {
      const reading = fetch(new URL(path, root)).then((answer) => {
        if (answer.ok) return answer.json();
        if (answer.status === 404) return null;
        throw new Error(`${path}: ${answer.status}`);
      });
      reading.catch(() => files.delete(path)); // so that it is tried again
      files.set(path, reading);
    }
    return files.get(path);
  };

  /** What the address asks for, and what in it cannot be understood. */
  const asked = () => {
    const choices = [];
    const wrong = [];
    for (const text of new URLSearchParams(location.search).getAll("a")) {
      const parts = CHOICE.exec(text);
      if (!parts) wrong.push(text);
      else if (!choices.includes(text)) choices.push(text);
    }
    return [choices, wrong];
  };

  const addressOf = (choices) => {
    const query = choices.map((each) => `a=${each}`).join("&");
    return `${location.pathname}${query ? `?${query}` : ""}`;
  };

  const go = (choices) => {
    history.pushState(null, "", addressOf(choices));
    return show();
  };

  /** A column for what is asked; null when there is no such unit. */
  const columnOf = async (choice) => {
    const [, code, slug, wanted] = CHOICE.exec(choice);
    const file = await read(`${code}/${slug}/figures.json`);
    if (!file) return null;
    const number = wanted ? Number(wanted) : file.years[0]?.year;
    if (!number) return null;
    const record = file.years.find((each) => each.year === number) ?? null;
    return { code, slug, file, year: number, record, key: `${code}/${slug}/${number}` };
  };

  /** Reads what the address asks for, and shows it. */
  const show = async () => {
    const mine = ++run;
    const [choices, notes] = asked();
    const said = notes.map((each) => `网址中的“${each}”看不懂，没有列出。`);
    let found;
    try {
      found = await Promise.all(choices.map(columnOf));
    } catch {
      if (mine === run) status.textContent = "没有读到数据，请检查网络后重试。";
      return;
    }
    if (mine !== run) return;
    const columns = [];
    found.forEach((column, at) => {
      if (!column) said.push(`没有“${choices[at]}”的公开记录，没有列出。`);
      else if (!columns.some((each) => each.key === column.key)) columns.push(column);
    });
    if (columns.length > most) said.push(`最多比较 ${most} 列，后面的没有列出。`);
    columns.length = Math.min(columns.length, most);
    draw(columns);
    if (!columns.length) said.push("请选择要比较的单位和年度。");
    else if (columns.length === 1) said.push("已有 1 列，请再选一个单位或年度。");
    else said.push(`正在比较 ${columns.length} 列。`);
    status.textContent = said.join("");
    await prefill(columns);
  };

  const draw = (columns) => {
    for (const row of [head, ...rows]) while (row.cells.length > 1) row.lastElementChild.remove();
    columns.forEach((column, at) => {
      head.append(headOf(column, columns, at));
    });
    for (const row of rows) {
      const { indicator, unit: counted } = row.dataset;
      const figures = columns.map((each) => each.record?.figures[indicator] ?? null);
      // What no table of any of them asks for would be a row of nothing.
      row.hidden = !figures.some(Boolean);
      columns.forEach((column, at) => {
        row.append(cellOf(column, figures[at], at ? figures[0] : null, counted));
      });
    }
    const fractions = [...scroll.querySelectorAll(".gk-fraction")];
    const places = Math.max(0, ...fractions.map((each) => each.textContent.length - 1));
    table.className = table.className.replace(/ ?gk-places-\d+|$/, ` gk-places-${Math.min(6, places)}`);
    scroll.hidden = !columns.length;
  };

  const headOf = (column, columns, at) => {
    const { code, slug, file, year: number, record } = column;
    const cell = element("th");
    cell.scope = "col";
    const link = element("a", `${file.name} ${number}年度`);
    link.href = new URL(record ? `${code}/${slug}/${number}/` : `${code}/${slug}/`, root).href;
    const remove = element("button", "移除", "gk-button");
    remove.type = "button";
    remove.setAttribute("aria-label", `移除 ${file.name} ${number}年度`);
    remove.addEventListener("click", async () => {
      const rest = columns.filter((_, other) => other !== at);
      await go(rest.map((each) => each.key));
      (head.querySelectorAll("button")[Math.max(0, at - 1)] ?? region).focus();
    });
    cell.append(link, element("span", file.region, "gk-note"));
    if (record && record.status !== PUBLIC && record.status !== WITHDRAWN) {
      cell.append(element("span", `未公开预览：${record.status}`, "gk-state"));
    }
    cell.append(remove);
    return cell;
  };

  const cellOf = (column, figure, first, counted) => {
    const cell = element("td");
    if (counted) cell.className = "gk-number";
    if (!column.record || column.record.status === WITHDRAWN) {
      cell.append(element("span", column.record ? WITHDRAWN : "未公开", "gk-none"));
      return cell;
    }
    if (figure?.number) cell.append(...aligned(figure.text));
    else if (figure && !figure.word) cell.append(figure.text);
    else cell.append(element("span", figure?.text ?? "表中无此项", "gk-none"));
    if (figure?.disputed) {
      const mark = element("sup");
      const link = element("a", "注");
      link.href = new URL(`${column.key}/#核对说明`, root).href;
      link.setAttribute("aria-label", "注：见核对说明");
      mark.append(link);
      cell.append(mark);
    }
    if (figure?.number && first?.number) {
      const change = difference(figure.number, first.number);
      const note = element("span", "", "gk-note");
      if (ZERO.test(change)) note.append(...aligned("相同"));
      else note.append(change.startsWith("-") ? "少 " : "多 ", ...aligned(change.replace("-", "")));
      cell.append(note);
    }
    return cell;
  };

  // The form.

  const offer = (select, entries) => {
    select.length = 1;
    for (const [value, text] of entries) select.add(new Option(text, value));
    select.disabled = !entries.length;
  };

  const offerUnits = async () => {
    offer(unit, []);
    offer(year, []);
    const code = region.value;
    const file = code ? await read(`${code}/units.json`) : null;
    if (code === region.value && file) offer(unit, file.units);
  };

  const offerYears = async () => {
    offer(year, []);
    const [code, slug] = [region.value, unit.value];
    const file = slug ? await read(`${code}/${slug}/figures.json`) : null;
    if (code !== region.value || slug !== unit.value || !file) return;
    offer(year, file.years.map((each) => [each.year, `${each.year}年度`]));
    year.value = file.years[0]?.year ?? "";
  };

  /** Offers what is likely to be wanted next: another year of a unit. */
  const prefill = async (columns) => {
    if (!region.value) {
      const last = columns.at(-1);
      region.value = last?.code ?? (region.length === 2 ? region.options[1].value : "");
      await offerUnits();
      unit.value = last?.slug ?? "";
      await offerYears();
    }
    const shown = new Set(columns.map((each) => each.key));
    const isNew = ({ value }) => value && !shown.has(`${region.value}/${unit.value}/${value}`);
    year.value = ([...year.options].find(isNew) ?? year).value;
  };

  const told = (doing) => () =>
    doing().catch(() => {
      status.textContent = "没有读到数据，请检查网络后重试。";
    });

  region.addEventListener("change", told(offerUnits));
  unit.addEventListener("change", told(offerYears));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const choice = `${region.value}/${unit.value}/${year.value}`;
    const [choices] = asked();
    if (choices.includes(choice)) status.textContent = "这一列已经有了。";
    else if (head.cells.length > most) {
      status.textContent = `最多比较 ${most} 列，请先移除一列。`;
    } else told(() => go([...choices, choice]))();
  });
  addEventListener("popstate", told(show));

  box.hidden = false;
  told(async () => {
    offer(region, (await read("regions.json")) ?? []);
    await show();
  })();
}

for (const box of document.querySelectorAll("[data-gk-compare]")) start(box);
