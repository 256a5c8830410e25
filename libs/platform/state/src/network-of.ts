import { isIPv6 } from 'node:net';

/**
 * The network that limits count an address by: an IPv4 address is one by itself, of IPv6 everybody gets at least a /64
 * with more addresses than any limit could count, and a site up to a /48 with 65,536 of those.
 */
export function networkOf(ip: string, bits: 48 | 64 = 64): string {
  if (!isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = ip.replace(/%.*$/, '').toLowerCase().split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const behind = tail ? tail.split(':') : [];
  // Dotted IPv4 at the end stands for two groups.
  const width = groups.length + behind.length + (ip.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? 0 : 8 - width;
  const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...behind];
  return `${whole
    .slice(0, bits / 16)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/${bits}`;
}

/**
 * Where an address is counted, and how many times as much each place may: its network, and the site where that holds many,
 * since who has a whole /48 is no 65,536 strangers.
 */
export function countedPlaces(ip: string): { place: string; times: number }[] {
  const [network, site] = [networkOf(ip), networkOf(ip, 48)];
  return [{ place: network, times: 1 }, ...(site === network ? [] : [{ place: site, times: 5 }])];
}
