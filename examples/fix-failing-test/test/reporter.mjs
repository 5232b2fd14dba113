// Prints the same lines on every Node: no times, no stack traces, no colours.
const show = (value) => JSON.stringify(value);

function explain(error) {
  const { actual, expected, message } = error?.cause ?? error ?? {};
  if (actual === undefined && expected === undefined) return `     ${String(message).split('\n')[0]}\n`;
  return `     expected ${show(expected)}\n     got      ${show(actual)}\n`;
}

export default async function* reporter(source) {
  const counts = { passed: 0, failed: 0 };
  for await (const { type, data } of source) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite' || data.name.endsWith('.mjs')) continue;
    const passed = type === 'test:pass';
    counts[passed ? 'passed' : 'failed'] += 1;
    yield `${passed ? 'ok  ' : 'FAIL'} ${data.name}\n`;
    if (!passed) yield explain(data.details.error);
  }
  yield `\n${counts.passed} passed, ${counts.failed} failed\n`;
}
