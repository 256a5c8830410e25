import { DAY_MS } from '@balcao/contracts';
import type { PostalAddress } from '@balcao/module-directory';

/** Where a signup stands. */
export const SIGNUP_STATUSES = [
  'started',
  'submitted',
  'in_review',
  'awaiting_confirmation',
  'completed',
  'refused',
  'withdrawn',
  'expired',
] as const;
export type SignupStatus = (typeof SIGNUP_STATUSES)[number];

/** What is known of the company by the register: `none` is not asked for, `unknown` has a status that we do not know. */
export const LOOKUPS = ['none', 'waiting', 'active', 'inactive', 'unknown', 'not_found', 'unavailable'] as const;
export type Lookup = (typeof LOOKUPS)[number];

/** Why a signup was refused: by the company's standing in the register, as a customer of before, or by staff. */
export const REFUSALS = ['null', 'suspended', 'unfit', 'closed', 'already_registered', 'staff'] as const;
export type Refusal = (typeof REFUSALS)[number];

export type TaxIdKind = 'cnpj' | 'cpf';

/** What the register of companies says of one; it leaves out whatever it likes. */
export interface Company {
  legalName: string;
  tradeName: string | null;
  /** As the register writes it: 1 null, 2 active, 3 suspended, 4 unfit, 8 closed. */
  situation: number;
  situationSince: string | null;
  situationReason: string | null;
  openedOn: string | null;
  mainActivity: string | null;
  legalNature: string | null;
  size: string | null;
  phone: string | null;
  email: string | null;
  address: PostalAddress | null;
}

/** What somebody writes of the company where the register may be old, or has said nothing: null is removed, what is absent is as there. */
export interface Corrections {
  legalName?: string | null;
  tradeName?: string | null;
  phone?: string | null;
  email?: string | null;
  address?: PostalAddress | null;
}

/** What is known of a company by both: what was written comes before the register, and what was removed is gone. */
export function correctedBy<Name extends 'tradeName' | 'phone' | 'email' | 'address'>(
  written: Corrections | null,
  company: Company | null,
  name: Name,
): Company[Name] {
  const own = written?.[name] as Company[Name] | undefined;
  return own === undefined ? (company?.[name] ?? (null as Company[Name])) : own;
}

/** A fact of a signup that staff have corrected, by the name of its field in the API, and who did last. */
export interface CorrectedField {
  field: string;
  by: string;
}

/** What decides how a company is called. */
interface Named {
  lookup: Lookup;
  company: Pick<Company, 'legalName'> | null;
  corrections: Corrections | null;
  correctedFields: readonly CorrectedField[];
}

/**
 * By which legal name a company becomes a customer: by the register's where that says that it is active, whatever the person
 * typed. Staff may hold a later document than the register: what they wrote comes first.
 */
export function legalNameOf({ lookup, company, corrections, correctedFields }: Named): string | null {
  const counts = lookup !== 'active' || isCorrected(correctedFields, 'company.legalName');
  return (counts ? corrections?.legalName : null) ?? company?.legalName ?? corrections?.legalName ?? null;
}

export const isCorrected = (fields: readonly CorrectedField[], name: string): boolean =>
  fields.some(({ field }) => field === name);

/** What a person wrote of a signup before staff corrected it. */
export interface TypedFacts {
  corrections: Corrections | null;
  administrator: { name: string; email: string; phone: string | null } | null;
}

/** Who asks whoever manages a company that is registered for access, and when they did. */
export interface AccessRequest {
  name: string;
  email: string;
  at: string;
}

/** Attempts at the register before people take over, and seconds before each but the first. */
export const MOST_ATTEMPTS = 4;
const PAUSES_SECONDS = [10, 20, 40];
/** A register that asks for more patience is not asked again. */
const LONGEST_PAUSE_SECONDS = 60;

/** Seconds until the next attempt, spread a little; undefined where there is none. */
export function pauseAfter(attempt: number, retryAfterSeconds = 0, random = Math.random()): number | undefined {
  const pause = PAUSES_SECONDS[attempt - 1];
  if (pause === undefined || attempt >= MOST_ATTEMPTS || retryAfterSeconds > LONGEST_PAUSE_SECONDS) return undefined;
  return Math.max(pause * (0.8 + 0.4 * random), retryAfterSeconds);
}

/** What the register's number for a company's standing means for us. */
export function standingOf(situation: number): { lookup: Lookup; refusal?: Refusal } {
  switch (situation) {
    case 1:
      return { lookup: 'inactive', refusal: 'null' };
    case 2:
      return { lookup: 'active' };
    case 3:
      return { lookup: 'inactive', refusal: 'suspended' };
    case 4:
      return { lookup: 'inactive', refusal: 'unfit' };
    case 8:
      return { lookup: 'inactive', refusal: 'closed' };
    default:
      return { lookup: 'unknown' };
  }
}

/** What decides about the next step. */
export interface Standing {
  status: SignupStatus;
  lookup: Lookup;
  refusal: Refusal | null;
  disputed: boolean;
  /** Whether whoever reads the mailbox, or staff, have spoken for the administrator's address. */
  addressKept: boolean;
  accessRequest: AccessRequest | null;
}

/** What whoever signs up may do now. */
export const SIGNUP_ACTIONS = [
  'submit',
  'dispute',
  'retry',
  'correct_email',
  'resend',
  'withdraw',
  'ask_administrator',
] as const;
export type SignupAction = (typeof SIGNUP_ACTIONS)[number];

const BY_REGISTRY: readonly (Refusal | null)[] = ['null', 'suspended', 'unfit', 'closed'];

export function actionsOf(
  { status, lookup, refusal, addressKept, accessRequest }: Standing,
  now = Date.now(),
): SignupAction[] {
  switch (status) {
    case 'started':
      return ['submit', ...(isOpen(lookup) ? (['retry'] as const) : []), 'withdraw'];
    case 'submitted':
    case 'in_review':
    case 'awaiting_confirmation':
      return [...(addressKept ? [] : (['correct_email'] as const)), 'resend', 'withdraw'];
    case 'refused':
      if (refusal === 'already_registered')
        return accessRequest && now - Date.parse(accessRequest.at) < DAY_MS ? [] : ['ask_administrator'];
      return BY_REGISTRY.includes(refusal) ? ['dispute'] : [];
    default:
      return [];
  }
}

/** Whether the register left it open, so that it may be asked once more. */
const isOpen = (lookup: Lookup) => lookup === 'not_found' || lookup === 'unavailable';

/** What follows once the data are there: wait for the register, look by people, or an account. */
export function nextStep({ lookup, disputed }: Standing, reviewsEvery: boolean): 'wait' | 'review' | 'complete' {
  if (lookup === 'waiting') return 'wait';
  const settled = lookup === 'active' || lookup === 'none';
  return settled && !disputed && !reviewsEvery ? 'complete' : 'review';
}
