import type { StarterFile, StarterKey } from './starter.js';

/** A name that YAML reads as itself without quotes. */
const isPlain = (name: string): boolean =>
  /^[a-z][a-z\d_-]*$/i.test(name) && !/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(name);

const commented = (mark: string, lines: readonly string[]): readonly string[] => lines.map((line) => `${mark} ${line}`);

const indented = (columns: number, lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${' '.repeat(columns)}${line}`));

function yamlKey({ name, value, isActive, comment }: StarterKey): readonly string[] {
  const setting = `${name}: ${value}`;
  return [...commented('#', comment), ...(isActive ? [setting] : commented('#', [setting])), ''];
}

/** The file as YAML. JSON values are YAML, too. */
export function starterYaml({ preface, provider, general, ofProvider }: StarterFile): string {
  const lines = [
    ...commented('#', preface),
    '',
    ...general.flatMap(yamlKey),
    'model_providers:',
    `  ${isPlain(provider) ? provider : JSON.stringify(provider)}:`,
    ...indented(4, ofProvider.flatMap(yamlKey)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function jsonKey({ name, value, isActive, comment }: StarterKey, isLast: boolean): readonly string[] {
  const setting = `"${name}": ${value}${isLast ? '' : ','}`;
  return [...commented('//', comment), ...(isActive ? [setting] : commented('//', [setting])), ''];
}

const activeLast = (keys: readonly StarterKey[]): readonly StarterKey[] => [
  ...keys.filter(({ isActive }) => !isActive),
  ...keys.filter(({ isActive }) => isActive),
];

/** The file as JSON with comments. What is active comes last, so that a comment can be taken away as it is. */
export function starterJson({ preface, provider, general, ofProvider }: StarterFile): string {
  const inside = activeLast(ofProvider).flatMap((key, index) => jsonKey(key, index === ofProvider.length - 1));
  const lines = [
    ...commented('//', preface),
    '',
    ...activeLast(general).flatMap((key) => jsonKey(key, false)),
    '"model_providers": {',
    ...indented(2, [`${JSON.stringify(provider)}: {`, ...indented(2, inside.slice(0, -1)), '}']),
    '}',
  ];
  return `{\n${indented(2, lines).join('\n')}\n}\n`;
}
