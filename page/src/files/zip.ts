// A zip without compression: workbooks are compressed already. Parts stay blobs, so that memory holds one file at a
// time. Dates are fixed: the same results give the same archive.

const TABLE = (() => {
  const table = new Uint32Array(256);
  for (let number = 0; number < 256; number++) {
    let value = number;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    table[number] = value >>> 0;
  }
  return table;
})();

function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let index = 0; index < bytes.length; index++) value = TABLE[(value ^ bytes[index]!) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

const VERSION = 20;
/** Names are in UTF-8. */
const UTF8 = 0x800;
/** 1 January 2024. */
const DATE = 0x5821;
const MOST_ENTRIES = 65_535;

export class Zip {
  private parts: BlobPart[] = [];
  private central: Uint8Array[] = [];
  private position = 0;

  /** Adds a file by its path, `/` between its parts. */
  add(path: string, bytes: Uint8Array): void {
    if (this.central.length >= MOST_ENTRIES) throw new Error('文件太多，一个压缩包放不下；请分几次保存');
    const name = new TextEncoder().encode(path);
    const fields = [VERSION, UTF8, 0, 0, DATE];
    const entry = (signature: number, before: number[], after: number[], offset?: number): Uint8Array => {
      const shorts = [...before, ...fields];
      const head = new DataView(new ArrayBuffer(offset === undefined ? 30 : 46));
      head.setUint32(0, signature, true);
      let at = 4;
      for (const short of shorts) {
        head.setUint16(at, short, true);
        at += 2;
      }
      for (const long of [checksum(bytes), bytes.length, bytes.length]) {
        head.setUint32(at, long, true);
        at += 4;
      }
      for (const short of [name.length, 0, ...after]) {
        head.setUint16(at, short, true);
        at += 2;
      }
      if (offset !== undefined) head.setUint32(42, offset, true);
      const whole = new Uint8Array(head.byteLength + name.length);
      whole.set(new Uint8Array(head.buffer));
      whole.set(name, head.byteLength);
      return whole;
    };
    const local = entry(0x04034b50, [], []);
    this.central.push(entry(0x02014b50, [VERSION], [0, 0, 0, 0, 0], this.position));
    this.parts.push(new Blob([local as BlobPart, bytes as BlobPart]));
    this.position += local.length + bytes.length;
  }

  /** Returns the whole archive. */
  finished(): Blob {
    const size = this.central.reduce((sum, entry) => sum + entry.length, 0);
    const end = new DataView(new ArrayBuffer(22));
    end.setUint32(0, 0x06054b50, true);
    end.setUint16(8, this.central.length, true);
    end.setUint16(10, this.central.length, true);
    end.setUint32(12, size, true);
    end.setUint32(16, this.position, true);
    return new Blob([...this.parts, ...(this.central as BlobPart[]), end.buffer], { type: 'application/zip' });
  }
}
