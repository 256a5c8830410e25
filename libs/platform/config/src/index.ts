export { AppConfig } from './app.config.js';
export { ConfigModule } from './config.module.js';
export { ConfigurationError, loadConfig } from './load-config.js';
export { Secrets, type SecretPurpose } from './secrets.js';
