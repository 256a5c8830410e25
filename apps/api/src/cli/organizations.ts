import type { OrganizationRow } from '@balcao/module-directory';
import { CommandError, command, demandSchema, withApplication } from './command.js';

const usage = `
organizations:create --name NAME --slug SLUG --owner-email EMAIL --owner-name NAME [--locale pt-BR|en-US] [--time-zone ZONE] [--sandbox]
organizations:list
organizations:suspend --slug SLUG
organizations:restore --slug SLUG

Makes an organization, whose owner is invited by mail; lists all; suspends one, whose portals and staff are then refused; or
restores it. One made with --sandbox is for trying things out, and stays so: its time stands still until its staff move it, and
its pages and mails say that they are a test. Each organization is one line: address, status, id, name, and of a sandbox that it
is one. Repeating a command changes nothing.
`;

const options = {
  name: { type: 'string' },
  slug: { type: 'string' },
  'owner-email': { type: 'string' },
  'owner-name': { type: 'string' },
  locale: { type: 'string' },
  'time-zone': { type: 'string' },
  sandbox: { type: 'boolean' },
} as const;

const VERBS = ['create', 'list', 'suspend', 'restore'];
const print = ({ slug, status, id, name, isSandbox }: OrganizationRow, more = '') =>
  void process.stdout.write(`${[slug, status, id, name, ...(isSandbox ? ['sandbox'] : [])].join('\t')}${more}\n`);

await command({ usage, options }, async (values, [verb = '']) => {
  if (!VERBS.includes(verb)) throw new CommandError(`Usage:\n${usage.trim()}`);
  await demandSchema();
  await withApplication('organizations', async (app) => {
    const { OrganizationCommands } = await import('../setup/manage-organizations.js');
    const commands = new OrganizationCommands(app);
    if (verb === 'list') for (const one of await commands.list()) print(one);
    else if (verb === 'create') {
      const { organization, isNew } = await commands.create(values);
      print(organization, isNew ? `\n${values['owner-email']} gets an invitation by mail.` : '\tis there already');
    } else print(await commands.setStatus(values, verb === 'suspend' ? 'suspended' : 'active'));
  });
});
