import { App, TerraformStack } from "cdktf";
import { awsServices } from "../../../constructs/clouds/aws";
import { ManagedMysql, ManagedRedis, type ServicePlace } from "../../../constructs/goldenpath";
import { ManagedPostgresql } from "../../../constructs/kinds/postgresql";
import { formatProblem, InvalidInput } from "../../../constructs/model/problem";
import { ACCOUNT, NETWORK, onAws, onAzure, onGoogle } from "./places";

/* Single constructs of one program whose names in the cloud would be the same. */

const at = { environment: "staging", application: "shop", name: "ledger" };

/** What is said of the second, in the same stack or in another one of the program. */
function said(second: (stack: TerraformStack) => unknown, first: Partial<typeof at> & { place?: ServicePlace } = {}) {
  const app = new App();
  const [one, other] = ["shop", "other"].map((name) => new TerraformStack(app, name));
  new ManagedPostgresql(one as TerraformStack, "ledger", { ...at, place: onAws, ...first });
  return [one, other].map((stack) => {
    try {
      second(stack as TerraformStack);
      return "";
    } catch (error) {
      if (error instanceof InvalidInput) return error.problems.map(formatProblem).join("\n");
      throw error;
    }
  });
}

const SAME = 'name: got "ledger", shop/ledger has the same names in the cloud: staging-shop-ledger; use another name';

test("the second of the same three words is refused, in whichever stack, with both paths", () => {
  expect(said((stack) => new ManagedPostgresql(stack, "again", { ...at, place: onAws }))).toEqual([
    `shop.again.${SAME}`,
    `other.again.${SAME}`,
  ]);
});

test("so is one of another kind, as its key would be the same", () => {
  expect(said((stack) => new ManagedRedis(stack, "cache", { ...at, place: onAws }))).toEqual([
    `shop.cache.${SAME}`,
    `other.cache.${SAME}`,
  ]);
});

test("and one whose words come to the same name", () => {
  const words = { environment: "staging", application: "shop-ledger", name: "db" };
  const [found] = said((stack) => new ManagedMysql(stack, "db", { ...words, place: onAws }), {
    application: "shop",
    name: "ledger-db",
  });
  expect(found).toBe(
    'shop.db.name: got "db", shop/ledger has the same names in the cloud: staging-shop-ledger-db; use another name',
  );
});

test("another name, environment, account, region or cloud is another thing, and so is another program", () => {
  const fine = (more: Partial<typeof at> & { place?: ServicePlace }) =>
    said(
      (stack) =>
        new ManagedMysql(stack, `m-${stack.node.id}`, {
          ...at,
          place: onAws,
          ...more,
          name: `${more.name ?? "ledger"}${stack.node.id === "shop" ? "" : "-2"}`,
        }),
    );
  expect(fine({ name: "orders" })).toEqual(["", ""]);
  expect(fine({ environment: "production" })).toEqual(["", ""]);
  expect(fine({ place: onGoogle })).toEqual(["", ""]);
  expect(fine({ place: onAzure })).toEqual(["", ""]);
  const elsewhere = (region: "eu-central-1" | "eu-west-1", accountId: string) =>
    awsServices({ region, accountId, network: NETWORK });
  expect(fine({ place: elsewhere("eu-west-1", ACCOUNT) })).toEqual(["", ""]);
  expect(fine({ place: elsewhere("eu-central-1", "999988887777") })).toEqual(["", ""]);
});
