// @ts-check
// Writes docs/requirements.md: every requirement and the tests whose titles name it, or a cell of their tables that says nothing else; and every setting and the tests that have a row of it. With --check it only compares.
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

/** Where each setting has its rows: what customers get by it, and what they see of it. */
const IN_API = 'apps/api/test/e2e/every-setting.spec.ts';
const ON_PAGES = 'apps/portal/test/every-setting.spec.ts';
const SETTING = "'?(name|[a-z]+\\.[a-zA-Z]+)'?";

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

${parts.join('\n')}
## Settings

What becomes of each setting of a portal, by which tests.

| Setting | What customers get | What they see on a page |
|---|---|---|
${settingRows().join('\n')}
`;
}

function settingRows() {
  const { schemas } = JSON.parse(readFileSync(join(ROOT, 'libs/api-client/openapi.json'), 'utf8')).components;
  /** @type {[string, { allOf: [{ $ref: string }] }][]} */
  const sections = Object.entries(schemas.SettingsFacts.properties);
  const settings = sections.flatMap(
    ([
      section,
      {
        allOf: [{ $ref }],
      },
    ]) => Object.keys(schemas[$ref.split('/').at(-1) ?? ''].properties).map((name) => `${section}.${name}`),
  );
  const [inApi, onPages] = [rowsOfApi(), rowsOfPages()];
  const row = (/** @type {string} */ setting) => {
    const [got, seen] = [inApi.get(setting), onPages.get(setting)];
    if (!got || !seen) fail(`${setting} has no row in ${got ? ON_PAGES : IN_API}`);
    return `| ${setting} | ${[...got].map(link).join(', ')} | ${seen} |`;
  };
  return ['name', ...settings].map(row);
}

/** @returns {Map<string, Set<string>>} the specs of each setting */
function rowsOfApi() {
  const { text, valueOf } = source(IN_API);
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  const add = (/** @type {string} */ setting, /** @type {string} */ spec) =>
    found.set(setting, new Set([...(found.get(setting) ?? []), spec]));
  for (const [, setting = ''] of text.matchAll(new RegExp(`\\[\\s*${SETTING},`, 'g'))) add(setting, IN_API);
  for (const [, setting = '', spec = ''] of text.matchAll(new RegExp(`${SETTING}: \\[\\s*([A-Z]\\w*),`, 'g')))
    add(setting, valueOf(spec));
  return found;
}

/** @returns {Map<string, string>} what proves each setting, or why no page shows it */
function rowsOfPages() {
  const { text, valueOf } = source(ON_PAGES);
  const rows = text.matchAll(new RegExp(`^  ${SETTING}: (\\w+)\\(\\s*([A-Z]\\w*|'[^']*')?`, 'gm'));
  return new Map(
    [...rows].map(([, setting = '', kind, first = '']) => {
      const value = first.startsWith("'") ? first.slice(1, -1) : valueOf(first);
      if (kind === 'notOnAPage') return [setting, `not on a page: ${value}`];
      return [setting, link(kind === 'proved' ? value : ON_PAGES)];
    }),
  );
}

/**
 * A spec, and the texts that its constants stand for.
 * @param {string} file
 */
function source(file) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const constants = new Map(
    [...text.matchAll(/^const (\w+) =\s*(['"])(.*)\2;/gm)].map(([, name, , value]) => [name, value]),
  );
  return { text, valueOf: (/** @type {string} */ name) => constants.get(name) ?? '' };
}

/** @param {string} file */
function link(file) {
  return `[${file.split('/').at(-1)}](../${file})`;
}

/** @param {string} number */
function proofCell(number) {
  const found = proofs.get(number) ?? [];
  if (found.length === 0) return 'not yet';
  const files = [...new Set(found.map(({ file }) => file))];
  return files.map(link).join(', ');
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
