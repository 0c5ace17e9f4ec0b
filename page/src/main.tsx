// The page's beginning.

import { render } from 'preact';
import { pool, warm } from './state/engine';
import { remembered } from './state/memory';
import { setBasis } from './state/run';
import { change, state } from './state/store';
import { App } from './views/app';

const root = document.getElementById('page')!;
root.textContent = '';
render(<App />, root);

pool()
  .then(async () => {
    const standard = remembered();
    if (standard) await setBasis({ standard });
    document.documentElement.dataset.ready = 'true';
    performance.mark('ready');
    await warm();
  })
  .catch((error: unknown) => {
    change({ fault: `这个浏览器运行不了本页：${error instanceof Error ? error.message : String(error)}。请换用较新的 Edge、360 极速模式、奇安信或火狐浏览器打开。` });
  });

// Findings that were not saved are lost with the page.
addEventListener('beforeunload', (event) => {
  if (!state.progress && state.unsaved.size === 0) return;
  event.preventDefault();
  // Older browsers ask only for this.
  event.returnValue = '没有保存的核对结果会丢失。';
});
