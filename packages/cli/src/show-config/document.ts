import { type ConfigFile, describeSource, type Source } from '@trae-cli/config';
import type { JsonValue } from '@trae-cli/protocol';
import type { Groundwork } from '../configuration/groundwork.js';
import type { SettingRow } from './setting-row.js';
import type { Survey } from './survey.js';

function sourceDocument(source: Source): JsonValue {
  const text = describeSource(source);
  switch (source.kind) {
    case 'default':
    case 'login':
      return { kind: source.kind, text };
    case 'environment':
      return { kind: source.kind, text, variable: source.variable };
    case 'flag':
      return { kind: source.kind, text, flag: source.flag };
    case 'file':
      return { kind: source.kind, text, path: source.file.path, line: source.line };
    case 'dotenv':
      return { kind: source.kind, text, path: source.file.path, line: source.line, variable: source.variable };
    default:
      return source satisfies never;
  }
}

const fileDocument = ({ path, scope, isTrusted }: ConfigFile): JsonValue => ({ path, scope, trusted: isTrusted });

const settingDocument = ({ key, value, isSecret, isSet, source }: SettingRow): JsonValue => ({
  key,
  value,
  set: isSet,
  ...(isSecret ? { secret: true } : {}),
  source: isSet ? sourceDocument(source) : null,
});

/** The survey for programs: version 1. */
export function surveyDocument(survey: Survey, { config, directory }: Groundwork): JsonValue {
  return {
    version: 1,
    workspace: directory.root,
    files: config.files.map(fileDocument),
    dotenv: config.dotenv === undefined ? null : fileDocument(config.dotenv),
    settings: survey.rows.map(settingDocument),
    keys: survey.keys.map(({ provider, origin }) => ({ provider, origin })),
    conflicts: [...survey.conflicts],
    findings: survey.findings.map(({ kind, message, key }) => ({ kind, message, key: key ?? null })),
    problem: survey.problem === undefined ? null : { ...survey.problem.toRecord() },
  };
}
