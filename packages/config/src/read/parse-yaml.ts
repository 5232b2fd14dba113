import { Composer, type CST, type Document, type ErrorCode, Lexer, Parser, type YAMLError } from 'yaml';
import type { TraeError } from '@trae-cli/protocol';
import { deepestValue, type Placed, tooDeep } from './placed-value.js';
import type { SourceText } from './source-text.js';
import { yamlOptions } from './yaml-options.js';
import { YamlTree } from './yaml-tree.js';

const faults: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias has neither an anchor nor a tag of its own',
  BAD_ALIAS: 'this is not a name for an anchor',
  BAD_COLLECTION_TYPE: 'this tag does not fit what follows it',
  BAD_DIRECTIVE: 'there is no such directive; a line that begins with % is one',
  BAD_DQ_ESCAPE:
    'there is no such escape between double quotes; a backslash itself is written \\\\, or use single quotes',
  BAD_INDENT: 'this is indented too far or not far enough, or a bracket above is not closed',
  BAD_PROP_ORDER: 'an anchor or a tag stands before what it belongs to, not here',
  BAD_SCALAR_START: 'a text that begins with this character has to stand in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a line has one key; a text that holds ": " has to stand in quotes',
  BLOCK_IN_FLOW: 'between braces or brackets nothing may be written in indented lines',
  DUPLICATE_KEY: 'this key is there twice',
  IMPOSSIBLE: 'this is not YAML',
  KEY_OVER_1024_CHARS: 'this key is too long',
  MISSING_CHAR: 'a closing quote, brace, bracket or comma is missing, or a space after a colon',
  MULTILINE_IMPLICIT_KEY: 'this is no key: a colon is missing, or a closing quote above',
  MULTIPLE_ANCHORS: 'a value has one anchor',
  MULTIPLE_DOCS: 'a configuration is one document',
  MULTIPLE_TAGS: 'a value has one tag',
  NON_STRING_KEY: 'a key is a text; put it in quotes',
  RESOURCE_EXHAUSTION: tooDeep,
  TAB_AS_INDENT: 'lines are indented with spaces, not with tabs',
  TAG_RESOLVE_FAILED: 'tags are not supported; a text that begins with ! has to stand in quotes',
  UNEXPECTED_TOKEN: 'this does not belong here',
};

/** What is missing at the end of the file is missing behind the last words, and only there is anything to show. */
function faultOf(source: SourceText, { code, pos: [offset] }: YAMLError): TraeError {
  const isAtEnd = source.text.slice(offset).trim() === '';
  return source.fault(isAtEnd ? Math.min(offset, source.text.trimEnd().length) : offset, faults[code]);
}

/**
 * Stops where it gets too deep: what is composed from tokens is composed recursively, and where a stack overflows in the
 * midst of a regular expression, Node ends without a word.
 */
function* tokensOf(source: SourceText): Generator<CST.Token, void> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(source.text)) {
    yield* parser.next(lexeme);
    // The document and the value itself are on it too.
    if (parser.stack.length > deepestValue + 2) throw source.fault(parser.offset, tooDeep);
  }
  yield* parser.end();
}

/** The values of a YAML text; undefined where it holds none. */
export function parseYamlText(source: SourceText): Placed | undefined {
  let sole: Placed | undefined;
  for (const document of new Composer(yamlOptions).compose(tokensOf(source), true, source.text.length)) {
    const root = rootOf(source, document);
    if (root !== undefined && sole !== undefined) throw secondDocument(source, root);
    sole ??= root;
  }
  return sole;
}

function rootOf(source: SourceText, document: Document.Parsed): Placed | undefined {
  const unknownTag = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const fault = document.errors[0] ?? unknownTag;
  if (fault !== undefined) throw faultOf(source, fault);
  return new YamlTree(source).rootOf(document);
}

const secondDocument = (source: SourceText, { offset }: Placed): TraeError =>
  source.fault(
    offset,
    'a second document begins here, and a configuration is one',
    'Remove one of the two; --- separates them.',
  );
