/** Milliseconds on the machine's monotonic clock: readings of two processes can be compared. */
export const clockMs = () => Number(process.hrtime.bigint()) / 1e6;
