// What the page knows: files with their digests, what checks go by, and what is being done.

export type Severity = 'error' | 'warning' | 'info';

/** What the list shows of a table (page/module/src/check.rs). */
export interface TableDigest {
  sheet: string;
  range: string;
  kind: string;
  project: string | null;
  department: string | null;
  unit: string | null;
  year: number | null;
  declared: number | null;
  rescored: number | null;
  declared_grade: string | null;
  rescored_grade: string | null;
  errors: number;
  warnings: number;
  infos: number;
  explained: number;
  reviews: number;
  set_aside: number;
  unread: number;
  verdict: Severity | null;
  codes: Record<string, number>;
}

/** What the list shows of a file. */
export interface FileDigest {
  file: string;
  sha256: string | null;
  status: 'clean' | 'findings' | 'unreadable' | 'unrecognized';
  error: string | null;
  tables: TableDigest[];
  skipped_sheets: number;
  /** Reports in prose that the file's findings quote. */
  quoted: string[];
}

/** A file, from its being given to its report. */
export interface CheckedFile {
  path: string;
  /** The path below what was dropped: outputs lie in folders of these names. */
  below: string;
  file: Blob;
  /** Why there is nothing to read, where that was known before. */
  refused?: string | undefined;
  /** Whether it was met in a folder, and not named by itself. */
  isMet?: boolean | undefined;
  /** Whether it turned out to be a result of this program, which a folder holds beside its tables. */
  isOwnResult?: boolean | undefined;
  digest?: FileDigest | undefined;
  /** The report's line, as the program writes it. */
  report?: Uint8Array | undefined;
  milliseconds?: number | undefined;
  /** The report before this file took the place of another of its path. */
  earlier?: Uint8Array | undefined;
}

/** One row of the list: a table, or a file without one. */
export interface Row {
  file: CheckedFile;
  table: TableDigest | null;
  /** The table's number in its file. */
  number: number;
}

/** A file that checks go by. */
export interface BasisFile {
  name: string;
  kind: 'settings' | 'form' | 'rules' | 'standard' | 'report';
  bytes: Uint8Array;
}

export interface Progress {
  title: string;
  done: number;
  all: number;
  started: number;
  stop: (() => void) | undefined;
}

export interface RuleTitle {
  code: string;
  title: string;
  level: string;
}

/** What the module knows by heart (page/module/src/catalogue.rs). */
export interface Catalogue {
  version: string;
  rules: RuleTitle[];
  standards: { name: string; title: string }[];
  templates: { name: string; title: string }[];
  legend: [string, string, string][];
}

/** A finding as the report has it. */
export interface Finding {
  code: string;
  title: string;
  severity: Severity;
  cell: string;
  related: string[];
  declared: string | null;
  expected: string | null;
  difference: string | null;
  message: string;
  basis: string;
  suggestion: string;
  explanation?: { unit?: string | null; reviewer?: string | null };
  quote?: { file: string; paragraph: number; section: string; text: string };
}

export interface ReportTable {
  sheet: string;
  range: string;
  discrepancies: Finding[];
  for_review?: { code: string; title: string; cell: string; message: string }[];
  set_aside?: { code: string; cell: string; reason: string | null }[];
  coverage: { filled: number; unread: { cell: string; text: string }[] };
  rescoring: {
    standard: string;
    standard_picked?: string;
    items: {
      cell: string;
      indicator: string;
      weight: number | null;
      declared: number | null;
      expected_min: number | null;
      expected_max: number | null;
      rescored: number | null;
      trace: string;
    }[];
  };
}

export interface Report {
  file: string;
  error: { message: string } | null;
  tables: ReportTable[];
  skipped_sheets: { sheet: string; reason: string }[];
  losses?: { sheet: string | null; cell: string | null; message: string }[];
}

/** The name of the table that the page brings to be tried. */
export const EXAMPLE = '示例：部门评价表.xlsx';

export const SEVERITY: Record<Severity, string> = { error: '错误', warning: '预警', info: '提示' };

/** Returns a report from its line. */
export function reportOf(line: Uint8Array): Report {
  return JSON.parse(new TextDecoder().decode(line)) as Report;
}

/** Returns a path's last part. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
