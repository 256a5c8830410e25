import { ApiProperty } from '@nestjs/swagger';
import { LocalTimeField, Nullable, Single } from '@balcao/platform-http';
import type { OrganizationClock } from '../../clock/organization-clock.service.js';

export class AdvanceClockRequest {
  @LocalTimeField({
    description:
      'Date and time in the time zone of the organization, after the present one and at most two years ahead',
  })
  until: string;
}

export class ClockItem implements OrganizationClock {
  @ApiProperty({ description: 'What time it is in the organization' }) now: Date;
  @ApiProperty({ description: 'The same in its time zone, without a zone', example: '2026-12-14T09:30' })
  localTime: string;
  @ApiProperty({ example: 'America/Sao_Paulo', description: 'IANA time zone of the organization' }) timeZone: string;
  @Nullable(Date, 'Where the clock is on its way to; null while it stands still') advancingTo: Date | null;
}

export class ClockResponse {
  @Nullable(ClockItem, 'What time it is in a sandbox organization; null where the real time passes')
  clock: ClockItem | null;
}

export class AdvancedClockResponse extends Single('clock', ClockItem, 'The clock as it sets out') {}

export class StoppedClockResponse extends Single('clock', ClockItem, 'The clock as it stands') {}
