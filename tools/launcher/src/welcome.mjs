// @ts-check

/** The demo's people, as the README lists them. */
const DEMO_SIGN_INS = /** @type {const} */ ([
  ['ana@padaria.example', 'customer of aurora: everything'],
  ['bruno@padaria.example', 'customer of aurora: own tickets'],
  ['carla@oficina.example', 'customer of aurora: another account'],
  ['davi@boreal-cliente.example', 'customer of boreal'],
  ['multi@example.com', 'customer of both organizations'],
  ['owner@aurora.example', 'staff of aurora: owner'],
  ['agent@aurora.example', 'staff of aurora: agent'],
  ['billing@aurora.example', 'staff of aurora: billing'],
  ['owner@boreal.example', 'staff of boreal: owner'],
  ['owner@cometa.example', 'staff of cometa-teste, a sandbox'],
  ['elisa@esquina.example', 'customer of cometa-teste'],
  ['operator@balcao.example', 'operator of the installation'],
]);

/**
 * What is printed when everything runs.
 * @param {object} facts
 * @param {import('./environment.mjs').Settings} facts.settings
 * @param {string} facts.demoPassword
 * @param {boolean} facts.demoSeeded
 * @param {string | undefined} facts.dataDir where the embedded database keeps its data
 * @returns {string}
 */
export function welcome({ settings, demoPassword, demoSeeded, dataDir }) {
  const base = settings.publicUrl;
  const addresses = [
    ...(demoSeeded
      ? [
          ['Customer portal', `${base}/o/aurora/portal`],
          ['Its second portal', `${base}/o/aurora-gestao/portal`],
          ['Its third portal', `${base}/o/aurora-movel/portal`],
          ['Signup', `${base}/o/aurora/portal/signup/aurora`],
        ]
      : []),
    ['Staff console', `${base}/console`],
    ['Operations', `${base}/ops/login`],
    ['API documentation', `${base}/api/docs`],
    ...(settings.mailbox === undefined ? [] : [['Mailbox', `http://localhost:${settings.mailbox.port}`]]),
    ...(settings.registry === undefined
      ? []
      : [['Register of companies', `http://localhost:${settings.registry.port}`]]),
  ];
  const lines = ['', 'Balcão is running.', '', ...table(addresses)];
  if (demoSeeded) {
    lines.push('', `Demo sign-ins, all with the password ${demoPassword}`, '', ...table(DEMO_SIGN_INS));
  } else {
    lines.push('', 'The first operator and organization are made with: npm run balcao -- setup');
  }
  if (dataDir !== undefined) lines.push('', `The database is kept in ${dataDir}.`);
  lines.push('Ctrl-C stops everything.', '');
  return lines.join('\n');
}

/** @param {readonly (readonly string[])[]} rows */
function table(rows) {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`);
}
