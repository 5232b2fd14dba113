/** Who is asked, and where one request ends and the next begins: decided by the address, and by whoever sends it. */
const framing =
  /^(?:host|content-length|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|forwarded|x-host|proxy-.*|x-(?:forwarded|original|rewrite)-.*)$/i;

/** Gateways go where such a header says, and take the key along. */
const steering =
  /host|ur[il]|target|upstream|forward|proxy|gateway|endpoint|route|redirect|destination|base|config|fallback|provider/i;

/** Gateways read settings of their own from such a value, with addresses in them. */
const settings = /^\s*[[{]|:\/\/|^\s*\/\//;

/** Says where somebody comes from, and no more. */
const referrers: readonly string[] = ['http-referer', 'referer', 'origin'];

const token = /^[\w!#$%&'*+.^`|~-]+$/;

/** Why no file may set a header of this name, to follow its name; undefined where one may. */
export function refusalOfHeader(name: string): string | undefined {
  if (name.startsWith(':') || framing.test(name))
    return 'says where a request goes or how it is framed, and cannot be set';
  return token.test(name) ? undefined : 'is not the name of a header';
}

/** Whether a service may take a header of this name for the place to pass a request on to. */
export const isSteering = (name: string): boolean => steering.test(name);

/** Whether it may find such a place in what a header says. */
export const holdsAddress = (name: string, value: string): boolean =>
  settings.test(value) && !referrers.includes(name.toLowerCase());

/** Whether a header can carry a value: no line break, no control character, nothing beyond Latin-1. */
// oxlint-disable-next-line no-control-regex -- these are what would end the header and begin another
export const isSendable = (value: string): boolean => !/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value);
