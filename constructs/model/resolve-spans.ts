import { type EnvironmentInput, OFF, type Profile } from "./environment";
import { spanVariables } from "./tracing";

/** What a workload is told of spans, by the name of its objects; `undefined` where the environment takes none. */
export function spansOf(
  { name, observability }: EnvironmentInput,
  profile: Profile,
  application: string,
  namespace: string,
): ((objectName: string) => Readonly<Record<string, string>>) | undefined {
  const spans = observability === OFF ? undefined : observability?.spans;
  if (spans === undefined) return undefined;
  const ratio = spans.ratio[profile];
  return (objectName) => spanVariables(spans, ratio, { environment: name, application, namespace, objectName });
}
