/**
 * The floor: the smallest agent loop that bare Node can be. It streams from the server, puts the tool call together,
 * runs the command in a new shell, appends the answer and asks again with the whole history. It records nothing.
 *
 *     node bench/floor.mjs http|fetch BASE_URL TASK
 */
import { spawn } from 'node:child_process';

const [transport, baseUrl, task] = process.argv.slice(2);
const url = `${baseUrl}/chat/completions`;
const headers = { 'content-type': 'application/json', authorization: `Bearer ${process.env.BENCH_API_KEY}` };

const tool = (name, description, parameter) => ({
  type: 'function',
  function: {
    name,
    description,
    parameters: { type: 'object', properties: { [parameter]: { type: 'string' } }, required: [parameter] },
  },
});

const tools = [
  tool('bash', 'Runs a command in a shell and answers with its output.', 'command'),
  tool('task_done', 'Ends the work.', 'summary'),
];

async function overHttp() {
  const { Agent, request } = await import('node:http');
  const agent = new Agent({ keepAlive: true });
  return (body) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': Buffer.byteLength(body) };
      const sent = request(url, { agent, method: 'POST', headers: { ...headers, ...length } }, resolve);
      sent.on('error', reject).end(body);
    });
}

const overFetch = () => async (body) => (await fetch(url, { method: 'POST', headers, body })).body;

async function* readDeltas(stream) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('data: {')) yield JSON.parse(line.slice(6)).choices[0]?.delta ?? {};
    }
  }
}

async function readMessage(stream) {
  const message = { role: 'assistant', content: '', tool_calls: [] };
  for await (const delta of readDeltas(stream)) {
    if (delta.content) message.content += delta.content;
    for (const part of delta.tool_calls ?? []) {
      const call = (message.tool_calls[part.index] ??= {
        id: part.id,
        type: 'function',
        function: { name: part.function.name, arguments: '' },
      });
      call.function.arguments += part.function.arguments ?? '';
    }
  }
  return message;
}

function runCommand(command) {
  return new Promise((resolve, reject) => {
    const shell = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    shell.on('error', reject).on('close', (exitCode) => resolve(`${output}\nexit code ${exitCode}`));
  });
}

const send = transport === 'http' ? await overHttp() : overFetch();
const messages = [
  { role: 'system', content: 'You are a coding agent. Call bash until the task is done, then task_done.' },
  { role: 'user', content: task },
];

for (let done = false; !done;) {
  const message = await readMessage(await send(JSON.stringify({ model: 'bench', stream: true, messages, tools })));
  messages.push(message);
  done = message.tool_calls.length === 0;
  for (const call of message.tool_calls) {
    const input = JSON.parse(call.function.arguments);
    if (call.function.name === 'task_done') done = true;
    else messages.push({ role: 'tool', tool_call_id: call.id, content: await runCommand(input.command) });
  }
}
