// One table: the sheet on the left, its findings on the right.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { bytesOf } from '../files/given';
import { pool } from '../state/engine';
import { nameOf, reportOf, type CheckedFile, type ReportTable, type Severity, SEVERITY } from '../state/model';
import { saveOne, type Wanted } from '../state/saving';
import { change, rows, useStore } from '../state/store';
import { Finding } from './finding';
import { Sheet, type SheetPicture } from './sheet';
import { Light, verdictOf } from './verdict';

const ORDER: Severity[] = ['error', 'warning', 'info'];
const OUTPUTS: [Wanted, string][] = [
  ['normalized', '规范表'],
  ['list', '差异清单'],
  ['annotated', '批注副本'],
];

function usePictures(file: CheckedFile): { sheets: SheetPicture[]; fault: string } {
  const [drawn, setDrawn] = useState<{ sheets: SheetPicture[]; fault: string }>({ sheets: [], fault: '' });
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const engine = await pool();
      const parts = [await bytesOf(file.file), file.report ?? new Uint8Array()];
      const { head } = await engine.told({ ask: 'pictures', path: file.path }, parts, 20_000);
      if (!isGone) setDrawn({ sheets: head.sheets, fault: '' });
    };
    draw().catch((error: unknown) => !isGone && setDrawn({ sheets: [], fault: error instanceof Error ? error.message : String(error) }));
    return () => {
      isGone = true;
    };
  }, [file, file.report]);
  return drawn;
}

interface Confirmation {
  sentence: string;
  differing: { sheet: string; cell: string; ours: string; theirs: string }[];
}

/** What a second reader says of the file; asked for where a table is looked at. */
function useConfirmation(file: CheckedFile): Confirmation | undefined {
  const [told, setTold] = useState<Confirmation | undefined>();
  useEffect(() => {
    let isGone = false;
    const ask = async () => {
      const engine = await pool();
      const { head } = await engine.told({ ask: 'confirm', path: file.path }, [await bytesOf(file.file)], 20_000);
      return head as Confirmation;
    };
    ask()
      .catch(() => ({ sentence: '另一读取程序读这个文件时中途停止', differing: [] }))
      .then((confirmation) => !isGone && setTold(confirmation));
    return () => {
      isGone = true;
    };
  }, [file]);
  return told;
}

function Items({ table }: { table: ReportTable }) {
  if (table.rescoring.items.length === 0) return null;
  const due = (item: ReportTable['rescoring']['items'][number]) => {
    if (item.rescored !== null) return String(item.rescored);
    if (item.expected_min !== null && item.expected_max !== null) return `${item.expected_min}～${item.expected_max}`;
    return '需人工判断';
  };
  return (
    <details>
      <summary>每一项得分怎样算的（{table.rescoring.items.length} 项）</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="每一项得分怎样算的">
        <table class="plain">
          <thead>
            <tr>
              {['单元格', '指标', '分值', '申报', '复算', '怎样算的'].map((title) => (
                <th scope="col">{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rescoring.items.map((item) => (
              <tr>
                <td>{item.cell}</td>
                <td>{item.indicator}</td>
                <td>{item.weight}</td>
                <td>{item.declared}</td>
                <td>{due(item)}</td>
                <td>{item.trace}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Lines({ title, lines, isOpen }: { title: string; lines: string[]; isOpen?: boolean }) {
  if (lines.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>
        {title}（{lines.length}）
      </summary>
      <ul>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </details>
  );
}

function Steps({ path, table }: { path: string; table: number }) {
  const { version } = useStore();
  const tables = useMemo(() => rows().filter((row) => row.table), [version]);
  const at = tables.findIndex((row) => row.file.path === path && row.number === table);
  const go = (step: number) => {
    const row = tables[at + step];
    if (row) change({ open: { path: row.file.path, table: row.number } });
  };
  if (tables.length < 2) return null;
  return (
    <span class="steps">
      <button type="button" disabled={at <= 0} onClick={() => go(-1)}>
        上一张
      </button>
      <span>
        {at + 1} / {tables.length}
      </span>
      <button type="button" disabled={at + 1 >= tables.length} onClick={() => go(1)}>
        下一张
      </button>
    </span>
  );
}

export function Table() {
  const { open, files, catalogue } = useStore();
  const file = files.get(open!.path)!;
  const number = open!.table;
  const digest = file.digest!.tables[number]!;
  const report = useMemo(() => reportOf(file.report!), [file, file.report]);
  const table = report.tables[number]!;
  const { sheets, fault } = usePictures(file);
  const confirmation = useConfirmation(file);
  const [isRead, setRead] = useState(false);
  const [chosen, setChosen] = useState<string | undefined>();
  const [cell, setCell] = useState<string | undefined>();
  const own = sheets.findIndex((sheet) => sheet.tables.includes(number));
  const [sheetAt, setSheetAt] = useState<number | undefined>();
  const sheet = sheets[sheetAt ?? Math.max(own, 0)];
  useEffect(() => {
    setChosen(undefined);
    setCell(undefined);
    setSheetAt(undefined);
    document.getElementById('table-title')?.focus();
  }, [open!.path, number]);
  const findings = table.discrepancies.map((finding, index) => ({ finding, mark: `${number}-${index}` }));
  const sorted = ORDER.flatMap((severity) => findings.filter(({ finding }) => finding.severity === severity));
  const choose = (mark: string) => {
    const [of, index] = mark.split('-').map(Number);
    if (of !== number) change({ open: { path: file.path, table: of! } });
    setChosen(mark);
    setCell(report.tables[of!]?.discrepancies[index!]?.cell);
  };
  const losses = (report.losses ?? []).map(({ sheet, cell, message }) => `${sheet ? `工作表“${sheet}” ` : ''}${cell ? `${cell} ` : ''}${message}`);
  const standard = catalogue?.standards.find(({ name }) => name === table.rescoring.standard)?.title ?? table.rescoring.standard;
  const grades = digest.declared_grade || digest.rescored_grade;
  return (
    <article class="table" aria-labelledby="table-title">
      <nav class="crumbs" aria-label="返回和前后">
        <button type="button" onClick={() => change({ open: undefined })}>
          ← 返回列表
        </button>
        <Steps path={file.path} table={number} />
        <span class="saves">
          {OUTPUTS.map(([wanted, title]) => (
            <button type="button" onClick={() => saveOne(file, wanted)}>
              保存{title}
            </button>
          ))}
          <button type="button" onClick={() => print()}>
            打印
          </button>
        </span>
      </nav>
      <header>
        <h2 id="table-title" tabIndex={-1}>
          {digest.project ?? nameOf(file.path)}
        </h2>
        <p class="where">
          {file.path}　工作表“{digest.sheet}” {digest.range}　{digest.kind}
          {digest.department && `　${digest.department}`}
          {digest.year && `　${digest.year} 年度`}
        </p>
        <p class="score">
          <Light verdict={verdictOf({ file, table: digest, number })} />
          <span>
            总分 申报 <b>{digest.declared ?? '无'}</b> → 复算 <b class={digest.declared !== digest.rescored ? 'differs' : ''}>{digest.rescored ?? '无'}</b>
          </span>
          {grades && (
            <span>
              等次 申报 <b>{digest.declared_grade ?? '无'}</b> → 复算 <b class={digest.declared_grade !== digest.rescored_grade ? 'differs' : ''}>{digest.rescored_grade ?? '无'}</b>
            </span>
          )}
          <span>
            错误 {digest.errors} 项，预警 {digest.warnings} 项，提示 {digest.infos} 项{digest.explained > 0 && `（已说明 ${digest.explained} 项）`}
          </span>
          <span>
            评价标准：{standard}
            {table.rescoring.standard_picked && `（因${table.rescoring.standard_picked}自动选用）`}
          </span>
          {confirmation && <span>双读核对：{confirmation.sentence}</span>}
        </p>
      </header>
      <div class="sides">
        <div class="left">
          <div class="sheet-bar">
            {sheets.length > 1 && (
              <label>
                工作表
                <select value={String(sheetAt ?? Math.max(own, 0))} onChange={(event) => setSheetAt(Number(event.currentTarget.value))}>
                  {sheets.map((one, index) => (
                    <option value={String(index)}>
                      {one.sheet}
                      {one.is_hidden ? '（隐藏）' : ''}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <label class="switch">
              <input type="checkbox" checked={isRead} onChange={(event) => setRead(event.currentTarget.checked)} />
              显示每一格读作什么
            </label>
            <span class="legend">
              {ORDER.map((severity) => (
                <span class={`key found-${severity}`}>{SEVERITY[severity]}</span>
              ))}
              <span class="key related">有关的格子</span>
            </span>
          </div>
          {isRead && (
            <p class="legend" aria-label="读法的记号">
              {catalogue?.legend.map(([name, mark, title]) => (
                <span class={`key ${name}`}>
                  <i>{mark}</i>
                  {title}
                </span>
              ))}
            </p>
          )}
          {fault && <p class="fault">{fault}</p>}
          {sheet && <Sheet sheet={sheet} isRead={isRead} chosen={chosen} cell={cell} onChoose={choose} />}
          {isRead && sheet && (
            <section class="account" aria-labelledby="account-title">
              <h3 id="account-title">表是怎样读的</h3>
              <div dangerouslySetInnerHTML={{ __html: sheet.account }} />
            </section>
          )}
          <Items table={table} />
        </div>
        <section class="findings" aria-labelledby="findings-title">
          <h3 id="findings-title">{sorted.length === 0 ? '没有发现问题' : `问题（${sorted.length}）`}</h3>
          <ol tabIndex={0} aria-label="问题">
            {sorted.map(({ finding, mark }) => (
              <Finding
                key={mark}
                finding={finding}
                isChosen={mark === chosen}
                onPoint={(at) => {
                  setChosen(mark);
                  setCell(at);
                }}
              />
            ))}
          </ol>
          <Lines title="需人工判断" isOpen lines={(table.for_review ?? []).map((entry) => `${entry.cell} ${entry.title}：${entry.message}`)} />
          <Lines title="没有读入的格子" isOpen lines={table.coverage.unread.map(({ cell, text }) => `${cell} “${text}”`)} />
          <Lines title="读取时须留意" lines={losses} />
          <Lines
            title="两个读取程序读到的不一致"
            isOpen
            lines={(confirmation?.differing ?? []).map(({ sheet, cell, ours, theirs }) => `工作表“${sheet}” ${cell}：本程序读到${ours}，另一读取程序读到${theirs}`)}
          />
          <Lines title="按设置忽略的" lines={(table.set_aside ?? []).map(({ cell, code, reason }) => `${cell} ${code}：${reason ?? ''}`)} />
          <Lines title="没有核对的工作表" lines={report.skipped_sheets.map(({ sheet, reason }) => `${sheet}：${reason}`)} />
        </section>
      </div>
    </article>
  );
}
