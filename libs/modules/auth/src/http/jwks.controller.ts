import { Get } from '@nestjs/common';
import { AudienceController, CacheControl, Operation, Public, Summary } from '@balcao/platform-http';
import { SigningKeys } from '../sessions/signing-keys.js';
import { JwksResponse } from './dto/auth.dto.js';

@AudienceController('integration', '.well-known', 'Integration')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Public()
  @CacheControl('public, max-age=300')
  @Operation('jwks', JwksResponse)
  @Summary("Public keys of the installation's JWTs (RFC 7517)")
  jwks() {
    return this.keys.jwks();
  }
}
