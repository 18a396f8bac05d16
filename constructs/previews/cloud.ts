import type { Cloud } from "../clouds/cloud";
import { keptPlace, VALUE } from "../clouds/shared/kept-secrets";
import { clusterServices, type InClusterAsked } from "../clouds/shared/services";
import type { PlatformEnvironment } from "../environment";
import type { CloudFacts } from "../kubernetes/facts";
import type { ResolvedPreviews } from "../model/previews";
import { previewGuarantees } from "./guarantees";
import {
  COMMIT_ANNOTATION,
  EXPIRES_ANNOTATION,
  later,
  previewLabels,
  REPOSITORY_ANNOTATION,
  rfc3339,
  STATE_FOLDER,
} from "./names";
import { providePreview } from "./provide";
import type { PreviewRequest } from "./request";
import { refuseOthers } from "./whose";

/**
 * The cloud of a preview: the cluster of the environment that takes it, and nothing else of that environment's cloud. All services run in
 * pods, no pod has an identity, and secrets are kept in the preview's own namespace.
 */
export function previewCloud(host: PlatformEnvironment, previews: ResolvedPreviews, request: PreviewRequest): Cloud {
  const { cloud } = host;
  const facts = (): CloudFacts => factsOf(host, previews, request);
  const asked: InClusterAsked = () => ({ facts, secretPlace: keptPlace });
  return {
    title: `Preview in ${host.name}`,
    guarantees: previewGuarantees(cloud.guarantees),
    ...clusterServices.option,
    notManaged: () => "all data of a preview are in its pods",
    previewsOf: host.name,
    profiles: ["small"],
    secretPlace: keptPlace,
    secretProperty: VALUE,
    problems: () => [],
    applicationProblems: (application, path) => clusterServices.problems(application, asked, path),
    ...(cloud.dnsZones !== undefined && { dnsZones: () => cloud.dnsZones?.() ?? [] }),
    place: () => cloud.place(host),
    facts,
    describe: () => ({
      ...cloud.describe(host),
      state: `${cloud.describe(host).state}, folder ${STATE_FOLDER}`,
      secretStore: "Secrets of its own namespace",
    }),
    describeService: (application, service) => clusterServices.describe(application, service, asked),
    connections: (service) => clusterServices.connections(service),
    recoverable: (application, holding) => clusterServices.recoverable(application, holding),
    pipeline: () => cloud.pipeline(host),
    configure: (stack, _environment, options) => {
      cloud.configure(stack, host, { ...options, stateFolder: STATE_FOLDER });
    },
    connect: (scope) => {
      const cluster = cloud.connect(scope, host);
      return {
        ...cluster,
        provide: (stack, application) => {
          refuseOthers(stack, application.namespace, request);
          return providePreview(stack, application, previewLabels(host.name, request.pullRequest, application.name));
        },
      };
    },
  };
}

function factsOf(host: PlatformEnvironment, previews: ResolvedPreviews, request: PreviewRequest): CloudFacts {
  const facts = host.cloud.facts(host);
  const { pullRequest, repository, commit, now } = request;
  const disks = facts.storageClasses.ReadWriteOnce;
  const issuer = facts.clusterIssuer ?? previews.clusterIssuer;
  const expires = later(now, previews.lifetimeHours);
  return {
    ...facts,
    // No pod acts in the cloud, no host outside is reached by its name, and nothing is copied.
    identityEndpoints: [],
    policiesByName: undefined,
    diskSnapshots: undefined,
    // A disk for each claim, which goes with it: file systems of a cloud are the environment's.
    sharedVolumesAs: "ReadWriteOnce",
    storageClasses: { ReadWriteMany: disks, ReadWriteOnce: disks },
    ...(issuer !== undefined && { clusterIssuer: issuer }),
    preview: {
      labels: (application) => previewLabels(host.name, pullRequest, application),
      annotations: {
        [EXPIRES_ANNOTATION]: rfc3339(expires),
        ...(repository !== undefined && { [REPOSITORY_ANNOTATION]: repository }),
        ...(commit !== undefined && { [COMMIT_ANNOTATION]: commit }),
      },
      secretStore: (namespace) => namespace,
    },
  };
}
