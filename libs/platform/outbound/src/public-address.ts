import { BlockList, isIP } from 'node:net';

const block = (family: 'ipv4' | 'ipv6', networks: readonly string[]) => {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/') as [string, string];
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
};

/** What the registry of special-purpose addresses (RFC 6890) keeps from the public, multicast and the future. */
const SPECIAL_IPV4 = block('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);
/** Everything public lies in here; mapped, translated, local and multicast addresses do not. */
const GLOBAL_IPV6 = block('ipv6', ['2000::/3']);
const SPECIAL_IPV6 = block('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Whether a literal address can be one of somebody out there: what is not surely public, or no address, is not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !SPECIAL_IPV4.check(address, 'ipv4');
  return !address.includes('%') && GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6');
}
