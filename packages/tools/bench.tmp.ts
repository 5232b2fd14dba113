import { openLocalWorkspace, builtinTools } from '@trae-cli/tools';
import { createRedactor } from '@trae-cli/protocol';
import { setTimeout as delay } from 'node:timers/promises';
import { mkdtempSync } from 'node:fs';
const root = mkdtempSync('/tmp/proto/ws');
const env = Object.fromEntries(Object.entries(process.env).filter(([,v])=>v!==undefined)) as Record<string,string>;
const clock = { now: () => performance.now(), sleep: (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }) };
const ws = await openLocalWorkspace({ root, allowedPaths: [], outputDirectory: root + '/.out', environment: env, redactor: createRedactor([]), clock });
const bash = builtinTools(ws)[0]!;
const signal = new AbortController().signal;
let t = performance.now();
const first = () => bash.invoke('{"command":"echo hi"}', { signal, report: () => {} });
await first(); console.log('first', performance.now()-t);
for (let i=0;i<300;i++) await first();
const all: number[] = [];
for (let i=0;i<2000;i++) { t = performance.now(); await first(); all.push(performance.now()-t); }
all.sort((a,b)=>a-b); console.log('median', all[1000], 'p10', all[200], 'p90', all[1800], 'mean', all.reduce((a,b)=>a+b)/2000);
const c = process.cpuUsage(); t = performance.now(); for (let i=0;i<2000;i++) await first(); const d = process.cpuUsage(c); console.log('cpu per call ms (ours)', (d.user+d.system)/1000/2000);
t=performance.now(); await ws[Symbol.asyncDispose](); console.log('dispose', performance.now()-t);
