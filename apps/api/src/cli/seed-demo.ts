import { demoServices } from '../demo/demo-services.js';
import { seedDemo } from '../demo/seed-demo.js';
import { command, withApplication } from './command.js';

await command({ usage: 'seed-demo\n\nSeeds the demo unless it is there already.', options: {} }, () =>
  withApplication('seed', async (app) => {
    const added = await seedDemo(demoServices(app));
    process.stdout.write(added ? 'demo data added\n' : 'demo data is there already\n');
  }),
);
