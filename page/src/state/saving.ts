// What the page saves: one file's outputs, all of them, the summary, forms and comparisons.

import { NoAnswer } from '../engine/pool';
import { bytesOf, type Given } from '../files/given';
import { download, type Target } from '../files/save';
import { Zip } from '../files/zip';
import { outputsOf, pool, reportCopyOf } from './engine';
import { nameOf, type CheckedFile } from './model';
import { change, state, tell } from './store';

export type Wanted = 'normalized' | 'list' | 'list_page' | 'annotated' | 'json' | 'reading';

function toldOf(error: unknown): void {
  if (error instanceof NoAnswer) tell(error.why === 'stopped' ? '已停止，没有保存。' : `没有写成：${error.message}`);
  else if (!(error instanceof DOMException && error.name === 'AbortError')) tell(error instanceof Error ? error.message : String(error));
}

/** Returns for each file the folder and name of its outputs. */
async function stems(files: CheckedFile[]): Promise<[string, string][]> {
  const engine = await pool();
  const { head } = await engine.told({ ask: 'stems', paths: files.map((file) => file.below) });
  return head.stems;
}

/** Saves one output of one file. */
export async function saveOne(file: CheckedFile, wanted: Wanted): Promise<void> {
  try {
    const engine = await pool();
    const [[, stem]] = (await stems([file])) as [[string, string]];
    const isProse = wanted === 'annotated' && file.digest?.quoted.includes(file.path);
    const answer = await (isProse ? reportCopyOf(engine, file, stem) : outputsOf(engine, file, stem, [wanted])).answer;
    if (answer.head.error) throw new Error(answer.head.error);
    for (const refusal of answer.head.refusals as string[]) tell(`${nameOf(file.path)}：${refusal}`);
    (answer.head.names as string[]).forEach((name, index) => download(name, answer.parts[index]!));
    state.unsaved.delete(file.path);
  } catch (error) {
    toldOf(error);
  }
}

/** Collects files into an archive that is downloaded in the end. */
export function zipTarget(name: string): Target {
  const zip = new Zip();
  return {
    async put(path, bytes) {
      zip.add(path, bytes);
    },
    async finish() {
      download(name, zip.finished());
    },
  };
}

/** Saves outputs of all files, in the folders that they came in. */
export async function saveAll(wanted: Wanted[], target: Target): Promise<void> {
  if (state.progress) return;
  const all = state.order.map((path) => state.files.get(path)!);
  const quoted = new Set(wanted.includes('annotated') ? all.flatMap((file) => file.digest?.quoted ?? []) : []);
  const files = all.filter((file) => file.digest?.tables.length);
  // Reports in prose come last, when all tables are known.
  const works = [
    ...files.map((file) => ({ file, isCopy: false })),
    ...all.filter((file) => quoted.has(file.path)).map((file) => ({ file, isCopy: true })),
  ];
  const stops = new Set<() => void>();
  let isStopped = false;
  let done = 0;
  const started = Date.now();
  const stop = () => {
    isStopped = true;
    for (const one of Array.from(stops)) one();
  };
  const show = () => change({ progress: { title: '正在写出', done, all: works.length, started, stop } });
  show();
  try {
    const engine = await pool();
    // Files without a table count where names are kept apart, as they do for the program.
    const names = await stems(all);
    const nameOfFile = new Map(all.map((file, index) => [file, names[index]!]));
    const named = works.map(({ file }) => nameOfFile.get(file)!);
    const refusals: string[] = [];
    const written: { path: string; bytes: Uint8Array }[][] = [];
    let next = 0;
    // Outputs go out in the order of the files, whichever worker is first.
    const drain = async () => {
      while (written[next]) {
        for (const { path, bytes } of written[next]!) await target.put(path, bytes);
        written[next] = [];
        next += 1;
      }
    };
    let draining = Promise.resolve();
    const work = works.map(async ({ file, isCopy }, index) => {
      const [folder, stem] = named[index]!;
      const job = isCopy ? reportCopyOf(engine, file, stem) : outputsOf(engine, file, stem, wanted);
      stops.add(job.stop);
      let outputs: { path: string; bytes: Uint8Array }[] = [];
      try {
        const { head, parts } = await job.answer;
        if (head.error) throw new Error(head.error);
        outputs = (head.names as string[]).map((name, part) => ({ path: folder + name, bytes: parts[part]! }));
        refusals.push(...(head.refusals as string[]).map((refusal) => `${file.path}：${refusal}`));
      } catch (error) {
        if (!(error instanceof NoAnswer && error.why === 'stopped')) refusals.push(`${file.path}：${String(error)}`);
      }
      stops.delete(job.stop);
      written[index] = outputs;
      draining = draining.then(drain);
      done += 1;
      show();
    });
    await Promise.all(work);
    await draining;
    if (isStopped) {
      tell('已停止，没有保存。');
      return;
    }
    await target.finish();
    refusals.slice(0, 20).forEach(tell);
    if (refusals.length > 20) tell(`另有 ${refusals.length - 20} 处没有写成。`);
    state.unsaved.clear();
    tell(`已写出 ${files.length} 个文件的结果。`);
  } catch (error) {
    toldOf(error);
  } finally {
    change({ progress: undefined });
  }
}

/** Saves the reports as lines, as `check --format ndjson` prints them. */
export function saveLines(): void {
  const lines: BlobPart[] = [];
  for (const path of state.order) {
    const { report } = state.files.get(path)!;
    if (report) lines.push(report as BlobPart, '\n');
  }
  state.unsaved.clear();
  download('核对结果.ndjson', new Blob(lines, { type: 'application/x-ndjson' }));
}

/** Saves the summary of all files, with notices where wanted. */
export async function saveSummary(roster: Given | undefined, previous: Given | undefined, notices: boolean): Promise<void> {
  if (state.progress) return;
  const files = state.order.map((path) => state.files.get(path)!).filter((file) => file.report);
  let isStopped = false;
  const started = Date.now();
  let end: (() => void) | undefined;
  const stop = () => {
    isStopped = true;
    end?.();
  };
  const show = (done: number) => change({ progress: { title: '正在汇总', done, all: files.length + 1, started, stop } });
  show(0);
  try {
    const engine = await pool();
    const own = await engine.own();
    end = own.end;
    const empty = new Uint8Array();
    const parts = [roster ? await bytesOf(roster.file) : empty, previous ? await bytesOf(previous.file) : empty];
    const head = { ask: 'summary_begin', roster: roster?.path ?? null, previous: previous?.path ?? null };
    await own.ask(head, parts);
    for (let index = 0; index < files.length; index++) {
      await own.ask({ ask: 'summary_add' }, [files[index]!.report!]);
      if (index % 20 === 0) show(index);
    }
    show(files.length);
    await own.ask({ ask: 'summary_documents', documents: state.documents, tables: state.order, named: [...state.roots] });
    const answer = await own.ask({ ask: 'summary_end', notices });
    download('汇总.xlsx', answer.parts[0]!);
    state.unsaved.clear();
    const { head: told } = answer;
    const names = told.notices as string[];
    if (notices && names.length > 0) {
      const target = zipTarget('修改通知.zip');
      for (let index = 0; index < names.length; index++) await target.put(names[index]!, answer.parts[index + 1]!);
      await target.finish();
    }
    const letters = notices ? (names.length > 0 ? `；修改通知 ${names.filter((name) => name.endsWith('.docx')).length} 份` : '；没有单位需要修改，没有写修改通知') : '';
    tell(
      `汇总：文件 ${told.files} 个，评价表 ${told.tables} 张，未能读取 ${told.failed} 个；错误 ${told.errors} 项，` +
        `预警 ${told.warnings} 项，提示 ${told.infos} 项，跨表问题 ${told.cross} 项${letters}。`,
    );
    if (told.unplaced > 0) tell(`有 ${told.unplaced} 个没有读到评价表的文件看不出是哪个单位的，没有写进通知，请看汇总的“未能读取”。`);
  } catch (error) {
    if (isStopped) tell('已停止，没有写出汇总。');
    else toldOf(error);
  } finally {
    end?.();
    change({ progress: undefined });
  }
}

/** Saves a blank form. */
export async function saveTemplate(kind: string, year: number | null, unit: string, from: Given | undefined): Promise<void> {
  try {
    const engine = await pool();
    const head = { ask: 'template', kind, year, unit: unit || null, from: from?.path ?? null };
    const answer = await engine.told(head, from ? [await bytesOf(from.file)] : []);
    download(answer.head.name, answer.parts[0]!);
    tell(`已写出空白表“${answer.head.name}”。`);
  } catch (error) {
    toldOf(error);
  }
}

/** Compares two submissions and saves the comparison. Returns why they look unlike, where they are not to be compared anyway. */
export async function saveComparison(old: Given, later: Given, anyway: boolean): Promise<string[]> {
  try {
    const engine = await pool();
    const check = async (given: Given) => {
      const { parts } = await engine.told({ ask: 'check', path: given.path }, [await bytesOf(given.file)]);
      return parts[0]!;
    };
    const { head, parts } = await engine.told({ ask: 'compare', anyway }, [await check(old), await check(later)]);
    if (head.misfits) return head.misfits as string[];
    download('对比.xlsx', parts[0]!);
    const tables = head.comparison.tables as { findings: { state: string }[]; changes: unknown[] }[];
    const findings = tables.flatMap((table) => table.findings);
    const count = (state: string) => findings.filter((finding) => finding.state === state).length;
    const changes = tables.reduce((sum, table) => sum + table.changes.length, 0);
    tell(`对比：新增问题 ${count('new')} 项，仍存在 ${count('remaining')} 项，已解决 ${count('resolved')} 项，改动 ${changes} 处；详见对比.xlsx。`);
  } catch (error) {
    toldOf(error);
  }
  return [];
}
