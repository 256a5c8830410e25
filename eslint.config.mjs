import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';

/** The only libraries that may hold a raw connection; everything else goes through `Database`. */
const CONNECTION_HOLDERS = [
  'libs/platform/database/**',
  'libs/platform/tenancy/**',
  'libs/platform/queue/**',
  'libs/platform/outbox/src/worker/**',
  'libs/platform/live/src/postgres-live-bus.ts',
  'libs/platform/testing/**',
];

const CONNECTIONS = [
  { name: 'pg', message: 'Use Database of platform/tenancy: the one door to a connection.' },
  { name: '@nestjs/typeorm', message: 'Use Database of platform/tenancy: the one door to a connection.' },
  {
    name: 'typeorm',
    importNames: ['DataSource', 'EntityManager', 'createConnection'],
    message: 'Use Database of platform/tenancy.',
  },
  { name: 'node:async_hooks', message: 'The tenant travels in the Context, never in a global.' },
];

/** The only libraries that speak to servers over HTTP: to anybody's, and to the operator's own store of files. */
const OUTSIDE_SPEAKERS = ['libs/platform/outbound/**', 'libs/platform/storage/**'];
const USE_OUTBOUND = 'Use Outbound of platform/outbound: it reaches public addresses only, within limits.';
const SPEAKING = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];
const OUTSIDE = [
  ...['http', 'https'].flatMap((name) =>
    [name, `node:${name}`].map((path) => ({
      name: path,
      importNames: ['default', 'request', 'get', 'Agent', 'ClientRequest'],
      message: USE_OUTBOUND,
    })),
  ),
  ...['http2', 'node:http2', 'undici', 'axios', 'got', 'node-fetch', 'ky'].map((name) => ({
    name,
    message: USE_OUTBOUND,
  })),
];
const TESTS = ['**/test/**', '**/*.spec.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      '.balcao/**',
      'libs/api-client/src/**/generated/**',
      '**/*.d.ts',
      'libs/ui/src/**/*.js',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { disallowTypeAnnotations: false, fixStyle: 'inline-type-imports' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.name='forwardRef']",
          message: 'A cycle: say it as an event of contracts instead.',
        },
        {
          selector: "MemberExpression[object.name='URL'][property.name='canParse']",
          message: 'Node 20 forgets letters beyond ASCII: ask parsedUrl of contracts.',
        },
      ],
    },
  },
  {
    // Nest reads constructor types at run time, so that its imports must stay values.
    files: ['apps/{api,worker}/**/*.ts', 'libs/platform/**/*.ts', 'libs/modules/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [...CONNECTION_HOLDERS, ...TESTS],
    rules: { 'no-restricted-imports': ['error', { paths: CONNECTIONS }] },
  },
  {
    files: ['apps/{api,worker}/**/*.ts', 'libs/{platform,modules}/**/*.ts'],
    ignores: [...CONNECTION_HOLDERS, ...OUTSIDE_SPEAKERS, ...TESTS],
    rules: {
      'no-restricted-imports': ['error', { paths: [...CONNECTIONS, ...OUTSIDE] }],
      'no-restricted-globals': ['error', ...SPEAKING.map((name) => ({ name, message: USE_OUTBOUND }))],
      'no-restricted-properties': [
        'error',
        ...SPEAKING.map((property) => ({ object: 'globalThis', property, message: USE_OUTBOUND })),
      ],
    },
  },
  {
    files: ['apps/{portal,console}/**/*.vue', 'libs/ui/**/*.vue'],
    extends: [...vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Prettier decides about these.
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      // An unknown name is drawn as an element that nobody knows, without a word.
      'vue/no-undef-components': ['error', { ignorePatterns: ['RouterLink', 'RouterView'] }],
      'vue/no-static-inline-styles': ['error', { allowBinding: false }],
    },
  },
);
