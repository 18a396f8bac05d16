import type { ApplicationOverlay, EnvironmentInput } from "../environment";
import { namespaceName, sealedName } from "../names";
import { didYouMean, oneOf, type Path } from "../problem";
import { environmentDefaults } from "../resolve";
import { routeSettings } from "../resolve-route";
import { withOverride } from "../resolve-workload";
import { routeKey } from "../route";
import type { AnyVolume } from "../volumes";
import type { Report } from "./report";
import { isObject, type UsableApplication } from "./usable";

/** Two bytes with the length of an RSA block of 4096 bits, in base64. */
const CIPHERTEXT = /^Ag[A-Za-z0-9+/]{680,}={0,2}$/;

const releasesReading = (
  { workloads }: UsableApplication["app"],
  overlay: ApplicationOverlay,
  secret: string,
): string[] =>
  Object.entries(workloads).flatMap(([name, workload]) => {
    const here = withOverride(workload, overlay.workloads?.[name]);
    const all = [here, ...Object.values(here.initContainers ?? {}), ...Object.values<AnyVolume>(here.volumes ?? {})];
    return workload.kind === "release" && all.some(({ secrets }) => secrets?.includes(secret) === true) ? [name] : [];
  });

/** Whether a route asks for passwords by the secret here. */
const asksBy = ({ routes = [] }: UsableApplication["app"], { routes: overrides }: ApplicationOverlay, secret: string) =>
  routes.some((route) => {
    const override: unknown = isObject(overrides) ? overrides[routeKey(route)] : undefined;
    return routeSettings(route, isObject(override) ? override : {}).basicAuth === secret;
  });

/** Ciphertexts of out-of-band secrets. What was given is not shown: by mistake it may be the secret itself. */
export function checkSealed(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  overlay: ApplicationOverlay,
  { app, declared }: UsableApplication,
): void {
  const given: unknown = overlay.sealed;
  if (given !== undefined && !isObject(given)) {
    report.add({ path: [...path, "sealed"], why: "no object", fix: "give ciphertexts by the names of their secrets" });
  }
  const namespace = namespaceName(app.name, environmentDefaults(input).namespaceSuffix);
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
    const at = [...path, "sealed", name];
    if (!declared.secrets.includes(name)) {
      const fix = `use ${oneOf(declared.secrets)}${didYouMean(name, declared.secrets)}`;
      report.add({ path: at, why: "no such secret", fix });
    } else if (asksBy(app, overlay, name)) {
      const why = "a route asks for passwords by it, and what is sealed opens in the Secret of workloads alone";
      report.add({ path: at, why, fix: "remove it: the secret is in the store" });
    } else if (input.sealedSecrets !== true) {
      const why = "the environment has no Sealed Secrets controller";
      report.add({ path: at, why, fix: "set sealedSecrets: true, or remove it" });
    } else if (typeof value !== "string" || !CIPHERTEXT.test(value)) {
      const where = "--controller-namespace sealed-secrets --controller-name sealed-secrets";
      const command = `kubeseal --raw ${where} --namespace ${namespace} --name ${sealedName(app.name)} --from-file=${name}`;
      report.add({ path: at, why: "no ciphertext", fix: `give what this prints: ${command}` });
    } else if (input.release === "helm") {
      // The chart brings it together with what reads it, and its Jobs run before that.
      for (const workload of releasesReading(app, overlay, name)) {
        const why = `workload "${workload}" runs before the chart has brought it`;
        report.add({ path: at, why, fix: "keep it in the secret store, or give the workload no such secret" });
      }
    }
  }
}
