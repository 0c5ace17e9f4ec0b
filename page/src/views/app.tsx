// The whole page.

import { useEffect, useState } from 'preact/hooks';
import { dropped } from '../files/given';
import { clear, take } from '../state/run';
import { useStore } from '../state/store';
import { Choose } from './choose';
import { List } from './list';
import { ProgressBar, Told } from './progress';
import { Table } from './table';
import { BasisDialog, MoreDialog, SaveDialog, SummaryDialog } from './tools';
import { Welcome } from './welcome';

type DialogName = 'save' | 'summary' | 'more' | 'basis';

function useDrop(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer) dropped(event.dataTransfer).then(take);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}

export function App() {
  const { order, open, progress, catalogue, skipped, standard, basisFiles } = useStore();
  const isOver = useDrop();
  const [dialog, setDialog] = useState<DialogName | undefined>();
  const close = () => setDialog(undefined);
  const isEmpty = order.length === 0;
  const passed = [
    skipped.own_outputs > 0 && `本程序写出的 ${skipped.own_outputs} 个`,
    skipped.not_tables > 0 && `不是表格的 ${skipped.not_tables} 个`,
    skipped.hidden > 0 && `隐藏和临时的 ${skipped.hidden} 个`,
  ].filter(Boolean);
  const tool = (name: DialogName, title: string, isOff = false) => (
    <button type="button" disabled={isOff} onClick={() => setDialog(name)}>
      {title}
    </button>
  );
  const isBasisOwn = standard !== '' || basisFiles.length > 0;
  return (
    <div class={`page${isOver ? ' is-over' : ''}`}>
      <header class="top">
        <h1>核表</h1>
        <p class="promise">表格不会离开这台电脑</p>
        <div class="tools">
          {!isEmpty && (
            <>
              <Choose id="files" label="添加文件…" onGiven={take} />
              <Choose id="folder" label="添加文件夹…" folder onGiven={take} />
            </>
          )}
          {tool('save', '保存全部…', isEmpty || !!progress)}
          {tool('summary', '汇总…', isEmpty || !!progress)}
          {tool('basis', isBasisOwn ? '标准和设置（已改）…' : '标准和设置…')}
          {tool('more', '其他…')}
          {!isEmpty && (
            <button type="button" disabled={!!progress} onClick={clear}>
              清空
            </button>
          )}
        </div>
      </header>
      <ProgressBar />
      <Told />
      <main>
        {isEmpty ? !progress && <Welcome /> : open ? <Table key={open.path} /> : <List />}
        {!isEmpty && !open && passed.length > 0 && <p class="passed">没有读：{passed.join('，')}。</p>}
      </main>
      <footer>
        核表 {catalogue?.version ?? ''}　本页不联网，拔掉网线照样能用；原表不会被改动。
      </footer>
      {isOver && (
        <div class="over" aria-hidden="true">
          松开鼠标，开始核对
        </div>
      )}
      {dialog === 'save' && <SaveDialog onClose={close} />}
      {dialog === 'summary' && <SummaryDialog onClose={close} />}
      {dialog === 'more' && <MoreDialog onClose={close} />}
      {dialog === 'basis' && <BasisDialog onClose={close} />}
    </div>
  );
}
