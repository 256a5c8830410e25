import {
  adminApproveSignup,
  adminCorrectSignup,
  adminGetSignup,
  adminListSignups,
  adminRefuseSignup,
  type CorrectSignupRequest,
  type SignupListItem,
  type StaffSignupFacts,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { list, one, query, useChange } from './keys.js';

export type Signup = StaffSignupFacts;
export type SignupStatus = SignupListItem['status'];

/** Of those whose data were sent: until then one is being filled in, or came to nothing. */
export const SIGNUP_STATUSES = [
  'in_review',
  'awaiting_confirmation',
  'submitted',
  'completed',
  'refused',
  'withdrawn',
  'expired',
] as const satisfies SignupStatus[];

export const useSignups = list('signups', adminListSignups);

/** The signup that a customer came of. */
export const useSignupOfAccount = query(
  ['signups', 'account'],
  async (call, billingAccountId: string) =>
    (await adminListSignups({ ...call, query: { billingAccountId, limit: 1 } })).data[0] ?? null,
  { enabled: () => useSessionStore().can('signups:read') },
);

/** How many that were sent at a portal have not come to an end. */
export const useSignupsOpenAt = query(
  ['signups', 'open'],
  async (call, portalId: string) => {
    const status = 'submitted,in_review,awaiting_confirmation';
    return (await adminListSignups({ ...call, query: { portalId, status, limit: 1 } })).pagination.total;
  },
  { enabled: () => useSessionStore().can('signups:read') },
);

export const useSignup = one('signup', async (call) => (await adminGetSignup(call)).signup);

/** How many wait for somebody of the staff. */
export const useSignupsToReview = query(
  ['signups', 'waiting'],
  async (call) => (await adminListSignups({ ...call, query: { status: 'in_review', limit: 1 } })).pagination,
  { enabled: () => useSessionStore().can('signups:read') },
);

const BOTH = ['signup', 'signups'] as const;
const path = (id: string) => ({ path: { id } });

export const useCorrectSignup = (id: string) =>
  useChange(async (body: CorrectSignupRequest) => (await adminCorrectSignup({ ...path(id), body })).signup, ...BOTH);

export const useApproveSignup = (id: string) =>
  useChange(async (version: number) => (await adminApproveSignup({ ...path(id), body: { version } })).signup, ...BOTH);

export const useRefuseSignup = (id: string) =>
  useChange(
    async (body: { version: number; reason: string }) => (await adminRefuseSignup({ ...path(id), body })).signup,
    ...BOTH,
  );
