import { inTab } from '../storage.js';
import type { ApiError } from './api-error.js';

/** More than any page has under way. */
const MOST_OPEN = 50;
const PREFIX = 'balcao-attempts:';

interface Change {
  path: string;
  body?: unknown;
}

/** A change whose fate is not known: it was sent, and no answer of the API's own has come. */
interface Attempt {
  key: string;
  place: string;
  /** Of what was changed, as the first attempt said it. */
  version?: unknown;
  /** As long as the page lives; it may hold a password. */
  body?: unknown;
  underWay?: boolean;
}

/**
 * Idempotency keys of changes whose answer has not come. A key belongs to what somebody is about to send from one place,
 * not to its words: sent again after its answer was lost, edited or not, by this page or after a reload, it never
 * happens twice. Where the first did arrive, the API answers the same again, or says `idempotency_mismatch` where the
 * text became another. Like drafts they stay in this tab, each person's own.
 */
export class OpenAttempts {
  private attempts: Attempt[] = [];
  private person: string | undefined;

  constructor(private readonly whose: () => string | undefined = () => undefined) {}

  /** Under which key, and as what, a change is sent. */
  begin(change: Change): { attempt: Attempt; body: unknown } {
    this.read();
    const place = placeOf(change);
    const here = this.attempts.filter((attempt) => attempt.place === place);
    const same = here.find(({ underWay, body }) => underWay && isSame(body, change.body));
    const attempt = same ?? here.find(({ underWay }) => !underWay) ?? this.add(place, change.body);
    attempt.underWay = true;
    attempt.body = change.body;
    return {
      attempt,
      body: 'version' in attempt ? { ...(change.body as object), version: attempt.version } : change.body,
    };
  }

  /** What the API answered by itself, or was called off, is settled: the next is another change. */
  settle(attempt: Attempt, error?: ApiError): void {
    attempt.underWay = false;
    if (!error || isAnswered(error)) this.attempts = this.attempts.filter((other) => other !== attempt);
    this.write();
  }

  private add(place: string, body: unknown): Attempt {
    const version = (body as { version?: unknown } | undefined)?.version;
    const attempt: Attempt = { key: newKey(), place, ...(version !== undefined && { version }) };
    this.attempts = [...this.attempts, attempt].slice(-MOST_OPEN);
    this.write();
    return attempt;
  }

  /** A page that was left knows of none of its requests what became of them. */
  private read(): void {
    const person = this.whose();
    if (person === this.person) return;
    this.person = person;
    this.attempts = [];
    if (person !== undefined) this.attempts = (inTab.readJson(PREFIX + person) ?? []) as Attempt[];
  }

  private write(): void {
    if (this.person === undefined) return;
    const kept = this.attempts.map(({ key, place, version }) => ({ key, place, version }));
    inTab.write(PREFIX + this.person, JSON.stringify(kept));
  }
}

/** Whether the API itself said what became of a change, so that another may follow. */
export const isAnswered = ({ status, code }: ApiError): boolean =>
  status !== 0 && status < 500 && code !== 'idempotency_in_progress';

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Switches of a body tell apart what is sent to one path, such as a note from a reply. */
const placeOf = ({ path, body }: Change) =>
  JSON.stringify([path, Object.entries(body ?? {}).filter(([, value]) => typeof value === 'boolean')]);

/** 128 random bits; `crypto.randomUUID` is missing where a page is served without TLS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
