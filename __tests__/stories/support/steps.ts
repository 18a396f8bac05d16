/** Place of a step in those of a release. Throws where it was not taken: -1 would be before all others. */
export function placeOf(steps: readonly string[], step: string | RegExp): number {
  const place = steps.findIndex((one) => (typeof step === "string" ? one === step : step.test(one)));
  if (place === -1) throw new Error(`no step ${String(step)} among ${steps.join(", ")}`);
  return place;
}
