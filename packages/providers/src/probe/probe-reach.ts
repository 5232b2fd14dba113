import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { isPrivate } from '../base-url.js';
import { type Endpoint, endpointOf } from '../endpoint.js';
import type { CatalogEntry, NetworkSettings, ProviderSettings } from '../entry.js';
import { translate } from '../errors/translate.js';
import type { Connector } from '../transport/connector.js';
import { describeProxy, type Proxy, ProxyFailure } from '../transport/proxy.js';

/** What was found on the way to a service. */
export type ReachFinding = {
  /** A sentence without a full stop. */
  readonly says: string;
  /** What is good now and may not be for long, or is not as it should be; a sentence without a full stop. */
  readonly doubt?: string;
};

/** The way to a service, thing by thing. Each throws what a request would throw there. */
export interface Reach {
  /** As it may be shown. */
  readonly address: string;
  /** Whether the service is on this machine or in this house. */
  readonly isPrivate: boolean;
  readonly isTls: boolean;
  resolve(): Promise<ReachFinding>;
  connect(): Promise<ReachFinding>;
  /** Only where `isTls`. */
  secure(): Promise<ReachFinding>;
}

type ReachTarget = {
  readonly entry: CatalogEntry;
  readonly address: string;
  readonly settings: ProviderSettings;
  readonly network: NetworkSettings | undefined;
  readonly today: Date;
};

const day = 86_400_000;
const fewDaysLeft = 14;

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const portOf = ({ port, protocol }: URL): string => port || (defaultPorts[protocol] ?? '');
const bareHost = ({ hostname }: URL): string => hostname.replaceAll(/[[\]]/g, '');

/** The same host and port, without TLS. */
const plainAt = (url: URL): URL => new URL(`http://${url.hostname}:${portOf(url)}`);

/** The socket that a connector brings, while it is looked at. */
function opened<Seen>(connect: Connector, url: URL, look: (socket: Socket) => Seen): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const { host, port, protocol } = url;
    connect({ hostname: bareHost(url), host, protocol, port }, (...[error, socket]) => {
      if (error !== null) {
        reject(error);
        return;
      }
      resolve(look(socket));
      socket.destroy();
    });
  });
}

async function connectorFor(network: NetworkSettings | undefined): Promise<Connector> {
  const { createConnector } = await import('../transport/network.js');
  if (network?.authorities === undefined) return createConnector(undefined);
  const { contextTrusting } = await import('../transport/trust.js');
  return createConnector(contextTrusting(network.authorities));
}

async function addressesOf(url: URL): Promise<string> {
  const host = bareHost(url);
  if (isIP(host) !== 0) return `${host} is an address, not a name`;
  const found = (await lookup(host, { all: true })).map(({ address }) => address);
  const more = found.length > 3 ? ` and ${found.length - 3} more` : '';
  return `${host} is ${found.slice(0, 3).join(', ')}${more}`;
}

function certificateOf(socket: Socket, today: Date): ReachFinding {
  if (!(socket instanceof TLSSocket)) return { says: 'no certificate was shown' };
  const { valid_to: validTo, issuer } = socket.getPeerCertificate();
  const [organization] = [issuer.O, issuer.CN].flat().filter((name) => name !== undefined);
  const end = new Date(validTo);
  const protocol = socket.getProtocol() ?? 'TLS';
  const by = organization === undefined ? '' : ` by ${organization}`;
  const says = `${protocol}, certificate${by}, good until ${end.toISOString().slice(0, 10)}`;
  const daysLeft = Math.floor((end.getTime() - today.getTime()) / day);
  return daysLeft >= fewDaysLeft ? { says } : { says, doubt: `The certificate ends in ${daysLeft} days` };
}

/** Runs a step; what it throws becomes what a request would throw. */
type Step = <Value>(work: () => Promise<Value>) => Promise<Value>;

function stepAt(endpoint: Endpoint, { entry, settings }: ReachTarget): Step {
  const apiFormat = settings.apiFormat ?? entry.apiFormat;
  return async (work) => {
    try {
      return await work();
    } catch (cause) {
      const failure = { type: 'unreachable', cause } as const;
      throw translate(failure, { endpoint, apiFormat, model: undefined, quotaIsRate: false }).error;
    }
  };
}

type Way = Pick<Reach, 'resolve' | 'connect' | 'secure'>;

function directWay(url: URL, target: ReachTarget): Way {
  const look = (socket: Socket): ReachFinding => certificateOf(socket, target.today);
  return {
    resolve: async () => ({ says: await addressesOf(url) }),
    connect: async () => {
      await opened(await connectorFor(target.network), plainAt(url), () => undefined);
      return { says: `${plainAt(url).hostname}:${portOf(url)} takes connections` };
    },
    secure: async () => opened(await connectorFor(target.network), url, look),
  };
}

/** Nobody here asks for the service's own name: the proxy does. */
function proxiedWay(url: URL, proxy: Proxy, target: ReachTarget): Way {
  const look = (socket: Socket): ReachFinding => certificateOf(socket, target.today);
  return {
    resolve: async () => {
      try {
        return { says: `${await addressesOf(proxy.url)}: ${describeProxy(proxy)} is in between` };
      } catch (cause) {
        throw new ProxyFailure(proxy, { cause });
      }
    },
    connect: async () => {
      const { reachProxy } = await import('../transport/tunnel.js');
      await opened(reachProxy(proxy, await connectorFor(target.network)), url, () => undefined);
      return { says: `${describeProxy(proxy)} takes connections` };
    },
    secure: async () => {
      const { tunnelThrough } = await import('../transport/tunnel.js');
      const { says, ...doubt } = await opened(tunnelThrough(proxy, await connectorFor(target.network)), url, look);
      return { says: `${says}, through the proxy`, ...doubt };
    },
  };
}

async function wayTo(url: URL, target: ReachTarget): Promise<Way> {
  const { chooseRoute } = await import('../transport/network.js');
  const route = chooseRoute(url, target.network);
  return route.type === 'proxy' ? proxiedWay(url, route.proxy, target) : directWay(url, target);
}

/** The way that requests would go. Throws `config_invalid` for an address that is none; sends nothing before it is asked to. */
export function probeReach(target: ReachTarget): Reach {
  const endpoint = endpointOf(target.entry, target.address, target.settings);
  const url = new URL(endpoint.baseUrl);
  const way = (): Promise<Way> => wayTo(url, target);
  const step = stepAt(endpoint, target);
  return {
    address: endpoint.baseUrl,
    isPrivate: isPrivate(endpoint.baseUrl),
    isTls: url.protocol === 'https:',
    resolve: () => step(async () => (await way()).resolve()),
    connect: () => step(async () => (await way()).connect()),
    secure: () => step(async () => (await way()).secure()),
  };
}
