import { secretPlace, secretStoreProvider } from "../../../../constructs/clouds/azure/secret-store";
import { NAME } from "../../../../constructs/model/names";
import { LOOKUP } from "../../../support/azure-application";

test("External Secrets signs in with its own pods' identity: no secret, and no token of another service account", () => {
  expect(secretStoreProvider(LOOKUP)).toEqual({
    azurekv: {
      authType: "WorkloadIdentity",
      tenantId: LOOKUP.tenantId,
      vaultUrl: "https://production-secrets.vault.azure.net",
    },
  });
});

describe("the place of a secret", () => {
  test("reads like its names, in what a vault allows", () => {
    expect(secretPlace(["production", "my-app", "stripe-key"])).toBe("production--my-app--stripe-key");
  });

  test.each([
    [["a--b"], ["a", "b"]],
    [
      ["a--b", "c"],
      ["a", "b--c"],
    ],
    [
      ["shop-eu", "db"],
      ["shop", "eu-db"],
    ],
    [["a---b"], ["a-", "b"]],
    [["a---b"], ["a--b"]],
    [
      ["a", "b", "v1"],
      ["a", "b-v1"],
    ],
  ])("%j and %j are two", (one, other) => {
    expect(secretPlace(one)).not.toBe(secretPlace(other));
  });

  test("is another one for every list of names there can be", () => {
    const names = words(["a", "b", "-"], 5).filter((name) => NAME.test(name));
    const lists = [...names.map((name) => [name]), ...names.flatMap((one) => names.map((other) => [one, other]))];
    expect(names).toContain("a---b");
    expect(lists.length).toBeGreaterThan(5000);
    expect(new Set(lists.map(secretPlace)).size).toBe(lists.length);
  });

  test("leads back to the names: exactly two hyphens stand between them, and one more where a name has more", () => {
    const back = (place: string): string[] =>
      place.split(/(?<!-)--(?!-)/).map((name) => name.replace(/-{3,}/g, (run) => run.slice(1)));
    for (const list of [["staging", "my-app", "db"], ["a--b", "c---d", "e"], ["x"]]) {
      expect(back(secretPlace(list))).toEqual(list);
    }
  });

  test("is within a vault's limits, and told apart by a hash beyond them", () => {
    const long = (end: string): string[] => ["e".repeat(40), "a".repeat(40), "s".repeat(40), end];
    const [one, other] = [secretPlace(long("one")), secretPlace(long("two"))];
    expect(one).toMatch(/^[0-9a-z-]{1,127}$/);
    expect(one).not.toBe(other);
    expect(secretPlace(long("one"))).toBe(one);
  });
});

/** All words of these letters up to a length. */
function words(letters: readonly string[], length: number): string[] {
  if (length === 0) return [""];
  const shorter = words(letters, length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((word) => letters.map((letter) => word + letter))])];
}
