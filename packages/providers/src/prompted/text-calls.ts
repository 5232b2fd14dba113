/* What reads calls in text, as one module: it is loaded when the first turn is asked for, and not before. */
export { recoverCalls } from '../recovered/recover-calls.js';
export { CallNumbers } from '../recovered/call-ids.js';
export { withRecoveredCalls } from '../recovered/recovering-model.js';
export { withPromptedTools } from './prompted-model.js';
