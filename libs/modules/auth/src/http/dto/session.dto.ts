import { ApiProperty } from '@nestjs/swagger';
import type { OwnSession } from '../../sessions/own-sessions.service.js';
import { DeviceNames, deviceNames } from '@balcao/platform-http';

/** One of one's own sessions. */
export class SessionItem extends DeviceNames {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Whether it is the one in which this is asked' }) current: boolean;
  @ApiProperty({ example: '203.0.113.7', description: 'Network address from which it was opened' }) ip: string;
  @ApiProperty({ description: 'When it was opened' }) createdAt: Date;
  @ApiProperty({ description: 'When it was last used, to the minute' }) lastSeenAt: Date;
}

export class SessionsResponse {
  @ApiProperty({ type: [SessionItem], description: 'This one first, then by their last use' }) sessions: SessionItem[];
}

export function presentSessions(sessions: readonly OwnSession[]): SessionsResponse {
  return { sessions: sessions.map(presentSession) };
}

function presentSession({ userAgent, ...session }: OwnSession): SessionItem {
  return { ...session, ...deviceNames(userAgent) };
}
