import { isJsonObject, type JsonObject, type JsonValue, type ModelRequest, type Sampling } from '@trae-cli/protocol';
import type { Options } from 'ollama/browser';
import type { Parameters } from '../service/protocol.js';
import { chosenSampling, noticesFor, outputLimit } from '../service/sampling.js';
import type { Target } from '../service/target.js';

/** The window of a model that nobody could be asked about: what the conversation is kept within. */
const windowOf = ({ traits }: Target): number => traits.contextWindow ?? traits.assumedContextWindow;

type Option = readonly [name: keyof Options, value: JsonValue | undefined];

function optionsFor(target: Target, request: ModelRequest, sent: readonly Option[]): JsonObject {
  const { sampling = {} }: { readonly sampling?: Sampling } = request;
  const given = target.parameters['options'];
  const named: readonly Option[] = [
    ['num_ctx', windowOf(target)],
    ['num_predict', outputLimit(target, sampling.maxOutput)],
    ...sent,
    ['stop', sampling.stop === undefined || sampling.stop.length === 0 ? undefined : sampling.stop],
  ];
  const chosen = Object.fromEntries(
    named.filter((option): option is [keyof Options, JsonValue] => option[1] !== undefined),
  );
  return { ...chosen, ...(isJsonObject(given) ? given : {}) };
}

/** Only what the model is known not to be able to do is not asked for: everything else it refuses in words. */
function thoughtOf({ parameters: { think }, ref, traits }: Target) {
  const isFutile = traits.reasoning === false && think !== undefined;
  return {
    think: isFutile ? undefined : think,
    notices: isFutile && think !== false ? [`The reasoning effort is not sent: ${ref.model} does not think.`] : [],
  };
}

/**
 * `truncate` and `shift` are false, so that a prompt that is too long is an error and an answer that is too long ends:
 * by itself the server leaves out the oldest messages, or the middle, without a word. Old ones pass both over.
 */
export function parametersFor(target: Target, request: ModelRequest): Parameters {
  const { sent, dropped } = chosenSampling(target, request);
  const { options: _given, think: _thought, ...others } = target.parameters;
  const options = optionsFor(target, request, sent as readonly Option[]);
  const { notices, think } = thoughtOf(target);
  return {
    parameters: {
      model: target.ref.model,
      stream: target.streams,
      ...(think === undefined ? {} : { think }),
      truncate: false,
      shift: false,
      ...others,
      options,
    },
    adaptations: ['system_role'],
    notices: [...noticesFor(target, request, dropped), ...notices],
  };
}
