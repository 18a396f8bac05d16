import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import type { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { Construct } from "constructs";
import { s3Server } from "../../../in-cluster/bucket/server";
import type { InClusterForm } from "../../../in-cluster/form";
import { serverName } from "../../../in-cluster/names";
import type { Bucket } from "../../../services/bucket";
import { dottedName } from "../../shared/dotted-name";
import { nameParts } from "../../shared/provisioner";
import type { Grant } from "../identity";
import { generatePassword, passwordPart } from "../secret-store";
import { createPodIdentity } from "../workload-identity";
import { identityName, SERVICE_NAMES } from "./names";
import { type AzureRequest, titleOf } from "./provisioner";
import { place } from "./users";

type Request = AzureRequest<Bucket>;

interface Store {
  readonly account: StorageAccount;
  readonly container: StorageContainer;
}

const HTTPS = 443;

const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers";

/**
 * What the gateway's calls need, and nothing else: it can delete neither the container nor an old version, which are the
 * way back. No role of Azure's own is this. "Storage Blob Data Contributor" has not the tags, without which no upload in
 * several parts ends (https://github.com/versity/versitygw/issues/2302), and "Owner" may do everything.
 */
const PERMISSIONS = {
  actions: [`${BLOBS}/read`],
  dataActions: ["read", "write", "add/action", "delete", "tags/read", "tags/write"].map(
    (action) => `${BLOBS}/blobs/${action}`,
  ),
};

/** Least that two zones and a rollout need. Each holds the parts of uploads in memory, and shares nothing. */
export const replicas = ({ resolved }: Pick<Request, "resolved">): number => (resolved.protect ? 2 : 1);

/** User's name at the gateway, no secret: `my-app-files`. */
const accessKeyId = ({ application, name }: Request): string => `${application}-${name}`;

/**
 * The S3 gateway in front of a container, in the application's namespace: with an identity that may use that container,
 * and the key with which workloads sign in to it. Workloads themselves need no permission in Azure.
 */
export function createGateway(scope: Construct, request: Request, { account, container }: Store): InClusterForm {
  const here = new Construct(scope, "Gateway");
  const { environment, application, name, resolved, defaults, lookup, sizing } = request;
  const identity = createPodIdentity(here, "Identity", lookup, {
    name: identityName(environment, application, "gateway", name),
    namespace: resolved.namespace,
    serviceAccount: serverName({ application: resolved, service: name }),
    grants: [accessTo(here, request, container)],
    defaults,
  });
  const secretAccessKey = generatePassword(here, "AccessKey", {
    ...place(request),
    names: nameParts(request),
    description: `Secret access key of the S3 gateway of ${name} of ${application} in ${environment}`,
    generation: sizing.passwords,
  });
  return s3Server({
    application: resolved,
    service: name,
    workloads: request.workloads,
    sizing,
    bucket: container.name,
    region: defaults.location,
    accessKeyId: { value: accessKeyId(request) },
    secretAccessKey: passwordPart(secretAccessKey),
    backend: {
      azure: {
        account: account.name,
        identity,
        endpoints: [{ cidrs: request.dataCidrs.endpoints, port: HTTPS }],
        replicas: replicas(request),
      },
    },
  });
}

function accessTo(scope: Construct, request: Request, container: StorageContainer): Grant {
  const role = new RoleDefinition(scope, "Role", {
    // Of the whole tenant, as is its name.
    name: dottedName([...nameParts(request), "s3-gateway", request.lookup.subscriptionId], SERVICE_NAMES.role),
    description: titleOf(request),
    scope: request.groupId,
    assignableScopes: [request.groupId],
    permissions: [{ actions: [...PERMISSIONS.actions], dataActions: PERMISSIONS.dataActions }],
  });
  return {
    name: "Container",
    role: { id: role.roleDefinitionResourceId },
    scope: container.id,
    description: titleOf(request),
  };
}
