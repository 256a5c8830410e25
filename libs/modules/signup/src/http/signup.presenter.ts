import { actionsOf, MOST_ATTEMPTS } from '../domain/signup.js';
import type { SignupEntity } from '../persistence/signup.entity.js';
import type { TokenHolder } from '../signup-tokens.js';
import type { StaffSignupFacts } from './dto/staff-signup.dto.js';
import type { SignupFacts } from './dto/signup.dto.js';

/** A signup as whoever holds its token sees it. */
export function presentSignup(
  signup: SignupEntity,
  holder: TokenHolder,
  mailHeldUntil: Date | null = null,
): SignupFacts {
  const actions = actionsOf(signup).filter((action) => holder === 'browser' || action !== 'correct_email');
  const facts = factsOf(signup);
  // What staff know of one that waits is for them.
  return { ...facts, refusal: signup.status === 'refused' ? facts.refusal : null, actions, mailHeldUntil };
}

export function presentForStaff(signup: SignupEntity): StaffSignupFacts {
  const { disputed, reviewedByName, reviewedAt, accountId: billingAccountId } = signup;
  return { ...factsOf(signup), disputed, reviewedByName, reviewedAt, billingAccountId };
}

function factsOf(signup: SignupEntity): Omit<SignupFacts, 'actions' | 'mailHeldUntil'> {
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
    corrections: corrections && {
      legalName: corrections.legalName ?? null,
      tradeName: corrections.tradeName ?? null,
      phone: corrections.phone ?? null,
      email: corrections.email ?? null,
      address: corrections.address ? { ...NO_ADDRESS, ...corrections.address } : null,
    },
    administrator: name && email ? { name, email, phone } : null,
    refusal: signup.refusal && {
      code: signup.refusal,
      reason: signup.refusalReason,
      since: company?.situationSince ?? null,
    },
  };
}

const NO_ADDRESS = {
  street: null,
  number: null,
  complement: null,
  district: null,
  postalCode: null,
  city: null,
  state: null,
};
