import { answerAt, failed, jsonOf, listIn, maybeIn, passed, textIn } from "../../../preflight/answers";
import type { Check } from "../../../preflight/check";
import { byValue, literalAt, madeOf, needOf } from "../../../preflight/stacks";
import { kindOffers } from "../../shared/services";
import { AZURE_PROVISIONERS } from "../services/provisioners";
import { AFTER_LOGIN, type Asked, az } from "./ask";

const isOfVersion = (version: string, wanted: string): boolean =>
  version === wanted || version.startsWith(`${wanted}.`);

const kubernetes = (asked: Asked): Check[] =>
  [
    ...byValue(madeOf(asked.stacks, "azurerm_kubernetes_cluster"), ({ block }) =>
      literalAt(block, "kubernetes_version"),
    ),
  ].map(([version, clusters]): Check => ({
    ...AFTER_LOGIN,
    id: `offers/aks/${version}`,
    kind: "offers",
    holds: `AKS offers Kubernetes ${version} in ${asked.place.location}`,
    needs: clusters.map((one) => needOf(one, `Kubernetes ${version}`)),
    ask: [az(asked, "aks", "get-versions", "--location", asked.place.location)],
    passes: `an entry of values is ${version}, no preview, and capabilities.supportPlan has that of the cluster`,
    otherwise: { say: "choose another kubernetesVersion", run: [] },
    source: "https://learn.microsoft.com/en-us/cli/azure/aks#az-aks-get-versions",
    judge: (answers) => {
      const all = listIn(jsonOf(answerAt(answers, 0)), "values");
      const found = all.find((one) => isOfVersion(textIn(one, "version"), version));
      if (found === undefined) return failed(`it has ${all.map((one) => textIn(one, "version")).join(", ")}`);
      if (maybeIn(found, "isPreview") === true) return failed("as a preview alone");
      const plans = listIn(found, "capabilities", "supportPlan");
      const wanted = clusters.map(({ block }) => literalAt(block, "support_plan") ?? "KubernetesOfficial");
      const missing = wanted.filter((plan) => !plans.includes(plan));
      // An older one may be made by those who pay for years of it alone.
      return missing.length === 0
        ? passed("it is")
        : failed(`with ${plans.join(", ")} alone, and not ${missing[0] ?? ""}`);
    },
  }));

/** `GP_Standard_D2ads_v5` is `Standard_D2ads_v5` on the list, below its edition. */
const databases = (asked: Asked): Check[] =>
  [
    ...byValue(madeOf(asked.stacks, "azurerm_mysql_flexible_server"), ({ block }) => {
      const [version, sku] = [literalAt(block, "version"), literalAt(block, "sku_name")];
      return version === undefined || sku === undefined ? undefined : `${version} ${sku}`;
    }),
  ].map(([id, servers]): Check => {
    const [version = "", sku = ""] = id.split(" ");
    const size = sku.replace(/^(?:B|GP|MO)_/, "");
    const modes = [
      ...new Set(
        servers.map(({ block }) => literalAt(block, "high_availability", "mode")).filter((one) => one !== undefined),
      ),
    ];
    return {
      ...AFTER_LOGIN,
      id: `offers/mysql/${version}/${sku}`,
      kind: "offers",
      holds: `Azure Database for MySQL offers ${version} on ${size} in ${asked.place.location}`,
      needs: servers.map((one) => needOf(one, id)),
      ask: [az(asked, "mysql", "flexible-server", "list-skus", "--location", asked.place.location)],
      passes: `supportedServerVersions of an edition has ${version}, and its supportedSkus ${size}${modes.length === 0 ? "" : `; and supportedHAMode of the same entry ${modes.join(", ")}`}`,
      otherwise: { say: "choose another version or size of the service, or another location", run: [] },
      source: "https://learn.microsoft.com/en-us/rest/api/mysql/flexibleserver/location-based-capabilities/list",
      judge: (answers) => {
        const all = listIn({ all: jsonOf(answerAt(answers, 0)) }, "all");
        const places = all.filter((one) => modes.every((mode) => listIn(one, "supportedHAMode").includes(mode)));
        if (all.length > 0 && places.length === 0) return failed(`nowhere with ${modes.join(", ")}`);
        const editions = places.flatMap((one) => listIn(one, "supportedFlexibleServerEditions"));
        const versions = editions
          .flatMap((one) => listIn(one, "supportedServerVersions"))
          .filter((one) => isOfVersion(textIn(one, "name"), version));
        if (versions.length === 0) return failed(`no edition has the version ${version}`);
        const sizes = versions
          .flatMap((one) => listIn(one, "supportedSkus"))
          .map((one) => textIn(one, "name").toLowerCase());
        return sizes.includes(size.toLowerCase())
          ? passed("it is")
          : failed(`${version} is offered, and not on ${size}`);
      },
    };
  });

/** Versions and machines of services in the location. */
export const offerChecks = (asked: Asked): Check[] => [
  ...kubernetes(asked),
  ...databases(asked),
  ...kindOffers(AZURE_PROVISIONERS, asked.environment, asked.stacks, {
    region: asked.place.location,
    command: (...words) => az(asked, ...words),
    ...AFTER_LOGIN,
  }),
];
