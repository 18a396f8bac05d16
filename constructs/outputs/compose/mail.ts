import type { OutsideHost } from "../../model/application";
import type { Edge, ExternalEdge, ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import type { ComposeService } from "./document";
import { MAIL_CATCHER } from "./names";
import { CONFINED, onNetwork, published } from "./parts";

const IMAGE = "docker.io/axllent/mailpit:v1.27.11";
/** Port at which the catcher takes mail. */
export const SMTP_PORT = 1025;
const UI_PORT = 8025;

type MailEdge = ExternalEdge & { readonly external: OutsideHost };

const isMail = (edge: Edge): edge is MailEdge => edge.to === "external" && edge.external.kind === "smtp";

/** Whether a workload sends mail. */
export const sendsMail = ({ edges }: Pick<ResolvedWorkload, "edges">): boolean => edges.some(isMail);

/** The same application with mail going nowhere but to the catcher. Other hosts outside are what they are in a cluster. */
export const withMailCaught = (application: ResolvedApplication): ResolvedApplication => ({
  ...application,
  workloads: application.workloads.map((workload) => ({
    ...workload,
    edges: workload.edges.map((edge) =>
      isMail(edge) ? { ...edge, external: { ...edge.external, host: MAIL_CATCHER, port: SMTP_PORT } } : edge,
    ),
  })),
});

/** Mailpit: keeps every message, shows them in a page, and sends none. It forgets them when it stops. */
export const mailCatcher = (): ComposeService => ({
  comment: "Mailpit, by the name that developers look for: MailCatcher has no maintained image.",
  image: IMAGE,
  mem_limit: "128m",
  user: "1000:1000",
  restart: "unless-stopped",
  ports: [published(SMTP_PORT, "MAIL_PORT"), published(UI_PORT, "MAIL_UI_PORT")],
  tmpfs: ["/tmp"],
  ...onNetwork(),
  healthcheck: {
    test: ["CMD", "/mailpit", "readyz"],
    interval: "15s",
    timeout: "3s",
    retries: 3,
    start_period: "10s",
    start_interval: "1s",
  },
  read_only: true,
  ...CONFINED,
});
