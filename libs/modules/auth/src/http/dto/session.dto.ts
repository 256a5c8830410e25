import { ApiProperty } from '@nestjs/swagger';
import Bowser from 'bowser';
import type { OwnSession } from '../../sessions/own-sessions.service.js';
import { Nullable } from '@balcao/platform-http';

/** One of one's own sessions. */
export class SessionItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Whether it is the one in which this is asked' }) current: boolean;
  @Nullable(String, 'Browser that it was opened with', { example: 'Chrome' })
  browser: string | null;
  @Nullable(String, 'System of that device', { example: 'Android' }) system: string | null;
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
  // Programs may leave out what they are; the reader of their names takes no empty text.
  const device = Bowser.getParser(userAgent || '-');
  return { ...session, browser: device.getBrowserName() || null, system: device.getOSName() || null };
}
