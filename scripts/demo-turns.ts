import type { ModelAnswer } from '@trae-cli/testkit';

const bash = (command: string) => ({ name: 'bash', arguments: { command } });
const view = (path: string) => ({ name: 'str_replace_based_edit_tool', arguments: { command: 'view', path } });
const testCommand = 'node --test --test-reporter=./test/reporter.mjs test/versions.test.mjs';

/** What a model said when it was given the task of `examples/fix-failing-test`, word for word. */
export const demoTurns: readonly ModelAnswer[] = [
  { text: 'I run the tests first, to see the failure for myself.', calls: [bash(testCommand)] },
  {
    text: 'Everything that fails has to do with 1.10.0 against 1.9.0. I look at how versions are compared, and who relies on it.',
    calls: [view('src/versions.mjs'), view('src/release-notes.mjs')],
  },
  {
    text:
      '`parseVersion` leaves the numbers as text, so `"10" < "9"` holds: text is compared letter by letter. ' +
      'Everything else builds on it. I turn the parts into numbers where they are parsed, and run the tests again.',
    calls: [
      {
        name: 'str_replace_based_edit_tool',
        arguments: {
          command: 'str_replace',
          path: 'src/versions.mjs',
          old_str: "const [major, minor, patch] = core.split('.');",
          new_str: "const [major, minor, patch] = core.split('.').map(Number);",
        },
      },
      bash(testCommand),
    ],
  },
  {
    text: 'All seven pass. The pre-release tag is still compared as text, so `beta.10` sorts before `beta.2`; I check that no caller relies on it.',
    calls: [bash("grep -nE '[0-9]-(alpha|beta|rc)' src/*.mjs test/*.mjs")],
  },
  {
    calls: [
      {
        name: 'task_done',
        arguments: {
          summary:
            'Versions were compared as text, so 1.10.0 counted as older than 1.9.0. `parseVersion` in src/versions.mjs now ' +
            'turns the parts into numbers; all 7 tests pass (4 failed before). Left open: pre-release tags are still ' +
            'compared as text, so beta.10 sorts before beta.2; nothing here uses such tags.',
        },
      },
    ],
  },
];
