import { type Api, type Found } from "./api";

/*
 * Stands for External Secrets, whose operator is not here: what asks for a Secret gets one with its keys and is ready.
 * The values are made up; that templates give the right ones is tested with real servers by `npm run test:real`.
 */

const GROUP = "/apis/external-secrets.io/v1";

/** Looks for what is not ready. What does not work now is for the next look: a namespace may be going. */
export async function makeSecrets(api: Api): Promise<void> {
  for (const asked of await api.list(`${GROUP}/externalsecrets`)) {
    const conditions = (asked.status?.conditions ?? []) as Found[];
    if (conditions.some(({ type, status }) => type === "Ready" && status === "True")) continue;
    await makeSecret(api, asked).catch(() => undefined);
  }
}

async function makeSecret(api: Api, { metadata, spec }: Found): Promise<void> {
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
  const now = new Date().toISOString().replace(/\.\d+/, "");
  const ready = { type: "Ready", status: "True", reason: "SecretSynced", lastTransitionTime: now };
  await api.patch(`${GROUP}/namespaces/${namespace}/externalsecrets/${name}/status`, {
    status: { conditions: [ready], refreshTime: now },
  });
}
