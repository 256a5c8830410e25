import {
  portalCancelInvitation,
  portalCheckInvitations,
  portalCreateInvitation,
  portalCreateInvitations,
  portalGetInvitationRules,
  portalListGrantableRoles,
  portalListInvitations,
  portalListTeam,
  portalResendInvitation,
  portalUpdateTeamMember,
  type PortalInviteManyRequest,
  type PortalInviteRequest,
  type UpdateTeamMemberRequest,
} from '@balcao/api-client';
import { whileQueued } from '@balcao/ui/data';
import { computed } from 'vue';
import { useSessionStore } from '../stores/session.js';
import { list, query, useChange } from './keys.js';

const PAGE_SIZE = 20;
/** Where people of the account show. */
const PEOPLE = ['team', 'invitations'] as const;

export const useTeam = list('team', portalListTeam, { limit: PAGE_SIZE });

export const useInvitations = list('invitations', portalListInvitations, {
  limit: PAGE_SIZE,
  refetchInterval: whileQueued(({ data }) => data.map(({ mailStatus }) => mailStatus)),
});

const useGrantable = query('grantable-roles', portalListGrantableRoles, {
  enabled: () => useSessionStore().can('users:invite', 'users:manage'),
});

/** The roles that this person may give, and so whom they may look after. */
export function useGrantableRoles() {
  const { data, isSuccess } = useGrantable();
  const roles = computed(() => data.value?.data ?? []);
  const gives = (roleId: string) => roles.value.some(({ id }) => id === roleId);
  return { roles, gives, isSuccess };
}

export const useInvite = () =>
  useChange(async (body: PortalInviteRequest) => (await portalCreateInvitation({ body })).invitation, ...PEOPLE);

/** All of them or none. */
export const useInviteMany = () =>
  useChange(async (body: PortalInviteManyRequest) => (await portalCreateInvitations({ body })).invitations, ...PEOPLE);

/** Whether all of them would be invited. @throws ApiError as inviting them does */
export const checkInvitations = (body: PortalInviteManyRequest, signal: AbortSignal) =>
  portalCheckInvitations({ body, signal });

/** Whose addresses may be invited, and how many at once. */
export const useInvitationRules = query(
  'invitation-rules',
  async (call) => (await portalGetInvitationRules(call)).rules,
  { enabled: () => useSessionStore().can('users:invite') && useSessionStore().has('invitations') },
);

export const useResend = () => useChange((id: string) => portalResendInvitation({ path: { id } }), ...PEOPLE);

export const useCancel = () => useChange((id: string) => portalCancelInvitation({ path: { id } }), ...PEOPLE);

export const useChangeMember = () =>
  useChange(
    async ({ id, ...body }: UpdateTeamMemberRequest & { id: string }) =>
      (await portalUpdateTeamMember({ path: { id }, body })).member,
    ...PEOPLE,
  );
