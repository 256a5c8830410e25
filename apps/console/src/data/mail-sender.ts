import {
  adminCheckMailSender,
  adminGetMailSender,
  adminRemoveMailSender,
  adminSetMailSender,
  adminTestMailSender,
} from '@balcao/api-client';
import { query, useChange } from './keys.js';

/** The address that the organization's mails come from. What name servers say is told at once; behind that it is asked for. */
export const useMailSender = query(['domains', 'mail'], async (call) => (await adminGetMailSender(call)).sender, {
  refetchInterval: ({ state: { data } }) => Boolean(data) && data?.status !== 'verified' && 30_000,
});

export const useSetMailSender = () =>
  useChange((address: string) => adminSetMailSender({ body: { address } }), 'domains');

export const useCheckMailSender = () => useChange(() => adminCheckMailSender(), 'domains');

export const useRemoveMailSender = () => useChange(() => adminRemoveMailSender(), 'domains');

export const useTestMailSender = () => useChange(() => adminTestMailSender());
