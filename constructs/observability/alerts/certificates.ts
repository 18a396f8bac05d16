import { type Alert, alert } from "./alert";
import { humanizeDuration } from "./in-words";
import { select } from "./promql";
import { ahead, steady } from "./series";
import { ofKind, type Watched } from "./watched";

/* Certificates of cert-manager: those of routes, which it makes by an annotation, and those of servers in the cluster. */

const EXPIRES = "certmanager_certificate_expiration_timestamp_seconds";
const READY = "certmanager_certificate_ready_status";

const DAY = 86_400;

/** Days before its end at which cert-manager renews a certificate that says nothing of it: a third of 90. */
const RENEWED_BEFORE = 30 * DAY;

interface Watchable {
  readonly name: string;
  /** Seconds before its end at which it is renewed. */
  readonly renewedBefore: number;
}

/** `8760h0m0s`, as Go prints durations. */
const seconds = (text: string): number =>
  [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * ({ h: 3600, m: 60, s: 1 }[unit ?? ""] ?? 0),
    0,
  );

/** Certificates by the names that they have, each once. */
function certificates(watched: Watched): Watchable[] {
  const own = ofKind(watched, "Certificate").map(({ metadata, spec }) => ({
    name: metadata.name,
    renewedBefore: seconds(spec.renewBefore),
  }));
  const routed = [
    ...ofKind(watched, "Ingress").flatMap(({ spec }) => spec.tls.map(({ secretName }) => secretName)),
    ...ofKind(watched, "Gateway").flatMap(({ spec }) =>
      spec.listeners.flatMap(({ tls }) => tls?.certificateRefs.map(({ name }) => name) ?? []),
    ),
  ].map((name) => ({ name, renewedBefore: RENEWED_BEFORE }));
  return [...new Map([...routed, ...own].map((one) => [one.name, one])).values()];
}

export const certificateAlerts = (watched: Watched): Alert[] =>
  certificates(watched).flatMap((one) => [expiring(watched, one), notReady(watched, one)]);

function expiring({ application }: Watched, { name, renewedBefore }: Watchable): Alert {
  const within = { namespace: application.namespace, name };
  // Half the time in which it should have been renewed.
  const threshold = renewedBefore / 2;
  const ends = (inSeconds: number) => [ahead(EXPIRES, within, inSeconds, 3600)];
  return alert({
    name: "CertificateExpiring",
    value: `min(${select(EXPIRES, within)}) - time()`,
    is: "<",
    threshold,
    forSeconds: 3600,
    severity: "critical",
    within,
    labels: { certificate: name },
    shownBy: "humanizeDuration",
    says: ({ value }) => ({
      summary: `Certificate ${name} is not renewed`,
      description: `Certificate ${name} ends in ${value}, and was to be renewed long before`,
    }),
    proof: {
      firing: ends(threshold - 1),
      quiet: [ends(threshold)],
      firesAt: 3600,
      shows: humanizeDuration(threshold - 1),
    },
  });
}

function notReady({ application }: Watched, { name }: Watchable): Alert {
  const within = { namespace: application.namespace, name };
  const ready = (value: number) => [steady(READY, { ...within, condition: "True" }, value, 900)];
  return alert({
    name: "CertificateNotReady",
    value: `max(${select(READY, { ...within, condition: "True" })})`,
    is: "==",
    threshold: 0,
    forSeconds: 900,
    severity: "warning",
    within,
    pins: ["condition"],
    labels: { certificate: name },
    says: () => ({
      summary: `Certificate ${name} is not issued`,
      description: `Certificate ${name} has not been ready for a quarter of an hour: it is not issued, or has ended`,
    }),
    proof: { firing: ready(0), quiet: [ready(1)], firesAt: 900, shows: "0" },
  });
}
