import { CommandError, command, readConfig, withApplication } from './command.js';

const usage = `
demo:reset

Brings the demo's organizations back to what they were at first; others are not touched.
`;

await command({ usage, options: {} }, async () => {
  const config = await readConfig();
  if (config.production && !config.balcaoDemo)
    throw new CommandError('This installation is in production and has no demo (BALCAO_DEMO=1 says otherwise)');
  await withApplication('demo', async (app) => {
    const [{ demoServices }, { removeDemo }, { seedDemo }] = await Promise.all([
      import('../demo/demo-services.js'),
      import('../demo/remove-demo.js'),
      import('../demo/seed-demo.js'),
    ]);
    await removeDemo(demoServices(app).database);
    await seedDemo(demoServices(app));
  });
  process.stdout.write('demo data is as it was at first\n');
});
