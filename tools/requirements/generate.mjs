// @ts-check
// Writes docs/requirements.md: every requirement and the tests whose titles name it, or a cell of their tables that says nothing else. With --check it only compares.
//   node tools/requirements/generate.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sources } from '../launcher/src/stamp.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TARGET = join(ROOT, 'docs/requirements.md');
/** A table's rows end where another test begins: otherwise a title without a number would take the next one's for its own. */
const TITLE =
  /\b(?:it|test|describe)(?:\.each(?:(?!\b(?:it|test|describe)(?:\.each)?[(<])[\s\S])*?\))?\(\s*(['"`])((?:S[0-4]|B)\.\d[\s\S]*?)\1/g;
/** A cell of a table of cases that is nothing but numbers. */
const CELL = /(['"`])((?:S[0-4]|B)\.\d+(?: (?:S[0-4]|B)\.\d+)*)\1/g;
/** S3.22, S3.19–32 and S3.19-32. */
const NUMBER = /\b(S[0-4]|B)\.(\d+)(?:[–-](\d+))?/g;

const SECTIONS = {
  S0: 'Brazilian billing portal',
  S1: 'Portal sessions and login',
  S2: 'Web self-care',
  S3: 'Device and ticket portal',
  S4: 'Ticket and knowledge portal',
  B: 'Beyond the five',
};

/** @typedef {{ file: string, title: string }} Proof */

const requirements = readFileSync(join(ROOT, 'tools/requirements/requirements.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [number = '', text = ''] = line.split('\t');
    return { number, text };
  });
const proofs = collectProofs();
const unknown = [...proofs.keys()].filter(
  (number) => !requirements.some((requirement) => requirement.number === number),
);
if (unknown.length > 0) fail(`Tests name requirements that do not exist: ${unknown.join(', ')}`);

const text = page();
if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text)
  fail('docs/requirements.md is stale: run node tools/requirements/generate.mjs');

function page() {
  const proven = requirements.filter(({ number }) => proofs.has(number)).length;
  const parts = Object.entries(SECTIONS).map(([section, name]) => {
    const rows = requirements
      .filter(({ number }) => number.startsWith(`${section}.`))
      .map(({ number, text: requirement }) => `| ${number} | ${cell(requirement)} | ${proofCell(number)} |`);
    return `## ${section}: ${name}\n\n| | Requirement | Proven by |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Requirements

Each line of what Balcão must do, and the tests whose titles name it; "not yet" where there is none. Made by
\`node tools/requirements/generate.mjs\`; \`npm run check\` fails when it is stale. Proven now: ${proven} of ${requirements.length}.

${parts.join('\n')}`;
}

/** @param {string} number */
function proofCell(number) {
  const found = proofs.get(number) ?? [];
  if (found.length === 0) return 'not yet';
  const files = [...new Set(found.map(({ file }) => file))];
  return files
    .slice(0, 3)
    .map((file) => `[${file.split('/').at(-1)}](../${file})`)
    .join(', ');
}

/** @param {string} value */
function cell(value) {
  return value.replaceAll('|', '\\|');
}

/** @returns {Map<string, Proof[]>} */
function collectProofs() {
  /** @type {Map<string, Proof[]>} */
  const found = new Map();
  for (const file of sources(ROOT).filter((path) => /\.spec\.(ts|mjs)$/.test(path))) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, , title = ''] of [...text.matchAll(TITLE), ...text.matchAll(CELL)]) {
      for (const [, section = '', first = '', last = first] of title.matchAll(NUMBER)) {
        for (let index = Number(first); index <= Number(last); index += 1) {
          const number = `${section}.${index}`;
          found.set(number, [...(found.get(number) ?? []), { file, title }]);
        }
      }
    }
  }
  return found;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
