import { dirname, join, relative, sep } from 'node:path';
import { parseArguments, type Tool, type ToolResult } from '@trae-cli/protocol';
import type { ToolName } from '../tool-names.js';
import type { Workspace } from '../workspace.js';
import { type InstructionFile, readInstructions } from './read-instructions.js';

/** The tools that touch files, and the parameter that says which. */
const pathParameters: Partial<Record<ToolName, string>> = {
  str_replace_based_edit_tool: 'path',
  json_edit_tool: 'file_path',
};

/** Characters that one answer may grow by. */
const mostCharacters = 40_000;

/**
 * The same tools; but the first time one of them touches a file in a directory below the root, its answer ends with the
 * instructions of the directories from there down to the file, each once a run. Failures say nothing more.
 */
export function withDirectoryInstructions(tools: readonly Tool[], workspace: Workspace): readonly Tool[] {
  const unseen = new UnseenInstructions(workspace);
  const parameters: Readonly<Record<string, string | undefined>> = pathParameters;
  return tools.map((tool) => {
    const parameter = parameters[tool.spec.name];
    return parameter === undefined ? tool : instructing(tool, parameter, unseen);
  });
}

const instructing = (tool: Tool, parameter: string, unseen: UnseenInstructions): Tool => ({
  spec: tool.spec,
  effectOf: (rawArguments) => tool.effectOf(rawArguments),
  async invoke(rawArguments, context) {
    const result = await tool.invoke(rawArguments, context);
    if (result.kind !== 'output') return result;
    const parsed = parseArguments(rawArguments);
    const path = parsed.ok ? parsed.value[parameter] : undefined;
    return typeof path === 'string' ? withText(result, await unseen.for(path)) : result;
  },
});

function withText(result: Extract<ToolResult, { kind: 'output' }>, text: string): ToolResult {
  const last = result.content.at(-1);
  if (text === '') return result;
  if (last?.type !== 'text') return { ...result, content: [...result.content, { type: 'text', text }] };
  return { ...result, content: [...result.content.slice(0, -1), { ...last, text: `${last.text}\n${text}` }] };
}

/** The directories whose instructions the model has not read yet. */
class UnseenInstructions {
  readonly #workspace: Workspace;
  readonly #seen = new Set<string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** What the directories that lead to a file ask for. Asked twice, even at the same time, it is said once. */
  async for(path: string): Promise<string> {
    const { files, root, redactor } = this.#workspace;
    const place = await files.locate(path, 'read');
    if (place.kind !== 'file') return '';
    const directories = directoriesBelow(root, place.realPath).filter((each) => !this.#seen.has(each));
    for (const directory of directories) this.#seen.add(directory);
    const found = await Promise.all(directories.map((directory) => readInstructions(directory, { within: root })));
    return redactor.redact(written(found.flat(), root));
  }
}

/** From the one below the root down to the one that holds the file; none for a file outside. */
function directoriesBelow(root: string, realPath: string): readonly string[] {
  const way = relative(root, dirname(realPath));
  const names = way === '' ? [] : way.split(sep);
  return names[0] === '..' ? [] : names.map((_, index) => join(root, ...names.slice(0, index + 1)));
}

function written(found: readonly InstructionFile[], root: string): string {
  let room = mostCharacters;
  const texts = found.map(({ path, text }) => {
    const name = relative(root, path);
    const whole = `\n[${name} asks those who work in this directory:]\n${text.trim()}\n`;
    if (whole.length > room) return `\n[${name} asks something of those who work in this directory. Read it.]\n`;
    room -= whole.length;
    return whole;
  });
  return texts.join('').trimEnd();
}
