// How fast the page is. What is compared is processor time in one run, so that a busy machine weighs on both sides.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { launched, opened } from './browser.mjs';
import { ROOT, county, filesBelow } from './corpus.mjs';
import { instance } from './module.mjs';
import { PROGRAM } from './program.mjs';

const SEED = join(ROOT, 'samples', '部门评价表-信丰.xlsx');
const MOST = 2.5;

/** Seconds of the processor, in the program, for a command in a folder. */
function programSeconds(folder, words) {
  const run = spawnSync('bash', ['-c', 'TIMEFORMAT=%U; time "$@" >/dev/null', 'bash', PROGRAM, ...words], { cwd: folder, encoding: 'utf8' });
  return Number(run.stderr.trim().split('\n').at(-1));
}

test(`a file takes the page at most ${MOST} times the program's processor time`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hebiao-speed-'));
  try {
    county(folder, 200);
    const seed = readFileSync(SEED);
    for (let copy = 0; copy < 200; copy++) writeFileSync(join(folder, `表${copy}.xlsx`), seed);
    const paths = filesBelow(folder);
    const ask = instance();
    const check = (path) => ask({ ask: 'check', path: relative(folder, path).split(sep).join('/') }, [readFileSync(path)]);
    // The engine first compiles quickly and then well; what lasts is what is compared.
    for (let turn = 0; turn < 4; turn++) paths.forEach(check);
    // Other work on the machine makes a turn dearer, never cheaper: the cheapest of several is what it takes.
    const turn = () => {
      const before = process.cpuUsage();
      paths.forEach(check);
      return process.cpuUsage(before).user / 1e6;
    };
    const line = ['check', '.', '--format', 'ndjson', '--no-progress', '--threads', '1', '--fail-on', 'never'];
    const cheapest = (measure) => Math.min(...Array.from({ length: 4 }, measure));
    const page = cheapest(turn);
    const program = cheapest(() => programSeconds(folder, line));
    const each = (seconds) => `${((seconds / paths.length) * 1000).toFixed(2)} ms`;
    console.log(`a file: page ${each(page)}, program ${each(program)}, ${(page / program).toFixed(2)} times`);
    assert.ok(page <= MOST * program, `${page} s against ${program} s`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the page is ready, and has its first result, without a wait', async () => {
  const browser = await launched();
  try {
    const times = [];
    for (let turn = 0; turn < 5; turn++) {
      const page = await opened(browser);
      const ready = await page.evaluate(() => performance.getEntriesByName('ready')[0].startTime);
      await page.waitForTimeout(500);
      const first = await page.evaluate(() => {
        const input = document.querySelector('#files');
        const bytes = Uint8Array.from(atob(document.querySelector('#example').textContent.trim()), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], '部门评价表-信丰.xlsx'));
        input.files = data.files;
        const start = performance.now();
        input.dispatchEvent(new Event('change', { bubbles: true }));
        return new Promise((done) => {
          const look = () => (document.querySelectorAll('.finding').length > 0 ? done(performance.now() - start) : requestAnimationFrame(look));
          look();
        });
      });
      times.push([ready, first]);
      await page.context().close();
    }
    const middle = (index) => times.map((one) => one[index]).sort((one, other) => one - other)[2];
    console.log(`ready after ${middle(0).toFixed(0)} ms, first result ${middle(1).toFixed(0)} ms after the drop (middle of 5)`);
    // Far above what was measured on a machine at rest: a busy one must not fail here.
    assert.ok(middle(0) < 5000 && middle(1) < 2000, JSON.stringify(times));
  } finally {
    await browser.close();
  }
});
