import type { ModelInfo, Price } from '@trae-cli/protocol';
import { isPrivate } from '../base-url.js';
import type { CatalogEntry, ModelRule, ModelSettings, ProviderSettings, ToolMode } from '../entry.js';

/** Who can say something about a model, beside the table of prices. */
export type Witnesses = {
  readonly entry: CatalogEntry;
  readonly settings: ProviderSettings;
  /** What the service says of it itself. */
  readonly listed?: ModelInfo | undefined;
};

const isInHouse = (address: string | undefined): boolean =>
  address !== undefined && URL.canParse(address.trim()) && isPrivate(address.trim());

/**
 * Whether requests go to the same kind of place as those of the entry: what a vendor asks for is not the price of a
 * server at home, and what is free at home is not free elsewhere.
 */
export const isPricedByEntry = ({ entry, settings }: Witnesses): boolean =>
  isInHouse(settings.baseUrl ?? entry.baseUrl) === isInHouse(entry.baseUrl);

/** What the person said of this model in particular. */
export const settingsOf = (id: string, { models = {} }: ProviderSettings): ModelSettings =>
  (Object.hasOwn(models, id) ? models[id] : undefined) ?? {};

const toolsOfMode = { native: true, prompted: false, auto: undefined } as const satisfies Record<
  ToolMode,
  boolean | undefined
>;

function toolsSaid(own: ModelSettings, { toolMode }: ProviderSettings): boolean | undefined {
  const mode = own.toolMode ?? toolMode;
  return mode === undefined ? undefined : toolsOfMode[mode];
}

function priceSaid(own: ModelSettings, rule: ModelRule | undefined, witnesses: Witnesses): Price | undefined {
  const said = own.price ?? witnesses.settings.price ?? witnesses.listed?.price;
  return said ?? (isPricedByEntry(witnesses) ? rule?.price : undefined);
}

type Sayings = { readonly [Key in keyof ModelInfo]: ModelInfo[Key] | undefined } & Pick<ModelInfo, 'id'>;

/** Without what nobody says. */
export const onlySaid = (info: Sayings): ModelInfo =>
  Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined)) as ModelInfo;

/**
 * What is known of a model without asking anybody: the person's word ranks above the service's, and that above the
 * table's. What nobody says is absent.
 */
export function aboutModel(id: string, witnesses: Witnesses): ModelInfo {
  const { entry, settings, listed } = witnesses;
  const own = settingsOf(id, settings);
  const rule = entry.models.find(({ pattern }) => pattern.test(id));
  return onlySaid({
    id,
    contextWindow: own.contextWindow ?? settings.contextWindow ?? listed?.contextWindow ?? rule?.contextWindow,
    maxOutput: own.maxOutput ?? settings.maxOutput ?? listed?.maxOutput ?? rule?.maxOutput,
    tools: toolsSaid(own, settings) ?? listed?.tools ?? rule?.tools,
    images: own.multimodal ?? settings.multimodal ?? listed?.images ?? rule?.images,
    reasoning: own.reasoning ?? listed?.reasoning ?? rule?.reasoning,
    price: priceSaid(own, rule, witnesses),
    notice: listed?.notice ?? rule?.notice,
  });
}
