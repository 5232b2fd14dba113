/**
 * A local model server that speaks streamed Chat Completions and keeps the time. It is a process of its own, so that
 * its work is nobody's time, and ends when its standard input closes.
 *
 *     POST /runs          a script; answers `{ "id": … }`. The model's base URL is then /runs/ID/v1
 *     GET  /runs/ID       what was seen of that run
 */
import { createServer } from 'node:http';
import { RecordedRun } from './recorded-run.mjs';
import { chunksOf } from './script.mjs';

const runs = [];

async function readBody(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

function sendJson(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** All the chunks leave together, so that reading each of them is part of the client's step. */
function streamTurn(response, turn, usage) {
  const base = { id: turn.id, object: 'chat.completion.chunk', created: 0, model: 'bench' };
  const send = (chunk) => response.write(`data: ${JSON.stringify({ ...base, ...chunk })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  chunksOf(turn).forEach(send);
  if (usage !== undefined) send({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

async function answerModel(run, request, response) {
  run.requestArrived();
  const body = await readBody(request);
  const { turn, usage } = run.requestRead(body);
  streamTurn(response, turn, usage);
  run.answerEnded();
}

async function answer(request, response) {
  const [, folder, id, ...rest] = request.url.split('/');
  const run = runs[Number(id)];
  if (folder === 'runs' && id === undefined && request.method === 'POST') {
    const script = JSON.parse(await readBody(request));
    sendJson(response, 201, { id: runs.push(new RecordedRun(script)) - 1 });
  } else if (run === undefined) {
    sendJson(response, 404, { error: { message: `There is nothing at ${request.url}.` } });
  } else if (rest.length === 0) {
    sendJson(response, 200, run.report());
  } else if (rest.join('/') === 'v1/chat/completions' && request.method === 'POST') {
    await answerModel(run, request, response);
  } else {
    run.otherRequests += 1;
    sendJson(response, 404, { error: { message: `There is nothing at ${request.url}.` } });
  }
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    // A client that went away ends its own run; the harness notices by its exit status.
    if (response.headersSent) response.destroy();
    else sendJson(response, 400, { error: { message: String(error) } });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit());
