// @ts-check
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { forgetDatabases } from './sql.mjs';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));
/** A mutant that is silent for longer is stuck, which is noticed too. */
const SILENCE_MS = 120_000;
const FLAGS = ['--conditions=balcao-source', '--no-warnings', '--max-old-space-size=3000'];
/** Processes that wait for another spec file, by their server. @type {Map<string, import('node:child_process').ChildProcess>} */
const idle = new Map();
/** All that live: what a mutant keeps busy hears nothing of its parent's end. @type {Set<import('node:child_process').ChildProcess>} */
const living = new Set();

/**
 * Runs a spec file, again where a mutant ends or hangs its process: to learn which places its tests come by, with `trials` to
 * try them, or with one mutant alone and from the start.
 * @param {string} server @param {string} spec @param {import('./findings.mjs').Findings} findings
 * @param {{ until: number, say: (text: string) => void, trials?: import('./findings.mjs').Trial[], mutant?: string }} options
 */
export async function runSpec(server, spec, findings, { until, say, trials, mutant }) {
  for (let again = true; again && Date.now() < until;) {
    const env = { ...process.env, TEST_DATABASE_URL: server, MUTANT: mutant, NODE_ENV: 'test' };
    const child =
      idle.get(server) ?? fork(CHILD, { execArgv: FLAGS, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    idle.delete(server);
    living.add(child);
    child.once('exit', () => living.delete(child));
    const end = () => void child.kill('SIGKILL');
    const atLast = setTimeout(end, until - Date.now());
    let silence = setTimeout(end, SILENCE_MS);
    let trying = mutant;
    const ended = await new Promise((resolve) => {
      child.once('exit', () => resolve(undefined));
      child.on('message', (/** @type {any} */ message) => {
        silence.refresh();
        if (message.kind === 'trying') trying = message.id;
        if (message.kind === 'note') say(`  ${message.note}`);
        if (message.kind === 'found') findings.found(spec, message);
        if (message.kind === 'invalid') findings.invalid(message.id);
        if (message.kind === 'result') {
          const trial = trials?.find(({ id }) => id === message.id);
          findings.result(message.id, spec, message.killedBy, trial && findings.digest(spec, trial));
        }
        if (message.kind === 'end') resolve(message);
      });
      child.send({ spec, sound: findings.soundOf(spec), trials: trials && findings.left(spec, trials) });
    });
    clearTimeout(silence);
    clearTimeout(atLast);
    child.removeAllListeners();
    if (ended?.error) say(`  ${spec} cannot be run: ${ended.error}`);
    if (mutant && ended)
      findings.result(mutant, `${spec} from the start`, ended.killedBy, findings.specDigests.get(spec));
    if (mutant || ended?.error) end();
    else if (ended) idle.set(server, child);
    again = !ended && !mutant && trying !== undefined;
    if (ended || Date.now() >= until) continue;
    say(`  ${spec}: the process ended${trying ? ` by ${trying}` : ''}`);
    await forgetDatabases(server);
    if (trying) findings.result(trying, spec, 'the end of the process');
  }
}

/** Ends every process. */
export function endAll() {
  living.forEach((child) => child.kill('SIGKILL'));
  idle.clear();
}
