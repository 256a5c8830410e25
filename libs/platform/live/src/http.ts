export { LiveHttpModule } from './http/live.http.module.js';
export { LiveStreams } from './live-streams.js';
