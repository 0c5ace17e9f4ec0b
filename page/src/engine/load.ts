// The module and the worker's script, which lie in the page as text.

function textOf(id: string): string {
  return document.getElementById(id)?.textContent?.trim() ?? '';
}

/** Returns bytes that lie in the page seven bits a letter (page/build/seven_bits.mjs). */
function packedIn(id: string): Uint8Array {
  const letters = document.getElementById(id)!.textContent!;
  const bytes = new Uint8Array((letters.length * 7) >> 3);
  let held = 0;
  let count = 0;
  let at = 0;
  for (let index = 0; index < letters.length; index++) {
    held = ((held << 7) | (letters.charCodeAt(index) & 127)) & 0x3fff;
    count += 7;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = held >> count;
    }
  }
  return bytes;
}

/** Returns bytes that lie in the page in base64. */
export function embedded(id: string): Uint8Array {
  const text = textOf(id);
  // Newer browsers have a way that is ten times as fast.
  const { fromBase64 } = Uint8Array as { fromBase64?: (text: string) => Uint8Array };
  if (fromBase64) return fromBase64.call(Uint8Array, text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index++) bytes[index] = letters.charCodeAt(index);
  return bytes;
}

/** Unpacks the module and compiles it as it comes. */
export async function compiled(): Promise<WebAssembly.Module> {
  const packed = new Blob([packedIn('module') as BlobPart]);
  const stream = packed.stream().pipeThrough(new DecompressionStream('gzip'));
  return WebAssembly.compileStreaming(new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }));
}

let address: string | undefined;

/** Starts a worker. Its address is kept: an old browser fetches it late. */
export function startWorker(): Worker {
  address ??= URL.createObjectURL(new Blob([textOf('worker')], { type: 'text/javascript' }));
  return new Worker(address);
}
