/*
 * How fields of `model.json` are called where they change. What is not here is told by its path, so nothing is passed over
 * because nobody has named it.
 */

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^resources\.limits\.(cpu|memory)$/, "$1 limit"],
  [/^resources\.requests\.(cpu|memory)$/, "$1 request"],
  [/^(sidecars|initContainers)\.(\d+)\.resources\.limits\.(cpu|memory)$/, "$3 limit of container $2"],
  [/^(sidecars|initContainers)\.(\d+)\.resources\.requests\.(cpu|memory)$/, "$3 request of container $2"],
  [/^autoscaling\.min$/, "fewest pods"],
  [/^autoscaling\.max$/, "most pods"],
  [/^autoscaling\.cpu$/, "CPU that it is scaled at"],
  [/^autoscaling\.memory$/, "memory that it is scaled at"],
  [/^terminationGraceSeconds$/, "seconds to stop in"],
  [/^requestSeconds$/, "seconds for a request"],
  [/^objectives\.availability$/, "objective of availability"],
  [/^volumes\.([^.]+)\.size$/, "volume $1: size"],
  [/^volumes\.([^.]+)\.access$/, "volume $1: access"],
  [/^volumes\.([^.]+)$/, "volume $1"],
  [/^config\.(.+)$/, "config $1"],
  [/^sizing\.size$/, "size"],
  [/^sizing\.machine$/, "machine"],
  [/^sizing\.storage$/, "storage"],
  [/^sizing\.highAvailability$/, "standby"],
  [/^sizing\.backupDays$/, "days of backups"],
  [/^sizing\.placement$/, "placement"],
  [/^sizing\.passwords$/, "generation of passwords"],
  [/^sizing\.parameters\.(.+)$/, "parameter $1"],
  [/^sizing\.version$/, "version asked for"],
  [/^settings\.(.+)$/, "$1"],
  [/^provided\.version$/, "version"],
  [/^provided\.product$/, "product"],
  [/^provided\.compute\.machine$/, "machine of the cloud"],
  [/^provided\.compute\.nodes$/, "nodes"],
  [/^provided\.disk\.size$/, "disk"],
  [/^provided\.backups$/, "backups"],
  [/^recovery\.([^.]+)\.rpoSeconds$/, "seconds of $1 that may be lost"],
  [/^recovery\.([^.]+)\.rtoSeconds$/, "seconds until $1 is back"],
  [/^cloud\.kubernetesVersion$/, "Kubernetes"],
  [/^cloud\.nodes$/, "nodes"],
  [/^addons\.([^.]+)\.chart\.version$/, "chart of $1"],
];

/** Fields that follow from others, or that are told as something else. */
const FOLLOWS: readonly RegExp[] = [
  /^objectName$/,
  /^version$/,
  /^tracing\./,
  /^provided\.(?:alarms|notes|inState|optionalParts|name|passwords|port|tls|signIn)(?:\.|$)/,
  /^provided\.compute\.sizes\./,
  /^provided\.disk\.(?:limits|growsTo|kind)$/,
  /^provided\.disk\.size$/,
  /^volumes\.[^.]+\.claimName$/,
  /^stacks(?:\.|$)/,
  // Settings, told as these.
  /^heldUnder(?:\.|$)/,
];

export const follows = (path: string): boolean => FOLLOWS.some((pattern) => pattern.test(path));

export function wordsFor(path: string): string {
  const [pattern, words] = WORDS.find(([one]) => one.test(path)) ?? [];
  return pattern === undefined || words === undefined ? path : path.replace(pattern, words);
}
