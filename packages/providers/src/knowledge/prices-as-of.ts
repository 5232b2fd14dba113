/** The day on which the prices of the table were looked up; the packaged ones are taken as they were to be on it. */
export const pricesAsOf = '2026-11-10';
