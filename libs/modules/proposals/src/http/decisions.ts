import { isCpf, normalizeTaxId } from '@balcao/brazil';
import { refusedField } from '@balcao/platform-errors';
import type { Acceptance, Rejection } from '../proposal-decision.service.js';
import type { AcceptProposalRequest, RejectProposalRequest } from './dto/proposal.dto.js';

/** What was asked for as the service takes it. @throws DomainError validation_failed where nothing is confirmed, or for a company's tax id */
export function acceptanceOf({
  name,
  role,
  taxId,
  confirmed,
  strokes,
  startsOn,
  ...rest
}: AcceptProposalRequest): Acceptance {
  if (!confirmed) throw refusedField('confirmed', 'isTrue');
  const cpf = taxId ? normalizeTaxId(taxId) : null;
  if (cpf !== null && !isCpf(cpf)) throw refusedField('taxId', 'isTaxId');
  const signer = { signerName: name, signerRole: role ?? null, signerTaxId: cpf };
  return { ...rest, ...signer, strokes: strokes ?? null, startsOn: startsOn ?? null };
}

export const rejectionOf = ({ name, comment, ...rest }: RejectProposalRequest): Rejection => ({
  ...rest,
  signerName: name,
  comment: comment ?? null,
});
