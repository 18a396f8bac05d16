/*
 * The objects of routing by the Gateway API, those of Envoy Gateway among them. Their kinds come with
 * `<env>-platform`. What the API server would fill in is required here, so that each is whole as it is given.
 */

import type { Bytes } from "../model/quantity";
import type { Metadata } from "./objects";

export type GatewayObject = Gateway | HttpRoute | ClientTrafficPolicy | BackendTrafficPolicy | SecurityPolicy;

type GatewayApiGroup = "gateway.networking.k8s.io";

/** A time as the Gateway API writes it: `0s`, `5m`. */
export type GatewayDuration = `${number}${"s" | "m" | "h"}`;

/** @see https://gateway-api.sigs.k8s.io/reference/1.6/spec/#gateway */
export interface Gateway {
  readonly apiVersion: `${GatewayApiGroup}/v1`;
  readonly kind: "Gateway";
  readonly metadata: Metadata;
  readonly spec: { readonly gatewayClassName: string; readonly listeners: readonly GatewayListener[] };
}

export interface GatewayListener {
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** Routes of the Gateway's own namespace only. */
  readonly allowedRoutes: { readonly namespaces: { readonly from: "Same" } };
  readonly tls?: {
    readonly mode: "Terminate";
    readonly certificateRefs: readonly { readonly group: ""; readonly kind: "Secret"; readonly name: string }[];
  };
}

/** @see https://gateway-api.sigs.k8s.io/reference/1.6/spec/#httproute */
export interface HttpRoute {
  readonly apiVersion: `${GatewayApiGroup}/v1`;
  readonly kind: "HTTPRoute";
  readonly metadata: Metadata;
  readonly spec: {
    readonly parentRefs: readonly TargetRef<"Gateway">[];
    /** Absent: those of the listeners. */
    readonly hostnames?: readonly string[];
    readonly rules: readonly HttpRouteRule[];
  };
}

export interface HttpRouteRule {
  /** Name by which policies are for this rule alone. */
  readonly name?: string;
  readonly matches: readonly {
    readonly path: { readonly type: "PathPrefix" | "Exact"; readonly value: string };
  }[];
  readonly filters?: readonly HttpRouteFilter[];
  readonly backendRefs?: readonly {
    readonly group: "";
    readonly kind: "Service";
    readonly name: string;
    /** Port of the Service, whose ports cannot be named here. */
    readonly port: number;
    readonly weight: 1;
  }[];
  readonly timeouts?: { readonly request: GatewayDuration };
}

/** What becomes of a request, or of its answer, on the way. */
export type HttpRouteFilter =
  | {
      readonly type: "RequestRedirect";
      readonly requestRedirect: {
        readonly scheme: "https";
        /** Absent: the one that was asked for. */
        readonly hostname?: string;
        readonly path?: { readonly type: "ReplaceFullPath"; readonly replaceFullPath: string };
        readonly statusCode: 308;
      };
    }
  | { readonly type: "RequestHeaderModifier"; readonly requestHeaderModifier: { readonly set: readonly HttpHeader[] } }
  | {
      readonly type: "ResponseHeaderModifier";
      readonly responseHeaderModifier: { readonly set: readonly HttpHeader[] };
    };

export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

/** What a route attaches to, or a policy applies to, in its own namespace. */
export interface TargetRef<K extends "Gateway" | "HTTPRoute"> {
  readonly group: GatewayApiGroup;
  readonly kind: K;
  readonly name: string;
  /** A listener of the Gateway, a rule of the HTTPRoute. */
  readonly sectionName?: string;
}

/**
 * Policy between clients and Envoy.
 * @see https://gateway.envoyproxy.io/v1.9/api/extension_types/#clienttrafficpolicy
 */
export interface ClientTrafficPolicy {
  readonly apiVersion: "gateway.envoyproxy.io/v1alpha1";
  readonly kind: "ClientTrafficPolicy";
  readonly metadata: Metadata;
  readonly spec: {
    readonly targetRefs: readonly TargetRef<"Gateway">[];
    readonly headers: {
      readonly disableRateLimitHeaders: boolean;
      readonly withUnderscoresAction: "DropHeader";
      readonly earlyRequestHeaders: { readonly remove: readonly string[] };
      readonly lateResponseHeaders: {
        readonly set: readonly { readonly name: string; readonly value: string }[];
      };
    };
    readonly path: { readonly escapedSlashesAction: "KeepUnchanged" };
    readonly timeout: {
      readonly http: {
        readonly idleTimeout: GatewayDuration;
        readonly requestHeadersReceivedTimeout: GatewayDuration;
      };
    };
    readonly tcpKeepalive: { readonly idleTime: GatewayDuration; readonly interval: GatewayDuration };
  };
}

/**
 * Policy between Envoy and workloads.
 * @see https://gateway.envoyproxy.io/v1.9/api/extension_types/#backendtrafficpolicy
 */
export interface BackendTrafficPolicy {
  readonly apiVersion: "gateway.envoyproxy.io/v1alpha1";
  readonly kind: "BackendTrafficPolicy";
  readonly metadata: Metadata;
  readonly spec: {
    readonly targetRefs: readonly TargetRef<"HTTPRoute">[];
    readonly rateLimit: {
      readonly local: {
        readonly rules: readonly {
          readonly clientSelectors: readonly {
            readonly sourceCIDR: { readonly type: "Distinct"; readonly value: string; readonly invert: false };
          }[];
          readonly limit: { readonly requests: number; readonly unit: "Second" };
        }[];
      };
    };
    readonly loadBalancer: {
      readonly type: "LeastRequest";
      readonly slowStart: { readonly window: GatewayDuration };
    };
    readonly retry: {
      readonly numRetries: number;
      readonly retryOn: { readonly triggers: readonly "connect-failure"[] };
    };
    readonly timeout: {
      readonly tcp: { readonly connectTimeout: GatewayDuration };
      readonly http: { readonly connectionIdleTimeout: GatewayDuration; readonly streamIdleTimeout: GatewayDuration };
    };
    readonly requestBuffer?: { readonly limit: Bytes };
  };
}

/**
 * Policy for who may use a route.
 * @see https://gateway.envoyproxy.io/v1.9/api/extension_types/#securitypolicy
 */
export interface SecurityPolicy {
  readonly apiVersion: "gateway.envoyproxy.io/v1alpha1";
  readonly kind: "SecurityPolicy";
  readonly metadata: Metadata;
  readonly spec: {
    readonly targetRefs: readonly TargetRef<"HTTPRoute">[];
    readonly cors?: {
      readonly allowOrigins: readonly string[];
      readonly allowMethods: readonly string[];
      readonly allowHeaders: readonly string[];
      readonly exposeHeaders: readonly string[];
      readonly allowCredentials: boolean;
      readonly maxAge: GatewayDuration;
    };
    readonly basicAuth?: {
      readonly users: { readonly group: ""; readonly kind: "Secret"; readonly name: string };
    };
    readonly authorization?: {
      readonly defaultAction: "Deny";
      readonly rules: readonly {
        readonly name: string;
        readonly action: "Allow";
        readonly principal: { readonly clientCIDRs: readonly string[] };
      }[];
    };
  };
}
