import { describe, expect, test } from 'vitest';
import { checkNames, checks } from './checks.js';
import { recorder } from './recorder.js';
import { keep, type Tape } from './tape.js';
import { isBeyond, providerOf, type Vendor, vendors } from './vendor.js';

const longestMs = 180_000;
const isRecording = process.env['RECORD'] === '1';

const patience = (): AbortSignal => AbortSignal.timeout(longestMs - 10_000);

/** Asks the service itself. */
async function ask(vendor: Vendor, check: Tape['check']): Promise<void> {
  const { baseUrl, model } = vendor;
  await checks[check]({ provider: providerOf(vendor, baseUrl), model, signal: patience() });
}

/** Asks the service through the recorder; what was said is kept only where it was right. */
async function askAndRecord(vendor: Vendor, check: Tape['check']): Promise<void> {
  const { entry, key, model } = vendor;
  await using between = await recorder(vendor.baseUrl);
  await checks[check]({ provider: providerOf(vendor, between.baseUrl), model, signal: patience() });
  const exchanges = await between.exchanges();
  if (exchanges.length === 0) return;
  const { basePath } = between;
  const recordedOn = new Date().toISOString().slice(0, 10);
  await keep({ version: 1, provider: entry.id, model, basePath, check, recordedOn, exchanges }, key);
}

for (const [name, vendor] of await vendors(process.env)) {
  describe.skipIf(vendor === undefined)(`${name}, as it is today,`, () => {
    test.each(checkNames)(
      'does what it should: %s',
      async (check) => {
        if (vendor === undefined || isBeyond(vendor.entry, check)) return;
        await expect((isRecording ? askAndRecord : ask)(vendor, check)).resolves.toBeUndefined();
      },
      longestMs,
    );
  });
}
