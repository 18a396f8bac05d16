import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import type { CheckException } from "../../../model/check-exception";
import type { Path, Problem } from "../../../model/problem";
import { sha256 } from "../../../model/sha256";
import type { Bucket } from "../../../services/bucket";
import { lackingSettings } from "../../../services/bucket/lacking";
import { abortUploadsDays, expiries } from "../../../services/bucket/settings";
import { S3_SERVER } from "../../../services/bucket/versions";
import { oldVersions } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { takeOver, takeOverWith } from "../../shared/imports";
import { nameParts, type ServiceNames } from "../../shared/provisioner";
import { inState } from "../../shared/secrets-in-state";
import { CLOSED_ACCOUNT } from "../closed-account";
import { importedGroup, importedName, type MaybeImported, subscriptionProblems } from "../imports";
import { sendLogs } from "../logs";
import { globalName } from "../names";
import { STORAGE_ACCOUNT_SECRETS } from "../storage-account-secrets";
import { createGateway } from "./bucket-gateway";
import {
  accountConditions,
  accountIdOf,
  BUCKET_IMPORTS,
  bucketImportNotes,
  CONTAINER_AS_IT_WAS,
  containerNameOf,
  dropProblems,
} from "./bucket-imports";
import { describeGateway } from "./describe-gateway";
import { SERVICE_NAMES } from "./names";
import {
  type AzureDescribeRequest,
  type AzureProvisioner,
  type AzureRequest,
  createEndpoint,
  identityOf,
  lockService,
  type ProvidedService,
} from "./provisioner";

type Request = AzureRequest<Bucket>;

const HTTPS = 443;

/** Days for which Azure keeps what is deleted, at most. */
const MOST_DAYS = 365;

/** Where the gateway notes uploads in several parts. */
const UNFINISHED = ".sgwtmp/";

/**
 * Blob storage behind a gateway that speaks S3, which Azure does not. Sizing says nothing about a bucket.
 */
export const bucketOnAzure: AzureProvisioner<Bucket> = {
  versions: [S3_SERVER],
  recoverable: ({ service }) =>
    oldVersions(
      service.spec.keepVersionsDays,
      "https://learn.microsoft.com/en-us/azure/storage/blobs/versioning-overview",
      undefined,
    ),
  imports: BUCKET_IMPORTS,
  facts: { secretsInState: STORAGE_ACCOUNT_SECRETS, endpointPort: HTTPS },
  problems,
  describe,
  provide,
};

function problems(request: AzureDescribeRequest<Bucket>, path: Path): Problem[] {
  const { service } = request;
  const days = service.spec.keepVersionsDays;
  const lacking = [
    ...lackingSettings("azure", service, path),
    ...subscriptionProblems(request, path),
    ...dropProblems(request, path),
  ];
  if (days <= MOST_DAYS) return lacking;
  const why = `keepVersionsDays is more than the ${MOST_DAYS} days for which Azure keeps deleted versions`;
  return [...lacking, { path, got: days, why, fix: `use at most ${MOST_DAYS}, or placement: "in-cluster"` }];
}

/** Name of an account: what it had before, or its own here. */
const accountName = (request: MaybeImported & ServiceNames, subscriptionId: string): string =>
  importedName(request) ?? globalName(subscriptionId, nameParts(request), SERVICE_NAMES.storageAccount);

function describe(request: AzureDescribeRequest<Bucket>): ServiceTraits {
  const days = request.service.spec.keepVersionsDays;
  return {
    placement: "managed",
    product: "Azure Blob Storage, with an S3 gateway in the cluster",
    ...describeGateway(request),
    port: request.service.contract.defaultPort,
    tls: "bundle",
    signIn: "shared-key",
    optionalParts: ["accessKeyId", "secretAccessKey"],
    disk: undefined,
    backups: `old versions of objects, ${days} days`,
    name: accountName(request, request.subscriptionId),
    inState: inState(STORAGE_ACCOUNT_SECRETS),
    notes: [
      ...bucketImportNotes(request),
      "Blob Storage speaks no S3: pods beside the application do, and sign in to Azure for all workloads",
      "whoever signs in may do the same with every object: no workload has an identity of its own there",
      "presigned URLs lead into the cluster: nobody outside can follow them",
      "clients use path style: buckets have no names of their own in DNS",
      "no copies of parts (UploadPartCopy), and no reading of old versions: those are had by Azure's own tools",
      "to abort an upload in several parts deletes the object that has its name, of which the version stays",
      "names of metadata have no hyphens",
      `old versions may stay for up to ${2 * days} days`,
    ],
  };
}

const EXCEPTIONS: readonly CheckException[] = [
  {
    checks: ["CKV_AZURE_206"],
    reason: "data stays in its region, over three zones; losing a region is lost for everything else too",
  },
  { checks: ["CKV_AZURE_33"], reason: "nobody uses queues of this account" },
];

function provide(request: Request): ProvidedService {
  const { scope, service, sizing, protect, lookup, key, defaults } = request;
  const { imported } = sizing;
  const days = service.spec.keepVersionsDays;
  const name = accountName(request, lookup.subscriptionId);
  const group = importedGroup(request);
  const account = new StorageAccount(scope, "Default", {
    ...CLOSED_ACCOUNT,
    name,
    ...defaults,
    ...(group !== undefined && { resourceGroupName: group }),
    // What an account that was there has is left as it is; the provider wants two of them said all the same.
    accountKind: "StorageV2",
    accountTier: "Standard",
    accountReplicationType: "ZRS",
    publicNetworkAccessEnabled: false,
    identity: identityOf(request),
    customerManagedKey: { keyVaultKeyId: key.keyId, userAssignedIdentityId: key.identityId },
    blobProperties: {
      versioningEnabled: true,
      // What the policy below deletes goes through here: its days count from when a version was written, not from when
      // another took its place, so a version is kept this long after that, and at most twice as long.
      deleteRetentionPolicy: { days },
      containerDeleteRetentionPolicy: { days },
    },
    sasPolicy: { expirationPeriod: "00.01:00:00" },
    lifecycle: { preventDestroy: protect, ...accountConditions(request, name, lookup.location) },
  });
  exceptChecks(account, ...EXCEPTIONS);
  takeOver(account, imported && accountIdOf(imported));
  const container = new StorageContainer(scope, "Container", {
    // Made by Azure's management API: the other way in is closed to whoever runs Terraform.
    storageAccountId: account.id,
    name: containerNameOf(request) ?? globalName(lookup.subscriptionId, nameParts(request), SERVICE_NAMES.container),
    containerAccessType: "private",
    lifecycle: { preventDestroy: protect, ...(imported !== undefined && { ignoreChanges: [...CONTAINER_AS_IT_WAS] }) },
  });
  takeOver(container, imported?.id);
  exceptChecks(container, {
    checks: ["CKV2_AZURE_21"],
    reason: "who reads it is logged by a diagnostic setting of its account; checkov knows the way before that alone",
  });
  const policy = createLifecycle(request, account, container);
  takeOverWith(
    policy,
    sizing,
    "lifecycle",
    `${imported === undefined ? "" : accountIdOf(imported)}/managementPolicies/default`,
  );
  const endpoint = createEndpoint(scope, request, {
    id: account.id,
    subresource: "blob",
    zoneId: lookup.blobZoneId,
  });
  const logs = sendLogs(
    scope,
    "Logs",
    { id: `${account.id}/blobServices/default`, workspaceId: lookup.logWorkspaceId },
    ["StorageRead", "StorageWrite", "StorageDelete"],
  );
  lockService(scope, request, account.id, [container, policy, endpoint, logs]);
  const { connection, objects } = createGateway(scope, request, { account, container });
  return { connection: () => connection, objects, grants: [] };
}

function createLifecycle(
  { scope, service: { spec }, sizing }: Request,
  account: StorageAccount,
  container: StorageContainer,
): StorageManagementPolicy {
  // In an account of its own there is nothing else.
  const within = sizing.imported === undefined ? {} : { prefixMatch: [`${container.name}/`] };
  return new StorageManagementPolicy(scope, "Lifecycle", {
    storageAccountId: account.id,
    rule: [
      {
        name: "abort-incomplete-uploads",
        enabled: true,
        filters: { blobTypes: ["blockBlob"], prefixMatch: [`${container.name}/${UNFINISHED}`] },
        actions: { baseBlob: { deleteAfterDaysSinceModificationGreaterThan: abortUploadsDays(spec) } },
      },
      {
        name: "expire-old-versions",
        enabled: true,
        filters: { blobTypes: ["blockBlob"], ...within },
        actions: { version: { deleteAfterDaysSinceCreation: spec.keepVersionsDays } },
      },
      ...expiries(spec).map(({ prefix, days }) => ({
        // Of letters, digits and hyphens alone.
        name: `expire-${sha256(prefix).slice(0, 12)}`,
        enabled: true,
        filters: { blobTypes: ["blockBlob"], prefixMatch: [`${container.name}/${prefix}`] },
        actions: { baseBlob: { deleteAfterDaysSinceModificationGreaterThan: days } },
      })),
    ],
  });
}
