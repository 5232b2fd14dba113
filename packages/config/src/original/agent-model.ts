import { isJsonObject, type JsonObject, type JsonValue, nearest } from '@trae-cli/protocol';
import { oneLine } from '../describe-source.js';
import { objectAt } from '../schema/check-general.js';
import type { Report } from '../schema/report.js';
import { findUnknownKeys } from '../schema/unknown-keys.js';
import { isUnset } from '../schema/unset.js';

/** A model of `models`, and the provider it names. */
export type NamedModel = { readonly name: string; readonly provider: string | undefined; readonly values: JsonObject };

const agentPath = ['agents', 'trae_agent'] as const;

/** What `agents.trae_agent` says; empty where there are no agents. */
export function agentOf(report: Report, agents: JsonObject): JsonObject {
  const hasAgent = Object.hasOwn(agents, 'trae_agent');
  for (const name of Object.keys(agents)) {
    const path = ['agents', name];
    if (name === 'trae_agent') continue;
    if (hasAgent) report.find('no_effect', path, () => 'has no effect: "trae_agent" is the agent that is run');
    else
      report.problem(`"${report.key(path)}" (${report.place(path)}) is not run: the agent is called "trae_agent" here`);
  }
  const agent = objectAt(report, agentPath, agents['trae_agent'], 'with keys such as "model" and "max_steps"');
  findUnknownKeys(report, agentPath, agent, 'agent');
  return agent;
}

const candidatesOf = (wanted: string, names: readonly string[]): string => {
  const near = nearest(wanted, names);
  if (near !== undefined) return `: did you mean "${near}"?`;
  return names.length === 0
    ? ''
    : `, which has ${names
        .slice(0, 5)
        .map((name) => `"${oneLine(name, 60)}"`)
        .join(', ')}`;
};

/** A name that has to be among the keys of an object; undefined where there is none. */
function nameIn(report: Report, path: readonly string[], value: JsonValue | undefined, within: [string, JsonObject]) {
  if (value === undefined || isUnset(value)) return undefined;
  const [key, entries] = within;
  const place = `"${report.key(path)}" (${report.place(path)})`;
  if (typeof value !== 'string') report.problem(`${place} must be a name in "${key}"`);
  else if (Object.hasOwn(entries, value)) return value;
  else
    report.problem(
      `${place} names "${oneLine(value, 60)}", which is not in "${key}"${candidatesOf(value, Object.keys(entries))}`,
    );
  return undefined;
}

export type ModelNames = { readonly agent: JsonObject; readonly models: JsonObject; readonly providers: JsonObject };

function chosenName(report: Report, { agent, models }: ModelNames): string | undefined {
  if (!isUnset(agent['model'])) return nameIn(report, [...agentPath, 'model'], agent['model'], ['models', models]);
  const [only, ...others] = Object.keys(models);
  if (others.length > 0) {
    // Whoever misnamed the agent has said there which model is meant.
    if (report.hasProblems) return undefined;
    const place = `"models" (${report.place(['models'])})`;
    report.problem(`${place} has several entries, and there is no "agents.trae_agent.model" to say which one is meant`);
    return undefined;
  }
  return only;
}

/** The model that the agent names, or the only one there is. */
export function modelOf(report: Report, names: ModelNames): NamedModel | undefined {
  const name = chosenName(report, names);
  if (name === undefined) return undefined;
  const values = objectAt(
    report,
    ['models', name],
    names.models[name],
    'with keys such as "model_provider" and "model"',
  );
  const path = ['models', name, 'model_provider'];
  const provider = nameIn(report, path, values['model_provider'], ['model_providers', names.providers]);
  if (isUnset(values['model_provider']) && Object.keys(values).length > 0) {
    report.problem(`"${report.key(['models', name])}" (${report.place(['models', name])}) has no "model_provider"`);
  }
  return { name, provider, values };
}

type ModelUse = {
  readonly models: JsonObject;
  readonly used: string | undefined;
  readonly lakeview: JsonValue | undefined;
};

/** Models that neither the agent names nor Lakeview, which has a finding of its own. */
export function findUnusedModels(report: Report, { models, used, lakeview }: ModelUse): void {
  const ofLakeview = isJsonObject(lakeview) ? lakeview['model'] : undefined;
  for (const name of used === undefined ? [] : Object.keys(models)) {
    if (name === used || name === ofLakeview) continue;
    report.find('no_effect', ['models', name], () => `has no effect: the agent uses "${oneLine(used ?? '', 60)}"`);
  }
}
