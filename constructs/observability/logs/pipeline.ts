import { ALLOY_NAMESPACE, LOKI_NAMESPACE, LOKI_URL } from "./names";
import { stages } from "./stages";
import { alloyFile, type Block, component, part, type Value } from "./syntax";

/** Where lines are read: from the files of the node, or by way of the API server where nothing may see its node. */
export type LinesFrom = "api" | "files";

const ref = (reference: string): Value => ({ reference });

const META = "__meta_kubernetes_";

const rule = (from: readonly string[], to: string, more: Block["attributes"] = {}): Block =>
  part("rule", { source_labels: from.map((label) => `${META}${label}`), target_label: to, ...more });

/** What a pod's labels call it, the last that it has. */
const APP_LABELS = ["pod_label_app_kubernetes_io_name", "pod_label_app"];

const relabelled = (from: LinesFrom): Block =>
  component("discovery.relabel", "pods", { targets: ref("discovery.kubernetes.pods.targets") }, [
    // What Loki says of a line that it refused would be sent to it, and be refused.
    part("rule", {
      source_labels: [`${META}namespace`],
      regex: `${ALLOY_NAMESPACE}|${LOKI_NAMESPACE}`,
      action: "drop",
    }),
    rule(["namespace"], "namespace"),
    rule(["pod_name"], "pod"),
    rule(["pod_container_name"], "container"),
    rule(["pod_node_name"], "node"),
    ...APP_LABELS.map((label) => rule([label], "app", { regex: "(.+)" })),
    ...(from === "files"
      ? [
          rule(["pod_uid", "pod_container_name"], "__path__", {
            separator: "/",
            replacement: "/var/log/pods/*$1/*.log",
          }),
        ]
      : []),
  ]);

const receiver = { forward_to: [ref("loki.process.pods.receiver")] };

const sources = (from: LinesFrom): Block[] =>
  from === "api"
    ? [component("loki.source.kubernetes", "pods", { targets: ref("discovery.relabel.pods.output"), ...receiver })]
    : [
        component("local.file_match", "pods", { path_targets: ref("discovery.relabel.pods.output") }),
        component("loki.source.file", "pods", { targets: ref("local.file_match.pods.targets"), ...receiver }),
      ];

/** Retries of a batch, the last of them five minutes apart, before it is given up. Until then the files are read no further. */
const RETRIES = 30;

/** Sends lines to Loki. @param tenant name under which they are written */
export const writing = (url: string, tenant: string): Block =>
  component("loki.write", "loki", {}, [
    part("endpoint", { url: `${url}/loki/api/v1/push`, tenant_id: tenant, max_backoff_retries: RETRIES }),
  ]);

/** Alloy's configuration as blocks. */
export const pipeline = (from: LinesFrom, tenant: string): Block[] => [
  part("logging", { level: "info", format: "json" }),
  // Each sees the pods of its own node.
  component("discovery.kubernetes", "pods", { role: "pod" }, [
    part("selectors", {
      role: "pod",
      field: { sum: ["spec.nodeName=", { call: "sys.env", with: ["HOSTNAME"] }] },
    }),
  ]),
  relabelled(from),
  ...sources(from),
  component("loki.process", "pods", { forward_to: [ref("loki.write.loki.receiver")] }, stages(from)),
  writing(LOKI_URL, tenant),
];

export const pipelineFile = (from: LinesFrom, tenant: string): string => alloyFile(pipeline(from, tenant));
