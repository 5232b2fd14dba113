import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';
import { type Adaptation, adaptations } from './adaptation.js';

/** What of a request can be changed without changing what it says. */
export type Form = {
  readonly parameters: JsonObject;
  readonly adaptations: readonly Adaptation[];
};

/** One change to the form of a request, because the service has refused it as it was. */
export type Repair =
  | { readonly type: 'leave_out'; readonly name: string }
  | { readonly type: 'rename'; readonly name: string; readonly to: string }
  | { readonly type: 'set'; readonly name: string; readonly value: JsonValue }
  /** `lasts` is false where the limit is about this conversation, or this moment. */
  | { readonly type: 'lower'; readonly name: string; readonly most: number; readonly lasts: boolean }
  | { readonly type: 'adapt'; readonly to: Adaptation };

/** Whether later requests to the model need it too. */
export const isLasting = (repair: Repair): boolean => repair.type !== 'lower' || repair.lasts;

export function describeRepair(repair: Repair): string {
  switch (repair.type) {
    case 'leave_out':
      return `${repair.name} is left out: the service does not accept it.`;
    case 'rename':
      return `${repair.to} is sent in the place of ${repair.name}.`;
    case 'set':
      return `${repair.name} is set to ${JSON.stringify(repair.value)}: the service asks for it.`;
    case 'lower':
      return `${repair.name} is lowered to ${repair.most}: the service does not accept more.`;
    case 'adapt':
      return adaptations[repair.to];
    default:
      return repair satisfies never;
  }
}

/** A name may lead into a parameter, as `reasoning.summary`; a parameter that has nothing left in it is gone as well. */
function without(parameters: JsonObject, name: string): JsonObject {
  const dot = name.indexOf('.');
  const outer = parameters[name.slice(0, Math.max(0, dot))];
  if (dot === -1 || !isJsonObject(outer))
    return Object.fromEntries(Object.entries(parameters).filter(([other]) => other !== name));
  const inner = without(outer, name.slice(dot + 1));
  const outerName = name.slice(0, dot);
  return Object.keys(inner).length === 0 ? without(parameters, outerName) : { ...parameters, [outerName]: inner };
}

function repairedParameters(parameters: JsonObject, repair: Repair): JsonObject {
  switch (repair.type) {
    case 'leave_out':
      return without(parameters, repair.name);
    case 'rename': {
      const value = parameters[repair.name];
      return value === undefined ? parameters : { ...without(parameters, repair.name), [repair.to]: value };
    }
    case 'set':
      return { ...parameters, [repair.name]: repair.value };
    case 'lower': {
      const value = parameters[repair.name];
      return typeof value === 'number' && value <= repair.most
        ? parameters
        : { ...parameters, [repair.name]: repair.most };
    }
    case 'adapt':
      return parameters;
    default:
      return repair satisfies never;
  }
}

export const repaired = (form: Form, repairs: readonly Repair[]): Form =>
  repairs.reduce<Form>(
    ({ adaptations, parameters }, repair) => ({
      parameters: repairedParameters(parameters, repair),
      adaptations: repair.type === 'adapt' ? [...adaptations, repair.to] : adaptations,
    }),
    form,
  );
