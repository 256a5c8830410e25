export { DnsClient, type DnsAnswer } from './dns-client.js';
export { DnsModule } from './dns.module.js';
