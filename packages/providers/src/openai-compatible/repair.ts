import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import type { Dialect } from '../dialect.js';

/** What of a request can be changed without changing what it says. */
export type Form = {
  readonly parameters: JsonObject;
  readonly instructionsRole: Dialect['instructionsRole'];
};

/** One change to the form of a request, because the service has refused it as it was. */
export type Repair =
  | { readonly type: 'leave_out'; readonly name: string }
  | { readonly type: 'rename'; readonly name: string; readonly to: string }
  | { readonly type: 'set'; readonly name: string; readonly value: JsonValue }
  /** `lasts` is false where the limit is about this conversation, or this moment. */
  | { readonly type: 'lower'; readonly name: string; readonly most: number; readonly lasts: boolean }
  | { readonly type: 'instruct_as_system' };

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
    case 'instruct_as_system':
      return 'The instructions are sent as a system message: the service knows no other.';
    default:
      return repair satisfies never;
  }
}

const without = (parameters: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(parameters).filter(([other]) => other !== name));

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
    case 'instruct_as_system':
      return parameters;
    default:
      return repair satisfies never;
  }
}

export const repaired = (form: Form, repairs: readonly Repair[]): Form =>
  repairs.reduce<Form>(
    ({ instructionsRole, parameters }, repair) => ({
      parameters: repairedParameters(parameters, repair),
      instructionsRole: repair.type === 'instruct_as_system' ? 'system' : instructionsRole,
    }),
    form,
  );
