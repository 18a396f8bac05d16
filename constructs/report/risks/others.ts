import type { Changed } from "../changed";
import { wordsFor } from "../model-words";
import { partWords } from "../places";
import type { Risk } from "../report";
import { modelText, valueText } from "../values";
import { partRisk } from "./of-parts";
import { digestOf, type Judged, riskOf } from "./risk";

/** What leaves the state and goes on existing: nobody changes it, nobody deletes it, and it costs. */
export function unmanaged({ changes }: Judged): Risk[] {
  return changes.flatMap((changed) => {
    const { kind } = changed.change;
    if (kind !== "forget") return [];
    const holds = changed.facts?.holds;
    const isKnown = changed.facts !== undefined;
    const what =
      holds === undefined ? (isKnown ? "" : ", with what it holds, which is not known here") : `, with ${holds}`;
    const says = `${partWords(changed.place)}leaves the state and goes on existing${what}: no plan names it any more`;
    return [
      riskOf(changed, {
        class: "unmanaged",
        level: holds === undefined && isKnown ? "medium" : "high",
        what: "forgotten",
        says,
      }),
    ];
  });
}

/** What a later engine does, and nobody here knows. */
export function unknown({ changes }: Judged): Risk[] {
  return changes
    .filter(({ change }) => change.kind === "other")
    .map((changed) => {
      const says = `${partWords(changed.place)}gets an action that is not known here, ${JSON.stringify(changed.change.actions)}: use a later release of this program`;
      return riskOf(changed, { class: "unknown", level: "critical", what: "action", says });
    });
}

const PASSWORDS =
  /^(?:random_password|aws_secretsmanager_secret_version|google_secret_manager_secret_version|azurerm_key_vault_secret|google_sql_user|google_storage_hmac_key|aws_elasticache_user|kubernetes_secret_v1)$/;

/** Passwords and secrets that are made anew: whoever has read the old ones has to read again. */
export function secrets({ changes, parts, models }: Judged): Risk[] {
  const isNew = (changed: Changed): boolean =>
    changed.change.kind === "replace" || (changed.change.kind === "update" && changed.fields.length > 0);
  return [
    ...changes
      .filter((changed) => PASSWORDS.test(changed.change.type) && isNew(changed))
      .map((changed) =>
        riskOf(changed, {
          class: "secrets",
          level: "low",
          what: changed.change.kind,
          says: `${partWords(changed.place)}has another value: what reads it at its start goes on with the old one until it starts again`,
        }),
      ),
    ...parts.flatMap((part) =>
      part.list === "secrets" && part.before === undefined
        ? partRisk(part, models, {
            class: "secrets",
            level: "low",
            what: "new",
            says: "has to be in the cloud's secret store before this is applied",
          })
        : [],
    ),
  ];
}

const VERSIONS: readonly RegExp[] = [
  /^provided\.version$/,
  /^cloud\.kubernetesVersion$/,
  /^addons\.[^.]+\.chart\.version$/,
  /^settings\.version$/,
];

const WRITTEN = ", and what a newer server has written no older one reads";

/** Whether a version is older than another one, by the first number that differs. */
function isBefore(one: string, other: string): boolean {
  const [product, another] = [one, other].map((text) => text.replace(/[\d.]+/g, ""));
  if (product !== another) return false;
  const [these, those] = [one, other].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  const at = (these ?? []).findIndex((number, index) => number !== those?.[index]);
  return at >= 0 && (these?.[at] ?? 0) < (those?.[at] ?? -1);
}

/** Versions of servers, of Kubernetes and of charts. None of the servers goes back. */
export function versions({ changes, parts, models }: Judged): Risk[] {
  return [
    ...parts.flatMap((part) =>
      part.differences.flatMap(({ path, before, after }) => {
        const name = path.join(".");
        if (before === undefined || after === undefined || !VERSIONS.some((pattern) => pattern.test(name))) return [];
        // Said by what the cloud provides.
        if (name === "settings.version" && part.differences.some((one) => one.path.join(".") === "provided.version"))
          return [];
        const values = `${valueText(before) ?? ""} → ${valueText(after) ?? ""}`;
        const isOlder = part.list === "services" && isBefore(valueText(after) ?? "", valueText(before) ?? "");
        const back = part.list === "services" ? WRITTEN : "";
        if (isOlder) {
          const says = `goes back to an older version, which clouds refuse: ${values}${back}`;
          return partRisk(part, models, {
            class: "versions",
            level: "high",
            what: `${name} ${digestOf(values)}`,
            says,
          });
        }
        return partRisk(part, models, {
          class: "versions",
          level: part.list === "services" ? "medium" : "low",
          what: `${name} ${digestOf(values)}`,
          says: `gets another version: ${values}${back}`,
        });
      }),
    ),
    ...changes
      .filter(({ change }) => change.type === "helm_release" && change.kind === "update")
      .flatMap((changed) =>
        changed.fields
          .filter(({ at }) => at === "version")
          .map(({ before, after }) => {
            const values = `${valueText(before) ?? ""} → ${valueText(after) ?? ""}`;
            return riskOf(changed, {
              class: "versions",
              level: "low",
              what: `version ${digestOf(values)}`,
              says: `gets another chart: ${values}`,
            });
          }),
      ),
  ];
}

const COSTS: readonly RegExp[] = [
  /^sizing\.(?:size|storage|highAvailability|machine|backupDays)$/,
  /^provided\.compute\.(?:machine|nodes)$/,
  /^autoscaling\.max$/,
  /^replicas$/,
  /^cloud\.nodes$/,
  /^volumes\.[^.]+(?:\.size)?$/,
  /^resources\.requests\./,
];

/** What is paid for by its size or number: no price is known here. */
export function cost({ parts, models }: Judged): Risk[] {
  return parts.flatMap((part) => {
    const isService = part.list === "services";
    if (part.before === undefined && isService)
      return partRisk(part, models, {
        class: "cost",
        level: "low",
        what: "new",
        says: "is new, and paid for as long as it is there",
      });
    const drivers =
      part.changes.length === 0
        ? []
        : part.differences.filter(
            ({ path, after }) => after !== undefined && COSTS.some((pattern) => pattern.test(path.join("."))),
          );
    if (drivers.length === 0) return [];
    const says = drivers
      .map(({ path, before, after }) => `${wordsFor(path.join("."))} ${modelText(before)} → ${modelText(after)}`)
      .join(", ");
    return partRisk(part, models, {
      class: "cost",
      level: "low",
      what: digestOf(says),
      says: `is paid for by ${says}`,
    });
  });
}
