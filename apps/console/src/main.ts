import '@balcao/ui/main.css';
import './console.css';
import { balcaoUi, startLocale } from '@balcao/ui';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { onSignedOut } from './api/request.js';
import { appMessages } from './i18n/messages.js';
import { createConsoleRouter } from './router.js';
import { returnToLogin, returnToOpsLogin } from './session-end.js';

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(balcaoUi, { density: 'console' });
  await startLocale(appMessages);
  const router = createConsoleRouter();
  onSignedOut('staff', () => returnToLogin(router));
  onSignedOut('operator', () => returnToOpsLogin(router));
  app.use(router).mount('#app');
}

void start();
