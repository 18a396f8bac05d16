import type {
  DeploymentV1SpecTemplate,
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecTopologySpreadConstraint,
  DeploymentV1SpecTemplateSpecVolume,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type {
  PodSpec,
  PodTemplate,
  PodVolume,
  ProjectedSource,
  TopologySpreadConstraint,
} from "../../kubernetes/objects";
import type { HostAlias } from "../../model/workload";
import { convertAffinity, convertToleration } from "./affinity";
import { convertContainer, named } from "./container";
import { convertLabelSelector } from "./label-selector";
import { nothingLeft } from "./total";

/** The pod of a Deployment or a CronJob: the bindings generate one structurally equal type for each. */
export function convertPodTemplate(template: PodTemplate, where: string): DeploymentV1SpecTemplate {
  const { metadata, spec, ...rest } = template;
  const { labels, annotations, ...otherMetadata } = metadata;
  nothingLeft(rest, where);
  nothingLeft(otherMetadata, `${where}.metadata`);
  return {
    metadata: { labels, annotations: annotations },
    spec: convertPodSpec(spec, `${where}.spec`),
  };
}

function convertPodSpec(spec: PodSpec, where: string): DeploymentV1SpecTemplateSpec {
  const { serviceAccountName, automountServiceAccountToken, enableServiceLinks, restartPolicy, ...more } = spec;
  const { terminationGracePeriodSeconds, securityContext, topologySpreadConstraints, ...most } = more;
  const { tolerations, nodeSelector, affinity, priorityClassName, hostAliases, ...others } = most;
  const { initContainers, containers, volumes, imagePullSecrets, ...rest } = others;
  nothingLeft(rest, where);
  return {
    serviceAccountName,
    ...(imagePullSecrets !== undefined && { imagePullSecrets: imagePullSecrets.map(({ name }) => ({ name })) }),
    automountServiceAccountToken,
    enableServiceLinks,
    restartPolicy,
    terminationGracePeriodSeconds,
    securityContext: convertSecurity(securityContext, `${where}.securityContext`),
    topologySpreadConstraint: topologySpreadConstraints?.map((constraint, index) =>
      convertSpread(constraint, `${where}.topologySpreadConstraints[${index}]`),
    ),
    toleration: tolerations?.map((toleration, index) =>
      convertToleration(toleration, `${where}.tolerations[${index}]`),
    ),
    ...(nodeSelector !== undefined && { nodeSelector }),
    ...(affinity !== undefined && { affinity: convertAffinity(affinity, `${where}.affinity`) }),
    ...(priorityClassName !== undefined && { priorityClassName }),
    hostAliases: hostAliases?.map((alias, index) => convertHostAlias(alias, `${where}.hostAliases[${index}]`)),
    initContainer: initContainers?.map((container, index) =>
      convertContainer(container, securityContext.runAsNonRoot, `${where}.initContainers[${index}]`),
    ),
    container: containers.map((container, index) =>
      convertContainer(container, securityContext.runAsNonRoot, `${where}.containers[${index}]`),
    ),
    volume: volumes.map((volume, index) => convertVolume(volume, `${where}.volumes[${index}]`)),
  };
}

function convertSecurity(security: PodSpec["securityContext"], where: string) {
  const { runAsNonRoot, runAsUser, runAsGroup, fsGroup, fsGroupChangePolicy, seccompProfile, ...rest } = security;
  const { type, ...otherSeccomp } = seccompProfile;
  nothingLeft(rest, where);
  nothingLeft(otherSeccomp, `${where}.seccompProfile`);
  return {
    runAsNonRoot,
    runAsUser: String(runAsUser),
    runAsGroup: String(runAsGroup),
    fsGroup: String(fsGroup),
    fsGroupChangePolicy,
    seccompProfile: { type },
  };
}

function convertSpread(
  constraint: TopologySpreadConstraint,
  where: string,
): DeploymentV1SpecTemplateSpecTopologySpreadConstraint {
  const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector, matchLabelKeys, ...rest } = constraint;
  nothingLeft(rest, where);
  return {
    maxSkew,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: [convertLabelSelector(labelSelector, `${where}.labelSelector`)],
    matchLabelKeys: matchLabelKeys && [...matchLabelKeys],
  };
}

function convertHostAlias(alias: HostAlias, where: string) {
  const { ip, hostnames, ...rest } = alias;
  nothingLeft(rest, where);
  return { ip, hostnames: [...hostnames] };
}

function convertVolume(volume: PodVolume, where: string): DeploymentV1SpecTemplateSpecVolume {
  const { name, emptyDir, configMap, secret, persistentVolumeClaim, projected, ...rest } = volume;
  nothingLeft(rest, where);
  return {
    name,
    emptyDir: emptyDir && convertEmptyDir(emptyDir, `${where}.emptyDir`),
    configMap: configMap && named(configMap, `${where}.configMap`),
    secret: secret && convertSecret(secret, `${where}.secret`),
    persistentVolumeClaim:
      persistentVolumeClaim && convertClaim(persistentVolumeClaim, `${where}.persistentVolumeClaim`),
    projected: projected && [convertProjected(projected, `${where}.projected`)],
  };
}

function convertProjected(projected: NonNullable<PodVolume["projected"]>, where: string) {
  const { sources, ...rest } = projected;
  nothingLeft(rest, where);
  return {
    sources: sources.map((source, index) => {
      const { configMap, secret, ...left } = source;
      const at = `${where}.sources[${index}]`;
      nothingLeft(left, at);
      return {
        configMap: configMap && [named(configMap, `${at}.configMap`)],
        secret: secret && [convertProjectedSecret(secret, `${at}.secret`)],
      };
    }),
  };
}

function convertProjectedSecret(secret: NonNullable<ProjectedSource["secret"]>, where: string) {
  const { name, items, ...rest } = secret;
  nothingLeft(rest, where);
  return {
    name,
    items: items.map((item, index) => {
      const { key, path, ...left } = item;
      nothingLeft(left, `${where}.items[${index}]`);
      return { key, path };
    }),
  };
}

function convertEmptyDir(emptyDir: NonNullable<PodVolume["emptyDir"]>, where: string) {
  const { medium, sizeLimit, ...rest } = emptyDir;
  nothingLeft(rest, where);
  return { medium, sizeLimit };
}

/** The provider takes a mode in octal digits, as people write it. */
function convertSecret(secret: NonNullable<PodVolume["secret"]>, where: string) {
  const { secretName, defaultMode, ...rest } = secret;
  nothingLeft(rest, where);
  return { secretName, defaultMode: `0${defaultMode.toString(8)}` };
}

function convertClaim(claim: NonNullable<PodVolume["persistentVolumeClaim"]>, where: string) {
  const { claimName, ...rest } = claim;
  nothingLeft(rest, where);
  return { claimName };
}
