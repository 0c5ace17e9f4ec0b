// Files that a person drops or chooses, with their paths.

/** One file: the path to show, and where its part below what was dropped begins. */
export interface Given {
  path: string;
  below: string;
  file: Blob;
  /** Whether it was named by itself, and not met in a folder. */
  isNamed: boolean;
}

function named(file: File): Given {
  return { path: file.name, below: file.name, file, isNamed: true };
}

/** Returns the files of an input element, which can then be used again for the same files. */
export function chosen(input: HTMLInputElement): Given[] {
  const files = Array.from(input.files ?? []).map((file) => {
    const path = file.webkitRelativePath;
    return path ? { path, below: path.slice(path.indexOf('/') + 1), file, isNamed: false } : named(file);
  });
  input.value = '';
  return files;
}

interface WithHandle {
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

async function inFolder(folder: FileSystemDirectoryHandle, path: string, root: string): Promise<Given[]> {
  const found: Given[] = [];
  for await (const entry of (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values()) {
    const shown = `${path}/${entry.name}`;
    if (entry.kind === 'directory') {
      found.push(...(await inFolder(entry as FileSystemDirectoryHandle, shown, root)));
    } else {
      const file = await (entry as FileSystemFileHandle).getFile();
      found.push({ path: shown, below: shown.slice(root.length + 1), file, isNamed: false });
    }
  }
  return found;
}

/**
 * Returns the files of a drop, those in folders too. On a page from disk the older way into folders fails, so handles
 * are asked for, all at once: they are gone after the event.
 */
export async function dropped(transfer: DataTransfer): Promise<Given[]> {
  const plain = Array.from(transfer.files);
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file') as (DataTransferItem & WithHandle)[];
  const asked = items.map((item) => item.getAsFileSystemHandle?.().catch(() => null));
  const handles = await Promise.all(asked);
  if (handles.length === 0 || !handles.every(Boolean)) return plain.map(named);
  const found = await Promise.all(
    handles.map(async (handle) => {
      if (handle!.kind === 'file') return [named(await (handle as FileSystemFileHandle).getFile())];
      return inFolder(handle as FileSystemDirectoryHandle, handle!.name, handle!.name);
    }),
  );
  return found.flat();
}

/** Returns a file's bytes. */
export async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error('文件读不出来：可能已被改动、移走，或正在别处打开；请重新拖进来');
  }
}
