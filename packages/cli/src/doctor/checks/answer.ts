import { TraeError } from '@trae-cli/protocol';
import { probeSpeech, type SpeechFinding } from '@trae-cli/providers';
import { type Check, ok, type Verdict, warning } from '../check.js';
import { type Patient, samplingOf, settingsOf } from '../patient.js';
import { shortTime } from '../times.js';
import { required } from './reach.js';

/** How fast it was: `first token after 0.4s, 52 tokens/s`. */
export function describeSpeed({ firstTokenMs, tokensPerSecond }: SpeechFinding): string {
  const speed = tokensPerSecond === null ? '' : `, ${Math.round(tokensPerSecond)} tokens/s`;
  return `first token after ${shortTime(firstTokenMs)}${speed}`;
}

/** What is odd about it, and what to do about that. */
function doubts({ delivery, durationMs, retries, notices, stop }: SpeechFinding, patient: Patient) {
  const isWanted = settingsOf(patient).stream === false;
  const says = [
    ...(delivery === 'whole' && !isWanted ? ['It came in one piece: the service does not stream'] : []),
    ...(delivery === 'held back' ? [`All of it came at the end, after ${shortTime(durationMs)}`] : []),
    ...(stop === 'length' ? ['It was cut off at the limit of tokens'] : []),
    ...(retries.length > 0 ? ['It took more than one try'] : []),
  ];
  const advice = [
    ...(delivery === 'held back'
      ? ['Something in between holds the answer back: a proxy that buffers, or a gateway.']
      : []),
    ...(stop === 'length' ? ['Raise max_tokens: a model that thinks needs more of them.'] : []),
    ...retries,
    ...notices,
  ];
  return { says, advice, isAny: says.length > 0 || notices.length > 0 };
}

function judge(speech: SpeechFinding, patient: Patient): Verdict {
  if (speech.text.trim() === '' && speech.stop !== 'length')
    throw new TraeError('provider_protocol', 'The service answered, and there was not a word in it.', {
      hint: 'Run it again; if it stays so, choose another model with --model.',
    });
  const manner = { 'in pieces': ', streamed', 'held back': '', whole: '' }[speech.delivery];
  const says = `${describeSpeed(speech)}${manner}`;
  const found = doubts(speech, patient);
  return found.isAny ? warning([says, ...found.says].join('. '), ...found.advice) : ok(says);
}

export const answer: Check = {
  id: 'answer',
  needs: ['model'],
  sends: true,
  limitMs: 180_000,
  run: async (patient, known, signal) => {
    const { clock } = patient.host;
    const sampling = samplingOf(patient);
    const speech = await probeSpeech(required(known.model, 'model'), { clock, sampling, signal });
    return { verdict: judge(speech, patient), known: { speech } };
  },
};
