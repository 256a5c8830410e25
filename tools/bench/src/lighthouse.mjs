// @ts-check
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Fetched when it is asked for: nobody else needs its two hundred packages. The last one that runs on Node 20. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
/** What each category has to reach, of 100. */
const TARGET = 95;
const ROUNDS = 3;
/** Without its language a headless browser asks for none and then has English: the texts of two languages are fetched. */
const BROWSER = '--headless --no-sandbox --accept-lang=pt-BR';
/** What visitors come to first: the sign-in, a company's signup, and an article that everybody may read. */
const PAGES = ['login', 'signup/aurora', 'help/conexao-cai-sempre-no-mesmo-horario'];

/**
 * Has Lighthouse look at a portal's first pages as from a phone on a slow line, and prints the middle of each score.
 * @param {string} portal its address, such as `http://localhost:3000/o/aurora/portal`
 * @param {NodeJS.ProcessEnv} env with pnpm in its PATH and CHROMIUM_PATH
 * @returns {Promise<number>} the exit code: 1 where a score misses its target
 */
export async function look(portal, env) {
  let missed = 0;
  process.stdout.write(`${['page'.padEnd(48), ...CATEGORIES].join('  ')}\n`);
  for (const page of PAGES) {
    /** @type {number[][]} */
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await scoresOf(`${portal}/${page}`, env));
    const middle = CATEGORIES.map((_, category) => median(rounds.map((scores) => scores[category] ?? 0)));
    missed += middle.filter((score) => score < TARGET).length;
    const cells = middle.map((score, category) => String(score).padStart(CATEGORIES[category]?.length ?? 0));
    process.stdout.write(`${[page.padEnd(48), ...cells].join('  ')}\n`);
  }
  return missed > 0 ? 1 : 0;
}

/** @param {string} address @param {NodeJS.ProcessEnv} env @returns {Promise<number[]>} of 100, by category */
async function scoresOf(address, env) {
  const options = ['--quiet', '--output=json', `--chrome-flags=${BROWSER}`];
  const { stdout } = await promisify(execFile)(
    'pnpm',
    ['dlx', LIGHTHOUSE, address, ...options, `--only-categories=${CATEGORIES.join(',')}`],
    { env: { ...env, CHROME_PATH: env['CHROMIUM_PATH'] }, maxBuffer: 64 * 1024 * 1024 },
  );
  const { categories } = JSON.parse(stdout);
  return CATEGORIES.map((category) => Math.round(categories[category].score * 100));
}

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
