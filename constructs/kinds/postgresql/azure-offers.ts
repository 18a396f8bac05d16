import {
  answerAt,
  byValue,
  type Check,
  failed,
  jsonOf,
  listIn,
  literalAt,
  madeOf,
  needOf,
  type OffersAsking,
  passed,
  textIn,
  type WrittenStack,
} from "../../clouds";

/** `GP_Standard_D2ads_v5` is `Standard_D2ads_v5` on the list, below its edition. */
const sizeOf = (sku: string): string => sku.replace(/^(?:B|GP|MO)_/, "");

/** Versions and machines of servers in the location. */
export const azureOffers = (stacks: readonly WrittenStack[], { region, command, after }: OffersAsking): Check[] =>
  [
    ...byValue(madeOf(stacks, "azurerm_postgresql_flexible_server"), ({ block }) => {
      const [version, sku] = [literalAt(block, "version"), literalAt(block, "sku_name")];
      return version === undefined || sku === undefined ? undefined : `${version} ${sku}`;
    }),
  ].map(([id, servers]): Check => {
    const [version = "", sku = ""] = id.split(" ");
    const size = sizeOf(sku);
    const modes = [
      ...new Set(
        servers.map(({ block }) => literalAt(block, "high_availability", "mode")).filter((one) => one !== undefined),
      ),
    ];
    const passes = `an entry has ${version} in supportedServerVersions, and ${size} among supportedServerSkus of its editions`;
    return {
      after,
      id: `offers/postgresql/${version}/${sku}`,
      kind: "offers",
      holds: `Azure Database for PostgreSQL offers ${version} on ${size} in ${region}`,
      needs: servers.map((one) => needOf(one, id)),
      ask: [command("postgres", "flexible-server", "list-skus", "--location", region)],
      passes: modes.length === 0 ? passes : `${passes}; and supportedHaMode of that has ${modes.join(", ")}`,
      otherwise: { say: "choose another version or size of the service, or another location", run: [] },
      source:
        "https://learn.microsoft.com/en-us/cli/azure/postgres/flexible-server#az-postgres-flexible-server-list-skus",
      judge: (answers) => {
        const all = listIn({ all: jsonOf(answerAt(answers, 0)) }, "all");
        const known = all.filter((one) =>
          listIn(one, "supportedServerVersions").some((entry) => textIn(entry, "name") === version),
        );
        if (known.length === 0) return failed(`${version} is not offered`);
        const sizes = known
          .flatMap((one) => listIn(one, "supportedServerEditions"))
          .flatMap((one) => listIn(one, "supportedServerSkus"))
          .filter((one) => textIn(one, "name").toLowerCase() === size.toLowerCase());
        if (sizes.length === 0) return failed(`${version} is offered, and not on ${size}`);
        const withStandby = sizes.filter((one) => modes.every((mode) => listIn(one, "supportedHaMode").includes(mode)));
        return withStandby.length > 0 ? passed("it is") : failed(`not with ${modes.join(", ")}`);
      },
    };
  });
