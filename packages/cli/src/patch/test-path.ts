const testSegments: ReadonlySet<string> = new Set(['test', 'tests', '__tests__', 'spec']);
const testName = /^test_|_test\.|\.test\.|\.spec\./;

/** Whether a path (with `/`) is a test by its name: changing only such files is no patch. */
export function isTestPath(path: string): boolean {
  const segments = path.split('/');
  const name = segments.at(-1) ?? '';
  return segments.some((segment) => testSegments.has(segment)) || testName.test(name);
}
