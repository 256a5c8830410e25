import { Module } from '@nestjs/common';
import { DnsClient } from './dns-client.js';

@Module({ providers: [DnsClient], exports: [DnsClient] })
export class DnsModule {}
