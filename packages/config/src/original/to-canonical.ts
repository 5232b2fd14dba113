import type { JsonObject, JsonValue } from '@trae-cli/protocol';
import type { ConfigDocument, ConfigPath } from '../document.js';
import type { Finding } from '../finding.js';
import { objectAt } from '../schema/check-general.js';
import { type CanonicalDocument, Report } from '../schema/report.js';
import { agentOf, findUnusedModels, modelOf } from './agent-model.js';
import { mergeModel, type Move } from './merge-model.js';

/** Keys of the form with `agents` and `models`, and the keys that say the same in ours. */
const originalKeys = ['agents', 'models'] as const;
const rivalKeys = ['default_provider', 'max_steps', 'tools'] as const;

function rejectBothForms(report: Report, values: JsonObject): void {
  const original = originalKeys.find((key) => Object.hasOwn(values, key));
  const own = rivalKeys.find((key) => Object.hasOwn(values, key));
  if (original === undefined || own === undefined) return;
  const [here, there] = [`"${original}" (${report.place([original])})`, `"${own}" (${report.place([own])})`];
  report.problem(`${here} and ${there} belong to two different forms of this file: keep to one of them`);
}

/** Where what now stands at a path was written: moved itself, or inside of something that was. */
function writtenPathOf(path: ConfigPath, moved: ReadonlyMap<string, ConfigPath>): ConfigPath {
  for (let length = path.length; length > 0; length -= 1) {
    const from = moved.get(JSON.stringify(path.slice(0, length)));
    if (from !== undefined) return [...from, ...path.slice(length)];
  }
  return path;
}

function withMoves(document: ConfigDocument, values: JsonObject, moves: readonly Move[]): CanonicalDocument {
  const moved = new Map(moves.map(({ to, from }) => [JSON.stringify(to), from]));
  const writtenPath = (path: ConfigPath): ConfigPath => writtenPathOf(path, moved);
  return { file: document.file, values, positionOf: (path) => document.positionOf(writtenPath(path)), writtenPath };
}

const without = (values: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));

/** What the agent says itself stands at the top of ours. */
function agentMoves(agent: JsonObject): readonly (Move & { readonly value: JsonValue })[] {
  return ['max_steps', 'tools', 'enable_lakeview'].flatMap((key) => {
    const value = agent[key];
    return value === undefined ? [] : [{ to: [key], from: ['agents', 'trae_agent', key], value }];
  });
}

function convert(report: Report, document: ConfigDocument): CanonicalDocument {
  const { values } = document;
  rejectBothForms(report, values);
  const agents = objectAt(report, ['agents'], values['agents'], 'that has "trae_agent"');
  const models = objectAt(report, ['models'], values['models'], 'that has an entry for each model');
  const providers = objectAt(
    report,
    ['model_providers'],
    values['model_providers'],
    'that has an entry for each provider',
  );
  const agent = agentOf(report, agents);
  const model = modelOf(report, { agent, models, providers });
  findUnusedModels(report, { models, used: model?.name, lakeview: values['lakeview'] });
  const merged = mergeModel(providers, model);
  const moves = agentMoves(agent);
  const top = Object.fromEntries(moves.map(({ to, value }) => [to.join('.'), value]));
  const rest = without(values, [...originalKeys, 'model_providers']);
  const canonical = { ...rest, ...top, ...merged.values };
  return withMoves(document, canonical, [...moves, ...merged.moves]);
}

export type Conversion = { readonly canonical: CanonicalDocument; readonly findings: readonly Finding[] };

/**
 * A document in the shape of the schema, whichever of the two forms it is written in, with every place kept. Throws
 * `config_invalid` for names that lead nowhere, and where both forms stand in one file.
 */
export function toCanonical(document: ConfigDocument, relativeTo: string): Conversion {
  const itself = withMoves(document, document.values, []);
  if (!originalKeys.some((key) => Object.hasOwn(document.values, key))) return { canonical: itself, findings: [] };
  const report = new Report(itself, relativeTo);
  const canonical = convert(report, document);
  report.throwProblems();
  return { canonical, findings: report.findings };
}
