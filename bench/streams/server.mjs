/**
 * Serves one recorded stream of many small deltas in every protocol, as fast as it is read. Prints its port, and ends
 * when its standard input does.
 *
 *     node bench/streams/server.mjs
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { streamFormats } from './formats.mjs';

const packetBytes = 16 * 1024;
const deltasAtOnce = 2000;

const formatAt = (path) => Object.values(streamFormats).find((format) => path.endsWith(format.path));

/** The same deltas again and again: made once, so that the server is never what is waited for. */
function blockOf({ delta }) {
  const text = Array.from({ length: deltasAtOnce }, (_, index) => delta(index)).join('');
  return Buffer.from(text);
}

const blocks = new Map(Object.values(streamFormats).map((format) => [format, blockOf(format)]));

async function write(response, bytes) {
  for (let start = 0; start < bytes.length; start += packetBytes) {
    if (!response.write(bytes.subarray(start, start + packetBytes))) await once(response, 'drain');
  }
}

async function stream(response, format, deltas) {
  response.writeHead(200, { 'content-type': format.contentType });
  response.write(format.begin);
  for (let sent = 0; sent < deltas; sent += deltasAtOnce) await write(response, blocks.get(format));
  response.end(format.end);
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  // The number of deltas stands at the beginning of the path: /200000/v1/messages.
  const deltas = Number(pathname.split('/')[1]);
  request.resume();
  await once(request, 'end');
  const format = formatAt(pathname);
  if (format !== undefined) await stream(response, format, deltas).catch(() => response.destroy());
  else if (pathname.endsWith('/api/show'))
    response.end(JSON.stringify({ capabilities: ['completion', 'tools'], model_info: {} }));
  else response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not here"}');
});

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.resume().on('end', () => {
  server.close();
  server.closeAllConnections();
});
