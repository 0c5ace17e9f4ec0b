// The program, as a person runs it.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './corpus.mjs';

function found() {
  const built = [process.env.HEBIAO, join(ROOT, 'target', 'release', 'hebiao'), join(ROOT, 'target', 'debug', 'hebiao')];
  const program = built.find((path) => path && existsSync(path));
  if (!program) throw new Error('the program is not built: cargo build --release');
  return program;
}

/** The program's path. */
export const PROGRAM = found();

/** Runs the program and returns what it printed. Findings, and files that cannot be read, are no failure. */
export function hebiao(args, folder, fit = [0, 1, 3]) {
  const run = spawnSync(PROGRAM, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (!fit.includes(run.status)) throw new Error(`hebiao ${args.join(' ')}: ${run.status} ${run.stderr}`);
  return run.stdout;
}
