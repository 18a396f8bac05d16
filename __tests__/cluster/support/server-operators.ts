import { type Api, type Found } from "./api";

/*
 * Stands for cert-manager and RabbitmqCluster's operator, which are not here: what asks for something is ready when what
 * it needs is there, in the order in which the real ones would come to it. Keys and certificates are made up, and there
 * are no nodes; that clients get through to real servers is tested by `npm run test:real`.
 */

const CERTIFICATES = "/apis/cert-manager.io/v1";
const CLUSTERS = "/apis/rabbitmq.com/v1beta1";

/** Looks for what is not ready. What does not work now is for the next look: a namespace may be going. */
export async function runServers(api: Api): Promise<void> {
  for (const { list, conditions, act } of KINDS) {
    for (const asked of await api.list(list)) {
      if (conditions.every((condition) => is(asked, condition)) || asked.metadata.deletionTimestamp !== undefined)
        continue;
      const { namespace, name } = asked.metadata as Readonly<Record<"namespace" | "name", string>>;
      await act(api, asked, namespace)
        .then((done) => (done ? say(api, list, { namespace, name, conditions }) : undefined))
        .catch(() => undefined);
    }
  }
}

interface Kind {
  /** All of them, in all namespaces. */
  readonly list: string;
  /** What the real one then says. */
  readonly conditions: readonly string[];
  /** Whether it has come to be. */
  readonly act: (api: Api, asked: Found, namespace: string) => Promise<boolean>;
}

const KINDS: readonly Kind[] = [
  {
    list: `${CERTIFICATES}/issuers`,
    conditions: ["Ready"],
    act: async (api, { spec }, namespace) =>
      spec.ca === undefined ? spec.selfSigned !== undefined : hasKeys(api, namespace, spec.ca.secretName, TLS),
  },
  { list: `${CERTIFICATES}/certificates`, conditions: ["Ready"], act: issue },
  {
    list: `${CLUSTERS}/rabbitmqclusters`,
    conditions: ["AllReplicasReady", "ReconcileSuccess"],
    act: async (api, { spec }, namespace) =>
      (await hasKeys(api, namespace, spec.tls.secretName, ["tls.crt", "tls.key"])) &&
      (await hasKeys(api, namespace, spec.tls.caSecretName, ["ca.crt"])) &&
      (await hasKeys(api, namespace, spec.secretBackend.externalSecret.name, LOGIN)),
  },
];

const TLS = ["tls.crt", "tls.key", "ca.crt"];

/** Without the first three no node starts, and without the others nobody finds it. */
const LOGIN = ["default_user.conf", "username", "password", "host", "port", "provider", "type"];

/** A Secret, which stays when the certificate goes: cert-manager's own default. */
async function issue(api: Api, { spec }: Found, namespace: string): Promise<boolean> {
  const { issuerRef, secretName, secretTemplate } = spec;
  const { status, body } = await api.ask("GET", `${CERTIFICATES}/namespaces/${namespace}/issuers/${issuerRef.name}`);
  if (status !== 200 || !is(body, "Ready")) return false;
  await api.patch(
    `/api/v1/namespaces/${namespace}/secrets/${String(secretName)}`,
    {
      apiVersion: "v1",
      kind: "Secret",
      type: "kubernetes.io/tls",
      metadata: { name: secretName, labels: secretTemplate?.labels },
      stringData: Object.fromEntries(TLS.map((key) => [key, "made-up"])),
    },
    "apply",
  );
  return true;
}

async function hasKeys(api: Api, namespace: string, name: unknown, keys: readonly string[]): Promise<boolean> {
  const { status, body } = await api.ask("GET", `/api/v1/namespaces/${namespace}/secrets/${String(name)}`);
  return status === 200 && keys.every((key) => key in ((body.data ?? {}) as object));
}

interface Said {
  readonly namespace: string;
  readonly name: string;
  readonly conditions: readonly string[];
}

async function say(api: Api, list: string, { namespace, name, conditions }: Said): Promise<void> {
  const [, group = "", plural = ""] = /^(.*)\/([^/]+)$/.exec(list) ?? [];
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+/, "");
  await api.patch(`${group}/namespaces/${namespace}/${plural}/${name}/status`, {
    status: {
      conditions: conditions.map((type) => ({ type, status: "True", reason: "MadeUp", lastTransitionTime })),
    },
  });
}

const is = ({ status }: Found, condition: string): boolean =>
  ((status?.conditions ?? []) as Found[]).some((one) => one.type === condition && one.status === "True");
