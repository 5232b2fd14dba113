import { isAbsolute, relative } from 'node:path';
import { clipped, printable } from '@trae-cli/protocol';
import type { Source } from './source.js';

export type DescribeOptions = {
  /** Files inside this directory, or directly in one above it, are named by the way from here. */
  readonly relativeTo?: string;
};

/** A name from outside on one line, cut where nobody would read on. */
export const oneLine = (text: string, limit = 120): string => clipped(printable(text).replaceAll(/\s+/g, ' '), limit);

const directlyAbove = /^(?:\.\.[\\/])+[^\\/]+$/;

/** A path as a person would name it from a directory. */
export function describePath(path: string, { relativeTo }: DescribeOptions = {}): string {
  const way = relativeTo === undefined ? path : relative(relativeTo, path);
  const isNear = !isAbsolute(way) && (!way.startsWith('..') || directlyAbove.test(way));
  return oneLine(isNear && way !== '' ? way : path, 400);
}

/** Where a value came from, in words for tables and messages: `trae_config.json:7`, `GROQ_API_KEY in .env:3`. */
export function describeSource(source: Source, options: DescribeOptions = {}): string {
  switch (source.kind) {
    case 'default':
      return 'the default';
    case 'login':
      return `the login in ${source.place}`;
    case 'file':
      return `${describePath(source.file.path, options)}:${source.line}`;
    case 'dotenv':
      return `${oneLine(source.variable)} in ${describePath(source.file.path, options)}:${source.line}`;
    case 'environment':
      return oneLine(source.variable);
    case 'flag':
      return source.flag;
    default:
      return source satisfies never;
  }
}
