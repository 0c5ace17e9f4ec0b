// The list of tables: verdict, totals, counts; searched, filtered, sorted.

import { useMemo, useRef, useState } from 'preact/hooks';
import { nameOf, type Row, type TableDigest } from '../state/model';
import { change, rows, useStore } from '../state/store';
import { Light, VERDICTS, verdictOf, type Verdict } from './verdict';
import { useWindow } from './windowed';

const ROW_HEIGHT = 44;
const RANK: Record<Verdict, number> = { unread: 0, error: 1, warning: 2, info: 3, clean: 4, waiting: 5 };

type Key = 'verdict' | 'name' | 'department' | 'declared' | 'rescored' | 'errors' | 'warnings' | 'infos';

const COLUMNS: [Key, string, string][] = [
  ['verdict', '结论', 'c-verdict'],
  ['name', '项目／文件', 'c-name'],
  ['department', '部门／单位', 'c-department'],
  ['declared', '申报总分', 'c-number'],
  ['rescored', '复算总分', 'c-number'],
  ['errors', '错误', 'c-count'],
  ['warnings', '预警', 'c-count'],
  ['infos', '提示', 'c-count'],
];

function valueOf(row: Row, key: Key): string | number {
  switch (key) {
    case 'verdict':
      return RANK[verdictOf(row)];
    case 'name':
      return row.table?.project ?? row.file.path;
    case 'department':
      return row.table?.department ?? row.table?.unit ?? '';
    default:
      return row.table?.[key] ?? -1;
  }
}

interface Filter {
  words: string;
  verdict: string;
  level: string;
  rule: string;
  department: string;
}

const NO_FILTER: Filter = { words: '', verdict: '', level: '', rule: '', department: '' };

function fits(row: Row, filter: Filter): boolean {
  const { table, file } = row;
  if (filter.verdict && verdictOf(row) !== filter.verdict) return false;
  if (filter.level && !(table && table[filter.level as 'errors'] > 0)) return false;
  if (filter.rule && !table?.codes[filter.rule]) return false;
  if (filter.department && (table?.department ?? '') !== filter.department) return false;
  if (!filter.words) return true;
  const text = [file.path, table?.project, table?.department, table?.unit, table?.sheet, table?.year, file.digest?.error];
  const whole = text.join(' ').toLowerCase();
  return filter.words.toLowerCase().split(/\s+/).every((word) => whole.includes(word));
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other));
}

/** Two totals differ by their figures, not by their forms. */
function Totals({ table }: { table: TableDigest }) {
  const differs = table.declared !== null && table.rescored !== null && table.declared !== table.rescored;
  return (
    <>
      <td class="c-number">{table.declared ?? '无'}</td>
      <td class={`c-number${differs ? ' differs' : ''}`}>
        {differs && <span aria-hidden="true">→ </span>}
        {table.rescored ?? '无'}
      </td>
    </>
  );
}

function Line({ row, index }: { row: Row; index: number }) {
  const { file, table, number } = row;
  const name = nameOf(file.path);
  const isSeveral = (file.digest?.tables.length ?? 0) > 1;
  const folder = file.path.slice(0, file.path.length - name.length);
  const count = (value: number, level: string) => <td class={`c-count${value > 0 ? ` has-${level}` : ''}`}>{value || ''}</td>;
  return (
    <tr aria-rowindex={index + 2}>
      <td class="c-verdict">
        <Light verdict={verdictOf(row)} />
      </td>
      <td class="c-name" colSpan={table ? 1 : COLUMNS.length - 1}>
        {table ? (
          <button type="button" class="open" onClick={() => change({ open: { path: file.path, table: number } })}>
            {table.project ?? name}
          </button>
        ) : (
          <span class="name">{name}</span>
        )}
        <small title={file.path}>
          {table ? `${folder}${name}${isSeveral ? `　${table.sheet} ${table.range}` : ''}` : (file.digest?.error ?? folder)}
        </small>
      </td>
      {table && (
        <>
          <td class="c-department">
            {table.department ?? table.unit ?? ''}
            {table.department && table.unit && table.unit !== table.department && <small>{table.unit}</small>}
          </td>
          <Totals table={table} />
          {count(table.errors, 'error')}
          {count(table.warnings, 'warning')}
          {count(table.infos, 'info')}
        </>
      )}
    </tr>
  );
}

export function List() {
  const store = useStore();
  const [filter, setFilter] = useState(NO_FILTER);
  const [sort, setSort] = useState<{ key: Key; isDown: boolean } | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const all = useMemo(rows, [store.version]);
  const shown = useMemo(() => {
    const found = all.filter((row) => fits(row, filter));
    if (sort) {
      found.sort((one, other) => compare(valueOf(one, sort.key), valueOf(other, sort.key)) * (sort.isDown ? -1 : 1));
    }
    return found;
  }, [all, filter, sort]);
  const departments = useMemo(() => {
    const names = new Set(all.map((row) => row.table?.department).filter(Boolean) as string[]);
    return Array.from(names).sort(collator.compare);
  }, [all]);
  const rules = useMemo(() => {
    const counts = new Map<string, number>();
    for (const row of all) for (const code of Object.keys(row.table?.codes ?? {})) counts.set(code, (counts.get(code) ?? 0) + 1);
    return Array.from(counts).sort(([one], [other]) => (one < other ? -1 : 1));
  }, [all]);
  const drawn = useWindow(shown.length, ROW_HEIGHT, scroller);
  const set = (part: Partial<Filter>) => setFilter({ ...filter, ...part });
  const select = (label: string, value: string, key: keyof Filter, options: [string, string][]) => (
    <label>
      {label}
      <select value={value} onChange={(event) => set({ [key]: event.currentTarget.value })}>
        <option value="">全部</option>
        {options.map(([name, title]) => (
          <option value={name} key={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
  const titleOf = (code: string) => store.catalogue?.rules.find((rule) => rule.code === code)?.title ?? '';
  return (
    <section class="list" aria-labelledby="list-title">
      <h2 id="list-title" class="visually-hidden">
        评价表
      </h2>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          查找
          <input type="search" value={filter.words} placeholder="项目、单位、文件名" onInput={(event) => set({ words: event.currentTarget.value })} />
        </label>
        {select('结论', filter.verdict, 'verdict', VERDICTS)}
        {select('级别', filter.level, 'level', [['errors', '含错误'], ['warnings', '含预警'], ['infos', '含提示']])}
        {select('规则', filter.rule, 'rule', rules.map(([code, count]) => [code, `${code} ${titleOf(code)}（${count} 张）`]))}
        {select('部门', filter.department, 'department', departments.map((name) => [name, name]))}
        <output>
          {shown.length === all.length ? `共 ${all.length} 行` : `${all.length} 行中的 ${shown.length} 行`}
          {shown.length !== all.length && (
            <button type="button" class="quiet" onClick={() => setFilter(NO_FILTER)}>
              清除筛选
            </button>
          )}
        </output>
      </form>
      <div class="scroll rows" ref={scroller} tabIndex={0} role="region" aria-label="评价表列表">
        <table aria-rowcount={shown.length + 1} aria-label="评价表">
          <thead>
            <tr aria-rowindex={1}>
              {COLUMNS.map(([key, title, name]) => (
                <th key={key} class={name} scope="col" aria-sort={sort?.key === key ? (sort.isDown ? 'descending' : 'ascending') : 'none'}>
                  <button
                    type="button"
                    class="sort"
                    onClick={() => setSort(sort?.key !== key ? { key, isDown: false } : sort.isDown ? null : { key, isDown: true })}
                  >
                    {title}
                    <span aria-hidden="true">{sort?.key === key ? (sort.isDown ? ' ▼' : ' ▲') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.before > 0 && <tr aria-hidden="true" style={{ height: `${drawn.before}px` }} />}
            {drawn.items.map(({ index }) => {
              const row = shown[index];
              return row && <Line key={`${row.file.path}#${row.number}`} row={row} index={index} />;
            })}
            {drawn.after > 0 && <tr aria-hidden="true" style={{ height: `${drawn.after}px` }} />}
          </tbody>
        </table>
      </div>
    </section>
  );
}
