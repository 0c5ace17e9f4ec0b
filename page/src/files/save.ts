// Files out of the page: as a download, or into a folder that the person chooses.

const TYPES: Record<string, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.12',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  html: 'text/html',
  zip: 'application/zip',
};

/** How long a download may take to begin. */
const KEPT = 60_000;

/** Hands a file to the browser's downloads. */
export function download(name: string, content: Uint8Array | Blob): void {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const blob = content instanceof Blob ? content : new Blob([content as BlobPart], { type });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** Where many files go: one archive, or a folder. */
export interface Target {
  put(path: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

interface FolderPicker {
  showDirectoryPicker?: (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;
}

/** Returns whether the browser can write into a folder. */
export function canWriteFolders(): boolean {
  return typeof (window as FolderPicker).showDirectoryPicker === 'function';
}

/** Lets the person choose a folder; no file that is there already is replaced. */
export async function folderTarget(): Promise<Target> {
  const root = await (window as FolderPicker).showDirectoryPicker!({ mode: 'readwrite' });
  return {
    async put(path, bytes) {
      const folders = path.split('/');
      const name = folders.pop()!;
      let folder = root;
      for (const part of folders) folder = await folder.getDirectoryHandle(part, { create: true });
      const isThere = await folder.getFileHandle(name).then(
        () => true,
        () => false,
      );
      if (isThere) throw new Error(`“${path}”已经存在，没有覆盖；请换一个文件夹`);
      const file = await folder.getFileHandle(name, { create: true });
      const writer = await file.createWritable();
      await writer.write(bytes as unknown as FileSystemWriteChunkType);
      await writer.close();
    },
    async finish() {},
  };
}
