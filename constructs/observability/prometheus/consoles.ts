import type { PodPeer } from "../../model/connection";
import type { Console } from "../observability";
import { ALERTMANAGER, GRAFANA, GRAFANA_ADMIN, NAMESPACE, PROMETHEUS } from "./names";

/** Pages of the stack; `tells` is whether its own Alertmanager is among them. */
export function consoles({
  pods: { grafana, prometheus },
  tells,
}: {
  readonly pods: { readonly grafana: PodPeer; readonly prometheus: PodPeer };
  readonly tells: boolean;
}): readonly Console[] {
  const { name: secret, user, password } = GRAFANA_ADMIN;
  return [
    {
      ...{ name: "grafana", service: GRAFANA, port: 80, pods: grafana, podPort: 3000 },
      signIn: { secret, keys: [user, password] },
    },
    { name: "prometheus", service: PROMETHEUS, port: 9090, pods: prometheus, podPort: 9090 },
    ...(tells
      ? [
          {
            ...{ name: "alertmanager", service: ALERTMANAGER, port: 9093, podPort: 9093 },
            pods: { namespace: NAMESPACE, labels: { "app.kubernetes.io/name": "alertmanager" } },
          },
        ]
      : []),
  ];
}
