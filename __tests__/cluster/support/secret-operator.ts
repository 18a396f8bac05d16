import { type Api, type Found } from "./api";

/*
 * Stands for External Secrets, whose operator is not here: what asks for a Secret gets one with its keys and is ready.
 * The values are made up; that templates give the right ones is tested with real servers by `npm run test:real`.
 */

const GROUP = "/apis/external-secrets.io/v1";

/** In a key of the store: there is none of that name. */
export const ABSENT = "absent";

/** Looks for what is not ready. What does not work now is for the next look: a namespace may be going. */
export async function makeSecrets(api: Api): Promise<void> {
  for (const asked of await api.list(`${GROUP}/externalsecrets`)) {
    const conditions = (asked.status?.conditions ?? []) as Found[];
    const ready = conditions.some(({ type, status }) => type === "Ready" && status === "True");
    const failed = conditions.some(({ type, status }) => type === "Ready" && status === "False");
    const absent = JSON.stringify([asked.spec.data, asked.spec.dataFrom]).includes(`"key":"${ABSENT}`);
    if (absent ? failed : ready) continue;
    const act = absent ? say(api, asked, NOT_FOUND) : makeSecret(api, asked);
    await act.catch(() => undefined);
  }
}

const SYNCED = { type: "Ready", status: "True", reason: "SecretSynced" };
const NOT_FOUND = {
  ...{ type: "Ready", status: "False", reason: "SecretSyncedError" },
  message: "could not get secret data from provider",
};

async function makeSecret(api: Api, asked: Found): Promise<void> {
  const { metadata, spec } = asked;
  const { name, namespace, uid } = metadata as Readonly<Record<"name" | "namespace" | "uid", string>>;
  const target = spec.target;
  const template = (target.template?.data ?? {}) as object;
  await api.patch(
    `/api/v1/namespaces/${namespace}/secrets/${String(target.name)}`,
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: target.name,
        labels: { ...target.template?.metadata?.labels, "reconcile.external-secrets.io/managed": "true" },
        ownerReferences: [
          { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", name, uid, controller: true },
        ],
      },
      stringData: Object.fromEntries(Object.keys(template).map((key) => [key, "made-up"])),
    },
    "apply",
  );
  await say(api, asked, SYNCED);
}

/** Its state now, which takes the place of that before. */
async function say(api: Api, { metadata }: Found, state: typeof SYNCED): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+/, "");
  const path = `${GROUP}/namespaces/${String(metadata.namespace)}/externalsecrets/${String(metadata.name)}/status`;
  await api.patch(path, { status: { conditions: [{ ...state, lastTransitionTime: now }], refreshTime: now } });
}
