// The page as a person uses it: from disk, offline, in a real browser.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { download, dropped, given, launched, opened, settled, unpack } from './browser.mjs';
import { ROOT, county, filesBelow, unitTable } from './corpus.mjs';
import { hebiao } from './program.mjs';

const SEED = join(ROOT, 'samples', '部门评价表-信丰.xlsx');
const CLEAN = join(ROOT, 'samples', '项目支出绩效自评表-示例.xlsx');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser, page, folder;

before(async () => {
  browser = await launched();
});
after(() => browser.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hebiao-page-'));
  page = await opened(browser);
});
afterEach(async () => {
  assert.deepEqual(page.requests, [], 'nothing is asked of any network');
  assert.deepEqual(page.faults, []);
  await page.context().close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = () => page.locator('.rows tbody tr:not([aria-hidden])');
const told = () => page.innerText('.told');

async function assertAccessible(what) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  const violations = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(violations, [], what);
}

test('the seed, dropped: findings, cells, and the same files as the command line', async () => {
  await dropped(page, [SEED]);
  await page.waitForSelector('.table .grid');
  assert.match(await page.innerText('.score'), /总分 申报 96 → 复算 94/);
  assert.equal(await page.locator('.finding').count(), 12);
  // A finding leads to its cell, a cell to its finding.
  await page.click('.finding >> text=总分与各项得分之和不符 >> xpath=ancestor::li >> button.cell >> nth=0');
  assert.equal(await page.getAttribute('.grid td.pointed', 'data-cell'), 'G30');
  await page.click('.grid td[data-cell="F6"]');
  assert.match(await page.innerText('.finding.chosen'), /A04/);
  // The rule explains itself, the reading is a switch away.
  await page.click('.finding.chosen summary');
  await page.waitForSelector('.finding.chosen .rule-page h5');
  await page.check('.switch input');
  assert.ok(await page.locator('.sheet.is-read td.indicators i').first().isVisible());
  // Beside the source, as the page has it.
  const name = '部门评价表-信丰';
  writeFileSync(join(folder, `${name}.xlsx`), readFileSync(SEED));
  hebiao(['convert', `${name}.xlsx`, '-o', '.', '--annotate'], folder);
  for (const kind of ['规范表', '差异清单', '批注副本']) {
    const saved = await download(page, () => page.click(`text=保存${kind}`));
    assert.equal(saved.name, `${name}.${kind}.xlsx`);
    assert.ok(saved.bytes.equals(readFileSync(join(folder, saved.name))), kind);
  }
});

test('a folder of 200, dropped: list, filters, all as one archive, summary', async () => {
  const named = join(folder, '报送');
  county(named, 200);
  writeFileSync(join(named, '照片.jpg'), 'x');
  await dropped(page, [named]);
  await settled(page);
  assert.match(await told(), /核对完 200 个文件，200 张评价表/);
  assert.match(await page.innerText('.passed'), /不是表格的 1 个/);
  assert.equal(await page.getAttribute('.rows table', 'aria-rowcount'), '201');
  assert.ok((await rows().count()) < 120, 'only rows in sight are drawn');
  await page.fill('input[type=search]', '第7局');
  assert.match(await page.innerText('.filters output'), /200 行中的 10 行/);
  await page.selectOption('.filters select >> nth=0', 'error');
  assert.ok((await rows().count()) < 10);
  await page.click('text=清除筛选');
  await page.selectOption('.filters select >> nth=2', 'A01');
  assert.match(await page.innerText('.filters output'), /200 行中的/);
  await page.click('text=清除筛选');
  await page.click('th >> text=申报总分');
  assert.equal(await page.getAttribute('th:has-text("申报总分")', 'aria-sort'), 'ascending');
  await page.click('text=保存全部…');
  const zip = await download(page, () => page.click('text=保存为一个压缩包'));
  const mine = join(folder, '我的');
  const theirs = mkdtempSync(join('/var/tmp', 'hebiao-theirs-'));
  mkdirSync(mine);
  unpack(zip.bytes, mine);
  hebiao(['convert', '报送', '-o', theirs, '--no-progress'], folder);
  const names = (place) => filesBelow(place).map((path) => relative(place, path)).sort();
  // The program's index of the folder is its own.
  assert.deepEqual(names(mine), names(theirs).filter((name) => name !== '目录.xlsx'));
  assert.equal(names(mine).length, 400);
  for (const name of names(mine)) assert.ok(readFileSync(join(mine, name)).equals(readFileSync(join(theirs, name))), name);
  rmSync(theirs, { recursive: true });
  await page.click('text=汇总…');
  const summary = await download(page, () => page.click('text=写出汇总'));
  hebiao(['summarize', '报送', '-o', '汇总.xlsx', '--no-progress'], folder);
  assert.ok(summary.bytes.equals(readFileSync(join(folder, '汇总.xlsx'))), 'the summary');
});

test('a broken and a hostile file are rows with their reasons, and nothing of them runs', async () => {
  writeFileSync(join(folder, '坏.xlsx'), readFileSync(SEED).subarray(0, 4000));
  const hostile = unitTable(1)
    .replace('第1号公路养护', '<img src=x onerror="document.title=1">')
    .replace('第1局', '<script>document.title=1</script>')
    .replace('项目支出绩效自评表', '项目支出绩效自评表</td></table><iframe src="https://example.org"></iframe>');
  writeFileSync(join(folder, '<b>恶意.csv'), hostile);
  await given(page, [join(folder, '坏.xlsx'), join(folder, '<b>恶意.csv')]);
  assert.equal(await rows().count(), 2);
  assert.match(await rows().nth(0).innerText(), /没有读到[\s\S]*坏\.xlsx[\s\S]*(损坏|完整)/);
  await rows().nth(1).locator('button.open').click();
  await page.waitForSelector('.table .grid');
  assert.match(await page.innerText('.grid'), /<img src=x onerror/);
  assert.equal(await page.locator('.grid img, .grid script, iframe').count(), 0);
  assert.equal(await page.title(), '核表');
});

test('a run that is stopped keeps what was done and says so', async () => {
  const named = join(folder, '很多');
  county(named, 600);
  await page.setInputFiles('#folder', named);
  await page.waitForFunction(() => /[1-9]\d* \/ 600/.test(document.querySelector('.progress')?.innerText ?? ''));
  await page.click('.progress >> text=停止');
  await settled(page);
  assert.match(await told(), /已停止：核对了 \d+ 个文件，\d+ 个没有核对/);
  const kept = Number((await page.getAttribute('.rows table', 'aria-rowcount')) ?? 1) - 1;
  assert.ok(kept < 600, `${kept}`);
  // The page goes on working.
  await given(page, [SEED]);
  assert.match(await told(), /核对完/);
});

test('an archive is a folder; what checks go by and filled-in lists are known when dropped', async () => {
  const named = join(folder, '包');
  county(named, 3);
  const script = 'import shutil,sys; shutil.make_archive(sys.argv[1],"zip",sys.argv[2])';
  const { execFileSync } = await import('node:child_process');
  execFileSync('python3', ['-c', script, named, named]);
  await given(page, [`${named}.zip`]);
  assert.match(await told(), /核对完 3 个文件，3 张评价表/);
  writeFileSync(join(folder, 'hebiao.toml'), '[severity]\nA01 = "off"\n');
  const before = await page.locator('.has-error').count();
  await given(page, [join(folder, 'hebiao.toml')]);
  assert.ok((await page.locator('.has-error').count()) < before);
  await page.click('text=清空');
  await given(page, [SEED]);
  const list = await download(page, () => page.click('text=保存差异清单'));
  await page.click('text=标准和设置（已改）…');
  await page.click('dialog >> text=不用');
  await page.click('dialog >> text=关闭');
  const filled = join(folder, '部门评价表-信丰.差异清单.csv');
  const text = hebiao(['convert', SEED, '-o', '-', '--list', 'csv'], folder);
  writeFileSync(filled, text.replace(',未说明,,', ',未说明,已更正,'));
  await given(page, [filled]);
  assert.match(await told(), /读回了 1 份清单，现有 1 项已说明/);
  assert.ok(list.bytes.length > 1000);
});

test('unlike tables are compared only when asked again; what was not saved is not lost without a question', async () => {
  const asked = [];
  page.on('dialog', (dialog) => (asked.push(dialog.type()), dialog.accept()));
  await given(page, [SEED]);
  await page.click('text=其他…');
  await page.setInputFiles('input[aria-label="选择旧表…"]', SEED);
  await page.setInputFiles('input[aria-label="选择新表…"]', CLEAN);
  await page.click('text=写出对比');
  await page.waitForSelector('.misfits');
  assert.match(await page.innerText('.misfits'), /不像同一张表的前后两稿/);
  const comparison = await download(page, () => page.click('text=照样对比'));
  for (const path of [SEED, CLEAN]) writeFileSync(join(folder, basename(path)), readFileSync(path));
  hebiao(['diff', basename(SEED), basename(CLEAN), '--anyway', '-o', '对比.xlsx'], folder);
  assert.ok(comparison.bytes.equals(readFileSync(join(folder, '对比.xlsx'))));
  await page.waitForFunction(() => !document.querySelector('.misfits'));
  await page.click('dialog >> text=关闭');
  await page.reload();
  assert.deepEqual(asked, ['beforeunload']);
  await page.waitForSelector('html[data-ready]');
  await given(page, [SEED]);
  await download(page, () => page.click('text=保存差异清单'));
  await page.reload();
  assert.deepEqual(asked, ['beforeunload'], 'nothing is unsaved');
  await page.waitForSelector('html[data-ready]');
});

test('keyboard alone: try the example, go to a cell, go back', async () => {
  const press = async (key, count = 1) => {
    for (let turn = 0; turn < count; turn++) await page.keyboard.press(key);
  };
  const reach = async (text) => {
    for (let turn = 0; turn < 60; turn++) {
      await press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
      if (focused.trim() === text) return;
    }
    assert.fail(`no way to ${text} by the keyboard`);
  };
  await reach('用示例表试一试');
  await press('Enter');
  await page.waitForSelector('.table .grid');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'table-title');
  await reach('G30');
  await press('Enter');
  await page.waitForSelector('.finding.chosen');
  await page.focus('.crumbs button');
  await press('Enter');
  await page.waitForSelector('.rows');
  await reach('标准和设置…');
});

test('axe finds nothing: empty, list, table, reading, dialogs, dark', async () => {
  await assertAccessible('empty');
  await given(page, [SEED, CLEAN]);
  await assertAccessible('list');
  await page.click('button.open >> nth=0');
  await page.waitForSelector('.table .grid');
  await page.click('.finding button.cell >> nth=0');
  await page.click('.finding summary >> nth=0');
  await page.waitForSelector('.rule-page h5');
  await assertAccessible('table');
  await page.check('.switch input');
  await assertAccessible('reading');
  for (const title of ['保存全部…', '汇总…', '标准和设置…', '其他…']) {
    await page.click(`.tools >> text=${title}`);
    await assertAccessible(title);
    await page.click('dialog >> text=关闭');
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible('dark, reading');
  await page.uncheck('.switch input');
  await assertAccessible('dark');
});

test('narrow and enlarged: nothing runs out of the window', async () => {
  await given(page, [SEED, CLEAN]);
  for (const [width, height] of [[683, 384], [400, 700]]) {
    await page.setViewportSize({ width, height });
    for (const act of [async () => {}, () => page.click('button.open >> nth=0'), () => page.click('text=返回列表')]) {
      await act();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${width}: ${over}`);
    }
  }
});
