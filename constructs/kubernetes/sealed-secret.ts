import { sealedName } from "../model/names";
import type { ResolvedApplication } from "../model/resolved";
import { applicationLabels, applicationMetadata } from "./labels";
import type { SealedSecret } from "./objects";

/** Out-of-band secrets that are versioned as ciphertext, which the controller of this cluster alone can read. */
export function sealedSecret(application: ResolvedApplication): SealedSecret | undefined {
  const sealed = application.secrets.flatMap(({ name, sealed: text }) => (text === undefined ? [] : [[name, text]]));
  if (sealed.length === 0) return undefined;
  return {
    apiVersion: "bitnami.com/v1alpha1",
    kind: "SealedSecret",
    metadata: applicationMetadata(application, sealedName(application.name)),
    spec: {
      encryptedData: Object.fromEntries(sealed) as Readonly<Record<string, string>>,
      template: { type: "Opaque", metadata: { labels: applicationLabels(application) } },
    },
  };
}
