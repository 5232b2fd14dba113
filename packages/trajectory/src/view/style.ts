/** Meanings rather than colours; whoever prints decides what they look like. */
export type TrajectoryStyle = {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly success: (text: string) => string;
  readonly failure: (text: string) => string;
};

const asIs = (text: string): string => text;

export const plainStyle: TrajectoryStyle = { strong: asIs, faint: asIs, accent: asIs, success: asIs, failure: asIs };
