// Messages to and from the module: a head in JSON and byte strings behind it (page/module/src/message.rs).

export interface Message {
  head: any;
  parts: Uint8Array[];
}

/** Returns a message as bytes. */
export function written(head: unknown, parts: Uint8Array[]): Uint8Array {
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const start = 8 + parts.length * 4;
  const length = parts.reduce((sum, part) => sum + part.length, start + headBytes.length);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, headBytes.length, true);
  view.setUint32(4, parts.length, true);
  parts.forEach((part, index) => view.setUint32(8 + index * 4, part.length, true));
  bytes.set(headBytes, start);
  let at = start + headBytes.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Takes a message apart. The parts are copies that can be handed on. */
export function read(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headLength = view.getUint32(0, true);
  const count = view.getUint32(4, true);
  let at = 8 + count * 4;
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(at, at + headLength)));
  at += headLength;
  const parts: Uint8Array[] = [];
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(8 + index * 4, true);
    parts.push(bytes.slice(at, at + length));
    at += length;
  }
  return { head, parts };
}
