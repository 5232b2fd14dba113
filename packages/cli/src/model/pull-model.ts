import { createRedactor, formatBytes, type PullProgress, printable, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import type { ModelChoice } from './model-choice.js';

const barWidth = 24;

function bar({ completed, total }: PullProgress): string {
  if (completed === undefined || total === undefined || total <= 0) return '';
  const share = Math.min(1, completed / total);
  const filled = Math.round(share * barWidth);
  const amount = `${formatBytes(completed)} of ${formatBytes(total)}`;
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${Math.floor(share * 100)}% ${amount}`;
}

/** Fetches a model that the server does not have, with a bar on a terminal and a line for each part elsewhere. */
export async function pullModel({ key, model, provider }: ModelChoice, host: Host, signal: AbortSignal): Promise<void> {
  if (provider.pull === undefined)
    throw new TraeError('usage', `${provider.id} has no models to fetch, and --pull was given.`, {
      hint: 'Leave --pull out: it is for servers of your own, such as Ollama.',
    });
  // A server may repeat the key that it was asked with.
  const redactor = createRedactor(key === undefined ? [] : [key]);
  let lastStatus = '';
  for await (const progress of provider.pull(model, signal)) {
    const status = redactor.redact(printable(progress.status));
    if (status !== lastStatus && !host.stderr.isTerminal)
      host.stderr.write(`Fetching ${printable(model)}: ${status}\n`);
    lastStatus = status;
    // The name of a part is a digest, which says nothing to anybody and takes the place of the amounts.
    const drawn = bar(progress);
    host.stderr.showStatus(`Fetching ${printable(model)}${drawn === '' ? `: ${status}` : ` ${drawn}`}`);
  }
  host.stderr.showStatus('');
}
