import { isPresent, textAt } from "../read";
import { valueText } from "../values";

/** A switch that lets more people reach something. */
export interface Opening {
  /** Argument, as it is written. */
  readonly field: RegExp;
  readonly is: (after: unknown, before: unknown) => boolean;
  /** Whether it is about this resource. @default - about each that has the argument */
  readonly of?: (resource: unknown) => boolean;
  readonly says: (after: unknown) => string;
}

const isTrue = (value: unknown): boolean => value === true || value === "true";
const isFalse = (value: unknown): boolean => value === false || value === "false";
const opens = (after: unknown, before: unknown): boolean => isTrue(after) && !isTrue(before);
/** Off, and it was on, or was not said. */
const lifts = (after: unknown, before: unknown): boolean => isFalse(after) && !isFalse(before);
const shown = (value: unknown): string => valueText(value) ?? "nothing";

/** Profiles of Pod Security, from the strictest. */
const PROFILES = ["restricted", "baseline", "privileged"];

/** Switches of the three clouds and of Kubernetes, as the providers call them. */
export const OPENINGS: readonly Opening[] = [
  {
    field:
      /(?:^|[.\]])(?:publicly_accessible|endpoint_public_access|public_network_access_enabled|ipv4_enabled|allow_nested_items_to_be_public|public_access_enabled|map_public_ip_on_launch|allow_external_traffic|associate_public_ip_address)$/,
    is: opens,
    says: () => "can be reached from the internet",
  },
  {
    field:
      /(?:^|[.\]])(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets|uniform_bucket_level_access|endpoint_private_access|enable_private_nodes|enable_private_endpoint|private_cluster_enabled|local_account_disabled|azure_rbac_enabled|rbac_authorization_enabled)$/,
    is: lifts,
    says: () => "no longer keeps others out",
  },
  {
    field:
      /(?:^|[.\]])(?:https_traffic_only_enabled|require_ssl|transit_encryption_enabled|storage_encrypted|encrypted|at_rest_encryption_enabled)$/,
    is: lifts,
    says: () => "is no longer encrypted",
  },
  { field: /(?:^|[.\]])non_ssl_port_enabled$/, is: opens, says: () => "takes connections without TLS" },
  {
    field: /(?:^|[.\]])public_network_access$/,
    is: (after, before) => after === "Enabled" && before !== "Enabled",
    says: () => "can be reached from the internet",
  },
  {
    field: /(?:^|[.\]])shared_access_key_enabled$/,
    is: opens,
    says: () => "lets in whoever has one of its keys, without a role",
  },
  {
    field: /(?:^|[.\]])(?:min_tls_version|minimum_tls_version)$/,
    is: (after, before) => /^(?:TLS)?1[._][01]$/.test(String(after)) && after !== before,
    says: (after) => `takes connections by a TLS that is no longer safe: ${shown(after)}`,
  },
  {
    field: /(?:^|[.\]])client_protocol$/,
    is: (after, before) => after === "Plaintext" && after !== before,
    says: () => "takes connections without TLS",
  },
  {
    field: /^value$/,
    of: (resource) => textAt(resource, "name") === "require_secure_transport",
    is: (after) => /^(?:off|0|false)$/i.test(String(after)),
    says: () => "takes connections without TLS",
  },
  {
    field: /(?:^|[.\]])ssl_mode$/,
    is: (after, before) => after === "ALLOW_UNENCRYPTED_AND_ENCRYPTED" && after !== before,
    says: () => "takes connections without TLS",
  },
  {
    field: /(?:^|[.\]])public_access_prevention$/,
    is: (after, before) => after !== "enforced" && isPresent(before) && before === "enforced",
    says: (after) => `lets objects be made public: ${shown(after)}`,
  },
  {
    field: /(?:^|[.\]])container_access_type$/,
    is: (after, before) => isPresent(after) && after !== "private" && after !== before,
    says: (after) => `lets everybody read: ${shown(after)}`,
  },
  {
    field: /(?:^|[.\]])default_action$/,
    is: (after, before) => after === "Allow" && before !== "Allow",
    says: () => "lets everybody in whom no rule names",
  },
  {
    field: /(?:^|[.\]])(?:privileged|host_network|host_pid|host_ipc|allow_privilege_escalation)$/,
    is: opens,
    says: () => "lets its pods out of their container",
  },
  {
    field: /pod-security\.kubernetes\.io\/enforce"?\]?$/,
    is: (after, before) => PROFILES.indexOf(String(after)) > PROFILES.indexOf(String(before)) && isPresent(before),
    says: (after) => `lets pods do more: ${shown(after)}`,
  },
];

/** A member of everybody, as Google Cloud names them. */
export const EVERYBODY_NAMES = /^(?:allUsers|allAuthenticatedUsers)$/;
