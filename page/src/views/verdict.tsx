// The light of a table or file: a word and a sign, not colour alone.

import type { Row, Severity } from '../state/model';
import { SEVERITY } from '../state/model';

export type Verdict = Severity | 'clean' | 'unread' | 'waiting';

const WORDS: Record<Verdict, [string, string]> = {
  error: ['✕', '有错误'],
  warning: ['！', '有疑点'],
  info: ['i', '有提示'],
  clean: ['✓', '一致'],
  unread: ['？', '没有读到'],
  waiting: ['…', '等待核对'],
};

export const VERDICTS: [Verdict, string][] = (['error', 'warning', 'info', 'clean', 'unread'] as Verdict[]).map((verdict) => [verdict, WORDS[verdict][1]]);

export function verdictOf({ file, table }: Row): Verdict {
  if (table) return table.verdict ?? 'clean';
  return file.digest ? 'unread' : 'waiting';
}

export function Light({ verdict }: { verdict: Verdict }) {
  const [sign, word] = WORDS[verdict];
  return (
    <span class={`light light-${verdict}`}>
      <span aria-hidden="true">{sign}</span>
      {word}
    </span>
  );
}

export function Level({ severity }: { severity: Severity }) {
  return <span class={`level level-${severity}`}>{SEVERITY[severity]}</span>;
}
