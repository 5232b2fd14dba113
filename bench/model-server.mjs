import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

async function askFor(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Starts `server.mjs` as a process of its own. One server serves the whole bench, so that it is as warm for all. */
export async function startModelServer() {
  const program = fileURLToPath(new URL('server.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout.setEncoding('utf8'), 'data');
  const address = `http://127.0.0.1:${port.trim()}`;
  return {
    async createRun(script) {
      const { id } = await askFor(`${address}/runs`, { method: 'POST', body: JSON.stringify(script) });
      const url = `${address}/runs/${id}`;
      return { baseUrl: `${url}/v1`, report: () => askFor(url) };
    },
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
