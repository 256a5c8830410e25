import { boleto, pixCode } from '@balcao/brazil';
import type { Day } from '@balcao/money';
import type { Presentation } from '../gateway.js';

/** COMPE numbers its banks from 001 on, so that no bank is asked to take a slip of this one. */
const NO_BANK = '000';
/** A name that leads nowhere (RFC 6761). */
const LOCATION = 'pix.sandbox.invalid/qr/v2/cobv';

const pixOf = (gatewayId: string) =>
  pixCode({ url: `${LOCATION}/${gatewayId.replaceAll('-', '')}`, name: 'Pagamento de teste', city: 'Brasilia' });

/** The PIX code of a payment: sound, of the dynamic kind, and payable nowhere. */
export const pixPresentation = (gatewayId: string): Presentation => ({ kind: 'pix', code: pixOf(gatewayId) });

/** The slip of a payment, with its PIX code: sound, and payable nowhere. */
export function boletoPresentation(gatewayId: string, dueOn: Day, amount: bigint): Presentation {
  // 25 digits of the id, which are other ones for each.
  const freeField = BigInt(`0x${gatewayId.replaceAll('-', '')}`)
    .toString()
    .slice(-25)
    .padStart(25, '0');
  return { kind: 'boleto', ...boleto({ bank: NO_BANK, dueOn, amount, freeField }), pixCode: pixOf(gatewayId) };
}
