// Makes the manual's pictures again: node docs/pictures/make.mjs
//
// Needs a build of the program, LibreOffice and poppler for the two workbooks (alone: --workbooks), and what the page's tests
// need for the two of the page (dist/核表.html, page/node_modules, Chromium). A picture is as the program is now; look at it before it is committed.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, county } from '../../page/test/corpus.mjs';
import { hebiao } from '../../page/test/program.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const SEED = join(ROOT, 'samples', '部门评价表-信丰.xlsx');
const folder = mkdtempSync(join(tmpdir(), 'hebiao-pictures-'));

/** The page with a table and with a county, as a window shows it. */
async function pages() {
  const { given, launched, opened } = await import('../../page/test/browser.mjs');
  const browser = await launched();
  try {
    const table = await opened(browser);
    await given(table, [SEED]);
    await table.waitForSelector('.table .grid');
    await table.click('.finding >> text=总分与各项得分之和不符 >> xpath=ancestor::li >> button.cell >> nth=0');
    await table.screenshot({ path: join(HERE, 'page-table.png') });
    const many = await opened(browser);
    const named = join(folder, '某县');
    county(named, 1000);
    await given(many, named, '#folder');
    await many.screenshot({ path: join(HERE, 'page-county.png') });
  } finally {
    await browser.close();
  }
}

/** The first page of two workbooks, as a printer would have it. */
function workbooks() {
  const out = join(folder, 'out');
  hebiao(['convert', SEED, '-o', out, '--fail-on', 'never']);
  for (const [kind, picture, dots] of [
    ['规范表', 'normalized-table', 80],
    ['差异清单', 'discrepancy-list', 90],
  ]) {
    const workbook = readdirSync(out).find((name) => name.endsWith(`.${kind}.xlsx`));
    execFileSync('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', folder, join(out, workbook)], { stdio: 'ignore' });
    const pdf = join(folder, workbook.replace(/xlsx$/, 'pdf'));
    execFileSync('pdftoppm', ['-png', '-r', String(dots), '-f', '1', '-l', '1', '-singlefile', pdf, join(folder, picture)]);
    copyFileSync(join(folder, `${picture}.png`), join(HERE, `${picture}.png`));
  }
}

workbooks();
if (!process.argv.includes('--workbooks')) await pages();
rmSync(folder, { recursive: true, force: true });
