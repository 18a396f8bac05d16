/** Steps of an error of a plan, each with its number, for a line of its own. */
export const numbered = (steps: readonly string[]): string[] => steps.map((step, index) => `${index + 1}. ${step}`);
