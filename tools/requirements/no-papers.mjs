// @ts-check
// Nothing in the repository refers to papers that are not in it: a reader could not follow it. Reasons stand in the
// sentence, or in docs/adr. Numbers of requirements stand in tests only, where docs/requirements.md finds them. Run by
// `npm run check`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEXT = /\.(?:ts|vue|mjs|cjs|js|md|sql|css|html|json|ya?ml)$/;
const PAPER =
  /\b(?:decisions? \d+|SPEC \d|(?:SPEC|DESIGN|STACK|LIBRARIES) §|(?:DESIGN|LIBRARIES|IDENTITY|SERVICE|BILLING) \d)/;

const NUMBER = /\b(?:S[0-4]|B)\.\d/;
const NUMBERED = /\.spec\.|\/tests?\/|^tools\/requirements\/|^docs\/requirements\.md$|^libs\/.*\/generated\//;

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
    const refers = (/** @type {string} */ line) => PAPER.test(line) || (NUMBER.test(line) && !NUMBERED.test(file));
    return lines.flatMap((line, index) => (refers(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
  });
if (found.length > 0) {
  process.stderr.write(
    `These refer to papers that are not in the repository, or to a requirement by its number:\n${found.join('\n')}\n`,
  );
  process.exitCode = 1;
}
