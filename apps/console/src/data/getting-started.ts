import { adminGetGettingStarted, adminPostponeStep, type PostponeStepRequest } from '@balcao/api-client';
import { query, useChange } from './keys.js';
import { useSessionStore } from '../stores/session.js';

export type { GettingStartedStep as Step } from '@balcao/api-client';

const mayDecide = () => useSessionStore().can('portals:write');
const read = async (call: { signal?: AbortSignal } = {}) => (await adminGetGettingStarted(call)).gettingStarted;

/** What a new organization has done and what is left, for those who decide about it. */
export const useGettingStarted = query('getting-started', read, { enabled: mayDecide });

export const usePostponeStep = () =>
  useChange((body: PostponeStepRequest) => adminPostponeStep({ body }), 'getting-started');

/** Whether this person decides about an organization that has no customer yet. Not knowing keeps nobody from their work. */
export const isNewOrganization = async (): Promise<boolean> =>
  mayDecide() &&
  (await read().then(
    ({ isNew, openCount }) => isNew && openCount > 0,
    () => false,
  ));
