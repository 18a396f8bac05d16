import { VELERO, VELERO_PODS, VELERO_PORT } from "../../addons/cluster-backups/names";
import { type JsonObject, toJson } from "../../kubernetes/json";
import type { Environment } from "../../model/resolved";
import { monitor } from "../prometheus/monitors";
import { LABELS } from "../prometheus/names";
import { ruleGroups } from "../rules";
import { type PlatformAlerts, platformContext, type PlatformPart } from "../runbooks/platform";
import { clusterBackupAlerts } from "./alerts";
import { clusterBackupPlaybooks } from "./playbooks";

type Copied = Pick<Environment, "applications" | "clusterBackups" | "contact" | "name">;

const partOf = ({ name, contact }: Copied): PlatformPart => ({
  ...{ environment: name, namespace: VELERO, owner: contact },
});

/** How what copies the cluster is measured, and who is called about it; nothing where nothing copies it. */
export function clusterBackupObjects(environment: Copied, runbooks: string): JsonObject[] {
  const { clusterBackups, applications } = environment;
  if (clusterBackups === undefined) return [];
  const groups = ruleGroups(
    [clusterBackupAlerts(applications, clusterBackups)],
    platformContext(runbooks, partOf(environment)),
  );
  return [
    monitor({ name: VELERO, pods: VELERO_PODS, port: VELERO_PORT }),
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "cluster-backups", namespace: VELERO, labels: LABELS },
      spec: toJson({ groups }),
    },
  ];
}

/** Alerts of it, and what is done about them. */
export const clusterBackupRunbooks = (environment: Copied): PlatformAlerts[] =>
  environment.clusterBackups === undefined
    ? []
    : [
        {
          part: partOf(environment),
          groups: [clusterBackupAlerts(environment.applications, environment.clusterBackups)],
          playbooks: clusterBackupPlaybooks(environment.name),
        },
      ];
