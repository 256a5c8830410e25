import type { MailProblem } from '@balcao/contracts';
import { UNADDRESSED } from '../unaddressed.js';
import { TooBigError } from './mail-attachments.js';

interface TransportError {
  code?: string;
  command?: string;
  responseCode?: number;
}

export interface SmtpFailure {
  /** Whether sending the same mail again can never help. */
  permanent: boolean;
  problem: MailProblem;
  /** What happened, without the server's words: they repeat people's addresses. */
  description: string;
}

/** Thrown for a recipient to whom nothing can be sent. */
export class UnaddressedError extends Error {}

/** Commands whose refusal concerns this mail; a refusal of any other concerns the connection, and passes. */
const ABOUT_THE_MAIL: Record<string, MailProblem> = { 'RCPT TO': 'recipient_refused', DATA: 'message_refused' };

/** Whether a server refuses a mail for good that it may take from somebody else: it says so of senders, and of what they send. */
export function refusesSender(error: unknown): boolean {
  const { command, responseCode = 0 } = (error ?? {}) as TransportError;
  return responseCode >= 500 && (command === 'MAIL FROM' || command === 'DATA');
}

/** Reads an error of the transport. A reply of 5xx to the recipient or the message is final (RFC 5321 §4.2.1). */
export function describeFailure(error: unknown): SmtpFailure {
  if (error instanceof UnaddressedError) return UNADDRESSED;
  if (error instanceof TooBigError)
    return { permanent: true, problem: 'message_refused', description: 'The files of the mail are too big to be sent' };
  const { code, command, responseCode } = (error ?? {}) as TransportError;
  if (responseCode) {
    const refused = responseCode >= 500 ? ABOUT_THE_MAIL[command ?? ''] : undefined;
    return {
      permanent: refused !== undefined,
      problem: refused ?? 'server_unavailable',
      description: `The mail server answered ${responseCode}${command ? ` to ${command}` : ''}`,
    };
  }
  if (code) {
    return {
      permanent: false,
      problem: 'server_unavailable',
      description: `The mail server could not be used: ${code}`,
    };
  }
  return {
    permanent: false,
    problem: 'unknown',
    description: `The mail could not be sent: ${error instanceof Error ? error.name : 'unknown error'}`,
  };
}
