import { DataKubernetesResources } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resources";
import type { Precondition } from "cdktf";
import type { Construct } from "constructs";
import type { KubernetesObject, PersistentVolumeClaim } from "../kubernetes/objects";
import type { RabbitmqCluster } from "../kubernetes/server-objects";
import { code, expression } from "./expression";
import { literalExpression } from "./literal";

/** What has a disk that keeps its size. */
export type DiskOwner = PersistentVolumeClaim | RabbitmqCluster;

/** Errors of a plan, as templates of Terraform. */
export interface DiskRefusal {
  /** Refusal where it is to be smaller. @param had expression for the sizes that there are: `10Gi` */
  readonly smaller: (wanted: string, had: string) => string;
  /** Refusal where it is to be of another class or access mode. @param had expression: `ReadWriteOnce of class gp3` */
  readonly other: (wanted: string, had: string) => string;
}

/** Suffixes of Kubernetes' quantities, with what each is in Terraform's language. */
const UNITS: Readonly<Record<string, string>> = {
  ...{ n: "1e-9", u: "1e-6", m: "1e-3", k: "1e3", M: "1e6", G: "1e9", T: "1e12", P: "1e15", E: "1e18" },
  ...{ Ki: "1024", Mi: "1048576", Gi: "1073741824", Ti: "1099511627776" },
  ...{ Pi: "1125899906842624", Ei: "1152921504606846976" },
};

const FACTORS = `{${Object.entries(UNITS)
  .map(([suffix, factor]) => `${suffix}=${factor}`)
  .join(",")}}`;

const REQUESTED = "one.spec.resources.requests.storage";
const KIND = `join(" of class ", [join(", ", sort(one.spec.accessModes)), coalesce(one.spec.storageClassName, "none")])`;

/** Expression: bytes of what the claim `one` requests, as the API server writes it: `10Gi`, `10737418240` or `1e10`. */
export const REQUESTED_BYTES = `try(tonumber(${REQUESTED}), tonumber(regex("^[0-9.]+", ${REQUESTED})) * ${FACTORS}[regex("[A-Za-z]+$", ${REQUESTED})])`;

/** Bytes of a quantity. A patch may have written it, in any form that Kubernetes has. */
function bytesOf(quantity: string): number {
  const [, number = "", suffix = ""] = /^([0-9.]+(?:[eE]\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const bytes = Number(number) * Number(suffix === "" ? 1 : UNITS[suffix]);
  if (number === "" || Number.isNaN(bytes)) throw new RangeError(`not a size of a volume: ${quantity}`);
  return bytes;
}

/** What an object claims, and under which names. */
interface Disk {
  /** Condition on the claim `one`. */
  readonly named: string;
  readonly storage: string;
  /** `ReadWriteOnce of class gp3`. @default - whoever makes the claim says it, once */
  readonly kind?: string;
}

export const ownsDisk = (object: KubernetesObject): object is DiskOwner =>
  object.kind === "PersistentVolumeClaim" || object.kind === "RabbitmqCluster";

const nameOf = 'try(one.metadata.name, "")';

function diskOf(owner: DiskOwner): Disk {
  const { name } = owner.metadata;
  if (owner.kind === "RabbitmqCluster") {
    // The operator calls them so.
    const named = `startswith(${nameOf}, ${literalExpression(`persistence-${name}-server-`)})`;
    return { named, storage: owner.spec.persistence.storage };
  }
  const { accessModes, resources, storageClassName } = owner.spec;
  return {
    named: `${nameOf} == ${literalExpression(name)}`,
    storage: resources.requests.storage,
    kind: `${[...accessModes].sort().join(", ")} of class ${storageClassName}`,
  };
}

/**
 * Stops a plan that would have a disk smaller than it is, or of another kind. To the provider that is another claim: an empty one
 * in place of the one with the data. An operator refuses it where nobody looks.
 *
 * The cluster is asked, and not a record of the state: a claim may have been made larger by hand, and a state that has no record
 * yet is as safe as one that has.
 */
export class DiskGuard {
  readonly #read = new Map<string, DataKubernetesResources>();

  constructor(
    private readonly scope: Construct,
    private readonly refusal: (owner: DiskOwner) => DiskRefusal,
  ) {}

  /** Conditions that hold where the object may be what it says. */
  public conditions(owner: DiskOwner): Precondition[] {
    const { named, storage, kind } = diskOf(owner);
    const { smaller, other } = this.refusal(owner);
    const claims = `${this.#claims(owner).fqn}.objects`;
    const refuse = (holds: string, value: string, error: (had: string) => string): Precondition => {
      const of = (what: string): string => `[for one in ${claims} : ${what} if ${named}]`;
      return {
        condition: expression`alltrue(${code(of(holds))})`,
        errorMessage: error(expression`join(", ", distinct(${code(of(value))}))`),
      };
    };
    // Of a fraction of a byte both sides make what they like.
    const most = Math.ceil(bytesOf(storage)) + 1;
    return [
      refuse(`${REQUESTED_BYTES} < ${most}`, REQUESTED, (had) => smaller(storage, had)),
      ...(kind === undefined ? [] : [refuse(`${KIND} == ${literalExpression(kind)}`, KIND, (had) => other(kind, had))]),
    ];
  }

  /** One question for each namespace. */
  #claims({ metadata: { namespace = "default" } }: DiskOwner): DataKubernetesResources {
    const read =
      this.#read.get(namespace) ??
      new DataKubernetesResources(this.scope, `claims-${namespace}`, {
        ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", namespace },
      });
    this.#read.set(namespace, read);
    return read;
  }
}
