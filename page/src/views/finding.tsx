// One finding: what, where, declared and due, what to do; its rule explains itself in place.

import { useEffect, useRef, useState } from 'preact/hooks';
import { pool } from '../state/engine';
import type { Finding as FindingOf } from '../state/model';
import { Markdown } from './markdown';
import { Level } from './verdict';

const pages = new Map<string, Promise<string>>();

function pageOf(code: string): Promise<string> {
  let page = pages.get(code);
  if (!page) {
    page = pool().then(async (engine) => (await engine.told({ ask: 'rule', code })).head.page as string);
    pages.set(code, page);
  }
  return page;
}

function RulePage({ code }: { code: string }) {
  const [page, setPage] = useState('');
  useEffect(() => {
    pageOf(code).then(setPage, (error: unknown) => setPage(String(error)));
  }, [code]);
  return (
    <div class="rule-page">
      <Markdown text={page || '正在打开…'} />
    </div>
  );
}

interface Props {
  finding: FindingOf;
  isChosen: boolean;
  onPoint: (cell: string) => void;
}

/** Cells named one by one; the rest is counted. */
const MOST_CELLS = 8;

export function Finding({ finding, isChosen, onPoint }: Props) {
  const ref = useRef<HTMLLIElement>(null);
  const [isExplained, setExplained] = useState(false);
  useEffect(() => {
    const list = ref.current!.parentElement!;
    if (!isChosen || list.scrollHeight <= list.clientHeight) return;
    const [frame, place] = [list.getBoundingClientRect(), ref.current!.getBoundingClientRect()];
    if (place.top < frame.top || place.bottom > frame.bottom) list.scrollTop += place.top - frame.top - 4;
  }, [isChosen]);
  const { code, title, severity, cell, related, declared, expected, difference, message, basis, suggestion } = finding;
  const figures = [
    ['申报', declared],
    ['复算值', expected],
    ['相差', difference],
  ].filter(([, value]) => value !== null);
  const button = (at: string) => (
    <button type="button" class="cell" onClick={() => onPoint(at)} aria-label={`到单元格 ${at}`}>
      {at}
    </button>
  );
  return (
    <li ref={ref} class={`finding finding-${severity}${isChosen ? ' chosen' : ''}`} aria-current={isChosen ? 'true' : undefined}>
      <h4>
        <Level severity={severity} /> {code} {title}
      </h4>
      <p class="cells">
        {button(cell)}
        {related.slice(0, MOST_CELLS).map(button)}
        {related.length > MOST_CELLS && <span>等 {related.length + 1} 格</span>}
        {figures.map(([name, value]) => (
          <span class="figure">
            {name} <b>{value}</b>
          </span>
        ))}
      </p>
      <p>{message}</p>
      {finding.quote && (
        <blockquote>
          {finding.quote.text}
          <cite>
            {finding.quote.file} 第 {finding.quote.paragraph} 段
          </cite>
        </blockquote>
      )}
      <p class="suggestion">
        <b>怎么改：</b>
        {suggestion}
      </p>
      {finding.explanation?.unit && (
        <p>
          <b>单位说明：</b>
          {finding.explanation.unit}
        </p>
      )}
      {finding.explanation?.reviewer && (
        <p>
          <b>处理意见：</b>
          {finding.explanation.reviewer}
        </p>
      )}
      <details onToggle={(event) => setExplained((event.currentTarget as HTMLDetailsElement).open)}>
        <summary>依据和例子</summary>
        <p>
          <b>依据：</b>
          {basis}
        </p>
        {isExplained && <RulePage code={code} />}
      </details>
    </li>
  );
}
