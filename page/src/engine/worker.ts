// One instance of the module in a worker. A trap ends the instance; the page then takes another worker.

import { read, written } from './message';
import type { FromWorker, ToWorker } from './protocol';

interface Module {
  memory: WebAssembly.Memory;
  hb_start(): void;
  hb_room(length: number): number;
  hb_ask(message: number, length: number): number;
  hb_answer(): number;
  hb_last_words(): number;
  hb_last_words_length(): number;
}

let module: Module | undefined;

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  (self as unknown as Worker).postMessage(message, transfer);
}

function lastWords(error: unknown): string {
  try {
    const { memory, hb_last_words, hb_last_words_length } = module!;
    const words = new Uint8Array(memory.buffer, hb_last_words() >>> 0, hb_last_words_length() >>> 0);
    if (words.length > 0) return new TextDecoder().decode(words.slice());
  } catch {
    // The words are a help, no more.
  }
  return String(error);
}

function ask(head: unknown, parts: Uint8Array[]): { head: any; parts: Uint8Array[] } {
  const { memory, hb_room, hb_ask, hb_answer } = module!;
  const message = written(head, parts);
  const room = hb_room(message.length) >>> 0;
  new Uint8Array(memory.buffer, room, message.length).set(message);
  const length = hb_ask(room, message.length) >>> 0;
  return read(new Uint8Array(memory.buffer, hb_answer() >>> 0, length));
}

self.onmessage = async (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  try {
    if (message.kind === 'start') {
      const instance = await WebAssembly.instantiate(message.module, {});
      module = instance.exports as unknown as Module;
      module.hb_start();
      tell({ kind: 'ready' });
      return;
    }
    const start = performance.now();
    const answer = ask(message.head, message.parts);
    const memory = module!.memory.buffer.byteLength;
    tell(
      { kind: 'answer', ...answer, memory, milliseconds: performance.now() - start },
      answer.parts.map((part) => part.buffer as ArrayBuffer),
    );
  } catch (error) {
    tell({ kind: 'broken', words: lastWords(error) });
  }
};
