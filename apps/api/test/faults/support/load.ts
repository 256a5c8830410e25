import type { Answer } from './customer.js';

/** One request of the load, and what became of it. */
export interface Outcome {
  /** Name of the ticket, for those who open some; otherwise undefined. */
  subject?: string;
  answer?: Answer;
  /** Set where no answer came. */
  error?: Error;
  /** On the clock of `performance.now()`. */
  sentAt: number;
}

type Request = () => { subject?: string; answer: Promise<Answer> };

/** How long a client waits before it tries again. */
const REFUSED_MS = 20;

/** Clients that each send one request after the other until they are told to stop. */
export class Load {
  /** In the order in which they ended. */
  readonly outcomes: Outcome[] = [];
  private stopped = false;
  private readonly clients: Promise<void>[];

  /** Each of `requests` is one client's; all begin at once. */
  constructor(requests: Request[]) {
    this.clients = requests.map((request) => this.run(request));
  }

  /** Outcomes of requests that were sent after a moment. */
  since(moment: number): Outcome[] {
    return this.outcomes.filter(({ sentAt }) => sentAt >= moment);
  }

  /** Lets no client begin another request. */
  end(): void {
    this.stopped = true;
  }

  /** Lets each client finish its request. */
  async stop(): Promise<Outcome[]> {
    this.end();
    await Promise.all(this.clients);
    return this.outcomes;
  }

  private async run(request: Request): Promise<void> {
    while (!this.stopped) {
      const sentAt = performance.now();
      const { subject, answer } = request();
      const outcome = await answer.then(
        (value): Outcome => ({ subject, answer: value, sentAt }),
        (error: Error): Outcome => ({ subject, error, sentAt }),
      );
      this.outcomes.push(outcome);
      // Gives the others their turn; what is refused at once is not asked for as fast as the machine can.
      const isServed = outcome.answer !== undefined && outcome.answer.status < 500;
      await new Promise((resolve) => (isServed ? setImmediate(resolve) : setTimeout(resolve, REFUSED_MS)));
    }
  }
}

/** Subjects of the tickets whose creation was acknowledged. */
export function acknowledged(outcomes: Outcome[]): string[] {
  return outcomes.flatMap(({ subject, answer }) => (subject !== undefined && answer?.status === 201 ? [subject] : []));
}
