import { routeSecrets } from "../model/out-of-band";
import type { ResolvedApplication } from "../model/resolved";
import { applicationMetadata } from "./labels";
import type { ExternalSecret, KubernetesObject } from "./objects";
import { inPhase } from "./phases";
import { fromStore, remoteRef } from "./secret";

/** Keys that controllers read: those of Ingresses the first, Envoy Gateway the second. */
const KEYS = ["auth", ".htpasswd"] as const;

/** Name under which the template finds what people have put into the store. */
const FETCHED = "htpasswd";

/** A line of htpasswd that every controller reads: a name, and the SHA-1 of its password in base64. */
const LINE = String.raw`[^:#\s][^:\s]*:\{SHA\}[A-Za-z0-9+/]{27}=`;

/**
 * Hands on the lines, and fails on anything else: then the Secret stays as it was, or is not made. Traefik leaves out a path
 * of which it cannot read who may call it, and the request goes to the route above, which may be open to everybody.
 */
const TEMPLATE =
  `{{ $lines := index . "${FETCHED}" | replace "\\r" "" | trim }}` +
  `{{ if not (regexMatch \`^(${LINE}\\n+)*${LINE}$\` $lines) }}` +
  `{{ fail "not lines of htpasswd -nbs: name:{SHA}..." }}{{ end }}{{ $lines }}`;

/** A Secret for each declared secret by which routes ask for passwords, for whichever controller reads it. */
export function basicAuthSecrets(application: ResolvedApplication): ExternalSecret[] {
  return routeSecrets(application).map(({ secretName, secret: { remoteKey: key, remoteProperty: property } }) =>
    inPhase(
      // Before the routes that ask by it, and the policies.
      "openings",
      fromStore(applicationMetadata(application, secretName), {
        type: "Opaque",
        data: Object.fromEntries(KEYS.map((name) => [name, TEMPLATE])),
        fetched: [{ secretKey: FETCHED, remoteRef: remoteRef({ key, property }) }],
      }),
    ),
  );
}

/** Whether routes ask for passwords by the Secret. */
export const isBasicAuth = (object: KubernetesObject): boolean =>
  object.kind === "ExternalSecret" && KEYS.every((key) => Object.hasOwn(object.spec.target.template.data, key));
