// The empty page: what to do, in one sentence.

import { embedded } from '../engine/load';
import type { Given } from '../files/given';
import { EXAMPLE } from '../state/model';
import { take } from '../state/run';
import { Choose } from './choose';

function example(): Given {
  return { path: EXAMPLE, below: EXAMPLE, file: new Blob([embedded('example') as BlobPart]), isNamed: true };
}

export function Welcome() {
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">把绩效评价表、整个文件夹或压缩包拖到这里，就会逐张核对。</h2>
      <p class="buttons">
        <Choose kind="main" id="files" label="选择文件…" onGiven={take} />
        <Choose kind="main" id="folder" label="选择文件夹…" folder onGiven={take} />
        <button type="button" onClick={() => take([example()])}>
          用示例表试一试
        </button>
      </p>
      <ul class="facts">
        <li>
          <b>表格不会离开这台电脑。</b>本页不联网，拔掉网线照样能用；原表不会被改动，关掉网页就什么也不留下。
        </li>
        <li>认得财政部和各地的自评表、部门评价表、转移支付和整体支出表；xlsx、xls、et、ods、csv、Word 表格都能读。</li>
        <li>每一处问题给出单元格、申报值、复算值、依据和改法；可以写出规范表、差异清单、批注副本、汇总和修改通知。</li>
      </ul>
    </section>
  );
}
