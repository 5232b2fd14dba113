/** Shorter values (`none`, `test`) are not secrets, and replacing them would garble everything. */
const shortestSecret = 8;

/** What people copy along with a key; none of it is a part of one. */
const wrapping = /^(?:\s|["'`])*(?:bearer\s+)?|(?:\s|["'`])*$/gi;

const jsonEscaped = (value: string): string => JSON.stringify(value).slice(1, -1);

/** As encoders write it that keep to ASCII, or escape slashes. */
const asciiJson = (value: string): string =>
  jsonEscaped(value).replaceAll(
    /[^\0-\x7f]/g, // oxlint-disable-line no-control-regex -- all of ASCII
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const slashedJson = (value: string): string => jsonEscaped(value).replaceAll('/', '\\/');

const percentEncoded = (value: string): string => encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
const lowerPercentEncoded = (value: string): string =>
  percentEncoded(value).replaceAll(/%../g, (code) => code.toLowerCase());
const formEncoded = (value: string): string => percentEncoded(value).replaceAll('%20', '+');

const markupNames: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const markup = (value: string): string => value.replaceAll(/[&<>"]/g, (character) => markupNames[character] ?? '');

/** What base64 makes of the value in the middle of something longer: as many bytes stand before it, modulo three. */
function base64After(bytesBefore: number, value: string): string {
  const bytes = [...Array<number>(bytesBefore).fill(0), ...new TextEncoder().encode(value)];
  const [firstOwn, firstOther] = [Math.ceil((bytesBefore * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return btoa(String.fromCharCode(...bytes)).slice(firstOwn, firstOther);
}

const base64Forms = (value: string): readonly string[] =>
  [0, 1, 2]
    .map((bytesBefore) => base64After(bytesBefore, value))
    .flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);

function formsOfLine(line: string): readonly string[] {
  if (line.length < shortestSecret) return [];
  return [
    line,
    jsonEscaped(line),
    jsonEscaped(jsonEscaped(line)),
    asciiJson(line),
    slashedJson(line),
    percentEncoded(line),
    lowerPercentEncoded(line),
    formEncoded(line),
    markup(line),
    ...base64Forms(line),
  ];
}

/**
 * The ways in which programs write a secret: as it is, escaped, encoded; without the quotes around it, line by line where
 * it has several. It is accidents that are caught here: whoever spells it backwards gets it through.
 */
export function secretForms(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/).map((line) => line.replaceAll(wrapping, ''));
  return [...new Set(lines.flatMap(formsOfLine))];
}
