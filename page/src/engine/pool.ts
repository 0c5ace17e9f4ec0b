// A pool of workers, one file at a time each. A worker that takes too long, breaks, or has grown large is ended, and
// another takes its place: a bad file costs itself alone.

import type { Message } from './message';
import type { FromWorker, ToWorker } from './protocol';
import { startWorker } from './load';

/** Why an answer did not come. */
export class NoAnswer extends Error {
  constructor(
    readonly why: 'slow' | 'broken' | 'stopped',
    message: string,
  ) {
    super(message);
  }
}

/** What each worker is told before its first question, and again when it has changed. */
export interface Preparation {
  version: number;
  head: unknown;
  parts: Uint8Array[];
}

export interface Answer extends Message {
  milliseconds: number;
  memory: number;
}

interface Job {
  head: unknown;
  parts: () => Promise<Uint8Array[]>;
  limit: number | undefined;
  done: (answer: Answer) => void;
  failed: (error: unknown) => void;
  isStopped: boolean;
}

const MOST_WORKERS = 8;
/** Memory of an instance never shrinks: one that held a large file is ended. */
const LARGE = 256 * 1024 * 1024;

/** One worker with its instance of the module. */
class Slot {
  private worker: Worker;
  private ready: Promise<void>;
  private waiting: { done: (message: FromWorker) => void; failed: (error: unknown) => void } | undefined;
  private fault: NoAnswer | undefined;
  prepared = -1;
  memory = 0;

  constructor(module: WebAssembly.Module | Promise<WebAssembly.Module>) {
    this.worker = startWorker();
    this.worker.onmessage = (event: MessageEvent<FromWorker>) => this.take()?.done(event.data);
    this.worker.onerror = (event) => {
      this.fault = new NoAnswer('broken', event.message || '工作线程没有启动');
      this.take()?.failed(this.fault);
    };
    this.ready = this.start(module);
    this.ready.catch(() => undefined);
  }

  /** The worker begins while the module is still being compiled. */
  private async start(module: WebAssembly.Module | Promise<WebAssembly.Module>): Promise<void> {
    const compiled = await module;
    if (this.fault) throw this.fault;
    const told = await this.say({ kind: 'start', module: compiled });
    if (told.kind === 'broken') throw new NoAnswer('broken', told.words);
  }

  private take() {
    const waiting = this.waiting;
    this.waiting = undefined;
    return waiting;
  }

  private say(message: ToWorker): Promise<FromWorker> {
    return new Promise((done, failed) => {
      this.waiting = { done, failed };
      this.worker.postMessage(message);
    });
  }

  /** Asks one question. After an error the slot is to be ended. */
  async ask(head: unknown, parts: Uint8Array[], limit?: number): Promise<Answer> {
    await this.ready;
    let clock: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, failed) => {
      if (limit !== undefined) {
        clock = setTimeout(() => failed(new NoAnswer('slow', `超过 ${limit / 1000} 秒`)), limit);
      }
    });
    try {
      const told = await Promise.race([this.say({ kind: 'ask', head, parts }), late]);
      if (told.kind !== 'answer') throw new NoAnswer('broken', told.kind === 'broken' ? told.words : '');
      this.memory = told.memory;
      return told;
    } finally {
      clearTimeout(clock);
    }
  }

  end(): void {
    this.worker.terminate();
    this.take()?.failed(new NoAnswer('stopped', '已停止'));
  }
}

export class Pool {
  readonly size: number;
  private idle: Slot[] = [];
  private busy = new Map<Slot, Job>();
  private queue: Job[] = [];
  private preparation: Preparation | undefined;

  constructor(
    private module: WebAssembly.Module | Promise<WebAssembly.Module>,
    wanted?: number,
  ) {
    this.size = Math.max(1, Math.min(MOST_WORKERS, wanted ?? navigator.hardwareConcurrency ?? 2));
    this.idle.push(new Slot(module));
  }

  /** Has a worker at hand for every processor. */
  warm(): void {
    while (this.idle.length + this.busy.size < this.size) this.idle.unshift(new Slot(this.module));
  }

  /** Sets what workers go by from here on. */
  prepare(head: unknown, parts: Uint8Array[]): void {
    this.preparation = { version: (this.preparation?.version ?? 0) + 1, head, parts };
  }

  /** Asks; the parts are fetched when a worker is free, so that waiting files take no memory. */
  ask(head: unknown, parts: () => Promise<Uint8Array[]>, limit?: number): { answer: Promise<Answer>; stop: () => void } {
    const job: Job = { head, parts, limit, done: () => undefined, failed: () => undefined, isStopped: false };
    const answer = new Promise<Answer>((done, failed) => {
      job.done = done;
      job.failed = failed;
    });
    this.queue.push(job);
    this.turn();
    return { answer, stop: () => this.stop(job) };
  }

  /** Asks with parts at hand; what the module refuses is an error with its sentence. */
  async told(head: unknown, parts: Uint8Array[] = [], limit?: number): Promise<Answer> {
    const answer = await this.ask(head, async () => parts, limit).answer;
    if (answer.head && typeof answer.head.error === 'string') throw new Error(answer.head.error);
    return answer;
  }

  /** A worker of one's own for questions that build on each other; to be ended after use. */
  async own(): Promise<{ ask: (head: unknown, parts?: Uint8Array[]) => Promise<Answer>; end: () => void }> {
    const slot = new Slot(this.module);
    await this.prepared(slot);
    const ask = async (head: unknown, parts: Uint8Array[] = []) => {
      const answer = await slot.ask(head, parts);
      if (answer.head && typeof answer.head.error === 'string') throw new Error(answer.head.error);
      return answer;
    };
    return { ask, end: () => slot.end() };
  }

  private stop(job: Job): void {
    job.isStopped = true;
    const queued = this.queue.indexOf(job);
    if (queued >= 0) {
      this.queue.splice(queued, 1);
      job.failed(new NoAnswer('stopped', '已停止'));
      return;
    }
    for (const [slot, running] of this.busy) if (running === job) slot.end();
  }

  private async prepared(slot: Slot): Promise<void> {
    const { preparation } = this;
    if (preparation && slot.prepared !== preparation.version) {
      await slot.ask(preparation.head, preparation.parts);
      slot.prepared = preparation.version;
    }
  }

  private turn(): void {
    while (this.queue.length > 0) {
      if (this.idle.length === 0 && this.busy.size < this.size) this.idle.push(new Slot(this.module));
      const slot = this.idle.pop();
      if (!slot) return;
      const job = this.queue.shift()!;
      this.busy.set(slot, job);
      void this.run(slot, job);
    }
  }

  private async run(slot: Slot, job: Job): Promise<void> {
    let isFit = false;
    try {
      await this.prepared(slot);
      const parts = await job.parts().catch((error: unknown) => {
        isFit = true;
        throw error;
      });
      if (job.isStopped) throw new NoAnswer('stopped', '已停止');
      const answer = await slot.ask(job.head, parts, job.limit);
      isFit = slot.memory < LARGE;
      job.done(answer);
    } catch (error) {
      job.failed(job.isStopped ? new NoAnswer('stopped', '已停止') : error);
    }
    this.busy.delete(slot);
    if (isFit) this.idle.push(slot);
    else slot.end();
    this.turn();
  }
}
