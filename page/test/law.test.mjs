// Page = program: the module gives the same bytes as the command line for the whole corpus, file by file.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { after, before, test } from 'node:test';
import { corpus, filesBelow } from './corpus.mjs';
import { instance } from './module.mjs';
import { hebiao } from './program.mjs';

const WANTED = ['normalized', 'list', 'annotated'];
let folder, outputs, paths, reports, ask, lines;

const isReport = (path) => /\.docx$/i.test(path) || (/\.txt$/i.test(path) && path.includes('报告'));

before(() => {
  folder = corpus(mkdtempSync(join(tmpdir(), 'hebiao-corpus-')));
  outputs = mkdtempSync(join('/var/tmp', 'hebiao-outputs-'));
  ask = instance();
  const shown = filesBelow(folder).map((path) => relative(folder, path).split(sep).join('/'));
  const { wanted } = ask({ ask: 'tables', paths: shown }).head;
  paths = wanted.map((index) => shown[index]);
  reports = paths.filter(isReport);
  ask(
    { ask: 'basis', standard: null, files: reports.map((name) => ({ name, kind: 'nearby_report' })), today: new Date().toISOString().slice(0, 10) },
    reports.map((name) => readFileSync(join(folder, name))),
  );
  lines = paths.map((path) => ask({ ask: 'check', path }, [readFileSync(join(folder, path))]).parts[0].toString());
});

after(() => {
  rmSync(folder, { recursive: true });
  rmSync(outputs, { recursive: true });
});

test('reports', () => {
  const told = hebiao(['check', '.', '--format', 'ndjson', '--no-progress'], folder).trim().split('\n');
  assert.equal(told.length, paths.length);
  assert.ok(paths.length > 400, `${paths.length} files`);
  told.forEach((line, index) => assert.equal(lines[index], line, paths[index]));
});

test('normalized workbooks, lists, annotated copies: names and bytes', () => {
  // A damaged file may refuse an annotated copy, which the program says by its exit code.
  hebiao(['convert', '.', '-o', outputs, '--annotate', '--no-progress'], folder, [0, 1, 2, 3]);
  const { stems } = ask({ ask: 'stems', paths }).head;
  const written = new Map();
  paths.forEach((path, index) => {
    const [inside, stem] = stems[index];
    const answer = ask({ ask: 'outputs', path, stem, wanted: WANTED }, [readFileSync(join(folder, path)), Buffer.from(lines[index])]);
    answer.head.names.forEach((name, part) => written.set(inside + name, answer.parts[part]));
  });
  for (const path of reports) {
    const [inside, stem] = stems[paths.indexOf(path)];
    const answer = ask({ ask: 'report_copy', path, stem }, [readFileSync(join(folder, path)), ...lines.map((line) => Buffer.from(line))]);
    answer.head.names.forEach((name, part) => written.set(inside + name, answer.parts[part]));
  }
  // The program's index of the folder is its own.
  const all = filesBelow(outputs).map((path) => relative(outputs, path).split(sep).join('/'));
  const expected = all.filter((name) => name !== '目录.xlsx');
  assert.deepEqual(Array.from(written.keys()).sort(), expected.sort());
  assert.ok(expected.length > 800, `${expected.length} outputs`);
  for (const [name, bytes] of written) assert.ok(bytes.equals(readFileSync(join(outputs, name))), name);
});

test('summary and notices', () => {
  const summary = join(outputs, '汇总.xlsx');
  const letters = join(outputs, '通知');
  hebiao(['summarize', 'county', 'samples', '-o', summary, '--notices', letters, '--no-progress'], folder);
  const collected = instance();
  collected({ ask: 'summary_begin', roster: null, previous: null });
  for (const path of paths.filter((path) => /^(county|samples)\//.test(path))) {
    collected({ ask: 'summary_add' }, [collected({ ask: 'check', path }, [readFileSync(join(folder, path))]).parts[0]]);
  }
  const { head, parts } = collected({ ask: 'summary_end', notices: true });
  // Links lead from the workbook to the files, which here lie apart from it.
  const names = filesBelow(letters).map((path) => relative(letters, path));
  assert.deepEqual([...head.notices].sort(), names.sort());
  head.notices.forEach((name, index) => assert.ok(parts[index + 1].equals(readFileSync(join(letters, name))), name));
  const beside = join(folder, '汇总.xlsx');
  hebiao(['summarize', 'county', 'samples', '-o', beside, '--no-progress'], folder);
  assert.ok(parts[0].equals(readFileSync(beside)), 'the workbook');
});

test('a comparison and a blank form', () => {
  const both = ['samples/部门评价表-信丰.xlsx', 'fixtures/部门评价表-信丰.ods'];
  hebiao(['diff', ...both, '-o', join(outputs, '对比.xlsx')], folder);
  const alone = instance();
  const reports = both.map((path) => alone({ ask: 'check', path }, [readFileSync(join(folder, path))]).parts[0]);
  const comparison = ask({ ask: 'compare', anyway: false }, reports).parts[0];
  assert.ok(comparison.equals(readFileSync(join(outputs, '对比.xlsx'))));
  hebiao(['template', '项目支出自评', '--year', '2024', '--unit', '某县就业服务中心', '-o', join(outputs, '空白.xlsx')], folder);
  const form = ask({ ask: 'template', kind: 'project', year: 2024, unit: '某县就业服务中心', from: null }).parts[0];
  assert.ok(form.equals(readFileSync(join(outputs, '空白.xlsx'))));
  assert.ok(!existsSync(join(folder, '空白.xlsx')));
});

test('results of the program in a folder, under other names', () => {
  const renamed = filesBelow(outputs).filter((path) => /差异清单\.xlsx$/.test(path)).slice(0, 3);
  assert.ok(renamed.length > 0);
  for (const path of renamed) {
    const bytes = readFileSync(path);
    assert.deepEqual(ask({ ask: 'check', path: '甲/清单.xlsx', is_met: true }, [bytes]).head, { own_result: true });
    assert.equal(ask({ ask: 'check', path: '清单.xlsx' }, [bytes]).head.tables.length, 0);
  }
});
