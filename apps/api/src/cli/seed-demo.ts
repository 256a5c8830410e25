import { command, withApplication } from './command.js';

await command({ usage: 'seed-demo\n\nSeeds the demo unless it is there already.', options: {} }, () =>
  withApplication('seed', async (app) => {
    const [{ demoServices }, { seedDemo }] = await Promise.all([
      import('../demo/demo-services.js'),
      import('../demo/seed-demo.js'),
    ]);
    const added = await seedDemo(demoServices(app));
    process.stdout.write(added ? 'demo data added\n' : 'demo data is there already\n');
  }),
);
