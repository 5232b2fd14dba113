/* What is needed when a turn has failed, as one module: most runs never load it. */
export { translate } from '../errors/translate.js';
export { Recovery } from './recovery.js';
export { salvagedTurn } from './salvage.js';
