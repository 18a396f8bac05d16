import type { Addon, AddonContext } from "../../addons/addon";
import { split } from "../../addons/images";
import { ON_SYSTEM_NODES, resources } from "../../addons/scheduling";
import type { CloudFacts } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import type { Environment } from "../../model/resolved";
import { TEMPO_CHART } from "./charts";
import { TEMPO, TEMPO_NAMESPACE } from "./names";
import type { TracesProps } from "./props";
import { BESIDE_A_STORE, expireDays, INSTEAD_OF_A_STORE, traceSizesOf } from "./sizes";
import { tempoFile } from "./tempo-file";

export interface TempoProps {
  readonly traces: TracesProps;
  /** Whether the store may be deleted with all that is in it, though the environment is protected. */
  readonly dropped: boolean;
  /** Who may come, what is measured of it, and who is called. */
  readonly objects: readonly JsonObject[];
  /** Releases that are there first. */
  readonly after: readonly string[];
}

/** Keeps traces in the cloud's store of objects, or on a volume where there is none: one program, of which there is one. */
export function tempo(environment: Environment, { storageClasses }: CloudFacts, props: TempoProps): Addon {
  const sizes = traceSizesOf(environment);
  const { retentionDays = sizes.retentionDays } = props.traces;
  return {
    name: TEMPO,
    namespace: TEMPO_NAMESPACE,
    chart: TEMPO_CHART,
    after: props.after,
    needs: {
      permissions: [],
      serviceAccount: TEMPO,
      store: {
        expireDays: expireDays(retentionDays),
        protect: environment.protect && !props.dropped,
        stays: true,
      },
    },
    images: (placeOf) => ({ tempo: split(placeOf("docker.io/grafana/tempo")) }),
    values: ({ identity, store = { interface: "volume" } }: AddonContext): JsonObject => ({
      // The whole file: of what the chart would write some of it can't be left out, such as what takes Jaeger's spans.
      config: `${JSON.stringify(tempoFile(store, sizes, retentionDays), undefined, 2)}\n`,
      serviceAccount: { name: TEMPO, annotations: identity.annotations, automountServiceAccountToken: false },
      ...(identity.podLabels !== undefined && { podLabels: identity.podLabels }),
      tempo: {
        // Heap that nobody uses, so that Go collects less often: the limit of memory has no room for it.
        memBallastSizeMbs: 0,
        securityContext: {
          ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
          capabilities: { drop: ["ALL"] },
        },
        // It is not ready while it reads what it had not stored; three failures, as the chart has it, would end that each time.
        livenessProbe: { failureThreshold: 60 },
        resources: resources(sizes.cpu, sizes.memory, "2"),
      },
      securityContext: {
        ...{ runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001 },
        seccompProfile: { type: "RuntimeDefault" },
      },
      // Templates of claims never change, so these say the same for ever.
      persistence: {
        enabled: true,
        size: store.interface === "volume" ? INSTEAD_OF_A_STORE : BESIDE_A_STORE,
        storageClassName: storageClasses.ReadWriteOnce,
      },
      ...ON_SYSTEM_NODES,
    }),
    objects: props.objects,
  };
}
