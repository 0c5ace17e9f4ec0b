// What can be done with all files, and what checks go by, as dialogs.

import { useState } from 'preact/hooks';
import type { Given } from '../files/given';
import { canWriteFolders, folderTarget } from '../files/save';
import { checkAgain, setBasis, takeBasis } from '../state/run';
import { readFilledIn } from '../state/filled_in';
import { saveAll, saveComparison, saveLines, saveSummary, saveTemplate, zipTarget, type Wanted } from '../state/saving';
import { tell, useStore } from '../state/store';
import { Choose } from './choose';
import { Dialog } from './dialog';
import { forget, isRemembered, remember } from '../state/memory';

function One({ label, given, onGiven }: { label: string; given: Given | undefined; onGiven: (given: Given | undefined) => void }) {
  return (
    <p>
      <Choose label={`${label}…`} single onGiven={([file]) => onGiven(file)} /> {given ? given.path : '没有选'}
      {given && (
        <button type="button" class="quiet" onClick={() => onGiven(undefined)} aria-label={`不用${given.path}`}>
          不用
        </button>
      )}
    </p>
  );
}

export function SaveDialog({ onClose }: { onClose: () => void }) {
  const [wanted, setWanted] = useState<Wanted[]>(['normalized', 'list']);
  const box = (name: Wanted, title: string) => (
    <label class="line">
      <input
        type="checkbox"
        checked={wanted.includes(name)}
        onChange={(event) => setWanted(event.currentTarget.checked ? [...wanted, name] : wanted.filter((one) => one !== name))}
      />
      {title}
    </label>
  );
  const order: Wanted[] = ['normalized', 'list', 'list_page', 'annotated', 'json', 'reading'];
  const chosen = order.filter((name) => wanted.includes(name));
  return (
    <Dialog title="保存全部结果" onClose={onClose}>
      {box('normalized', '规范表：版式统一，申报与复算并列')}
      {box('list', '差异清单：可筛选，留有单位说明和处理意见两栏')}
      {box('annotated', '批注副本：原表不动，有差异的格子涂色加批注（xlsx）')}
      {box('list_page', '差异清单（网页，可直接打印）')}
      {box('reading', '读法（网页：每一格读作什么）')}
      {box('json', '核对结果（供其他程序读取）')}
      <p class="buttons">
        <button
          type="button"
          class="main"
          disabled={chosen.length === 0}
          onClick={() => {
            onClose();
            void saveAll(chosen, zipTarget('核对结果.zip'));
          }}
        >
          保存为一个压缩包
        </button>
        {canWriteFolders() && (
          <button
            type="button"
            disabled={chosen.length === 0}
            onClick={async () => {
              try {
                const target = await folderTarget();
                onClose();
                await saveAll(chosen, target);
              } catch (error) {
                if (!(error instanceof DOMException && error.name === 'AbortError')) tell(String(error));
              }
            }}
          >
            直接写进文件夹…
          </button>
        )}
        <button type="button" onClick={saveLines}>
          全部核对结果（ndjson，留作下年比较）
        </button>
      </p>
    </Dialog>
  );
}

export function SummaryDialog({ onClose }: { onClose: () => void }) {
  const [roster, setRoster] = useState<Given | undefined>();
  const [previous, setPrevious] = useState<Given | undefined>();
  const [notices, setNotices] = useState(false);
  return (
    <Dialog title="汇总" onClose={onClose}>
      <p>一批表一份总账：得分、等次、资金、问题、未报、重复、与上年比较。</p>
      <One label="选择应报名单（可不选）" given={roster} onGiven={setRoster} />
      <One label="选择上年的结果或汇总（可不选）" given={previous} onGiven={setPrevious} />
      <label class="line">
        <input type="checkbox" checked={notices} onChange={(event) => setNotices(event.currentTarget.checked)} />
        同时给每个有问题的单位写一份修改通知（Word）
      </label>
      <p class="buttons">
        <button
          type="button"
          class="main"
          onClick={() => {
            onClose();
            void saveSummary(roster, previous, notices);
          }}
        >
          写出汇总
        </button>
      </p>
    </Dialog>
  );
}

export function MoreDialog({ onClose }: { onClose: () => void }) {
  const { catalogue, order } = useStore();
  const [kind, setKind] = useState('project');
  const [year, setYear] = useState('');
  const [unit, setUnit] = useState('');
  const [from, setFrom] = useState<Given | undefined>();
  const [old, setOld] = useState<Given | undefined>();
  const [later, setLater] = useState<Given | undefined>();
  const [misfits, setMisfits] = useState<string[]>([]);
  const compare = async (anyway: boolean) => setMisfits(await saveComparison(old!, later!, anyway));
  return (
    <Dialog title="其他" onClose={onClose}>
      <h3>空白表</h3>
      <p class="fields">
        <label>
          种类
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            {catalogue?.templates.map(({ name, title }) => (
              <option value={name}>{title}</option>
            ))}
          </select>
        </label>
        <label>
          年度
          <input inputMode="numeric" size={6} value={year} onInput={(event) => setYear(event.currentTarget.value)} />
        </label>
        <label>
          单位
          <input value={unit} onInput={(event) => setUnit(event.currentTarget.value)} />
        </label>
      </p>
      <One label="从批复的目标表带入指标（可不选）" given={from} onGiven={setFrom} />
      <button type="button" onClick={() => saveTemplate(kind, /^\d{4}$/.test(year) ? Number(year) : null, unit, from)}>
        写出空白表
      </button>
      <h3>对比两次报送</h3>
      <One label="选择旧表" given={old} onGiven={(given) => (setMisfits([]), setOld(given))} />
      <One label="选择新表" given={later} onGiven={(given) => (setMisfits([]), setLater(given))} />
      <button type="button" disabled={!old || !later} onClick={() => compare(false)}>
        写出对比
      </button>
      {misfits.length > 0 && (
        <div role="alert" class="misfits">
          <p>旧表和新表不像同一张表的前后两稿，没有对比，也没有把哪个问题算作已解决：{misfits.join('；')}。请检查有没有选错文件。</p>
          <button type="button" onClick={() => compare(true)}>
            没有选错，照样对比
          </button>
        </div>
      )}
      <h3>读回填好的差异清单</h3>
      <p>填了“单位说明”的问题标为“已说明”；把清单直接拖进来也可以。</p>
      <Choose
        label="选择清单…"
        accept=".xlsx,.csv,.json,.xlsm"
        onGiven={(lists) => {
          onClose();
          readFilledIn(lists).catch((error: unknown) => tell(error instanceof Error ? error.message : String(error)));
        }}
      />
      {order.length === 0 && <p>要先把评价表拖进来。</p>}
    </Dialog>
  );
}

const KINDS: Record<string, string> = { settings: '设置', form: '词汇或表式', rules: '本单位的规则', standard: '评价标准', report: '评价报告' };

export function BasisDialog({ onClose }: { onClose: () => void }) {
  const { catalogue, standard, basisFiles } = useStore();
  const [kept, setKept] = useState(isRemembered());
  const apply = async (part: Parameters<typeof setBasis>[0]) => {
    if (await setBasis(part)) {
      if (kept && part.standard !== undefined) remember(part.standard);
      await checkAgain();
    }
  };
  return (
    <Dialog title="评价标准和设置" onClose={onClose}>
      <p>
        <label>
          评价标准
          <select value={standard} onChange={(event) => apply({ standard: event.currentTarget.value })}>
            <option value="">按表的种类和年度自动选用</option>
            {catalogue?.standards.map(({ name, title }) => (
              <option value={name}>{title}</option>
            ))}
          </select>
        </label>
      </p>
      <h3>自己的文件</h3>
      <p>设置（hebiao.toml）、词汇、表式、规则、标准都是 .toml 文件，拖进来或在这里选；表格要与哪一份评价报告核对，也在这里选。</p>
      <ul>
        {basisFiles.map((file) => (
          <li key={file.name}>
            {KINDS[file.kind]}：{file.name}{' '}
            <button type="button" class="quiet" onClick={() => apply({ basisFiles: basisFiles.filter((one) => one !== file) })} aria-label={`不用${file.name}`}>
              不用
            </button>
          </li>
        ))}
      </ul>
      <p class="buttons">
        <Choose
          label="选择 .toml 文件…"
          accept=".toml"
          onGiven={(files) => takeBasis(files).then((isNew) => (isNew ? checkAgain() : undefined)).catch((error: unknown) => tell(String(error)))}
        />
        <Choose
          label="选择评价报告…"
          accept=".docx,.txt"
          onGiven={async (files) => {
            const reports = await Promise.all(files.map(async ({ path, file }) => ({ name: path, kind: 'report' as const, bytes: new Uint8Array(await file.arrayBuffer()) })));
            await apply({ basisFiles: [...basisFiles, ...reports] });
          }}
        />
      </p>
      <label class="line">
        <input
          type="checkbox"
          checked={kept}
          onChange={(event) => {
            setKept(event.currentTarget.checked);
            if (event.currentTarget.checked) remember(standard);
            else forget();
          }}
        />
        在这台电脑上记住选用的评价标准（只记这一项，不记表格）
      </label>
    </Dialog>
  );
}
