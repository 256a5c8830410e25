import { actionsOf, legalNameOf, MOST_ATTEMPTS, type Corrections, type SignupStatus } from '../domain/signup.js';
import type { SignupEntity } from '../persistence/signup.entity.js';
import type { ReviewedSignup } from '../signup-review.service.js';
import type { TokenHolder } from '../signup-tokens.js';
import type { StaffSignupFacts } from './dto/staff-signup.dto.js';
import type { SignupFacts } from './dto/signup.dto.js';

const ENDED: readonly SignupStatus[] = ['completed', 'withdrawn', 'expired'];

/**
 * A signup as whoever holds its token sees it. Of one that has ended only that: what was typed is the account's by then, or
 * forgotten, and the device where it was typed may be somebody else's.
 */
export function presentSignup(
  signup: SignupEntity,
  holder: TokenHolder,
  { mailHeldUntil = null, isOpen = true }: { mailHeldUntil?: Date | null; isOpen?: boolean } = {},
): SignupFacts {
  const facts = factsOf(signup);
  if (ENDED.includes(signup.status)) return { ...facts, ...NOTHING_MORE };
  const offered = isOpen ? actionsOf(signup) : [];
  const actions = offered.filter((action) => holder === 'browser' || action !== 'correct_email');
  // What staff know of one that waits is for them.
  const askedAt = signup.accessRequest && new Date(signup.accessRequest.at);
  return { ...facts, refusal: signup.status === 'refused' ? facts.refusal : null, actions, mailHeldUntil, askedAt };
}

export function presentForStaff(signup: ReviewedSignup): StaffSignupFacts {
  const { typed, correctedFields, correctedByName, correctedAt, accessRequest } = signup;
  const { locale, disputed, reviewedByName, reviewedAt, accountId: billingAccountId, taxIdCustomer } = signup;
  const consents = signup.consents.map(({ kind, url, version, at }) => ({ kind, url, version, at }));
  return {
    ...factsOf(signup),
    ...{
      locale,
      disputed,
      reviewedByName,
      reviewedAt,
      consents,
      billingAccountId,
      taxIdCustomer,
      correctedFields,
      correctedByName,
      correctedAt,
      accessRequest,
    },
    typed: typed && { ...typed, corrections: presentCorrections(typed.corrections) },
  };
}

type Decision = Pick<
  StaffSignupFacts,
  | 'locale'
  | 'disputed'
  | 'reviewedByName'
  | 'reviewedAt'
  | 'consents'
  | 'billingAccountId'
  | 'taxIdCustomer'
  | 'correctedFields'
  | 'correctedByName'
  | 'correctedAt'
  | 'accessRequest'
  | 'typed'
>;

function factsOf(signup: SignupEntity): Omit<StaffSignupFacts, keyof Decision> {
  const { id, version, number, kind, taxId, status, company, expiresAt, createdAt, submittedAt } = signup;
  const { administratorName: name, administratorEmail: email, administratorPhone: phone, corrections } = signup;
  return {
    ...{ id, version, number, kind, taxId, status, company, expiresAt, createdAt, submittedAt },
    lookup: {
      state: signup.lookup,
      attempt: signup.lookupAttempt,
      attempts: MOST_ATTEMPTS,
      nextAttemptAt: signup.lookupDueAt,
      answeredAt: signup.lookedUpAt,
    },
    corrections: presentCorrections(corrections),
    legalName: legalNameOf(signup),
    administrator: name && email ? { name, email, phone } : null,
    refusal: signup.refusal && {
      code: signup.refusal,
      reason: signup.refusalReason,
      since: company?.situationSince ?? null,
    },
  };
}

/** What was removed is null, and what was left as the register has it is absent. */
const presentCorrections = (corrections: Corrections | null) =>
  corrections && {
    ...corrections,
    ...(corrections.address && { address: { ...NO_ADDRESS, ...corrections.address } }),
  };

const NOTHING_MORE = {
  taxId: null,
  lookup: { state: 'none', attempt: 0, attempts: MOST_ATTEMPTS, nextAttemptAt: null, answeredAt: null },
  company: null,
  corrections: null,
  legalName: null,
  administrator: null,
  refusal: null,
  actions: [],
  mailHeldUntil: null,
  askedAt: null,
} satisfies Partial<SignupFacts>;

const NO_ADDRESS = {
  street: null,
  number: null,
  complement: null,
  district: null,
  postalCode: null,
  city: null,
  state: null,
};
