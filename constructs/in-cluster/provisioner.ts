import type { CloudFacts } from "../kubernetes/facts";
import type { PartSource } from "../model/connection";
import type { ResolvedApplication } from "../model/resolved";
import type { ResolvedSizing, Service } from "../model/service";
import type { ImageVersion } from "../services/pinned-version";
import type { DescribeRequest, Place, Provisioner, ProvisionRequest } from "../services/provisioner";
import type { Passwords, ServiceTraits } from "../services/traits";
import { describeServer } from "./describe";
import type { InClusterForm, InClusterFormWithUsers, InClusterRequest } from "./form";

/** Pods beside the application, on disks of the cluster: the same on every cloud. */
export interface InClusterPlace extends Place {
  readonly asked: {
    readonly application: ResolvedApplication;
    readonly facts: () => CloudFacts;
    /** Where the cloud keeps the secret to which names lead. */
    readonly secretPlace: (names: readonly string[]) => string;
  };
  readonly described: ServiceTraits;
  readonly given: {
    readonly application: ResolvedApplication;
    /** Names of the workloads with an edge to it. Nothing else gets through to it. */
    readonly workloads: readonly string[];
    /**
     * The password of a user whom the server knows from the start: its administrator, or the one user whom all workloads
     * share. The cloud makes it, and keeps it where it is in no plan and no state.
     */
    readonly password: (username: string) => PartSource;
    /**
     * The password of a user who may ask the server how it does, for a kind without users of workloads.
     * @default - nobody measures it
     */
    readonly measuringPassword?: (username: string) => PartSource;
    /**
     * The password of a user who may copy the server and change nothing, for a kind that has one.
     * @default - nobody copies it
     */
    readonly backupPassword?: (username: string) => PartSource;
  };
  readonly provided: InClusterForm | InClusterFormWithUsers;
}

declare module "../services/provisioner" {
  interface Places {
    readonly "in-cluster": InClusterPlace;
  }
}

/** What one kind says of its server in the cluster. The rest of its description is read from its objects. */
export interface ServerKind<S extends Service> extends Pick<
  Provisioner<S, InClusterPlace>,
  "connections" | "problems" | "recoverable" | "versions"
> {
  /** `MySQL in a StatefulSet` */
  readonly product: string;
  /** What answers. */
  runs(service: S): ImageVersion;
  /** What becomes of the old password after `passwords` was raised. */
  readonly oldPassword: Passwords["old"];
  /** What somebody who moves would trip over. Lower case, a line each. */
  readonly notes: readonly string[];
  /** @default - there are none */
  backups?(service: S, sizing: ResolvedSizing): string | undefined;
  /** The server itself. */
  server(request: ProvisionRequest<S, InClusterPlace>): InClusterPlace["provided"];
}

/** The provisioner of a kind whose server has a disk: a StatefulSet beside a claim, or a cluster that an operator makes. */
export const serverProvisioner = <S extends Service>(kind: ServerKind<S>): Provisioner<S, InClusterPlace> => ({
  versions: kind.versions,
  connections: (sizing) => kind.connections?.(sizing),
  recoverable: (request) => kind.recoverable?.(request),
  problems: (request, path) => kind.problems?.(request, path) ?? [],
  describe: (request: DescribeRequest<S, InClusterPlace>) => describeServer(kind, request),
  provide: (request) => kind.server(request),
});

/** What the parts of a server are made of. */
export const inClusterRequest = ({
  application,
  name: service,
  workloads,
  sizing,
}: ProvisionRequest<Service, InClusterPlace>): InClusterRequest => ({ application, service, workloads, sizing });
