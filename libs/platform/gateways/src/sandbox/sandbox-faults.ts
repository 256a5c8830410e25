/** What the adapter asks of the service. */
export const SANDBOX_CALLS = ['create', 'find', 'cancel', 'refund', 'setup', 'forget', 'list'] as const;
export type SandboxCall = (typeof SANDBOX_CALLS)[number];

/**
 * What becomes of a call: it is answered; its answer is lost before anything is done (`lost_before`) or afterwards
 * (`lost_after`); the service fails although it has done it (`error_after`), which the same key is told again; or another call
 * with the key is still on its way (`conflict`).
 */
export const SANDBOX_ANSWERS = ['given', 'lost_before', 'lost_after', 'error_after', 'conflict'] as const;
export type SandboxAnswer = (typeof SANDBOX_ANSWERS)[number];

/** How events come: each once, each twice, none, or held back until there are two and then the later one first. */
export const SANDBOX_EVENTS = ['once', 'twice', 'never', 'reversed'] as const;

/** What goes wrong on purpose at one account with the sandbox. */
export interface SandboxFaults {
  answers: SandboxAnswer;
  /** Which call `answers` is about; null for each that changes something. */
  call: SandboxCall | null;
  /** How many further calls it is about; null until it is taken back. */
  times: number | null;
  /** How long every answer takes, in milliseconds. */
  delayMs: number;
  events: (typeof SANDBOX_EVENTS)[number];
  /** Whether the event of a call is delivered before the call is answered. */
  eventFirst: boolean;
  refusesRefunds: boolean;
  /** Whether a refund is pending until the bank settles it. */
  slowRefunds: boolean;
}

export const NO_FAULTS: SandboxFaults = {
  answers: 'given',
  call: null,
  times: null,
  delayMs: 0,
  events: 'once',
  eventFirst: false,
  refusesRefunds: false,
  slowRefunds: false,
};

export const MOST_DELAY_MS = 60_000;

const READS: readonly SandboxCall[] = ['find', 'list'];

/** Whether `answers` is about this call. */
export const isAbout = ({ answers, call, times }: SandboxFaults, made: SandboxCall): boolean =>
  answers !== 'given' && times !== 0 && (call === null ? !READS.includes(made) : call === made);
