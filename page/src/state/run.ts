// Files given to files checked.

import { NoAnswer } from '../engine/pool';
import { bytesOf, type Given } from '../files/given';
import { applyBasis, checkOne, pool, refuse } from './engine';
import { readFilledIn } from './filled_in';
import { EXAMPLE, type BasisFile, type CheckedFile } from './model';
import { change, filesChanged, state, tell } from './store';

function extension(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

/** Takes files in: tables, archives, what checks go by, and filled-in lists. */
export async function take(given: Given[]): Promise<void> {
  if (given.length === 0) return;
  if (state.progress) {
    tell('正在核对，请等这一批做完，或先停止。');
    return;
  }
  try {
    const engine = await pool();
    change({ progress: { title: '正在打开', done: 0, all: given.length, started: Date.now(), stop: undefined } });
    const lists = given.filter((file) => file.isNamed && /\.差异清单\.(xlsx|csv|json)$/.test(file.path));
    const rest = given.filter((file) => !lists.includes(file));
    const settings = rest.filter((file) => extension(file.path) === 'toml');
    const isBasisNew = settings.length > 0 && (await takeBasis(settings));
    const tables = await wanted(rest.filter((file) => extension(file.path) !== 'toml'));
    const taken = add(tables);
    change({ progress: undefined });
    const hasReports = taken.some((path) => /\.(docx|txt)$/i.test(path)) && state.order.length > 1;
    const isFirst = taken.length === state.order.length;
    // What tables are compared with has changed: those read before are checked again.
    const due = isBasisNew || (hasReports && !isFirst) ? [...state.order] : taken;
    if (due.length > 0) {
      if (isBasisNew || hasReports) await applyBasis();
      await check(due);
    } else if (settings.length === 0 && lists.length === 0) {
      tell('里面没有表格文件。能读的有 xlsx、xls、xlsb、ods、csv、docx、网页等；自己写出的规范表、差异清单不再读。');
    }
    if (lists.length > 0) await readFilledIn(lists);
    void engine;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  } finally {
    change({ progress: undefined });
  }
}

/** A file to check; what keeps it from being read, and whether it was met in a folder or an archive. */
type Wanted = Given & { refused?: string; isMet?: boolean | undefined };

/** Returns the tables among what was given: of folders those with a table's name, of archives their tables. */
async function wanted(given: Given[]): Promise<Wanted[]> {
  const engine = await pool();
  for (const { path, below } of given) {
    const root = path.slice(0, path.length - below.length).replace(/\/$/, '');
    if (root) state.roots.add(root);
  }
  const found: Wanted[] = given.filter((file) => file.isNamed);
  const inFolders = given.filter((file) => !file.isNamed);
  if (inFolders.length > 0) {
    const { head } = await engine.told({ ask: 'tables', paths: inFolders.map((file) => file.path) });
    found.push(...(head.wanted as number[]).map((index) => ({ ...inFolders[index]!, isMet: true })));
    skip(head.skipped);
  }
  const all: Wanted[] = [];
  for (const file of found) {
    if (extension(file.path) !== 'zip') {
      all.push(file);
      continue;
    }
    // An archive that was dropped by itself is a folder of that name.
    const above = file.isNamed ? file.path.length + 1 : file.path.length - file.below.length;
    if (file.isNamed) state.roots.add(file.path);
    try {
      const { head, parts } = await engine.told({ ask: 'unpack', path: file.path }, [await bytesOf(file.file)]);
      if (!head.is_archive) {
        all.push(file);
        continue;
      }
      let part = 0;
      for (const inner of head.files as { path: string; error?: { message: string } }[]) {
        const content = inner.error ? new Blob() : new Blob([parts[part++]! as BlobPart]);
        const below = inner.path.slice(above);
        const entry = { path: inner.path, below, file: content, isNamed: false, isMet: true };
        all.push(inner.error ? { ...entry, refused: inner.error.message } : entry);
      }
      skip(head.skipped);
    } catch (error) {
      const why = error instanceof NoAnswer ? '压缩包太大或已损坏，请先解压，再把文件夹拖进来。' : String(error);
      all.push({ ...file, refused: why });
    }
  }
  return all;
}

interface Skipped {
  hidden: number;
  not_tables: number;
  own_outputs: number;
  documents: string[];
}

function skip(skipped: Skipped): void {
  const { hidden, not_tables, own_outputs } = state.skipped;
  change({
    documents: [...state.documents, ...skipped.documents],
    skipped: {
      hidden: hidden + skipped.hidden,
      not_tables: not_tables + skipped.not_tables,
      own_outputs: own_outputs + skipped.own_outputs,
    },
  });
}

/** Puts files into the list; one of the same path takes the other's place. */
function add(files: Wanted[]): string[] {
  let replaced = 0;
  for (const { path, below, file, refused, isMet } of files) {
    const before = state.files.get(path);
    if (before) replaced += 1;
    else state.order.push(path);
    state.files.set(path, { path, below, file, refused, isMet, earlier: before?.report });
  }
  if (replaced > 0) tell(`${replaced} 个同名的文件换成了这次给出的，重新核对。`);
  filesChanged();
  return files.map((file) => file.path);
}

/** Takes files that checks go by; returns whether there were any. */
export async function takeBasis(given: Given[]): Promise<boolean> {
  const engine = await pool();
  const parts = await Promise.all(given.map((file) => bytesOf(file.file)));
  const names = given.map((file) => file.path);
  const { head } = await engine.told({ ask: 'kinds', names }, parts);
  const before = state.basisFiles;
  const files = [...before];
  (head.kinds as (BasisFile['kind'] | null)[]).forEach((kind, index) => {
    const name = names[index]!;
    if (!kind) {
      tell(`${name}：看不出是设置、词汇、表式、规则还是评价标准，没有用上；写法见手册。`);
      return;
    }
    const isSame = (file: BasisFile) => file.name === name || (file.kind === kind && (kind === 'settings' || kind === 'standard'));
    const at = files.findIndex(isSame);
    const file: BasisFile = { name, kind, bytes: parts[index]! };
    if (at >= 0) files[at] = file;
    else files.push(file);
  });
  if (files.length === before.length && files.every((file, index) => file === before[index])) return false;
  return setBasis({ basisFiles: files });
}

/** Changes what checks go by; what is wrong with it is told and changes nothing. */
export async function setBasis(part: { basisFiles?: BasisFile[]; standard?: string }): Promise<boolean> {
  const before = { basisFiles: state.basisFiles, standard: state.standard };
  change(part);
  try {
    await applyBasis();
    return true;
  } catch (error) {
    change(before);
    tell(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** Checks all files again. */
export async function checkAgain(): Promise<void> {
  if (!state.progress && state.order.length > 0) await check([...state.order]);
}

async function check(paths: string[]): Promise<void> {
  const engine = await pool();
  const stops = new Set<() => void>();
  let isStopped = false;
  let done = 0;
  const started = Date.now();
  const show = () => {
    const stop = () => {
      isStopped = true;
      for (const one of Array.from(stops)) one();
    };
    change({ progress: { title: '正在核对', done, all: paths.length, started, stop } });
  };
  show();
  const work = paths.map(async (path) => {
    const file = state.files.get(path)!;
    if (file.refused) refuse(file, file.refused);
    else {
      const job = checkOne(engine, file);
      stops.add(job.stop);
      try {
        await job.done;
      } catch {
        // Stopped: what was known of the file before stays.
      }
      stops.delete(job.stop);
    }
    done += 1;
    show();
  });
  await Promise.all(work);
  const isOwn = (path: string) => state.files.get(path)!.isOwnResult;
  const own = paths.filter(isOwn);
  if (own.length > 0) {
    paths = paths.filter((path) => !isOwn(path));
    for (const path of own) state.files.delete(path);
    change({ order: state.order.filter((path) => state.files.has(path)) });
    skip({ hidden: 0, not_tables: 0, own_outputs: own.length, documents: [] });
  }
  const unchecked = paths.filter((path) => !state.files.get(path)!.digest);
  if (isStopped) {
    for (const path of unchecked) state.files.delete(path);
    change({ order: state.order.filter((path) => state.files.has(path)) });
    tell(`已停止：核对了 ${paths.length - unchecked.length} 个文件，${unchecked.length} 个没有核对，已从列表中去掉。`);
  }
  for (const path of paths) if (state.files.get(path)?.digest && path !== EXAMPLE) state.unsaved.add(path);
  const only = state.order.length === 1 ? state.files.get(state.order[0]!) : undefined;
  change({
    progress: undefined,
    open: only && only.digest?.tables.length ? { path: only.path, table: 0 } : state.open,
  });
  filesChanged();
  if (!isStopped) tell(summed());
}

function summed(): string {
  const files: CheckedFile[] = state.order.map((path) => state.files.get(path)!);
  const tables = files.flatMap((file) => file.digest?.tables ?? []);
  const unread = files.filter((file) => file.digest && file.digest.tables.length === 0).length;
  const sum = (of: 'errors' | 'warnings' | 'infos') => tables.reduce((total, table) => total + table[of], 0);
  const parts = [`核对完 ${files.length} 个文件，${tables.length} 张评价表`];
  if (unread > 0) parts.push(`${unread} 个文件没有读到评价表`);
  parts.push(`错误 ${sum('errors')} 项，预警 ${sum('warnings')} 项，提示 ${sum('infos')} 项`);
  return `${parts.join('，')}。`;
}

/** Forgets all files. */
export function clear(): void {
  state.files.clear();
  state.roots.clear();
  state.unsaved.clear();
  change({ documents: [], order: [], open: undefined, told: [], skipped: { hidden: 0, not_tables: 0, own_outputs: 0 } });
  filesChanged();
}
