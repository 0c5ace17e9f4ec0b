// The files that page and program must say the same of: samples, fixtures, catalogue and rule pages as tables of HTML,
// a made county, and damaged copies.

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const TABLES = /\.(xlsx|xlsm|xls|xlsb|ods|docx|csv|html|txt)$/i;

/** Returns the paths of all files below a folder, in order. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const all = [];
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) all.push(...filesBelow(path));
    else all.push(path);
  }
  return all;
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** A table of a page in Markdown as HTML; `<<` belongs to the cell before it, `^^` to the one above. */
function htmlOf(lines) {
  const rows = lines.map((line) => line.trim().slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
  const body = rows.slice(2).map((row) => row.slice(1));
  const html = body.map((row, y) => {
    const cells = row.map((text, x) => {
      if (text === '<<' || text === '^^') return '';
      let columns = 1;
      while (row[x + columns] === '<<') columns += 1;
      let height = 1;
      while (body[y + height]?.[x] === '^^') height += 1;
      const spans = `${columns > 1 ? ` colspan="${columns}"` : ''}${height > 1 ? ` rowspan="${height}"` : ''}`;
      return `<td${spans}>${escaped(text)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<html><meta charset="utf-8"><table>${html.join('\n')}</table></html>`;
}

/** The tables of a page in Markdown. */
export function tablesOf(text) {
  const tables = [];
  let lines = [];
  for (const line of [...text.split('\n'), '']) {
    if (line.startsWith('|')) lines.push(line);
    else {
      if (lines.length > 3 && /^\|\s*\|\s*A\s*\|/.test(lines[0])) tables.push(htmlOf(lines));
      lines = [];
    }
  }
  return tables;
}

/** One unit's table as separated values. */
export function unitTable(number) {
  // Every third total is not the sum.
  const total = number % 3 === 0 ? 96 : 92;
  const budget = 100 * (number + 1);
  return `项目支出绩效自评表,,,,,,,,
（2023年度）,,,,,,,,
项目名称,第${number}号公路养护,,,,,,,
主管部门,第${number % 20}局,,,实施单位,第${number}公路站,,,
项目资金（万元）,,,年初预算数,全年预算数,全年执行数,分值,执行率,得分
,年度资金总额,,${budget},${budget},${(budget * 95) / 100},10,95%,9.5
年度总体目标,预期目标,,,,实际完成情况,,,
,养护农村公路20公里,,,,养护农村公路20公里，年底前完工,,,
绩效指标,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施
,产出指标,数量指标,养护里程,≥20公里,20公里,20,20,
,,质量指标,验收合格率,≥95%,100%,20,20,
,,时效指标,完工时间,12月31日前,12月10日,10,10,
,效益指标,社会效益指标,受益村庄,≥8个,6个,30,22.5,原因：部分村道路改线；措施：明年补齐
,满意度指标,服务对象满意度指标,群众满意度,≥90%,93%,10,10,
总分,,,,,,100,${total},
`;
}

/** Writes a county of so many tables into a folder, some in folders of departments. */
export function county(folder, count) {
  for (let number = 0; number < count; number++) {
    const inside = join(folder, `第${number % 20}局`);
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, `自评表${String(number).padStart(4, '0')}.csv`), unitTable(number));
  }
}

/** Bytes changed in a way that depends on a number alone. */
export function damaged(bytes, number) {
  const copy = Buffer.from(bytes);
  let state = (number * 2654435761 + 1) >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  if (number % 4 === 0) return copy.subarray(0, next() % copy.length);
  for (let turn = 0; turn < 1 + (number % 7); turn++) copy[next() % copy.length] = number % 4 === 1 ? 0xff : next() & 0xff;
  return copy;
}

/** Writes the corpus into a folder and returns it. */
export function corpus(folder) {
  mkdirSync(folder, { recursive: true });
  const put = (name, bytes) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  };
  const places = [
    ['samples', join(ROOT, 'samples')],
    ['fixtures', join(ROOT, 'tests', 'data')],
    ['cases', join(ROOT, '..', 'shared', 'cases')],
    ['seed', join(ROOT, '..', 'shared', 'seed')],
  ];
  for (const [name, place] of places) {
    for (const path of filesBelow(place).filter((path) => TABLES.test(path))) put(join(name, relative(place, path)), readFileSync(path));
  }
  const pages = [
    ['catalogue', join(ROOT, 'tests', 'layout_catalogue')],
    ['rules', join(ROOT, 'src', 'rules')],
  ];
  for (const [name, place] of pages) {
    for (const path of filesBelow(place).filter((path) => path.endsWith('.md'))) {
      const stem = relative(place, path).replace(/[\\/]/g, '-').slice(0, -3);
      tablesOf(readFileSync(path, 'utf8')).forEach((html, index) => put(join(name, `${stem}-${index}.html`), html));
    }
  }
  county(join(folder, 'county'), 60);
  const model = readFileSync(join(ROOT, 'samples', '部门评价表-信丰.xlsx'));
  const old = readFileSync(join(ROOT, 'tests', 'data', '部门评价表-信丰.xls'));
  for (let number = 0; number < 60; number++) {
    put(join('damaged', `坏${number}.xlsx`), damaged(model, number));
    put(join('damaged', `坏${number}.xls`), damaged(old, number));
  }
  return folder;
}
