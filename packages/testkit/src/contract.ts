export { describeModelContract, type ModelAt } from './model-contract.js';
