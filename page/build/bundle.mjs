// The front end and the packed module into one HTML file: `node build/bundle.mjs MODULE.wasm.gz EXAMPLE.xlsx OUTPUT.html`.
// The policy forbids everything from outside and names the page's scripts by their hashes.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { written } from './seven_bits.mjs';

const [, , modulePath, examplePath, output] = process.argv;
const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const MOST_BYTES = 4_000_000;

async function bundled(entry) {
  const result = await build({
    entryPoints: [join(source, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome86', 'firefox102'],
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
    logLevel: 'warning',
  });
  // Nothing in a script may end its element.
  return result.outputFiles[0].text.trim().replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

async function styles() {
  const result = await build({ entryPoints: [join(source, 'style.css')], minify: true, target: ['chrome86'], charset: 'utf8', write: false });
  return result.outputFiles[0].text.trim();
}

const hashOf = (script) => `'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`;
const [script, worker, style] = await Promise.all([bundled('main.tsx'), bundled('engine/worker.ts'), styles()]);
const check = readFileSync(join(source, 'check.js'), 'utf8');
const packed = readFileSync(modulePath);
const policy = [
  "default-src 'none'",
  // Browsers before 97 compile WebAssembly under 'unsafe-eval' alone; scripts are held by their hashes all the same.
  `script-src ${hashOf(check)} ${hashOf(script)} 'wasm-unsafe-eval' 'unsafe-eval' blob:`,
  "style-src 'unsafe-inline'",
  'worker-src blob:',
  'img-src data:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');
const parts = {
  POLICY: policy,
  STYLE: style,
  CHECK: check,
  MODULE: written(packed),
  EXAMPLE: readFileSync(examplePath).toString('base64'),
  WORKER: worker,
  SCRIPT: script,
};
const shell = readFileSync(join(source, 'index.html'), 'utf8');
const page = shell.replace(/@([A-Z]+)@/g, (_, name) => parts[name]);
const size = Buffer.byteLength(page);
if (size > MOST_BYTES) throw new Error(`the page is ${size} bytes, more than ${MOST_BYTES}`);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, page);
console.log(`${output}: ${size} bytes; script ${script.length}, module ${packed.length} packed`);
