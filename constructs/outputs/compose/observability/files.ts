import type { ResolvedApplication } from "../../../model/resolved";
import { lineFile, lokiFile } from "../../../observability/local/lines";
import {
  answering,
  localAlertmanager,
  localAlerts,
  localDashboard,
  type LocalInput,
  localRules,
  prometheusFile,
} from "../../../observability/local/local";
import { localPage } from "../../../observability/local/page";
import { isTraced, spanFile, spanStoreFile } from "../../../observability/local/spans";
import { runbookFolder } from "../../../observability/runbooks/address";
import { printYaml, yamlDocument } from "../../../yaml/write";
import type { Files } from "../../output";
import type { ConfigurationFolder } from "../configuration";
import { localServers } from "../servers/provisioners";
import { aboutParts, everyday } from "./commands";
import { measuredServers } from "./exporters";
import { CONTAINERS, LOKI_DATA, LOKI_URL } from "./keepers";
import { ALERTMANAGER, TEMPO } from "./names";
import type { LocalObservability } from "./options";
import { poolFiles } from "./pools";
import { profile } from "./profile";
import { addressOf, BY_MAIL, dataSources, ON_ITS_PAGE, PROVIDERS } from "./settings";
import { CONFIGURED } from "./stack";

export interface ProfileFilesRequest {
  readonly application: ResolvedApplication;
  readonly folder: ConfigurationFolder;
  readonly observability: LocalObservability;
}

const RULES = "rules.yaml";

/** The page about all of them, from the folder of all runbooks: where the index of a cluster's is. */
const pageOf = (application: Pick<ResolvedApplication, "environment" | "name">): string =>
  `${runbookFolder(application)}/README.md`;

/** What the containers of the profile mount, and the page of runbooks. */
export function profileFiles({ application, folder, observability }: ProfileFilesRequest): Files {
  const servers = localServers(application, folder);
  const { measured, mails, services } = profile({ application, servers, folder });
  const input: LocalInput = { application, ...measured, runbookUrl: runbookUrlOf(application, observability) };
  const at = folder.observability;
  return {
    [`${at}/prometheus/prometheus.yaml`]: file(
      prometheusFile(input, {
        cluster: application.environment,
        rules: `${CONFIGURED}/${RULES}`,
        alertmanager: addressOf(ALERTMANAGER),
      }),
    ),
    [`${at}/prometheus/${RULES}`]: file({ groups: localRules(input) }),
    [`${at}/alertmanager/alertmanager.yaml`]: file(localAlertmanager(application, mails ? BY_MAIL : ON_ITS_PAGE)),
    [`${at}/grafana/provisioning/datasources/datasources.yaml`]: file(dataSources(application)),
    [`${at}/grafana/provisioning/dashboards/dashboards.yaml`]: file(PROVIDERS),
    [`${at}/grafana/dashboards/${application.name}.json`]: `${JSON.stringify(localDashboard(input), undefined, 2)}\n`,
    [`${at}/loki/loki.yaml`]: file(lokiFile(LOKI_DATA)),
    [`${at}/alloy/lines.alloy`]: alloy(lineFile(application, { containers: CONTAINERS, loki: LOKI_URL })),
    ...(isTraced(application) && {
      [`${at}/tempo/tempo.yaml`]: file(spanStoreFile()),
      [`${at}/otlp/spans.alloy`]: alloy(spanFile(TEMPO)),
    }),
    ...Object.assign({}, ...measuredServers({ application, servers, folder }).map(({ files }) => files)),
    ...poolFiles(application, folder),
    [`${observability.runbooks.folder}/${pageOf(application)}`]: localPage(
      {
        application,
        groups: localAlerts(input),
        everyday: everyday({ application, servers, names: Object.keys(services) }),
        about: aboutParts({ servers }),
      },
      answering({ application }).map(({ name }) => name),
    ),
  } as Files;
}

const HEAD = " Rendered from the model by `npm run render`; what is written here by hand is overwritten.";

function alloy(text: string): string {
  return `//${HEAD}\n${text}`;
}

function file(value: unknown): string {
  const document = yamlDocument(value);
  document.commentBefore = HEAD;
  return printYaml(document);
}

function runbookUrlOf(application: ResolvedApplication, { runbooks }: LocalObservability) {
  const page = `${runbooks.url.replace(/\/+$/, "")}/${pageOf(application)}`;
  return (alert: string): string => (alert === "README" ? page : `${page}#${alert.toLowerCase()}`);
}
