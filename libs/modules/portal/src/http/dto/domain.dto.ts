import { ApiProperty } from '@nestjs/swagger';
import { Nullable, Single, TextField } from '@balcao/platform-http';
import {
  DOMAIN_STATUSES,
  FINDINGS,
  TARGET_FINDINGS,
  type DomainStatus,
  type Finding,
  type TargetFinding,
} from '../../domains/check-outcome.js';
import type { ClaimFacts, DomainFactsOfClaim, RecordToWrite } from '../../domains/domain-facts.js';

export class ClaimDomainRequest {
  @TextField({
    description: 'In any spelling; without scheme, port and path',
    max: 300,
    example: 'portal.aurora.example',
  })
  domain: string;
}

export class DomainRecord implements RecordToWrite {
  @ApiProperty({ enum: ['TXT', 'CNAME'], description: 'Kind of the record' }) type: RecordToWrite['type'];
  @ApiProperty({ description: 'In full', example: '_balcao.portal.aurora.example' }) name: string;
  @ApiProperty({
    description: 'Without the registered domain, as many providers ask for it; `@` for that domain itself',
    example: '_balcao.portal',
  })
  relativeName: string;
  @ApiProperty({ example: 'balcao-verify=Zk3…', description: 'What it says' }) value: string;
}

export class ClaimedName implements ClaimFacts {
  @ApiProperty({ description: 'In lower case and ASCII', example: 'portal.aurora.example' }) domain: string;
  @ApiProperty({ description: 'What was registered, below which the domain stands', example: 'aurora.example' })
  registeredDomain: string;
  @ApiProperty({
    enum: DOMAIN_STATUSES,
    description:
      '`waiting` for its proof; `taken` while another portal has it, whose proof stands there too; `verified`; `astray`: verified, but visitors are not led here, so the portal stays at its path; `failing`: verified, ' +
      'but the proof is gone; `lost` for that; `given_up`: nobody looks any more until somebody asks',
  })
  status: DomainStatus;
  @ApiProperty({ type: () => DomainRecord, description: 'Proves the domain' }) proof: DomainRecord;
  @Nullable(String, 'What the last look at the proof found', { enum: FINDINGS }) finding: Finding | null;
  @ApiProperty({ type: [String], description: 'What else stands where the proof should; at most five' })
  found: string[];
  @Nullable(Date, 'Since when it counts') verifiedAt: Date | null;
  @Nullable(Date, 'When the name servers were asked last') checkedAt: Date | null;
  @Nullable(Date, 'When they are asked again') nextCheckAt: Date | null;
  @Nullable(Date, 'When the domain is taken off, or the proof waited for no more, if nothing changes')
  endsAt: Date | null;
}

export class PortalDomain extends ClaimedName implements DomainFactsOfClaim {
  @ApiProperty({
    type: () => DomainRecord,
    description: 'Leads visitors here; where an alias is not possible, the addresses of its value do',
  })
  target: DomainRecord;
  @Nullable(String, 'Where the domain leads', { enum: TARGET_FINDINGS }) targetFinding: TargetFinding | null;
  @ApiProperty({ type: [String], description: 'Aliases and addresses that it leads to instead; at most five' })
  targetFound: string[];
}

export class PortalDomainResponse {
  @Nullable(PortalDomain, 'The domain of its own; null for none') domain: PortalDomain | null;
}

export class ClaimedDomainResponse extends Single('domain', PortalDomain) {}
