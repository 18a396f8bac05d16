import type { Construct } from "constructs";
import { z } from "zod";
import { caBundles } from "../kubernetes/ca-bundles";
import { deployment } from "../kubernetes/deployment";
import type { CloudFacts } from "../kubernetes/facts";
import type { ExternalSecret, KubernetesObject } from "../kubernetes/objects";
import { wire } from "../kubernetes/provided";
import type { SecretStoreRef } from "../kubernetes/references";
import { externalSecret } from "../kubernetes/secret";
import type { ImagePolicy } from "../model/environment";
import { isPlain, orEmpty } from "../model/plain";
import { type Path, type Problem, refuse } from "../model/problem";
import { SERVICE_HTTP_PORT } from "../model/resolve-workload";
import { httpPort, type ResolvedApplication, type ResolvedReplicated } from "../model/resolved";
import { schemaOf } from "../model/schema-of";
import { name, objectName } from "../model/validate/forms";
import { isPersistent, type Volume } from "../model/volumes";
import type { Http, PhpFpm, Worker } from "../model/workload";
import { preparedObjects, releasedObjects } from "../rendering/workload-objects";
import { type ConnectedServices, hasSecrets, providedBy, soundServices } from "./connected-services";
import { Objects } from "./objects";
import { type InNamespace, inNamespace, pathOf } from "./props";
import { checkSingle, resolveSingle } from "./single-application";

export interface WorkloadDeploymentProps extends InNamespace {
  /** Name of its Deployment, its Service and its other objects. */
  readonly name: string;
  /** Made by `phpFpm()`, `http()` or `worker()`. What it `needs` is among `services`. */
  readonly workload: PhpFpm | Http | Worker;
  /**
   * Data services by the names that the workload's `needs` have for them: a `ManagedMysql` and its like, or a service with a
   * connection of your own, as `{ service: mysql(), connection }`. @default - none
   */
  readonly services?: ConnectedServices;
  /** Store in the cluster that reads the secrets of these, of External Secrets. @default - none, and none of them has a secret */
  readonly secretStore?: SecretStoreRef;
  /** StorageClasses of the volumes that outlive their pods. @default - there are no such volumes */
  readonly storageClasses?: CloudFacts["storageClasses"];
  /**
   * Whether no plan deletes those volumes while the construct and the volume are in the program: taken out, a claim is deleted,
   * and its StorageClass says what becomes of the disk. @default true
   */
  readonly protect?: boolean;
  /** How images are trusted not to change under a tag. @default "any" */
  readonly images?: ImagePolicy;
}

const SCHEMA = schemaOf<WorkloadDeploymentProps>()({
  ...inNamespace,
  name,
  workload: z.unknown(),
  services: z.unknown().optional(),
  secretStore: schemaOf<SecretStoreRef>()({
    kind: z.enum(["ClusterSecretStore", "SecretStore"]),
    name: objectName,
  }).optional(),
  storageClasses: schemaOf<CloudFacts["storageClasses"]>()({
    ReadWriteMany: objectName,
    ReadWriteOnce: objectName,
  }).optional(),
  protect: z.boolean().optional(),
  images: z.enum(["digest", "immutable-tags", "any"]).optional(),
});

const isReplicated = (workload: ResolvedApplication["workloads"][number] | undefined): workload is ResolvedReplicated =>
  workload?.kind === "http" || workload?.kind === "php-fpm" || workload?.kind === "worker";

const isGiven = (object: KubernetesObject | undefined): object is KubernetesObject => object !== undefined;

const readBy = (secretStoreRef: SecretStoreRef, secret: ExternalSecret): ExternalSecret => ({
  ...secret,
  spec: { ...secret.spec, secretStoreRef },
});

/**
 * A web workload or a worker in a namespace that exists, with all that is its own: Deployment, Service, service account,
 * ConfigMaps, autoscaler, disruption budget, volumes and the Secret with its connections. Of the namespace nothing is made:
 * neither quota nor network policies.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class WorkloadDeployment extends Objects {
  /** Where other pods of the cluster find it: `web.shop.svc:80`. @default - it answers no requests */
  public readonly address: string | undefined;

  constructor(scope: Construct, id: string, props: WorkloadDeploymentProps) {
    super(scope, id);
    const path = pathOf(this);
    refuse([...checkSingle(SCHEMA, props, path), ...storeProblems(props, path), ...volumeProblems(props, path)]);
    const { services = {}, secretStore, storageClasses } = props;
    const application = resolveSingle(props);
    const [wired] = wire(application, providedBy(services));
    const workload = wired?.workload;
    if (wired === undefined || !isReplicated(workload)) throw new Error(`${this.node.path}: no workload`);
    const secret = externalSecret(application, [wired]);
    const facts = { storageClasses: storageClasses ?? { ReadWriteMany: "", ReadWriteOnce: "" } };
    this.create(
      [
        ...preparedObjects(application, wired, facts),
        caBundles(application, [wired]),
        secretStore && secret && readBy(secretStore, secret),
        ...releasedObjects(application, wired, deployment(application, wired, workload)),
      ].filter(isGiven),
    );
    this.address =
      httpPort(workload) === undefined ? undefined : `${props.name}.${props.namespace}.svc:${SERVICE_HTTP_PORT}`;
  }
}

function storeProblems(props: WorkloadDeploymentProps, path: Path): Problem[] {
  const { services, secretStore } = orEmpty(props);
  const names = Object.entries(soundServices(services)).flatMap(([one, { connection }]) =>
    hasSecrets(connection) ? [one] : [],
  );
  if (secretStore !== undefined || names.length === 0) return [];
  return [
    {
      path: [...path, "secretStore"],
      why: `missing, and secrets of ${names.join(", ")} are in a store outside of the cluster`,
      fix: 'name what reads them: { kind: "ClusterSecretStore", name: "cloud" }',
    },
  ];
}

function volumeProblems(props: WorkloadDeploymentProps, path: Path): Problem[] {
  const { workload, storageClasses } = orEmpty(props);
  const volumes: unknown = isPlain(workload) ? workload.volumes : undefined;
  if (storageClasses !== undefined || !isPlain(volumes)) return [];
  return Object.entries(volumes).flatMap(([volume, given]) =>
    isPlain(given) && isPersistent(given as unknown as Volume)
      ? [
          {
            path: [...path, "workload", "volumes", volume],
            why: "nothing says of which StorageClass it is",
            fix: "give storageClasses, or use an ephemeral volume",
          },
        ]
      : [],
  );
}
