import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { certManager } from "../addons/cert-manager";
import type { Profile } from "../model/environment";
import { orEmpty } from "../model/plain";
import { type Path, type Problem, refuse } from "../model/problem";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { name, objectName } from "../model/validate/forms";
import { INGRESS_CLASS } from "../routing/ingress-class";
import { CLUSTER_ISSUERS, clusterIssuers, gatewaySolver, ingressSolver } from "../routing/issuers";
import { HelmRelease, ObjectsRelease } from "../terraform/helm-release";
import { literalTexts } from "../terraform/literal-texts";
import { pathOf } from "./props";

export interface CertManagerProps {
  /** Mail address of the account at Let's Encrypt. */
  readonly contact: string;
  /**
   * What proves a host to Let's Encrypt: an Ingress, or a route of a Gateway, of which the definitions have to be there
   * before. @default "ingress"
   */
  readonly provedBy?: "ingress" | "gateway";
  /** Class of the Ingresses that prove hosts. @default "nginx" */
  readonly ingressClass?: string;
  /**
   * Name of a ClusterIssuer by which the cluster signs certificates itself, for hosts that nobody on the internet can ask.
   * @default - those of Let's Encrypt: "letsencrypt-prod" and "letsencrypt-staging"
   */
  readonly authority?: string;
  /** Replicas: two and three in `production`, one in `small`. @default "production" */
  readonly profile?: Profile;
}

const SCHEMA = schemaOf<CertManagerProps>()({
  contact: z.email("use a mail address"),
  provedBy: z.enum(["ingress", "gateway"]).optional(),
  ingressClass: objectName.optional(),
  authority: name.optional(),
  profile: z.enum(["production", "small"]).optional(),
});

/** What there is to know of a cloud beside it: nothing, as it has no permissions in one. */
const CONTEXT = { identity: { annotations: {} }, loadBalancerAnnotations: {} };

/** Definitions that an add-on finds. */
const GATEWAYS = { gatewayApi: { name: "gateway-crds" } };

/**
 * cert-manager with its ClusterIssuers, as environments have it: a pinned chart in a namespace of its own, and the issuers as
 * a release after it. For a stack of any class that has providers of Kubernetes and Helm; one in a cluster.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class CertManager extends Construct {
  /** Names of the ClusterIssuers, for `clusterIssuer` of an `AppIngress` or `AppGateway`. */
  public readonly issuers: readonly string[];
  /** What a Certificate has to wait for: its kind and its issuers are there. */
  public readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: CertManagerProps) {
    super(scope, id);
    const path = pathOf(this);
    refuse([...check(SCHEMA, props, path), ...contradictions(orEmpty(props), path)]);
    const { contact, provedBy = "ingress", ingressClass = INGRESS_CLASS, authority, profile = "production" } = props;
    const addon = certManager({ profile }, provedBy === "gateway" ? GATEWAYS : {});
    const { release } = new HelmRelease(this, addon.name, { addon, context: CONTEXT });
    const http01Solver = provedBy === "gateway" ? gatewaySolver : ingressSolver(ingressClass);
    const issuers = new ObjectsRelease(this, "issuers", {
      name: `${addon.name}-issuers`,
      namespace: addon.namespace,
      objects: clusterIssuers({ contact }, { http01Solver }, { clusterIssuer: authority }),
      after: [release],
    });
    this.issuers = authority === undefined ? CLUSTER_ISSUERS : [authority];
    this.ready = issuers.release;
    literalTexts(this);
  }
}

/** Fields that would do nothing beside others. */
function contradictions({ authority, ingressClass, provedBy }: Partial<CertManagerProps>, path: Path): Problem[] {
  const idle = (field: string, got: unknown, why: string): Problem[] =>
    got === undefined ? [] : [{ path: [...path, field], got, why, fix: "remove it" }];
  return [
    ...(authority === undefined ? [] : idle("provedBy", provedBy, "an authority of the cluster asks for no proof")),
    ...(authority === undefined && provedBy !== "gateway"
      ? []
      : idle("ingressClass", ingressClass, "no Ingress proves a host here")),
  ];
}
