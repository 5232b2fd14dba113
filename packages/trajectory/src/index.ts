export type {
  TraeDocument,
  TraeInteraction,
  TraeMessage,
  TraeResponse,
  TraeStep,
  TraeStepUsage,
  TraeToolCall,
  TraeToolResult,
  TraeUsage,
} from './document/document.js';
export { toTraeDocument } from './document/project.js';
export { traeDocumentText } from './document/text.js';
export { writeTraeDocument } from './document/write.js';
export { requireReplaceable } from './journal/file-kind.js';
export { readTrajectory } from './journal/reader.js';
export { redactValues } from './journal/redact-json.js';
export type { TrajectoryRecord } from './journal/record.js';
export { createTrajectory, type TrajectoryOptions, type TrajectoryWriter } from './journal/writer.js';
export { replayModel } from './replay/model.js';
export type { ReplayPlaces } from './replay/place-rules.js';
export { appendToIndex, type IndexEntry, readIndex } from './run-index.js';
export { renderTrajectory } from './view/render.js';
export { showTrajectory } from './view/show.js';
export { plainStyle, type TrajectoryStyle } from './view/style.js';
