import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventually } from '@balcao/platform-testing';

const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url));

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Milliseconds from the signal to the end. */
  ms: number;
}

/** A program of the product as it is built, in a process of its own. */
export class BuiltProcess {
  private child: ChildProcess | undefined;

  constructor(
    private readonly program: string,
    private readonly environment: NodeJS.ProcessEnv,
    /** Where its health is asked for. */
    readonly address: string,
    private readonly logFile: string,
  ) {}

  /** Process id of the running process; it changes with every start. */
  get pid(): number | undefined {
    return this.running ? this.child?.pid : undefined;
  }

  private get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Runs the program to its end. @throws Error with what it wrote unless it ends well */
  async finish(): Promise<void> {
    const child = this.spawn();
    await once(child, 'exit');
    if (child.exitCode !== 0) throw new Error(`${this.program} failed:\n${this.lastLines()}`);
  }

  /**
   * Starts the program and waits until it is ready to work. `settings` are environment variables besides the usual.
   * @throws Error where it runs already: nobody would end the first one
   */
  async start(settings: Record<string, string> = {}): Promise<void> {
    if (this.running) throw new Error(`${this.program} runs already`);
    this.spawn(settings);
    await this.ready();
  }

  /**
   * Waits until it says that it can do its work, on a busy machine for longer than `timeoutMs`.
   * @throws Error with its last words when it ends, or takes too long
   */
  async ready(timeoutMs = 30_000): Promise<void> {
    await eventually(`${this.program} to be ready`, () => !this.running || this.isReady(), timeoutMs).catch(
      (error: unknown) => {
        throw new Error(`${(error as Error).message}\n${this.lastLines()}`);
      },
    );
    if (!this.running) throw new Error(`${this.program} ended:\n${this.lastLines()}`);
  }

  async isReady(): Promise<boolean> {
    const response = await fetch(`${this.address}/health/ready`);
    await response.text();
    return response.status === 200;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to end. @returns how and how soon it did */
  async terminate(): Promise<Ending> {
    return this.end('SIGTERM');
  }

  lastLines(): string {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-20).join('\n');
  }

  private async end(signal: NodeJS.Signals): Promise<Ending> {
    const { child } = this;
    if (!child || !this.running) return { code: child?.exitCode ?? null, signal: child?.signalCode ?? null, ms: 0 };
    const began = performance.now();
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return { code: child.exitCode, signal: child.signalCode, ms: performance.now() - began };
  }

  private spawn(settings: Record<string, string> = {}): ChildProcess {
    const log = openSync(this.logFile, 'a');
    this.child = spawn(process.execPath, [this.program], {
      cwd: ROOT,
      env: { ...this.environment, ...settings },
      // By the channel it notices when the tests are gone, however they ended, and ends too.
      stdio: ['ignore', log, log, 'ipc'],
    });
    // A process that a broken test left must not keep the tests from ending.
    this.child.unref();
    this.child.channel?.unref();
    closeSync(log);
    return this.child;
  }
}
