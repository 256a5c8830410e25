import { readFileSync } from 'node:fs';
import { defineConfig } from '@hey-api/openapi-ts';

/** Enumerations that the applications list at run time, each by one property that has it. */
const ENUMERATIONS = {
  ArticleVisibility: ['ArticleItem', 'visibility'],
  InvitationStatus: ['PortalInvitationItem', 'status'],
  InvoiceStatus: ['InvoiceItem', 'status'],
  PortalUserStatus: ['PortalUserItem', 'status'],
  StaffStatus: ['StaffItem', 'status'],
  TeamMemberStatus: ['TeamMember', 'status'],
  TicketPriority: ['PortalTicketItem', 'priority'],
  TicketStatus: ['PortalTicketItem', 'status'],
  TicketType: ['PortalTicketItem', 'type'],
  TransactionKind: ['TransactionItem', 'kind'],
};

const documented = () => JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'));

/** The API's description with those enumerations named, so that the client has a type and a list of each. */
function described() {
  const document = documented();
  const { schemas } = document.components;
  // Streams are opened by the browser's EventSource, not by a function that answers.
  for (const [path, { get }] of Object.entries(document.paths))
    if (get?.responses['200']?.content?.['text/event-stream']) delete document.paths[path];
  const names = new Map(
    Object.entries(ENUMERATIONS).map(([name, [schema, property]]) => [
      JSON.stringify(schemas[schema].properties[property].enum),
      name,
    ]),
  );
  const refer = (_key, value) => {
    const name = names.get(JSON.stringify(value?.enum));
    return name ? { $ref: `#/components/schemas/${name}` } : value;
  };
  const named = JSON.parse(JSON.stringify(document), refer);
  for (const [values, name] of names)
    named.components.schemas[name] = { type: 'string', enum: JSON.parse(values), title: name };
  return named;
}

/** Kind and bounds of each setting of a portal, for forms. */
function settings() {
  const { openapi, info, components } = documented();
  const schemaOf = ({ allOf }) => components.schemas[allOf[0].$ref.split('/').pop()];
  const described = ({ 'x-kind': format, minimum, maximum, maxLength, maxItems, ...setting }) =>
    said({
      format,
      minimum,
      maximum,
      maxItems,
      // A text has one bound for all of its languages.
      maxLength: format === 'texts' ? Object.values(schemaOf(setting).properties)[0].maxLength : maxLength,
    });
  const sections = Object.entries(components.schemas.SettingsRequest.properties).map(([name, section]) => [
    name,
    { type: 'object', properties: mapped(schemaOf(section).properties, described) },
  ]);
  const Settings = { type: 'object', properties: Object.fromEntries(sections) };
  return { openapi, info, paths: {}, components: { schemas: { Settings } } };
}

const said = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
const mapped = (members, to) => Object.fromEntries(Object.entries(members).map(([name, value]) => [name, to(value)]));

const module = {
  extension: '.js',
  // The functions stand on `src/client.ts` instead of the kit's own fetch client: see there.
  resolve: (path) => (path === '@hey-api/client-fetch' ? '../client.js' : path),
};

/** Functions stand in a file for each tag of theirs: a page that needs some of one is not sent those of all. */
const getFilePath = ({ meta }) =>
  meta.resource === 'operation' && meta.tool === 'sdk'
    ? `sdk-${meta.tags[0].toLowerCase().replace(/\W+/g, '-')}`
    : undefined;

export default defineConfig([
  {
    input: described(),
    output: { path: 'src/generated', module },
    plugins: [
      { name: '@hey-api/client-fetch', baseUrl: false, bundle: false },
      { name: '@hey-api/typescript', enums: 'javascript' },
      { name: '@hey-api/sdk', auth: false, '~hooks': { symbols: { getFilePath } } },
    ],
  },
  {
    input: settings(),
    output: { path: 'src/settings/generated', module },
    plugins: [{ name: '@hey-api/schemas', type: 'form' }],
  },
]);
