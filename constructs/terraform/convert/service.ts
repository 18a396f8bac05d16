import type { IngressV1Config } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import type { ServiceV1Config } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { Ingress, Service } from "../../kubernetes/objects";
import { convertMetadata } from "./metadata";
import { nothingLeft, whereIs } from "./total";

type IngressRule = Ingress["spec"]["rules"][number];
type IngressPath = NonNullable<IngressRule["http"]>["paths"][number];

/** How pods are reached, from inside and from outside. */
export function convertService(object: Service): ServiceV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { type, selector, ports, ...otherSpec } = spec;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      type,
      selector,
      port: ports.map((given, index) => {
        const { name, port, targetPort, protocol, appProtocol, ...left } = given;
        nothingLeft(left, `${where}.spec.ports[${index}]`);
        return { name, port, targetPort: String(targetPort), protocol, ...(appProtocol && { appProtocol }) };
      }),
    },
  };
}

export function convertIngress(object: Ingress): IngressV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { ingressClassName, tls, rules, ...otherSpec } = spec;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      ingressClassName,
      tls: tls.map((entry, index) => {
        const { hosts, secretName, ...left } = entry;
        nothingLeft(left, `${where}.spec.tls[${index}]`);
        return { hosts: [...hosts], secretName };
      }),
      rule: rules.map((rule, index) => convertRule(rule, `${where}.spec.rules[${index}]`)),
    },
  };
}

function convertRule(rule: IngressRule, where: string) {
  const { host, http, ...rest } = rule;
  nothingLeft(rest, where);
  if (http === undefined) return { host };
  const { paths, ...otherHttp } = http;
  nothingLeft(otherHttp, `${where}.http`);
  return { host, http: { path: paths.map((path, index) => convertPath(path, `${where}.http.paths[${index}]`)) } };
}

function convertPath(given: IngressPath, where: string) {
  const { path, pathType, backend, ...rest } = given;
  const { service, ...otherBackend } = backend;
  const { name, port, ...otherService } = service;
  const { number, name: portName, ...otherPort } = { name: undefined, number: undefined, ...port };
  nothingLeft(rest, where);
  nothingLeft(otherBackend, `${where}.backend`);
  nothingLeft(otherService, `${where}.backend.service`);
  nothingLeft(otherPort, `${where}.backend.service.port`);
  return {
    path,
    pathType,
    backend: { service: { name, port: number === undefined ? { name: portName } : { number } } },
  };
}
