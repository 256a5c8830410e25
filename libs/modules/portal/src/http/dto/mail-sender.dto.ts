import { ApiProperty } from '@nestjs/swagger';
import { EmailField, Nullable, Single } from '@balcao/platform-http';
import type { AdvisedRecord, SenderFacts } from '../../domains/domain-facts.js';
import {
  DKIM_STATES,
  DMARC_STATES,
  SPF_STATES,
  type DkimState,
  type DmarcState,
  type SpfState,
} from '../../domains/mail-advice.js';
import { ClaimedName, DomainRecord } from './domain.dto.js';

export class SetMailSenderRequest {
  @EmailField({ description: 'Address of the company that mails come from', example: 'financeiro@aurora.example' })
  address: string;
}

abstract class AdvisedPart {
  @ApiProperty({ type: [String], description: 'What stands there; at most five' }) found: string[];
  @ApiProperty({ description: 'Whether the name servers did not answer at last, and it is what they said before' })
  stale: boolean;
  @Nullable(DomainRecord, 'What to write there; null where nothing is to be written') record: DomainRecord | null;
}

export class SpfAdvice extends AdvisedPart implements AdvisedRecord<SpfState> {
  @Nullable(String, '`unknown` where the installation does not say which servers send; null before the first look', {
    enum: SPF_STATES,
  })
  state: SpfState | null;
}

export class DkimAdvice extends AdvisedPart implements AdvisedRecord<DkimState> {
  @Nullable(String, '`cut` where the end of the key is missing', { enum: DKIM_STATES }) state: DkimState | null;
}

export class DmarcAdvice extends AdvisedPart implements AdvisedRecord<DmarcState> {
  @Nullable(String, '`watching` where the policy asks for nothing; null before the first look', { enum: DMARC_STATES })
  state: DmarcState | null;
}

export class MailSenderIdentity extends ClaimedName implements SenderFacts {
  @ApiProperty({ example: 'financeiro@aurora.example', description: 'In its one form' }) address: string;
  @ApiProperty({
    description:
      "Whether mails come from it now; otherwise they come from the installation's address. A proved one is held back while its domain " +
      'asks receivers to refuse what neither SPF nor DKIM speaks for',
  })
  sends: boolean;
  @ApiProperty({ description: 'Whether they are signed with the key of its domain' }) signs: boolean;
  @ApiProperty({
    type: () => SpfAdvice,
    description: 'Whether the domain lets the mail server of the installation send',
  })
  spf: SpfAdvice;
  @ApiProperty({ type: () => DkimAdvice, description: 'The key by which receivers know what is signed' })
  dkim: DkimAdvice;
  @ApiProperty({ type: () => DmarcAdvice, description: 'What receivers are asked to do with what is not proved' })
  dmarc: DmarcAdvice;
}

export class MailSenderResponse {
  @Nullable(MailSenderIdentity, "The organization's own address; null for none") sender: MailSenderIdentity | null;
}

export class SetMailSenderResponse extends Single('sender', MailSenderIdentity) {}
