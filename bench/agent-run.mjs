import { environmentOf } from './contestants.mjs';
import { runProgram } from './program.mjs';
import { createScratch } from './scratch.mjs';

/** A run that did something else than the script asked would be no measurement. */
function requireWholeRun({ name }, script, { requests, wrongAnswers }) {
  if (requests.length !== script.steps + 1) {
    throw new Error(`${name} made ${requests.length} requests where the script has ${script.steps + 1}.`);
  }
  if (wrongAnswers.length > 0) {
    throw new Error(
      `${name} did not answer ${wrongAnswers.length} commands with their output, first step ${wrongAnswers[0]}.`,
    );
  }
}

/** One contestant, one script, in a scratch place of its own. */
export async function runAgent(contestant, script, { server, withMemory = false }) {
  const scratch = await createScratch(script);
  try {
    const run = await server.createRun(script);
    const args = contestant.argumentsFor({ ...scratch, baseUrl: run.baseUrl });
    const env = environmentOf(scratch.home);
    const { startedAtMs, peakBytes } = await runProgram(args, { cwd: scratch.workspace, env, withMemory });
    const report = await run.report();
    requireWholeRun(contestant, script, report);
    return { ...report, startedAtMs, peakBytes, ...(await contestant.leftBehind(scratch)) };
  } finally {
    await scratch.remove();
  }
}

/** Own time per step: from the end of one answer to the arrival of the next request, in milliseconds. */
export const stepTimesOf = ({ requests }) =>
  requests.slice(1).map((request, index) => request.arrivedAtMs - requests[index].answeredAtMs);
