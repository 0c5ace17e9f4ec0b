// What is being done, how far it is, how long it will take; and what is to be told.

import { change, useStore } from '../state/store';

function left(started: number, done: number, all: number): string {
  if (done < 5 || done >= all) return '';
  const seconds = Math.round(((Date.now() - started) / done) * (all - done) / 1000);
  if (seconds < 2) return '';
  return seconds < 90 ? `，约剩 ${seconds} 秒` : `，约剩 ${Math.round(seconds / 60)} 分钟`;
}

export function ProgressBar() {
  const { progress } = useStore();
  if (!progress) return null;
  const { title, done, all, started, stop } = progress;
  return (
    <div class="progress">
      <progress aria-label={title} max={all} value={done} />
      <span>
        {title}：{done} / {all}
        {left(started, done, all)}
      </span>
      {stop && (
        <button type="button" onClick={stop}>
          停止
        </button>
      )}
    </div>
  );
}

export function Told() {
  const { told, fault } = useStore();
  return (
    <div class="told" role="status" aria-live="polite">
      {fault && <p class="fault">{fault}</p>}
      {told.slice(0, 4).map((sentence) => (
        <p>{sentence}</p>
      ))}
      {told.length > 4 && (
        <details>
          <summary>更早的 {told.length - 4} 条</summary>
          {told.slice(4).map((sentence) => (
            <p>{sentence}</p>
          ))}
        </details>
      )}
      {told.length > 0 && (
        <button type="button" class="quiet" onClick={() => change({ told: [] })}>
          知道了
        </button>
      )}
    </div>
  );
}
