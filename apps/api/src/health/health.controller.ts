import { Get } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { AudienceController, CacheControl, Operation, Summary, Probe, Public } from '@balcao/platform-http';
import { Database } from '@balcao/platform-tenancy';

class HealthResponse {
  @ApiProperty({ example: 'ok', description: '`ok`, or there is no such answer' }) status: string;
}

@AudienceController('integration', 'health', 'Operations')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Public()
  @Probe()
  @CacheControl('no-store')
  @Operation('healthLive', HealthResponse)
  @Summary('Whether the process runs')
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @Probe()
  @CacheControl('no-store')
  @Operation('healthReady', HealthResponse, 'service_unavailable')
  @Summary('Whether it can answer: the database is there')
  async ready() {
    await this.database.ping();
    return { status: 'ok' };
  }
}
