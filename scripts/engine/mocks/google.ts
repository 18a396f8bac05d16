import type { Mock, StackBlocks } from "./mock";

const PROJECT = "projects/mocked";
const RING = `${PROJECT}/locations/europe-west3/keyRings/mocked`;
const ACCOUNT = "mocked@mocked.iam.gserviceaccount.com";

/** PEM in form alone. */
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nbW9ja2Vk\n-----END CERTIFICATE-----";

/** Values that the provider or a function reads for their form. An element of a list has to have all of its fields. */
const FIXED: readonly Mock[] = [
  ["data", "google_compute_network", { id: `${PROJECT}/global/networks/mocked` }],
  [
    "data",
    "google_container_cluster",
    {
      database_encryption: [{ key_name: `${RING}/cryptoKeys/secrets`, state: "ENCRYPTED" }],
      endpoint: "10.0.0.2",
      master_auth: [
        {
          client_certificate: "",
          client_certificate_config: [{ issue_client_certificate: false }],
          client_key: "",
          cluster_ca_certificate: Buffer.from("certificate").toString("base64"),
        },
      ],
    },
  ],
  ["data", "google_project", { number: "111111111111" }],
  ["data", "google_storage_project_service_account", { email_address: ACCOUNT, member: `serviceAccount:${ACCOUNT}` }],
  ["resource", "google_compute_network", { id: `${PROJECT}/global/networks/mocked` }],
  ["resource", "google_kms_crypto_key", { id: `${RING}/cryptoKeys/mocked` }],
  ["resource", "google_kms_key_ring", { id: RING }],
  [
    "resource",
    "google_redis_instance",
    {
      host: "10.0.0.3",
      server_ca_certs: [
        { cert: CERTIFICATE, create_time: "", expire_time: "", serial_number: "", sha1_fingerprint: "" },
      ],
    },
  ],
  ["resource", "google_secret_manager_secret_version", { version: "1" }],
  [
    "resource",
    "google_service_account",
    { email: ACCOUNT, member: `serviceAccount:${ACCOUNT}`, name: `${PROJECT}/serviceAccounts/${ACCOUNT}` },
  ],
  [
    "resource",
    "google_sql_database_instance",
    {
      dns_names: [
        {
          connection_type: "PRIVATE_SERVICES_ACCESS",
          dns_scope: "INSTANCE",
          name: "1a2b.3c4d.europe-west3.sql-psa.goog.",
        },
      ],
      private_ip_address: "10.0.0.4",
      server_ca_cert: [
        { cert: CERTIFICATE, common_name: "", create_time: "", expiration_time: "", sha1_fingerprint: "" },
      ],
    },
  ],
];

export const googleMocks = (stack: StackBlocks): readonly Mock[] => [...FIXED, ...secrets(stack)];

/** The secrets that the stack insists on: one mock for all of its lists, in which each finds its own. */
function secrets({ data }: StackBlocks): Mock[] {
  const lists = Object.values(data?.google_secret_manager_secrets ?? {});
  if (lists.length === 0) return [];
  return [["data", "google_secret_manager_secrets", { secrets: lists.map(({ filter }) => secret(filter)) }]];
}

/** Secret of a filter such as `name:staging_my-app_stripe-key`. */
function secret(filter: unknown): Readonly<Record<string, unknown>> {
  const id = String(filter).replace(/^name:/, "");
  return {
    annotations: {},
    create_time: "",
    deletion_protection: false,
    effective_annotations: {},
    effective_labels: {},
    expire_time: "",
    labels: {},
    name: `${PROJECT}/secrets/${id}`,
    project: "mocked",
    replication: [],
    rotation: [],
    secret_id: id,
    tags: {},
    terraform_labels: {},
    topics: [],
    ttl: "",
    version_aliases: {},
    version_destroy_ttl: "",
  };
}
