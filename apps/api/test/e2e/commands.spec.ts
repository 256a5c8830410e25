import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { askForAnswers } from '../../src/setup/ask-for-answers.js';
import { OrganizationCommands } from '../../src/setup/manage-organizations.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const OPERATOR_PASSWORD = 'uma senha de operador';
const OWNER_PASSWORD = 'outra senha de dona';
const OPTIONS = [
  ['--operator-email', 'ops@nova.example'],
  ['--organization-name', 'Nova Telecom'],
  ['--organization-slug', 'nova'],
  ['--owner-name', 'Olga Dona'],
  ['--owner-email', 'Olga@Nova.example'],
].flat();

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
});
afterEach(() => test.reset());
afterAll(() => test?.close());

/** Runs a command of the built API as an operator would, with the text at its standard input. */
async function run(command: string, args: string[], input = ''): Promise<{ code: number | null; output: string }> {
  const program = fileURLToPath(new URL(`../../dist/cli/${command}.js`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATABASE_URL: test.config.databaseUrl,
      SECRET_KEY: test.config.secretKey,
      BCRYPT_COST: '4',
      PUBLIC_URL: 'http://localhost:3000',
    },
  });
  child.stdin.end(input);
  const [output] = await Promise.all([
    Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join('')),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, output };
}

const people = () =>
  test.rows<{ email: string; status: string }>(
    "select s.email, s.status from staff_users s join organizations o on o.id = s.organization_id where o.slug = 'nova'",
  );

describe('setup', () => {
  it('takes both passwords from the standard input', async () => {
    const { code, output } = await run(
      'setup',
      [...OPTIONS, '--password-stdin'],
      `${OPERATOR_PASSWORD}\n${OWNER_PASSWORD}\n`,
    );
    expect(output).toContain('Done.');
    expect(code).toBe(0);
    expect(await people()).toEqual([{ email: 'olga@nova.example', status: 'active' }]);
    await test.signIn('operator', 'ops@nova.example', { password: OPERATOR_PASSWORD });
    await test.signIn('staff', 'olga@nova.example', { password: OWNER_PASSWORD });
  });

  it('takes the password from a file, and invites an owner who has none by mail', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'balcao-setup-'));
    const file = join(folder, 'passwords');
    await writeFile(file, `${OPERATOR_PASSWORD}\r\n`);
    const { code, output } = await run('setup', [...OPTIONS, '--password-file', file]);
    await rm(folder, { recursive: true });
    expect(output).toContain('Olga@Nova.example gets an invitation by mail');
    expect(code).toBe(0);
    expect(await people()).toEqual([{ email: 'olga@nova.example', status: 'pending_invitation' }]);
    expect((await test.mails()).at(-1)).toEqual({ template: 'staff-invitation', to: 'olga@nova.example' });
  });

  it('names everything that is missing or wrong at once, and makes nothing', async () => {
    const args = ['--operator-email', 'nobody', '--organization-slug', 'Nova!', '--owner-name', ' '];
    const { code, output } = await run('setup', [...args, '--password-stdin'], 'short\n');
    expect(code).toBe(1);
    for (const part of [
      '--operator-email: “nobody” is no e-mail address',
      '--organization-name: missing',
      '--organization-slug: The address may have',
      '--owner-name: It needs at least one character',
      '--owner-email: missing',
      "The operator's password: A password must have at least 8 characters",
    ])
      expect(output).toContain(part);
    expect(output).not.toMatch(/\n\s+at /);
    expect(await people()).toEqual([]);
  });

  it.each([
    ['a password among the options', ['--password', OPERATOR_PASSWORD], "Unknown option '--password'"],
    ['a file that is not there', ['--password-file', '/nonexistent'], 'The file of the passwords cannot be read'],
    ['no terminal and no password', [], '--password-file or --password-stdin: missing'],
  ])('refuses %s in words', async (_what, args, message) => {
    const { code, output } = await run('setup', [...OPTIONS, ...args]);
    expect({ code, said: output.includes(message), output }).toMatchObject({ code: 1, said: true });
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('says that an address is taken', async () => {
    const args = OPTIONS.map((value) => (value === 'nova' ? 'aurora' : value));
    const { code, output } = await run('setup', [...args, '--password-stdin'], `${OPERATOR_PASSWORD}\n`);
    expect({ code, output }).toEqual({
      code: 1,
      output: "The address aurora is an organization's already, or kept for the installation\n",
    });
  });

  it('asks in a terminal for what is not given, and shows no password', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = '';
    output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    const asked = askForAnswers(
      { operatorEmail: 'ops@nova.example', organizationSlug: 'nova', ownerEmail: 'olga@nova.example' },
      { input, output },
    );
    for (const [question, answer] of [
      ['Name of the organization', 'Nova Telecom'],
      ["Owner's name", 'Olga Dona'],
      ["Operator's password", OPERATOR_PASSWORD],
      ["Owner's password", ''],
    ]) {
      while (!shown.includes(question!)) await once(output, 'data');
      // Until it is ready to hear the keys.
      await new Promise((resolve) => setTimeout(resolve, 50));
      input.write(`${answer}\r`);
    }
    expect(await asked).toEqual({
      operatorEmail: 'ops@nova.example',
      operatorPassword: OPERATOR_PASSWORD,
      organizationName: 'Nova Telecom',
      organizationSlug: 'nova',
      ownerEmail: 'olga@nova.example',
      ownerName: 'Olga Dona',
    });
    expect(shown).not.toContain(OPERATOR_PASSWORD);
    expect(shown).toContain('Nova Telecom');
  });
});

describe('organizations', () => {
  const NEW = { name: 'Cometa Internet', slug: 'cometa', 'owner-email': 'Dora@Cometa.example', 'owner-name': 'Dora' };
  const made = () => test.rows("select 1 from organizations where slug = 'cometa'");
  let commands: OrganizationCommands;
  beforeAll(() => void (commands = new OrganizationCommands(test.app)));

  it('are made with an invited owner, one line each', async () => {
    const options = Object.entries(NEW).flatMap(([name, value]) => [`--${name}`, value]);
    const { code, output } = await run('organizations', ['create', ...options]);
    expect(output).toMatch(/^cometa\tactive\t[0-9a-f-]{36}\tCometa Internet\nDora@Cometa.example gets an invitation/);
    expect(code).toBe(0);
    expect((await test.mails()).at(-1)).toEqual({ template: 'staff-invitation', to: 'dora@cometa.example' });
    expect(await test.rows("select actor_type from audit_log where action = 'operator.organization.create'")).toEqual([
      { actor_type: 'system' },
    ]);
  });

  it('are made once, however often it is asked, also at the same moment', async () => {
    const both = await Promise.all([commands.create(NEW), commands.create(NEW)]);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(await commands.create(NEW)).toMatchObject({ isNew: false, organization: { slug: 'cometa' } });
    expect(await made()).toHaveLength(1);
    expect((await test.mails()).filter(({ to }) => to === 'dora@cometa.example')).toHaveLength(1);
  });

  it('B.10 are made for trying things out where that is said, and stay what they are', async () => {
    const options = Object.entries(NEW).flatMap(([name, value]) => [`--${name}`, value]);
    const { output } = await run('organizations', ['create', ...options, '--sandbox']);
    expect(output).toMatch(/^cometa\tactive\t[0-9a-f-]{36}\tCometa Internet\tsandbox\n/);
    expect(
      await test.rows('select advancing_to from organization_clocks c join organizations o on o.id = organization_id'),
    ).toContainEqual({ advancing_to: null });
    expect(await commands.create({ ...NEW, sandbox: true })).toMatchObject({ isNew: false });
    await expect(commands.create(NEW)).rejects.toThrow('cometa is a sandbox, which it stays');
    await expect(commands.create({ ...NEW, name: 'Aurora Telecom', slug: 'aurora', sandbox: true })).rejects.toThrow();
  });

  it('are suspended and restored by their address, once however often it is asked', async () => {
    for (const status of ['suspended', 'suspended', 'active'] as const)
      expect(await commands.setStatus({ slug: 'boreal' }, status)).toMatchObject({ slug: 'boreal', status });
    expect(await test.rows("select 1 from audit_log where action = 'operator.organization.update'")).toHaveLength(2);
    expect((await commands.list()).map(({ slug }) => slug)).toEqual(expect.arrayContaining(['aurora', 'boreal']));
  });

  it.each<[string, object, string]>([
    ['nothing said', {}, '--owner-email: an e-mail address'],
    ['an address of another name', { ...NEW, slug: 'aurora' }, 'is that of'],
    ['an address that cannot be', { ...NEW, slug: 'Có meta' }, '--slug:'],
    ['an address of the installation’s own', { ...NEW, slug: 'www' }, 'kept for the installation'],
    ['a language that there is not', { ...NEW, locale: 'fr-FR' }, '--locale:'],
    ['a time zone that there is not', { ...NEW, 'time-zone': 'Mars/Phobos' }, 'timeZone cannot be used'],
  ])('are refused in words for %s, and none is made', async (_what, options, message) => {
    await expect(commands.create(options)).rejects.toThrow(message);
    expect(await made()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['nobody named', {}, '--slug: missing'],
    ['nobody there', { slug: 'nowhere' }, 'No organization has the address nowhere'],
  ])('are not suspended with %s', async (_what, options, message) => {
    await expect(commands.setStatus(options, 'suspended')).rejects.toThrow(message);
  });
});

describe('every command', () => {
  it.each([
    ['setup', '--password-file FILE'],
    ['migrate', 'migrate down [count]'],
    ['demo-reset', 'demo:reset'],
    ['rotate-keys', 'keys:rotate'],
    ['seed-demo', 'seed-demo'],
    ['organizations', 'organizations:create --name NAME'],
    ['reindex-tickets', 'tickets:reindex'],
  ])('%s says with --help what it takes, and refuses other options in words', async (name, part) => {
    const [help, refused] = await Promise.all([run(name, ['--help']), run(name, ['--nonsense'])]);
    expect(help).toMatchObject({ code: 0, output: expect.stringContaining(part) });
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("Unknown option '--nonsense'") });
    expect(help.output + refused.output).not.toMatch(/\n\s+at /);
  });

  it('that does several things refuses what it does not understand before anything is done', async () => {
    for (const args of [['sideways'], ['down', 'all'], ['down', '0']])
      expect(await run('migrate', args)).toMatchObject({ code: 1, output: expect.stringContaining('Usage:') });
    expect(await run('organizations', ['delete'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('Usage:'),
    });
  });
});

it('organizations are left alone where the schema is behind, and what to do is said', async () => {
  const [newest] = await test.rows<{ name: string }>('select max(name) as name from schema_migrations');
  await test.rows('delete from schema_migrations where name = $1', newest!.name);
  const { code, output } = await run('organizations', ['list']);
  await test.rows('insert into schema_migrations (name, run_on) values ($1, now())', newest!.name);
  expect({ code, output }).toEqual({
    code: 1,
    output: `The database is behind this version by one step (${newest!.name}). Bring it up to date first: npm run balcao -- migrate\n`,
  });
});

describe('migrate', () => {
  const comment = "comment on table schema_migrations is '{}'";

  it('leaves a schema alone that an unreleased version made, with another list of migrations or other ones', async () => {
    expect((await run('migrate', [])).output).toBe('schema is up to date\n');
    const [kept] = await test.rows<{ comment: string }>(
      "select obj_description('schema_migrations'::regclass) as comment",
    );
    await test.rows(comment);
    const [{ code, output }, organizations] = await Promise.all([run('migrate', []), run('organizations', ['list'])]);
    await test.rows(`comment on table schema_migrations is '${kept!.comment}'`);
    expect(organizations).toEqual({ code: 1, output });
    expect(code).toBe(3);
    expect(output).toContain('made by an older, unreleased version of Balcão');

    await test.rows("insert into schema_migrations (name, run_on) values ('0012_public_articles', now())");
    expect((await run('migrate', [])).code).toBe(3);
    await test.rows("delete from schema_migrations where name = '0012_public_articles'");
    expect((await run('migrate', [])).code).toBe(0);
  });
});
