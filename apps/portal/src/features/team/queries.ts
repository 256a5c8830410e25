import {
  portalCancelInvitation,
  portalCreateInvitation,
  portalListGrantableRoles,
  portalListInvitations,
  portalListTeam,
  portalResendInvitation,
  portalUpdateTeamMember,
  type PortalInviteRequest,
  type UpdateTeamMemberRequest,
} from '@balcao/api-client';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import type { InvitationStatus, TeamMemberStatus } from '../../api/types.js';
import { useSessionStore } from '../../stores/session.js';

export const PAGE_SIZE = 20;

interface ListFilter<Status> {
  q: string;
  status: Status | undefined;
  page: number;
}

export function useTeam(filter: MaybeRefOrGetter<ListFilter<TeamMemberStatus>>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('team', filter),
    queryFn: ({ signal }) => portalListTeam({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useInvitations(filter: MaybeRefOrGetter<ListFilter<InvitationStatus>>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('invitations', filter),
    queryFn: ({ signal }) => portalListInvitations({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The roles that this person may give, and so whom they may look after. */
export function useGrantableRoles() {
  const key = useOrganizationKey();
  const session = useSessionStore();
  const { data, isSuccess } = useQuery({
    queryKey: key('grantable-roles'),
    queryFn: ({ signal }) => portalListGrantableRoles({ signal }),
    enabled: session.can('users:invite', 'users:manage'),
  });
  const roles = computed(() => data.value?.data ?? []);
  const options = computed(() => roles.value.map(({ id, name }) => ({ value: id, label: name })));
  const gives = (roleId: string) => roles.value.some(({ id }) => id === roleId);
  return { options, gives, isSuccess };
}

export const useInvite = () =>
  useTeamChange(async (body: PortalInviteRequest) => (await portalCreateInvitation({ body })).invitation);

export const useResend = () => useTeamChange((id: string) => portalResendInvitation({ path: { id } }));

export const useCancel = () => useTeamChange((id: string) => portalCancelInvitation({ path: { id } }));

export const useChangeMember = () =>
  useTeamChange(
    async ({ id, ...body }: UpdateTeamMemberRequest & { id: string }) =>
      (await portalUpdateTeamMember({ path: { id }, body })).member,
  );

/** Refused or not, both lists are read again: a refusal means that somebody else was faster. */
function useTeamChange<Input, Answer>(send: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  const key = useOrganizationKey();
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all(['team', 'invitations'].map((name) => client.invalidateQueries({ queryKey: key(name).value }))),
  });
}
