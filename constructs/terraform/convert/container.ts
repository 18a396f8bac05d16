import type {
  DeploymentV1SpecTemplateSpecContainer,
  DeploymentV1SpecTemplateSpecContainerEnv,
  DeploymentV1SpecTemplateSpecContainerReadinessProbe,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Container, ContainerAmounts, ContainerProbe, EnvVar, VolumeMount } from "../../kubernetes/objects";
import { nothingLeft } from "./total";

/**
 * `runAsNonRoot` is the pod's. A container inherits it in Kubernetes, but this provider writes `false` into each
 * container that has a security context without it, which overrules the pod and is refused under Pod Security.
 */
export function convertContainer(
  container: Container,
  runAsNonRoot: boolean,
  where: string,
): DeploymentV1SpecTemplateSpecContainer {
  const { name, image, imagePullPolicy, command, args, ports, envFrom, env, resources, ...more } = container;
  const { startupProbe, livenessProbe, readinessProbe, lifecycle, securityContext, volumeMounts, ...rest } = more;
  nothingLeft(rest, where);
  return {
    name,
    image,
    imagePullPolicy,
    command: command && [...command],
    args: args && [...args],
    port: ports?.map((port, index) => {
      const { name: portName, containerPort, protocol, ...left } = port;
      nothingLeft(left, `${where}.ports[${index}]`);
      return { name: portName, containerPort, protocol };
    }),
    envFrom: envFrom?.map((source, index) => {
      const { configMapRef, ...left } = source;
      nothingLeft(left, `${where}.envFrom[${index}]`);
      return { configMapRef: named(configMapRef, `${where}.envFrom[${index}].configMapRef`) };
    }),
    env: env?.map((variable, index) => convertEnv(variable, `${where}.env[${index}]`)),
    resources: convertResources(resources, `${where}.resources`),
    startupProbe: startupProbe && convertProbe(startupProbe, `${where}.startupProbe`),
    livenessProbe: livenessProbe && convertProbe(livenessProbe, `${where}.livenessProbe`),
    readinessProbe: readinessProbe && convertProbe(readinessProbe, `${where}.readinessProbe`),
    lifecycle: lifecycle && convertLifecycle(lifecycle, `${where}.lifecycle`),
    securityContext: convertSecurity(securityContext, runAsNonRoot, `${where}.securityContext`),
    volumeMount: volumeMounts.map((mount, index) => convertMount(mount, `${where}.volumeMounts[${index}]`)),
  };
}

/** An object that holds a name and nothing else. */
export function named(reference: { readonly name: string }, where: string): { name: string } {
  const { name, ...rest } = reference;
  nothingLeft(rest, where);
  return { name };
}

function convertEnv(variable: EnvVar, where: string): DeploymentV1SpecTemplateSpecContainerEnv {
  if ("value" in variable) {
    const { name, value, ...rest } = variable;
    nothingLeft(rest, where);
    return { name, value };
  }
  const { name, valueFrom, ...rest } = variable;
  const { secretKeyRef, ...otherSources } = valueFrom;
  const { name: secret, key, ...otherFields } = secretKeyRef;
  nothingLeft(rest, where);
  nothingLeft(otherSources, `${where}.valueFrom`);
  nothingLeft(otherFields, `${where}.valueFrom.secretKeyRef`);
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

function convertResources(resources: Container["resources"], where: string) {
  const { requests, limits, ...rest } = resources;
  nothingLeft(rest, where);
  return { requests: amounts(requests, `${where}.requests`), limits: amounts(limits, `${where}.limits`) };
}

function amounts(given: ContainerAmounts, where: string): Record<string, string> {
  const { cpu, memory, "ephemeral-storage": disk, ...rest } = given;
  nothingLeft(rest, where);
  return { cpu, memory, ...(disk !== undefined && { "ephemeral-storage": disk }) };
}

function convertProbe(probe: ContainerProbe, where: string): DeploymentV1SpecTemplateSpecContainerReadinessProbe {
  const { exec, httpGet, grpc, initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, ...rest } = probe;
  nothingLeft(rest, where);
  return {
    exec: exec && convertExec(exec, `${where}.exec`),
    httpGet: httpGet && convertHttpGet(httpGet, `${where}.httpGet`),
    ...(grpc && { grpc: [convertGrpc(grpc, `${where}.grpc`)] }),
    initialDelaySeconds,
    periodSeconds,
    timeoutSeconds,
    failureThreshold,
  };
}

function convertExec(exec: { readonly command: readonly string[] }, where: string) {
  const { command, ...rest } = exec;
  nothingLeft(rest, where);
  return { command: [...command] };
}

function convertHttpGet(httpGet: NonNullable<ContainerProbe["httpGet"]>, where: string) {
  const { path, port, scheme, ...rest } = httpGet;
  nothingLeft(rest, where);
  return { path, port, scheme };
}

function convertGrpc(grpc: NonNullable<ContainerProbe["grpc"]>, where: string) {
  const { port, ...rest } = grpc;
  nothingLeft(rest, where);
  return { port };
}

function convertLifecycle(lifecycle: NonNullable<Container["lifecycle"]>, where: string) {
  const { preStop, ...rest } = lifecycle;
  const { exec, ...otherHandlers } = preStop;
  nothingLeft(rest, where);
  nothingLeft(otherHandlers, `${where}.preStop`);
  return { preStop: [{ exec: convertExec(exec, `${where}.preStop.exec`) }] };
}

function convertSecurity(security: Container["securityContext"], runAsNonRoot: boolean, where: string) {
  const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities, ...rest } = security;
  const { drop, ...otherCapabilities } = capabilities;
  nothingLeft(rest, where);
  nothingLeft(otherCapabilities, `${where}.capabilities`);
  return { runAsNonRoot, allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities: { drop: [...drop] } };
}

function convertMount(mount: VolumeMount, where: string) {
  const { name, mountPath, subPath, readOnly, ...rest } = mount;
  nothingLeft(rest, where);
  return { name, mountPath, subPath, readOnly };
}
