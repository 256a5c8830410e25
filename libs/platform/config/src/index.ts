export { AppConfig } from './app.config.js';
export { ConfigModule } from './config.module.js';
export { ConfigurationError, isLoopback, loadConfig } from './load-config.js';
export { Secrets, sealedContext, type SecretPurpose } from './secrets.js';
