import { parameterRules } from "../parameter-rules";

/* Settings of one environment's brokers, beside what this program sets. */

const BY_US = "follows from how the broker is made";
const NODES = "follows from how its nodes are made one cluster";
const USERS = "users are made by the Job of the release, one for each workload that needs it";

/** Beginnings of the names that are refused, with the reason. */
const REFUSED: readonly (readonly [string, string])[] = [
  ["auth_", USERS],
  ["cluster_", NODES],
  ["default_pass", USERS],
  ["default_permissions.", USERS],
  ["default_queue_type", "in the cluster a queue of which the client says nothing is on every node"],
  ["default_user", USERS],
  ["default_vhost", 'is the application\'s to say: rabbitmq({ virtualHost: "orders" })'],
  ["definitions.", USERS],
  ["listeners.", BY_US],
  ["load_definitions", USERS],
  ["log.", "its log is what the container says"],
  ["loopback_users", USERS],
  ["management.", BY_US],
  ["quorum_queue.continuous_membership_reconciliation.", NODES],
  ["raft.data_dir", BY_US],
  ["ssl_options.", BY_US],
];

export const OWN_PARAMETERS = parameterRules({
  name: /^[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,6}$/,
  noName: { why: "no key of rabbitmq.conf", fix: "use small letters, digits, underscores and dots" },
  // One word in a line of the file.
  value: /^[\w.:/-]{1,255}$/,
  valueFix: "use up to 255 letters, digits and . : / - _",
  reason: (name) => REFUSED.find(([beginning]) => name.startsWith(beginning))?.[1],
  refusedFix: "remove it",
});

/** Lines of `rabbitmq.conf`. */
export const parameterLines = (parameters: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
