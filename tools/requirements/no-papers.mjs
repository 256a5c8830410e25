// @ts-check
// Nothing in the repository refers to papers that are not in it: a reader could not follow it. Reasons stand in the
// sentence, or in docs/adr. Run by `npm run check`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEXT = /\.(?:ts|vue|mjs|cjs|js|md|sql|css|html|json|ya?ml)$/;
const PAPER =
  /\b(?:decisions? \d+|SPEC \d|(?:SPEC|DESIGN|STACK|LIBRARIES) §|(?:DESIGN|LIBRARIES|IDENTITY|SERVICE|BILLING) \d)/;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).split(
  '\n',
);
const found = files
  .filter((file) => TEXT.test(file) && file !== 'tools/requirements/no-papers.mjs')
  .flatMap((file) => {
    let lines;
    try {
      lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    } catch {
      // Removed, though git does not know yet.
      return [];
    }
    return lines.flatMap((line, index) => (PAPER.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
  });
if (found.length > 0) {
  process.stderr.write(`These refer to papers that are not in the repository:\n${found.join('\n')}\n`);
  process.exitCode = 1;
}
