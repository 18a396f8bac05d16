/** Imported by every frame of the model. */
const MODEL = `
    import { application, bucket, cron, external, http, mysql, peer, phpFpm, rabbitmq, redis, release, smtp, team, worker } from "goldenpath";
    import { postgresql } from "goldenpath/postgresql";
    const image = "registry.example.com/backend:v1.2.3";`;

/**
 * What stands around a sample that is a part of something, by the word behind its fence: `ts frame=environment`. The
 * sample is where `…` is. `satisfies` asks for the type of every field that is there and for none that is not.
 */
export const FRAMES: Readonly<Record<string, string>> = {
  /** Fields of an application. */
  application: `${MODEL}
    import type { ApplicationSpec } from "goldenpath";
    export default { … } satisfies Partial<ApplicationSpec>;`,
  /** Workloads of an application. */
  workloads: `${MODEL}
    import type { ApplicationSpec } from "goldenpath";
    export default { … } satisfies ApplicationSpec["workloads"];`,
  /** Fields of an environment. */
  environment: `${MODEL}
    import { amazonManagedPrometheus, gatewayApi, ingress, ingressNginx, prometheus, traefik, type EnvironmentSpec } from "goldenpath";
    import { aws, existingAws } from "goldenpath/aws";
    import { azure } from "goldenpath/azure";
    import { google } from "goldenpath/google";
    import { local } from "goldenpath/local";
    import { myApp } from "./environments/my-app";
    export default { … } satisfies Partial<EnvironmentSpec>;`,
  /** Fields of an application in an environment, beside \`application\`. */
  overlay: `
    import type { EnvironmentSpec } from "goldenpath";
    export default { … } satisfies Partial<EnvironmentSpec["applications"][number]>;`,
  /** Fields of \`aws({ … })\`. */
  aws: `
    import type { AwsProps } from "./constructs/clouds/aws";
    export default { … } satisfies Partial<AwsProps>;`,
};
