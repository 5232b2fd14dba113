import { isJsonObject, type JsonObject, type JsonValue, type ToolSpec } from '@trae-cli/protocol';
import { typesOf } from '../recovered/coerce.js';
import { parametersOf } from '../recovered/tagged-call.js';

const rules = `# Tools

You have the tools that are listed below. To use one, write a call as text at the end of your answer, exactly in this form:

<tool_call>
<function=NAME>
<parameter=PARAMETER>VALUE</parameter>
</function>
</tool_call>

A complete example, of a tool that you do not have, with a value of each kind: a number, a text of several lines, a list and an object as JSON.

<tool_call>
<function=example_tool>
<parameter=count>3</parameter>
<parameter=text>
the first line
	the second line: "quotes", <tags> and \\ stay as they are
</parameter>
<parameter=names>["one", "two"]</parameter>
<parameter=options>{"deep": true}</parameter>
</function>
</tool_call>

Rules:
- First say in plain words what you are going to do and why, then write the call.
- Write one call at most, as the last thing in your answer, outside of any code block. Stop behind </tool_call>.
- The result comes in the next message, as <tool_result name="NAME" status="ok"> or status="error". Never write a result yourself and never guess one.
- Write values as they are: no quotes around them, no escapes. Only lists and objects are JSON.
- Use only the tools and parameters that are listed. Give every required parameter; leave out the others unless you need them.
- Your text alone does nothing: what is to happen has to be called. An answer without a call says that you are finished.`;

function typeName(schema: JsonObject): string {
  const types = typesOf(schema).filter((type) => type !== 'null');
  return types.length === 0 ? 'any' : [...new Set(types)].join(' or ');
}

const isDeep = (schema: JsonObject): boolean => typesOf(schema).some((type) => type === 'array' || type === 'object');

function choices({ enum: listed }: JsonObject): string {
  return Array.isArray(listed) ? ` One of: ${listed.map((value) => JSON.stringify(value)).join(', ')}.` : '';
}

function shape({ description: _told, ...schema }: JsonObject): string {
  return isDeep(schema) ? ` JSON schema: ${JSON.stringify(schema)}` : '';
}

function parameterLine(name: string, value: JsonValue, isRequired: boolean): string {
  const schema = isJsonObject(value) ? value : {};
  const { description } = schema;
  const told = typeof description === 'string' && description.trim() !== '' ? ` ${description.trim()}` : '';
  const kind = `${typeName(schema)}, ${isRequired ? 'required' : 'optional'}`;
  const about = `${told}${choices(schema)}${shape(schema)}`;
  return `- ${name} (${kind})${about === '' ? '' : ':'}${about}`;
}

/** The parameters that a call of the tool cannot do without. */
export function requiredOf({ inputSchema }: ToolSpec): readonly string[] {
  const { required } = inputSchema;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

function describeTool(spec: ToolSpec): string {
  const required = requiredOf(spec);
  const lines = Object.entries(parametersOf(spec)).map(([name, schema]) =>
    parameterLine(name, schema, required.includes(name)),
  );
  const parameters = lines.length === 0 ? 'It takes no parameters.' : `Parameters:\n${lines.join('\n')}`;
  return `## ${spec.name}\n${spec.description.trim()}\n${parameters}`;
}

const sameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

/** Instructions with the tools behind them: the same string as long as both are the same. */
export class PromptedInstructions {
  #specs: readonly ToolSpec[] = [];
  #own = '';
  #all = '';

  with(instructions: string, specs: readonly ToolSpec[]): string {
    if (specs.length === 0) return instructions;
    if (this.#all !== '' && instructions === this.#own && sameItems(specs, this.#specs)) return this.#all;
    this.#specs = specs;
    this.#own = instructions;
    const described = [rules, ...specs.map(describeTool)].join('\n\n');
    this.#all = instructions.trim() === '' ? described : `${instructions}\n\n${described}`;
    return this.#all;
  }
}
