import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { decode, encode, streamDecode, streamEncode, type Answer, type Packet } from 'dns-packet';

type Kind = 'TXT' | 'CNAME' | 'A' | 'AAAA';
/** Ways of not answering. */
type Failure = 'SERVFAIL' | 'REFUSED' | 'nonsense' | 'silence';
const RCODE = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
/** RFC 1035 §4.2.1. */
const DATAGRAM = 512;
const AUTHORITATIVE = 1 << 10;
const TRUNCATED = 1 << 9;

/** A name server on loopback, over UDP and TCP, with the records that a test gives it. */
export class TestDns {
  /** How often each name was asked for, as `TXT _balcao.a.example`. */
  readonly asked: string[] = [];
  private readonly records = new Map<string, unknown[]>();
  private readonly failures = new Map<string, Failure>();

  private constructor(
    private readonly udp: Socket,
    private readonly tcp: Server,
    readonly address: string,
  ) {}

  static async start(): Promise<TestDns> {
    // The same port of both kinds; another process may have one of them.
    for (;;) {
      const tcp = createServer();
      await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
      const { port } = tcp.address() as AddressInfo;
      const udp = createSocket('udp4');
      try {
        await new Promise<void>((resolve, reject) => udp.once('error', reject).bind(port, '127.0.0.1', resolve));
      } catch {
        tcp.close();
        continue;
      }
      const dns = new TestDns(udp, tcp, `127.0.0.1:${port}`);
      dns.listen();
      return dns;
    }
  }

  set(name: string, kind: Kind, values: unknown[]): void {
    this.records.set(`${kind} ${name}`, values);
  }

  /** Takes records of a name away. */
  remove(name: string, kind: Kind): void {
    this.records.delete(`${kind} ${name}`);
  }

  /** Answers questions for a name, or for `*`, in that way. */
  fail(name: string, failure: Failure): void {
    this.failures.set(name, failure);
  }

  /** Answers everything again. */
  recover(): void {
    this.failures.clear();
  }

  clear(): void {
    this.records.clear();
    this.failures.clear();
    this.asked.length = 0;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.udp.close(() => resolve()));
    await new Promise((resolve) => this.tcp.close(resolve));
  }

  private listen(): void {
    this.udp.on('message', (message, { port, address }) => {
      const query = decode(message) as Packet;
      const answer = this.answer(query);
      if (!answer) return;
      const bytes = answer === 'nonsense' ? Buffer.from('nonsense') : encode(answer);
      const cut = bytes.length > DATAGRAM && answer !== 'nonsense';
      this.udp.send(cut ? encode({ ...answer, answers: [], flags: answer.flags! | TRUNCATED }) : bytes, port, address);
    });
    this.tcp.on('connection', (socket) => {
      let received = Buffer.alloc(0);
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk]);
        if (received.length < 2 || received.length < received.readUInt16BE(0) + 2) return;
        const answer = this.answer(streamDecode(received) as Packet);
        received = Buffer.alloc(0);
        if (answer && answer !== 'nonsense') socket.write(streamEncode(answer));
      });
    });
  }

  private answer(query: Packet): Packet | 'nonsense' | undefined {
    const [question] = query.questions ?? [];
    const name = question!.name.toLowerCase();
    this.asked.push(`${question!.type} ${name}`);
    const failure = this.failures.get(name) ?? this.failures.get('*');
    if (failure === 'silence') return undefined;
    if (failure === 'nonsense') return 'nonsense';
    const answers = failure ? [] : this.answersOf(name, question!.type as Kind);
    const known = [...this.records.keys()].some((key) => key.endsWith(` ${name}`));
    const rcode = failure ? RCODE[failure] : known ? 0 : RCODE.NXDOMAIN;
    const { id, questions } = query;
    return { type: 'response', id, flags: AUTHORITATIVE | rcode, questions, answers };
  }

  private answersOf(name: string, kind: Kind): Answer[] {
    const answerOf = (data: unknown, type: Kind = kind): Answer => ({ name, type, ttl: 300, data }) as Answer;
    const [alias] = this.records.get(`CNAME ${name}`) ?? [];
    if (typeof alias === 'string' && kind !== 'CNAME')
      return [answerOf(alias, 'CNAME'), ...this.answersOf(alias.toLowerCase(), kind)];
    return (this.records.get(`${kind} ${name}`) ?? []).map((data) => answerOf(data));
  }
}
