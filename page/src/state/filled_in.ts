// Filled-in lists back to their findings.

import { bytesOf, type Given } from '../files/given';
import { pool } from './engine';
import { filesChanged, state, tell } from './store';

/** Reads filled-in lists and puts their texts to the findings of all files. */
export async function readFilledIn(lists: Given[]): Promise<void> {
  const files = state.order.map((path) => state.files.get(path)!).filter((file) => file.report && file.digest?.tables.length);
  if (files.length === 0) {
    tell('请先把评价表拖进来，再读回填好的清单。');
    return;
  }
  const engine = await pool();
  const own = await engine.own();
  try {
    const parts = await Promise.all(lists.map((list) => bytesOf(list.file)));
    const { head } = await own.ask(
      {
        ask: 'filled_in_begin',
        names: lists.map((list) => list.path),
        files: files.map((file) => [file.path, file.digest!.sha256]),
      },
      parts,
    );
    for (const file of files) {
      const { head: digest, parts } = await own.ask({ ask: 'filled_in_explain' }, [file.report!]);
      file.digest = digest;
      file.report = parts[0];
    }
    const { head: end } = await own.ask({ ask: 'filled_in_end' });
    for (const sentence of [...head.told, ...end.told] as string[]) tell(sentence);
    const explained = files.reduce((sum, file) => sum + file.digest!.tables.reduce((all, table) => all + table.explained, 0), 0);
    tell(`读回了 ${lists.length} 份清单，现有 ${explained} 项已说明。`);
    filesChanged();
  } finally {
    own.end();
  }
}
