import {
  adminCancelInvitation,
  adminCheckInvitations,
  adminCreateInvitation,
  adminCreateInvitations,
  adminListInvitations,
  adminResendInvitation,
  type CreateInvitationRequest,
  type CreateInvitationsRequest,
} from '@balcao/api-client';
import { whileQueued } from '@balcao/ui/data';
import { list, useChange } from './keys.js';

export const useInvitations = list('invitations', adminListInvitations, {
  refetchInterval: whileQueued(({ data }) => data.map(({ mailStatus }) => mailStatus)),
});

export const useInvite = () =>
  useChange((body: CreateInvitationRequest) => adminCreateInvitation({ body }), 'invitations', 'users');

/** All of them or none. */
export const useInviteMany = () =>
  useChange((body: CreateInvitationsRequest) => adminCreateInvitations({ body }), 'invitations', 'users');

/** Whether all of them would be invited. @throws ApiError as inviting them does */
export const checkInvitations = (body: CreateInvitationsRequest, signal: AbortSignal) =>
  adminCheckInvitations({ body, signal });

export const useResend = () => useChange((id: string) => adminResendInvitation({ path: { id } }), 'invitations');

export const useCancel = () =>
  useChange((id: string) => adminCancelInvitation({ path: { id } }), 'invitations', 'users');
