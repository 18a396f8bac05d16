/* What is read of objects that the API server gives. */

/** By the API's name of their kind. */
export interface Served {
  readonly pods: Pod;
  readonly services: Other;
  readonly configmaps: Other;
  readonly secrets: Secret;
  readonly persistentvolumeclaims: Other;
  readonly deployments: Other;
  readonly statefulsets: Other;
  readonly jobs: Other;
  readonly endpointslices: Slice;
  readonly ingresses: Ingress;
  readonly networkpolicies: Policy;
}

interface Other {
  readonly metadata: Named;
}

export type Labels = Readonly<Record<string, string>>;

interface Named {
  readonly name: string;
}

export interface Pod {
  readonly metadata: Named & {
    readonly namespace: string;
    readonly labels: Labels;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
  readonly spec: { readonly containers: readonly Container[]; readonly volumes?: readonly Volume[] };
  readonly status: { readonly phase: string };
}

interface Secret extends Other {
  readonly data?: Labels;
}

interface Ingress extends Other {
  readonly spec: {
    readonly rules: readonly {
      readonly host: string;
      readonly http: { readonly paths: readonly { readonly path: string; readonly backend: Backend }[] };
    }[];
  };
}

interface Backend {
  readonly service: Named;
}

interface Container {
  readonly image: string;
  readonly envFrom?: readonly { readonly configMapRef?: Named }[];
  readonly env?: readonly { readonly value?: string; readonly valueFrom?: { readonly secretKeyRef?: SecretKey } }[];
}

interface SecretKey extends Named {
  readonly key: string;
}

interface Source {
  readonly configMap?: Named;
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

export interface Volume extends Source {
  readonly projected?: { readonly sources: readonly Source[] };
}

interface Slice {
  readonly metadata: Named & { readonly labels: Labels };
  readonly endpoints:
    readonly { readonly conditions: { readonly ready?: boolean }; readonly targetRef: Named }[] | null;
  readonly ports: readonly { readonly name?: string; readonly port: number }[] | null;
}

interface Policy extends Other {
  readonly spec: {
    readonly podSelector: { readonly matchLabels?: Labels };
    readonly ingress?: readonly { readonly ports?: readonly Port[]; readonly from?: readonly Peer[] }[];
    readonly egress?: readonly { readonly ports?: readonly Port[]; readonly to?: readonly Peer[] }[];
  };
}

interface Port {
  readonly port: number | string;
}

export interface Peer {
  readonly podSelector?: { readonly matchLabels?: Labels };
  readonly namespaceSelector?: { readonly matchLabels?: Labels };
}
