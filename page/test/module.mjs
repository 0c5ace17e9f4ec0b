// The module without a browser: questions and answers as the page's workers have them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './corpus.mjs';

export const MODULE = join(ROOT, 'page', 'module', 'target', 'wasm32-unknown-unknown', 'release', 'hebiao_page.wasm');

const compiled = new WebAssembly.Module(readFileSync(MODULE));

/** Returns a function that asks a new instance of the module. */
export function instance() {
  const wasm = new WebAssembly.Instance(compiled, {}).exports;
  wasm.hb_start();
  return (head, parts = []) => {
    const headBytes = Buffer.from(JSON.stringify(head));
    const lengths = Buffer.alloc(8 + parts.length * 4);
    lengths.writeUInt32LE(headBytes.length, 0);
    lengths.writeUInt32LE(parts.length, 4);
    parts.forEach((part, index) => lengths.writeUInt32LE(part.length, 8 + index * 4));
    const message = Buffer.concat([lengths, headBytes, ...parts]);
    const room = wasm.hb_room(message.length) >>> 0;
    new Uint8Array(wasm.memory.buffer, room, message.length).set(message);
    const length = wasm.hb_ask(room, message.length) >>> 0;
    const answer = Buffer.from(new Uint8Array(wasm.memory.buffer, wasm.hb_answer() >>> 0, length));
    const count = answer.readUInt32LE(4);
    let at = 8 + count * 4 + answer.readUInt32LE(0);
    const answered = { head: JSON.parse(answer.subarray(8 + count * 4, at).toString()), parts: [], memory: wasm.memory.buffer.byteLength };
    for (let index = 0; index < count; index++) {
      const size = answer.readUInt32LE(8 + index * 4);
      answered.parts.push(answer.subarray(at, at + size));
      at += size;
    }
    return answered;
  };
}
