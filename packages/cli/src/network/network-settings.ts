import { describeSource, type GeneralSettings } from '@trae-cli/config';
import { isSet, Secret } from '@trae-cli/protocol';
import type { ProviderDependencies } from '@trae-cli/providers';
import type { Host } from '../host/host.js';
import type { CertificateFile } from './authorities.js';
import { proxySettings } from './proxy-settings.js';

export type NetworkSettings = NonNullable<ProviderDependencies['network']>;
type NetworkHost = Pick<Host, 'environment' | 'resolvePath'>;

/** A password that is not encoded properly is meant as it stands there. */
function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

function certificateFiles({ caFile }: GeneralSettings, host: NetworkHost): readonly CertificateFile[] {
  const variable = host.environment['SSL_CERT_FILE'];
  return [
    ...(caFile === undefined ? [] : [{ path: caFile.value, origin: `"ca_file" in ${describeSource(caFile.source)}` }]),
    ...(isSet(variable) ? [{ path: host.resolvePath(variable.trim()), origin: 'SSL_CERT_FILE' }] : []),
  ];
}

async function authoritiesOf(general: GeneralSettings, host: NetworkHost): Promise<string | undefined> {
  const files = certificateFiles(general, host);
  if (files.length === 0) return undefined;
  const { readAuthorities, readKnownAuthorities } = await import('./authorities.js');
  // Node reads this file itself, and forgets it where it is handed authorities.
  const extra = host.environment['NODE_EXTRA_CA_CERTS'];
  const known = isSet(extra) ? [readKnownAuthorities(host.resolvePath(extra))] : [];
  const texts = await Promise.all([...files.map((file) => readAuthorities(file)), ...known]);
  return texts.filter((text) => text !== '').join('\n');
}

/**
 * How the network is reached, by the files and the environment; undefined where nothing is said of it. Throws
 * `config_invalid` for an address or a file of certificates that cannot be used.
 */
export async function networkSettings(
  general: GeneralSettings,
  host: NetworkHost,
): Promise<NetworkSettings | undefined> {
  const proxies = proxySettings(host.environment, general);
  const authorities = await authoritiesOf(general, host);
  const settings: NetworkSettings = { ...proxies, ...(authorities === undefined ? {} : { authorities }) };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

/** The passwords of proxies, as they are written and as they are meant, so that nothing prints them. */
export function proxySecrets({
  httpProxy,
  httpsProxy,
  httpProxyOrigin,
  httpsProxyOrigin,
}: NetworkSettings): readonly Secret[] {
  const secretsIn = (address: string | undefined, origin = 'the address of the proxy'): readonly Secret[] => {
    if (address === undefined) return [];
    const { password } = new URL(address);
    const forms = new Set([password, decoded(password)]);
    return [...forms].filter(isSet).map((form) => new Secret(form, origin));
  };
  return [...secretsIn(httpProxy, httpProxyOrigin), ...secretsIn(httpsProxy, httpsProxyOrigin)];
}
