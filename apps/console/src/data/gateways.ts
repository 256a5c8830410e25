import {
  adminCreateGatewayAccount,
  adminListGatewayAccounts,
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

export const useConnectGateway = () =>
  useChange((body: GatewayInput) => adminCreateGatewayAccount({ body }), 'gateways');

export const useChangeGateway = () =>
  useChange(
    ({ id, ...body }: GatewayChange & { id: string }) => adminUpdateGatewayAccount({ path: { id }, body }),
    'gateways',
  );
