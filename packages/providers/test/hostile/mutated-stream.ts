import type { JsonValue } from '@trae-cli/protocol';
import { recording } from '../recording.js';
import { oddText } from './odd-json.js';
import type { Random } from '@trae-cli/testkit';

const events = recording.toString('utf8').split(/(?<=\n\n)/);

function oddEvent(event: string, random: Random): string {
  const text = event.startsWith('data:') ? event.slice(5).trim() : '';
  if (!text.startsWith('{') || text.includes('\n')) return event;
  return `data: ${oddText(JSON.parse(text) as JsonValue, random)}\n\n`;
}

/** Events changed, lost, doubled, in another order. */
function oddOrder(random: Random): string {
  const said = events.flatMap((event) => {
    if (random.chance(1 / 12)) return [];
    const one = random.chance(1 / 2) ? oddEvent(event, random) : event;
    return random.chance(1 / 12) ? [one, one] : [one];
  });
  if (random.chance(1 / 6)) said.push(...said.splice(random.below(said.length), 2));
  return said.join('');
}

/** Bytes flipped, lost and put in. */
function damaged(bytes: Buffer, random: Random): Buffer {
  for (let times = random.below(4); times > 0; times -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return random.chance(1 / 4) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
}

/** A stream that was one once, in packets of any size. */
export function mutatedStream(random: Random): readonly Buffer[] {
  const text = oddOrder(random);
  const bytes = random.chance(1 / 3) ? damaged(Buffer.from(text), random) : Buffer.from(text);
  const packets: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = start + 1 + random.below(random.chance(1 / 5) ? 8 : 2000);
    packets.push(bytes.subarray(start, end));
    start = end;
  }
  return packets;
}
