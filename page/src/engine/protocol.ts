// What the page and its workers say to each other.

export type ToWorker =
  | { kind: 'start'; module: WebAssembly.Module }
  | { kind: 'ask'; head: unknown; parts: Uint8Array[] };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'answer'; head: any; parts: Uint8Array[]; memory: number; milliseconds: number }
  | { kind: 'broken'; words: string };
