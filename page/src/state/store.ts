// The page's state in one place; views are drawn again at most once a frame.

import { useEffect, useReducer } from 'preact/hooks';
import type { BasisFile, Catalogue, CheckedFile, Progress, Row } from './model';

export interface Open {
  path: string;
  table: number;
}

export interface State {
  files: Map<string, CheckedFile>;
  /** The files' paths in the order of the list. */
  order: string[];
  catalogue: Catalogue | undefined;
  progress: Progress | undefined;
  /** Sentences to tell, newest first. */
  told: string[];
  fault: string | undefined;
  open: Open | undefined;
  standard: string;
  basisFiles: BasisFile[];
  skipped: { hidden: number; not_tables: number; own_outputs: number };
  /** Documents and pictures that were passed over, by path: the summary names them. */
  documents: string[];
  /** Folders and archives that were given. */
  roots: Set<string>;
  /** Files whose results were not saved yet. */
  unsaved: Set<string>;
  /** Grows with every change of files or reports. */
  version: number;
}

export const state: State = {
  files: new Map(),
  order: [],
  catalogue: undefined,
  progress: undefined,
  told: [],
  fault: undefined,
  open: undefined,
  standard: '',
  basisFiles: [],
  skipped: { hidden: 0, not_tables: 0, own_outputs: 0 },
  documents: [],
  roots: new Set(),
  unsaved: new Set(),
  version: 0,
};

const views = new Set<() => void>();
let isDue = false;

/** Changes the state and draws what shows it. */
export function change(part: Partial<State>): void {
  Object.assign(state, part);
  if (isDue) return;
  isDue = true;
  // A hidden page gets no frames, and its work goes on.
  const draw = () => {
    isDue = false;
    views.forEach((view) => view());
  };
  if (document.hidden) setTimeout(draw, 100);
  else requestAnimationFrame(draw);
}

/** Notes that files or reports have changed. */
export function filesChanged(): void {
  change({ version: state.version + 1 });
}

/** Adds a sentence to tell. */
export function tell(sentence: string): void {
  change({ told: [sentence, ...state.told].slice(0, 50) });
}

/** Returns the state to a view, which is drawn again with it. */
export function useStore(): State {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const view = () => draw(undefined as never);
    views.add(view);
    return () => {
      views.delete(view);
    };
  }, []);
  return state;
}

/** Returns the rows of the list: tables in the order of their files, and files without one. */
export function rows(): Row[] {
  const all: Row[] = [];
  for (const path of state.order) {
    const file = state.files.get(path)!;
    const tables = file.digest?.tables ?? [];
    if (tables.length === 0) all.push({ file, table: null, number: 0 });
    tables.forEach((table, number) => all.push({ file, table, number }));
  }
  return all;
}
