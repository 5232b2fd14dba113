import { enableCompileCache } from './host/compile-cache.js';
import { processHost } from './host/host.js';
import { main } from './main.js';

enableCompileCache(process.env);
// The exit status is set, not forced, so that what was written still arrives.
process.exitCode = await main(process.argv.slice(2), processHost());
