// The pool of workers and what it goes by.

import { compiled, embedded } from '../engine/load';
import { NoAnswer, Pool } from '../engine/pool';
import { bytesOf } from '../files/given';
import type { Catalogue, CheckedFile } from './model';
import { change, state } from './store';

let started: Promise<Pool> | undefined;

/** Returns the pool; it is made at the first call. */
export function pool(): Promise<Pool> {
  started ??= (async () => {
    const wanted = Number(new URLSearchParams(location.search).get('workers')) || undefined;
    const made = new Pool(compiled(), wanted);
    const { head } = await made.told({ ask: 'catalogue' });
    change({ catalogue: head as Catalogue });
    return made;
  })();
  return started;
}

/** Checks the example out of sight: what a first file needs is then compiled, and its tables laid out. */
export async function warm(): Promise<void> {
  const engine = await pool();
  const bytes = embedded('example');
  const path = 'x.xlsx';
  const { parts } = await engine.told({ ask: 'check', path }, [bytes]);
  await engine.told({ ask: 'pictures', path }, [bytes, parts[0]!]);
  engine.warm();
}

/** Reports among the tables beyond this many are not compared with them. */
const MOST_REPORTS = 500;

function isDocument(path: string): boolean {
  const name = path.toLowerCase();
  return name.endsWith('.docx') || (name.endsWith('.txt') && name.includes('报告'));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Sets what checks go by from the state: standard, files, and reports among the tables. */
export async function applyBasis(): Promise<void> {
  const engine = await pool();
  const files = state.basisFiles.map(({ name, kind }) => ({ name, kind: kind as string }));
  const parts = state.basisFiles.map(({ bytes }) => bytes);
  const isReportNamed = state.basisFiles.some(({ kind }) => kind === 'report');
  if (state.order.length > 1 && !isReportNamed) {
    for (const path of state.order.filter(isDocument).slice(0, MOST_REPORTS)) {
      const bytes = await bytesOf(state.files.get(path)!.file).catch(() => undefined);
      if (!bytes) continue;
      files.push({ name: path, kind: 'nearby_report' });
      parts.push(bytes);
    }
  }
  const head = { ask: 'basis', standard: state.standard || null, files, today: today() };
  // What is wrong with the files is told before anything goes by them.
  await engine.told(head, parts);
  engine.prepare(head, parts);
}

/** Time for one file, in milliseconds. */
const LIMIT = 10_000;
/** Time for the outputs of one file. */
const OUTPUT_LIMIT = 60_000;

/** Returns why a file was not read, for its row. */
function reason(error: unknown): string {
  if (error instanceof NoAnswer) {
    if (error.why === 'slow') return '核对这个文件超过 10 秒，已中止；请确认文件没有损坏，删去多余的工作表后再试。';
    if (error.why === 'broken') return `读这个文件时程序中断，其他文件不受影响；请在 Excel 或 WPS 中另存为 xlsx 再试。（${error.message}）`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Checks one file and keeps what came of it; never fails but by being stopped. */
export function checkOne(engine: Pool, file: CheckedFile): { done: Promise<void>; stop: () => void } {
  const job = engine.ask({ ask: 'check', path: file.path, is_met: file.isMet }, async () => [await bytesOf(file.file)], LIMIT);
  const done = job.answer.then(
    (answer) => {
      file.isOwnResult = Boolean(answer.head.own_result);
      if (file.isOwnResult) return;
      file.digest = answer.head;
      file.report = answer.parts[0];
      file.milliseconds = answer.milliseconds;
    },
    (error: unknown) => {
      if (error instanceof NoAnswer && error.why === 'stopped') throw error;
      refuse(file, reason(error));
    },
  );
  return { done, stop: job.stop };
}

/** Gives a file a digest and a report that say why it was not read. */
export function refuse(file: CheckedFile, message: string): void {
  const error = { code: 'interrupted', message };
  const report = { file: file.path, format: null, sha256: null, status: 'unreadable', error, tables: [], skipped_sheets: [] };
  file.report = new TextEncoder().encode(JSON.stringify(report));
  file.digest = {
    file: file.path,
    sha256: null,
    status: 'unreadable',
    error: message,
    tables: [],
    skipped_sheets: 0,
    quoted: [],
  };
}

/** Returns the annotated copy of a report in prose, by all files whose findings quote it. */
export function reportCopyOf(engine: Pool, file: CheckedFile, stem: string) {
  const quoting = state.order.map((path) => state.files.get(path)!).filter((one) => one.digest?.quoted.includes(file.path));
  const parts = async () => [await bytesOf(file.file), ...quoting.map((one) => one.report!)];
  return engine.ask({ ask: 'report_copy', path: file.path, stem }, parts, OUTPUT_LIMIT);
}

/** Returns the outputs of a file by its report. */
export function outputsOf(engine: Pool, file: CheckedFile, stem: string, wanted: string[]) {
  const head = { ask: 'outputs', path: file.path, stem, wanted };
  return engine.ask(head, async () => [await bytesOf(file.file), file.report ?? new Uint8Array()], OUTPUT_LIMIT);
}
