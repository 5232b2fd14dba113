/**
 * The floor: reads a stream from a socket, splits it into lines and parses each as JSON. It looks at nothing.
 *
 *     node bench/streams/read-bare.mjs URL
 */
import { request } from 'node:http';

const [url] = process.argv.slice(2);
const startedAt = performance.now();
let values = 0;

request(url, { method: 'POST' }, async (response) => {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of response) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const json = line.startsWith('data: ') ? line.slice(6) : line;
      if (!json.startsWith('{')) continue;
      JSON.parse(json);
      values += 1;
    }
  }
  process.stdout.write(JSON.stringify({ values, durationMs: performance.now() - startedAt }));
}).end('{}');
