// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { LauncherError } from '../errors.mjs';
import { followLauncher } from '../paths.mjs';
import { openLog, sizeOfLog } from './log-file.mjs';

const WINDOW_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const KEPT_LINES = 30;

/**
 * @typedef {object} ServiceOptions
 * @property {string} name for messages: "API"
 * @property {string} program a Node.js program
 * @property {string[]} [args]
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFile
 * @property {number} [graceMs] how long it may take to stop before it is killed
 * @property {number} [restarts] how often it may be restarted within a minute before it is given up
 *   (Infinity: never given up)
 * @property {(line: string) => void} say
 * @property {(service: Service) => void} [onGivenUp]
 */

/** A Node.js process that runs until it is stopped, and is started again when it dies on its own. */
export class Service {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {Promise<void>} */
  #gone = Promise.resolve();
  #stopping = false;
  /** @type {number[]} times of the restarts of the last minute */
  #restarts = [];
  /** @type {string[]} */
  #lines = [];
  /** @type {import('node:fs').WriteStream} */
  #log;

  /** @param {ServiceOptions} options */
  constructor(options) {
    /** @readonly */
    this.options = options;
    sizeOfLog(options.logFile);
    this.#log = openLog(options.logFile, 'a');
  }

  get name() {
    return this.options.name;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Whether it was given up, or stopped. */
  ended = false;

  /** What went wrong with it, with the last lines that it printed. @param {string} what */
  failure(what) {
    const where = `Its last lines stand above; all of them are in ${this.options.logFile}.`;
    return new LauncherError(`The ${this.name} ${what}.`, [where], { output: this.#lines.join('\n') });
  }

  start() {
    const { program, args = [], cwd, env } = this.options;
    const child = spawn(process.execPath, ['--import', pathToFileURL(followLauncher).href, program, ...args], {
      cwd,
      env,
      // Its own process group: Ctrl-C in the terminal reaches the launcher alone, which stops things in order.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.stdout?.on('data', (chunk) => this.#keep(chunk));
    child.stderr?.on('data', (chunk) => this.#keep(chunk));
    this.#gone = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#keep(Buffer.from(`${error.message}\n`));
        resolve();
        void this.#died('could not be run');
      });
      child.once('exit', async (code, signal) => {
        resolve();
        // What it said last may still be on its way.
        await Promise.race([once(child, 'close'), sleep(200)]);
        void this.#died(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
      });
    });
  }

  /** Asks it to stop, and kills it when it takes too long. */
  async stop() {
    this.#stopping = true;
    this.ended = true;
    const { graceMs = 10_000 } = this.options;
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), graceMs);
    await this.#gone;
    clearTimeout(timer);
    this.#log.end();
  }

  /** Kills it at once. */
  kill() {
    this.#stopping = true;
    this.#signal('SIGKILL');
  }

  /** @param {NodeJS.Signals} signal */
  #signal(signal) {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) child.kill(signal);
  }

  /** @param {string} how */
  async #died(how) {
    if (this.#stopping) return;
    const { name, restarts = 3, say, onGivenUp } = this.options;
    this.#restarts = this.#restarts.filter((time) => Date.now() - time < WINDOW_MS);
    if (this.#restarts.length >= restarts) {
      this.ended = true;
      onGivenUp?.(this);
      return;
    }
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#restarts.length, LONGEST_PAUSE_MS);
    this.#restarts.push(Date.now());
    const why = this.#lines.findLast((line) => /Error\b.*:/.test(line)) ?? this.#lines.at(-1);
    say(`The ${name} ${how}${why ? ` (${why.trim()})` : ''}. Starting it again in ${pause / 1000} s.`);
    await sleep(pause);
    if (!this.#stopping) this.start();
  }

  /** @param {Buffer} chunk */
  #keep(chunk) {
    if (!this.#log.writableEnded) this.#log.write(chunk);
    const lines = chunk
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    this.#lines = [...this.#lines, ...lines].slice(-KEPT_LINES);
  }
}
