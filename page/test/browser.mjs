// Debian's Chromium, driven: the page from disk, without a network.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ROOT } from './corpus.mjs';

export const PAGE = join(ROOT, 'dist', '核表.html');
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Starts the browser. */
export async function launched() {
  if (!existsSync(BROWSER)) throw new Error(`${BROWSER} is missing: apt-get install chromium`);
  if (!existsSync(PAGE)) throw new Error('dist/核表.html is missing: page/build/page.sh');
  return chromium.launch({
    executablePath: BROWSER,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Opens the page; every request that is none of the page's own is noted. */
export async function opened(browser, options = {}, query = '') {
  const context = await browser.newContext({ acceptDownloads: true, offline: true, viewport: { width: 1366, height: 768 }, ...options });
  const page = await context.newPage();
  page.requests = [];
  page.faults = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('blob:') && !url.startsWith('data:') && !decodeURI(url).includes('核表.html')) page.requests.push(url);
  });
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.faults.push(message.text()));
  await page.goto(pathToFileURL(PAGE).href + query);
  await page.waitForSelector('html[data-ready]', { timeout: 30_000 });
  return page;
}

/** Waits until nothing is being done. */
export async function settled(page, timeout = 120_000) {
  await page.waitForFunction(() => !document.querySelector('.progress') && document.querySelector('.told p'), null, { timeout });
}

/** Gives files through the input element and waits for what comes of them. */
export async function given(page, paths, input = '#files') {
  await page.evaluate(() => Array.from(document.querySelectorAll('.told button')).at(-1)?.click());
  // What was told before is gone only when the page is drawn again.
  await page.waitForFunction(() => !document.querySelector('.told p'));
  await page.setInputFiles(input, paths);
  await settled(page);
}

/** Drops files or folders from disk onto the page, as a person does. */
export async function dropped(page, paths) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await session.detach();
}

/** Presses what starts a download and returns its name and bytes. */
export async function download(page, act) {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), act()]);
  const { readFileSync } = await import('node:fs');
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Unpacks an archive into a folder. */
export function unpack(bytes, folder) {
  const script = 'import io,sys,zipfile; zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).extractall(sys.argv[1])';
  execFileSync('python3', ['-c', script, folder], { input: bytes });
}
