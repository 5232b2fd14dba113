import { isJsonObject } from '@trae-cli/protocol';
import { type ModelAnswer, readRequest, type Respond, type RecordedRequest, answeredCalls } from '@trae-cli/testkit';

const counting = 'one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen';

const hasTools = ({ body }: RecordedRequest): boolean =>
  isJsonObject(body) && Array.isArray(body['tools']) && body['tools'].length > 0;

/** How a model behaves: counts where it is asked to, looks towns up where it has a tool, tells the codes it was told. */
export function capable(request: RecordedRequest, { atOnce = 2 }: { readonly atOnce?: number } = {}): ModelAnswer {
  const calls = hasTools(request) ? answeredCalls(readRequest(request).steps) : [];
  const codes = calls.flatMap(({ answers }) => answers);
  if (!hasTools(request)) return { text: counting };
  if (codes.length >= 2) return { text: codes.join(' and ') };
  const towns = ['Oslo', 'Lima'].slice(codes.length, codes.length + atOnce);
  return { calls: towns.map((town) => ({ name: 'lookup_code', arguments: { town } })) };
}

/** The same for a service that refuses a request for the reason that `refusal` gives. */
export const unless =
  (refusal: (body: Readonly<Record<string, unknown>>) => string | undefined): Respond =>
  (request) => {
    const message = refusal(isJsonObject(request.body) ? request.body : {});
    if (message !== undefined) return { status: 400, json: { error: { message, type: 'invalid_request_error' } } };
    return capable(request);
  };

/** How a model behaves that has no tools of its own, but does as it is told about calls in its text. */
export function obedient(request: RecordedRequest): ModelAnswer {
  const said = JSON.stringify(request.body);
  if (!said.includes('lookup_code')) return { text: counting };
  const codes = [...said.matchAll(/<tool_result [^>]*>\\n(\d{7})/g)].map(([, code]) => code);
  if (codes.length >= 2) return { text: codes.join(' and ') };
  const town = ['Oslo', 'Lima'][codes.length];
  return {
    text: `<tool_call>\n<function=lookup_code>\n<parameter=town>${town}</parameter>\n</function>\n</tool_call>`,
  };
}
