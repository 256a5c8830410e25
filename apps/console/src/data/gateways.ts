import {
  adminCreateGatewayAccount,
  adminListGatewayAccounts,
  adminNextGatewayAddress,
  adminUpdateGatewayAccount,
  type CreateGatewayAccountRequest,
  type UpdateGatewayAccountRequest,
} from '@balcao/api-client';
import { query, useChange } from './keys.js';

export type { GatewayAccountResponse as Gateway } from '@balcao/api-client';
export type GatewayInput = CreateGatewayAccountRequest;
export type GatewayChange = UpdateGatewayAccountRequest;

/** The organization's accounts with payment services. */
export const useGateways = query('gateways', async (call) => (await adminListGatewayAccounts(call)).data);

/** Where the next account's service is to send its events. The same as long as somebody looks at it, so that it can be copied. */
export const useNextAddress = query(
  'gateway_address',
  (call, kind: GatewayInput['kind']) => adminNextGatewayAddress({ ...call, query: { kind } }),
  { staleTime: Infinity, gcTime: 0 },
);

export const useConnectGateway = () =>
  useChange((body: GatewayInput) => adminCreateGatewayAccount({ body }), 'gateways');

export const useChangeGateway = () =>
  useChange(
    ({ id, ...body }: GatewayChange & { id: string }) => adminUpdateGatewayAccount({ path: { id }, body }),
    'gateways',
  );
