import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiProblems, Audience, CacheControl, Probe, Public } from '@balcao/platform-http';
import { Database } from '@balcao/platform-tenancy';

class HealthResponse {
  @ApiProperty({ example: 'ok' }) status: string;
}

@ApiTags('Operations')
@Controller('health')
@Audience('integration')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Public()
  @Probe()
  @CacheControl('no-store')
  @ApiOperation({
    operationId: 'healthLive',
    summary: 'Whether the process runs',
  })
  @ApiOkResponse({ type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @Probe()
  @CacheControl('no-store')
  @ApiOperation({
    operationId: 'healthReady',
    summary: 'Whether it can answer: the database is there',
  })
  @ApiOkResponse({ type: HealthResponse })
  @ApiProblems('service_unavailable')
  async ready(): Promise<HealthResponse> {
    await this.database.ping();
    return { status: 'ok' };
  }
}
