import {
  adminCancelInvitation,
  adminCheckInvitations,
  adminCreateInvitation,
  adminCreateInvitationImport,
  adminGetInvitationImport,
  adminListInvitationImports,
  adminListInvitations,
  adminListRefusedLines,
  adminResendInvitation,
  adminStopInvitationImport,
  type CreateInvitationImportRequest,
  type CreateInvitationRequest,
  type CreateInvitationsRequest,
} from '@balcao/api-client';
import { whileQueued } from '@balcao/ui/data';
import { list, one, query, useChange } from './keys.js';

export const useInvitations = list('invitations', adminListInvitations, {
  refetchInterval: whileQueued(({ data }) => data.map(({ mailStatus }) => mailStatus)),
});

export const useInvite = () =>
  useChange((body: CreateInvitationRequest) => adminCreateInvitation({ body }), 'invitations', 'users');

export type { RefusedLineItem as RefusedLine } from '@balcao/api-client';

/** While a list is being sent, events tell of it; this is for when they do not come. */
const STILL_SENDING_MS = 3_000;

/** The good lines are invited one after the other, and the others told of. */
export const useSendList = () =>
  useChange(
    async (body: CreateInvitationImportRequest) => (await adminCreateInvitationImport({ body })).import,
    'invitation_imports',
  );

export const useImports = list('invitation_imports', adminListInvitationImports, {
  limit: 1,
  refetchInterval: ({ state: { data } }) => data?.data[0]?.status === 'running' && STILL_SENDING_MS,
});

export const useImport = one('invitation_import', async (call) => (await adminGetInvitationImport(call)).import, {
  refetchInterval: ({ state: { data } }) => data?.status === 'running' && STILL_SENDING_MS,
});

export const useRefusedLines = query(
  'invitation_import',
  async (call, id: string, _part: 'refused') => (await adminListRefusedLines({ ...call, path: { id } })).data,
);

export const useStopImport = () =>
  useChange((id: string) => adminStopInvitationImport({ path: { id } }), 'invitation_imports', 'invitation_import');

/** Whether all of them would be invited. @throws ApiError as inviting them does */
export const checkInvitations = (body: CreateInvitationsRequest, signal: AbortSignal) =>
  adminCheckInvitations({ body, signal });

export const useResend = () => useChange((id: string) => adminResendInvitation({ path: { id } }), 'invitations');

export const useCancel = () =>
  useChange((id: string) => adminCancelInvitation({ path: { id } }), 'invitations', 'users');
