import { ApiProperty } from '@nestjs/swagger';
import { Nullable, Single } from '@balcao/platform-http';
import { CHECK_VERDICTS, type CheckVerdict } from '../../proposal-check.service.js';
import { DigestField } from './proposal.dto.js';

export class CheckProposalFileRequest {
  @DigestField('SHA-256 of the bytes of the file, in lower-case hexadecimal digits') sha256: string;
}

/** What is said of a file; the same members whatever was asked. */
export class ProposalCheckFacts {
  @ApiProperty({
    enum: CHECK_VERDICTS,
    description:
      '`accepted` is the document with the evidence of its acceptance, to the byte. `not_accepted` is a document of a proposal of this organization in which no acceptance stands. `unknown` is none of its documents, or one that was changed',
  })
  verdict: CheckVerdict;
  @Nullable(String, 'Of which proposal; null where that is unknown', { example: 'P-2026-000214' }) number:
    string | null;
  @Nullable('integer', 'Of which version of it', { example: 3 }) version: number | null;
  @Nullable(String, 'Whom it is for', { example: 'Padaria Estrela Ltda' }) customer: string | null;
  @Nullable(Date, 'When it was accepted, by the clock of the organization; null unless it is the one that was')
  acceptedAt: Date | null;
  @Nullable(String, 'Who accepted it, as they wrote it; null unless it is the one that was', {
    example: 'Ana Cristina Ribeiro',
  })
  acceptedBy: string | null;
  @Nullable(String, 'Where the organization is; null unless it is the one that was accepted', {
    example: 'America/Sao_Paulo',
  })
  timeZone: string | null;
}

export class ProposalCheckResponse extends Single('check', ProposalCheckFacts) {}
