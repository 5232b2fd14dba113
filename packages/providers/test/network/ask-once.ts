import { createGuardedFetch, GuardedResponse } from '../../src/transport/guarded-fetch.js';

type Order = Parameters<typeof createGuardedFetch>[0] & { readonly url: string };

// Asks as the command line does, and ends when nothing is left to do.
const { url, ...options } = JSON.parse(process.argv[2] ?? '') as Order;
const outcome = await createGuardedFetch(options)(url).then(
  async (response) => {
    if (response instanceof GuardedResponse) for await (const chunk of response.bytes) process.stdout.write(chunk);
    return 'answered';
  },
  (error: unknown) => String(error),
);
process.stdout.write(`\n${outcome}`);
