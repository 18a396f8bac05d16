import type { ResolvedContainer, ResolvedSecret, ResolvedWorkload } from "./resolved";

/** Every container of a workload's pods beside its own, those that run first before the others. */
export const containersOf = (workload: ResolvedWorkload): readonly ResolvedContainer[] => [
  ...(workload.initContainers ?? []),
  ...("sidecars" in workload ? (workload.sidecars ?? []) : []),
];

/** Out-of-band secrets that any container of a workload reads. */
export const secretsOf = (workload: ResolvedWorkload): readonly ResolvedSecret[] => [
  ...new Set([
    ...workload.secrets,
    ...containersOf(workload).flatMap(({ secrets }) => secrets),
    ...(workload.podVolumes ?? []).flatMap(({ secrets = [] }) => secrets),
  ]),
];
