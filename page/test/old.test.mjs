// The oldest browsers that the page is promised for: Chromium 86, as 360 has it, and 109, the last for Windows 7. They
// come as packages; their drivers know no clicks and no downloads, so the page's own elements are pressed and what it
// would hand to the browser is looked at.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { PAGE } from './browser.mjs';
import { ROOT } from './corpus.mjs';
import { hebiao } from './program.mjs';

const HERE = join(dirname(fileURLToPath(import.meta.url)), 'old');
const SEED = join(ROOT, 'samples', '部门评价表-信丰.xlsx');

/** Unpacks a browser that a package ships, once; returns its program. */
function unpacked(name) {
  const packed = join(HERE, 'node_modules', name, 'bin');
  const place = join(packed, 'unpacked');
  if (!existsSync(join(place, 'chromium'))) {
    mkdirSync(place, { recursive: true });
    for (const file of readdirSync(packed).filter((file) => file.endsWith('.br'))) {
      const path = join(place, file.slice(0, -3));
      writeFileSync(path, brotliDecompressSync(readFileSync(join(packed, file))));
      if (path.endsWith('.tar')) execFileSync('tar', ['xf', path, '-C', place]);
      else chmodSync(path, 0o755);
    }
  }
  return join(place, 'chromium');
}

for (const [version, name] of [['86', 'chrome-aws-lambda'], ['109', '@sparticuz/chromium']]) {
  test(`Chromium ${version}: the seed's findings and the command line's files`, async () => {
    const browser = await chromium.launch({
      executablePath: unpacked(name),
      headless: true,
      args: ['--no-sandbox', '--disable-gpu', '--single-process', '--no-zygote'],
    });
    const folder = mkdtempSync(join(tmpdir(), 'hebiao-old-'));
    try {
      assert.ok(browser.version().startsWith(`${version}.`), browser.version());
      const page = await (await browser.newContext({ offline: true })).newPage();
      const faults = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(pathToFileURL(PAGE).href);
      await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: 60_000 });
      await page.evaluate(() => {
        window.handed = [];
        const address = URL.createObjectURL;
        URL.createObjectURL = (blob) => (window.handed.push(blob), address.call(URL, blob));
      });
      await page.setInputFiles('#files', SEED);
      await page.waitForFunction(() => document.querySelectorAll('.finding').length === 12 && document.querySelector('.grid'), null, { timeout: 60_000 });
      const button = (text) => page.evaluate((text) => Array.from(document.querySelectorAll('button')).find((one) => one.textContent === text).click(), text);
      for (const kind of ['规范表', '差异清单', '批注副本']) {
        await page.evaluate(() => (window.handed.length = 0));
        await button(`保存${kind}`);
        await page.waitForFunction(() => window.handed.length === 1, null, { timeout: 60_000 });
        const digest = await page.evaluate(async () => {
          const bytes = await crypto.subtle.digest('SHA-256', await window.handed[0].arrayBuffer());
          return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
        });
        // Beside the source, as the page has it.
        writeFileSync(join(folder, '部门评价表-信丰.xlsx'), readFileSync(SEED));
        if (!existsSync(join(folder, `部门评价表-信丰.规范表.xlsx`))) hebiao(['convert', '部门评价表-信丰.xlsx', '-o', '.', '--annotate'], folder);
        const expected = createHash('sha256').update(readFileSync(join(folder, `部门评价表-信丰.${kind}.xlsx`))).digest('hex');
        assert.equal(digest, expected, kind);
      }
      assert.deepEqual(faults, []);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });
}
