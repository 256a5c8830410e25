import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

const Numeric = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value.trim() !== '' ? Number(value) : value,
  );
const Flag = () =>
  Transform(
    ({ value }: { value: unknown }) => ({ '1': true, true: true, '0': false, false: false })[String(value)] ?? value,
  );

const DNS_SERVERS =
  /^\s*(?:[\d.]+|\[[\da-f:]+\]|[\da-f:]+)(?::\d+)?(?:\s*,\s*(?:[\d.]+|\[[\da-f:]+\]|[\da-f:]+)(?::\d+)?)*\s*$/i;

/**
 * Everything that can be configured by environment variables, with its default. Property names are those of the
 * variables in camel case; `.env.example` explains each. A wrong value stops the start and is named.
 */
export class AppConfig {
  @IsIn(['development', 'test', 'production']) nodeEnv: 'development' | 'test' | 'production' = 'development';

  /** Address and port that the API listens on. */
  @IsString() @MaxLength(255) host = '127.0.0.1';
  @Numeric() @IsInt() @Min(0) @Max(65_535) port = 3000;
  @Numeric() @IsInt() @Min(0) @Max(65_535) workerPort = 3001;

  /** Where browsers reach the installation; the start of every link in an e-mail. No trailing slash. */
  @Matches(/^https?:\/\/[^/\s]+$/, { message: 'must be an origin such as https://portal.example.com, without a path' })
  publicUrl = 'http://localhost:3000';

  /** Portals answer at {slug}.{portalBaseDomain}; without it only paths and verified domains reach them. */
  @IsOptional() @Matches(/^[a-z0-9.-]{1,253}$/) portalBaseDomain?: string;

  /** What portals' own domains should point at; by default the host of `publicUrl`. */
  @IsOptional() @Matches(/^[a-z0-9.-]{1,253}$/) portalCnameTarget?: string;
  /** Name servers that are asked about domains, instead of the system's. */
  @IsOptional()
  @Matches(DNS_SERVERS, { message: 'must be addresses such as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53' })
  dnsServers?: string;

  /** Proxies whose X-Forwarded-* headers count: addresses or CIDR blocks, comma separated. */
  @IsOptional() @IsString() @MaxLength(2_000) trustedProxies?: string;

  /** Master secret (at least 32 characters); every key of the installation is derived from it. */
  @IsString() @MinLength(32) @MaxLength(512) secretKey: string;
  /** Master secrets of before, with commas between: what is sealed with them can still be read. */
  @IsOptional()
  @Matches(/^\s*[^,]{32,512}(,[^,]{32,512})*$/, {
    message: 'must be secrets of at least 32 characters, with commas between',
  })
  secretKeysOld?: string;

  /** The owner's connection; used by migrations only. */
  @IsOptional() @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// URL' }) databaseUrl?: string;
  /** Connections of the three roles at run time; derived from DATABASE_URL and SECRET_KEY where not given. */
  @IsOptional() @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// URL' }) databaseAppUrl?: string;
  @IsOptional() @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// URL' }) databasePlatformUrl?: string;
  @IsOptional() @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// URL' }) databaseQueueUrl?: string;

  /** Connections of one process to the database as the app's role. */
  @Numeric() @IsInt() @Min(2) @Max(200) databasePoolSize = 10;
  /** Milliseconds that a request waits for a connection before it answers 503. */
  @Numeric() @IsInt() @Min(50) @Max(60_000) databasePoolWaitMs = 3_000;
  /** Milliseconds after which the database gives up a statement. */
  @Numeric() @IsInt() @Min(100) @Max(600_000) databaseStatementTimeoutMs = 15_000;

  /** Where sessions, rate limits, idempotency keys and queues live. */
  @IsIn(['postgres'], { message: 'must be postgres' }) stateBackend = 'postgres' as const;

  /** Where files are kept: a folder, or a bucket of an S3-compatible store. */
  @Matches(/^(file:.+|s3\+https?:\/\/[^\s@/]+:[^\s@/]+@[^\s/]+\/[^\s/?]+(\?\S*)?)$/, {
    message: 'must be file:<folder> or s3+https://<key>:<secret>@<host>/<bucket>?region=<region>',
  })
  storageUrl = 'file:.balcao/files';

  @Matches(/^smtps?:\/\//, { message: 'must be an smtp:// or smtps:// URL' }) smtpUrl = 'smtp://127.0.0.1:1025';
  /** Sender of mails of organizations without a sender identity of their own. */
  @IsString() @MaxLength(320) mailFrom = 'Balcão <balcao@localhost>';

  /** What companies add to their SPF record so that mails of the installation's server may carry their address. */
  @IsOptional()
  @Matches(/^(?:(?:include|a|mx):)?(?=[a-z0-9.-]*[a-z])[a-z0-9.-]{1,253}$|^ip4:[\d./]{7,18}$|^ip6:[\da-f:./]{2,43}$/, {
    message: 'must be a domain such as spf.mail.example, or one of include:, a:, mx:, ip4: and ip6:',
  })
  mailSpfInclude?: string;

  /** Register of companies: an address of the shape of minhareceita.org, which may be inside the own network. */
  @Matches(/^https?:\/\/[^\s?#]+$/, { message: 'must be an http:// or https:// address, without a query' })
  cnpjApiUrl = 'https://minhareceita.org';

  /** Where Stripe is asked: another origin only where something stands between, or pretends to be it. */
  @Matches(/^https?:\/\/[^/\s?#@]+$/, { message: 'must be an origin such as https://api.stripe.com, without a path' })
  stripeApiUrl = 'https://api.stripe.com';

  /** Where anybody looks up a national fiscal note (NFS-e); its key is put at the end. */
  @Matches(/^https?:\/\/[^\s#]+$/, { message: 'must be an http:// or https:// address, to which a key is added' })
  nfseLookupUrl = 'https://www.nfse.gov.br/ConsultaPublica/?tpc=1&chave=';

  /** Begins the names of the portal's cookies and of its CSRF header. */
  @Matches(/^[a-z][a-z0-9]{0,31}$/) portalCookiePrefix = 'balcao';

  @Numeric() @IsInt() @Min(4) @Max(15) bcryptCost = 12;

  /** Requests that one person, or one address without a session, may send to one process in a minute. */
  @Numeric() @IsInt() @Min(10) @Max(10_000_000) requestsPerMinute = 1_200;
  /** Requests of one person in a day that leave something behind; of an account five times as many. */
  @Numeric() @IsInt() @Min(10) @Max(10_000_000) writesPerDay = 2_000;

  /** Open pages that hear of what happens, of one organization at one process. */
  @Numeric() @IsInt() @Min(10) @Max(10_000) liveStreamsPerOrganization = 2_000;

  /** Seconds that mails about a resolved, closed or reopened ticket wait, so that it can be taken back untold. */
  @Numeric() @IsInt() @Min(0) @Max(3_600) statusMailDelaySeconds = 30;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) logLevel = 'info';

  /** Whether the demo's sign-ins are accepted; never in production unless asked. */
  @Flag() @IsBoolean() balcaoDemo = false;
  /** Whether the demo may be open to other machines. */
  @Flag() @IsBoolean() balcaoDemoPublic = false;
  @IsString() @MinLength(8) @MaxLength(72) demoPassword = 'balcao-demo-2026';

  /** The host that portals' own domains should point at. */
  get domainTarget(): string {
    return this.portalCnameTarget ?? new URL(this.publicUrl).hostname;
  }

  /** Each of the trusted proxies: an address, a block, or a name such as `loopback`. */
  get trustedProxyList(): string[] {
    return listed(this.trustedProxies);
  }

  get oldSecretKeys(): string[] {
    return listed(this.secretKeysOld);
  }

  get production(): boolean {
    return this.nodeEnv === 'production';
  }

  /** Whether browsers reach the installation over https, so that cookies are `Secure` and HSTS is sent. */
  get secure(): boolean {
    return this.publicUrl.startsWith('https://');
  }
}

/** What stands between commas. */
const listed = (text = ''): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
