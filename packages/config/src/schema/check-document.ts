import type { JsonObject } from '@trae-cli/protocol';
import type { ConfigDocument } from '../document.js';
import type { Finding } from '../finding.js';
import { toCanonical } from '../original/to-canonical.js';
import { checkGeneral, objectAt } from './check-general.js';
import { checkProvider } from './check-provider.js';
import { Report } from './report.js';
import type { CheckedFile, WrittenLeaf } from './written-leaf.js';

/** Names that stand for something else than a service. */
const reservedNames: readonly string[] = ['replay'];

const longestName = 100;

function problemOfName(name: string): string | undefined {
  if (name.trim() === '') return 'is not a name: a provider needs one';
  if (name.length > longestName) return `is not a name for a provider: it is ${name.length} characters long`;
  if (/[\s\p{C}]/u.test(name)) return 'is not a name for a provider: it has white space or a control character in it';
  return reservedNames.includes(name) ? 'is a reserved name: call the provider something else' : undefined;
}

function checkProviders(report: Report, providers: JsonObject, document: ConfigDocument): readonly WrittenLeaf[] {
  return Object.entries(providers).flatMap(([name, value]) => {
    const path = ['model_providers', name] as const;
    const problem = problemOfName(name);
    if (problem !== undefined)
      report.problem(`"${name.trim() === '' ? '' : report.key(path)}" (${report.place(path)}) ${problem}`);
    const entry = objectAt(report, path, value, 'with keys such as "api_key" and "model"');
    return checkProvider(report, path, entry, document.file);
  });
}

export type DocumentCheck = { readonly checked: CheckedFile; readonly findings: readonly Finding[] };

/** What a document says, in either form. Throws `config_invalid` with everything that is wrong in it. */
export function checkDocument(document: ConfigDocument, relativeTo: string): DocumentCheck {
  const { canonical, findings } = toCanonical(document, relativeTo);
  const report = new Report(canonical, relativeTo);
  const general = checkGeneral(report, canonical.values, document.file);
  const what = 'that has an entry for each provider';
  const providers = objectAt(report, ['model_providers'], canonical.values['model_providers'], what);
  const leaves = [...general, ...checkProviders(report, providers, document)];
  report.throwProblems();
  const checked = { file: document.file, leaves, providerNames: Object.keys(providers) };
  return { checked, findings: [...findings, ...report.findings] };
}
