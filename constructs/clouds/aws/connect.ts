import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment, Cluster } from "../cloud";
import { DEFAULT_LOG_RETENTION_DAYS } from "../shared/log-retention";
import { signIn, type TokenProgram } from "../shared/sign-in";
import { hasOwnersProvider } from "../shared/stack-owner";
import { toldOf } from "../shared/told";
import { allowAddon } from "./addon-identity";
import { type AwsLookup, lookUpCluster } from "./lookup";
import { createMeasures } from "./managed-prometheus/measures";
import { createApplicationRules } from "./managed-prometheus/rules";
import { requirePlatformSecrets } from "./out-of-band-secrets";
import { awsProvider, foundInPlace } from "./owners-provider";
import type { Place } from "./place";
import { clusterAddons } from "./platform-addons";
import { provideApplication } from "./provide";
import { secretStoreProvider } from "./secret-store";
import { platformObjects } from "./storage";

/** The AWS CLI signs a token for each run, with the runner's own role: none is written anywhere. */
const tokenProgram = (lookup: AwsLookup): TokenProgram => ({
  command: "aws",
  args: ["eks", "get-token", "--cluster-name", lookup.clusterName, "--region", lookup.region, "--output", "json"],
});

/** Finds the cluster, signs the stack's Kubernetes provider in, and hands out what can be asked of it. */
export function connect(scope: Construct, environment: CloudEnvironment, place: Place): Cluster {
  const {
    autoMode,
    dataCidrs,
    s3Addresses,
    logRetentionDays = DEFAULT_LOG_RETENTION_DAYS[environment.profile],
  } = place;
  const isOwners = hasOwnersProvider(TerraformStack.of(scope), awsProvider(environment, place));
  const lookup = lookUpCluster(scope, environment, place, isOwners ? foundInPlace(environment, place) : undefined);
  const signInHelm = signIn(scope, lookup, tokenProgram(lookup));
  return {
    platform: (platform) => {
      // Releases are made here only; an application's stack need not download the provider.
      signInHelm();
      requirePlatformSecrets(platform, lookup, environment);
      platformObjects(platform, { clusterName: lookup.clusterName, autoMode, protect: environment.protect });
    },
    addons: (scope) => clusterAddons(scope, { lookup, place, environment }),
    allow: (addons, addon, needs) => allowAddon(addons, { lookup, place, environment }, addon, needs),
    measures: (platform, need) => createMeasures(platform, { lookup, environment, logRetentionDays }, need),
    rules: (scope, { name }, rules, after) => {
      createApplicationRules(scope, { environment, application: name, rules, after });
    },
    secretStoreProvider: () => secretStoreProvider(place.region),
    provide: (stack, application) =>
      provideApplication(stack, {
        ...{ lookup, application, logRetentionDays, dataCidrs, s3Addresses },
        told: toldOf(environment, application),
      }),
  };
}
