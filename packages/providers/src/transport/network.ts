/* What sends requests, as one module: it is loaded when the first is to be sent, because undici takes some 30 ms. */
export { createConnector } from './connector.js';
export { createGuardedFetch } from './guarded-fetch.js';
export { rawAnswer } from './raw-answer.js';
export { chooseRoute } from './route.js';
