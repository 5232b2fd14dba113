import { describeSource, type GeneralSettings } from '@trae-cli/config';
import { type Environment, isSet, TraeError } from '@trae-cli/protocol';
import type { NetworkSettings } from './network-settings.js';

type Named = { readonly value: string; readonly origin: string };

/** The first of the variables that says something, as curl reads them: blank says nothing. */
function firstOf(environment: Environment, names: readonly string[]): Named | undefined {
  for (const origin of names) {
    const value = environment[origin];
    if (isSet(value)) return { value: value.trim(), origin };
  }
  return undefined;
}

const fromFile = (setting: GeneralSettings['proxy']): Named | undefined =>
  setting === undefined || !isSet(setting.value)
    ? undefined
    : { value: setting.value.trim(), origin: describeSource(setting.source) };

const hint =
  'Write it as http://proxy.example:3128, with a user name and a password as http://user:password@proxy.example:3128.';

/** The address is not repeated: it may hold a password. */
function checked({ value, origin }: Named): Named {
  const refuse = (problem: string, advice = hint): never => {
    throw new TraeError('config_invalid', `The address of the proxy in ${origin} ${problem}.`, { hint: advice });
  };
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (scheme === undefined) return refuse('does not begin with http:// or https://');
  if (scheme !== 'http' && scheme !== 'https') {
    const instead = `Name an http:// proxy in HTTPS_PROXY and HTTP_PROXY: what offers ${scheme}:// often has one beside it.`;
    return refuse(`begins with ${scheme}://, which is not spoken here`, instead);
  }
  return URL.canParse(value) ? { value, origin } : refuse('is not an address');
}

/**
 * The proxies of the files, else of the environment: lower case before upper case, `ALL_PROXY` for what has none of its own.
 * A web server hands a header of its clients on as `HTTP_PROXY`, so that is not read where `REQUEST_METHOD` tells of one.
 */
export function proxySettings(environment: Environment, general: GeneralSettings): NetworkSettings {
  const all = ['all_proxy', 'ALL_PROXY'];
  const upperCase = environment['REQUEST_METHOD'] === undefined ? ['HTTP_PROXY'] : [];
  const own = fromFile(general.proxy);
  const http = own ?? firstOf(environment, ['http_proxy', ...upperCase, ...all]);
  const https = own ?? firstOf(environment, ['https_proxy', 'HTTPS_PROXY', ...all]);
  const none = fromFile(general.noProxy) ?? firstOf(environment, ['no_proxy', 'NO_PROXY']);
  // Who wants no proxy at all need not mend its address.
  if (none?.value === '*' || (http === undefined && https === undefined)) return {};
  return {
    ...(http === undefined ? {} : { httpProxy: checked(http).value, httpProxyOrigin: http.origin }),
    ...(https === undefined ? {} : { httpsProxy: checked(https).value, httpsProxyOrigin: https.origin }),
    ...(none === undefined ? {} : { noProxy: none.value, noProxyOrigin: none.origin }),
  };
}
