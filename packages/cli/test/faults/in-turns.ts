/** Does the jobs, a few at a time, and gives back what they came to, in their order. */
export async function inTurns<Job, Result>(
  jobs: readonly Job[],
  atOnce: number,
  work: (job: Job) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<Job, Result>();
  const waiting = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) results.set(job, await work(job));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return jobs.map((job) => results.get(job) as Result);
}
