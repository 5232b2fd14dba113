export { describeModelContract } from './model-contract.js';
export type { ContractOptions, ModelAt } from './model-contract/exchange.js';
