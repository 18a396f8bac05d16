import { story } from "./support/engine";

/* That a story can fail: what is wrong with a stack is wrong with its stand-in. */
describe("a stack of stand-ins", () => {
  const run = story();
  const job = { metadata: { name: "job" } };

  test("is refused where it waits for what is not there", async () => {
    await run.write({ resource: { aws_kms_key: { Key: { depends_on: ["aws_vpc.Gone"] } } } });
    expect(await run.plan()).toMatchObject({ ok: false, text: expect.stringContaining("aws_vpc__Gone") as string });
  });

  test("is refused where it goes round in a circle", async () => {
    await run.write({ resource: { a: { A: { b: "${b.B.id}" } }, b: { B: { a: "${a.A.id}" } } } });
    expect(await run.plan()).toMatchObject({ ok: false, text: expect.stringContaining("Cycle") as string });
  });

  test("is left half-way where one fails, and goes on when it does not", async () => {
    const stack = { resource: { job: { J: job }, app: { A: { depends_on: ["job.J"] } } } };
    await run.write(stack, { fails: "terraform_data.job__J" });
    expect(await run.apply()).toMatchObject({ ok: false, events: [] });
    expect(run.resources().has("terraform_data.app__A")).toBe(false);
    await run.write(stack);
    expect((await run.apply()).events.at(-1)).toEqual({ action: "create", address: "terraform_data.app__A" });
  });

  test("has blocks for each of a list as long as it is there, and changes with the list", async () => {
    const stack = (blocks: readonly string[]): object => ({
      data: { list: { L: { blocks } } },
      resource: {
        policy: {
          P: {
            spec: {
              dynamic: { rule: { for_each: "${toset(data.list.L.blocks)}", content: { cidr: "${each.value}" } } },
            },
          },
        },
      },
    });
    const changed = async (): Promise<string[]> =>
      (await run.apply()).events.map(({ action, address }) => `${action} ${address}`);
    await run.write(stack(["a"]));
    expect(await changed()).toContain("create terraform_data.policy__P");
    await run.write(stack(["a", "b"]));
    expect(await changed()).toEqual(["update terraform_data.data__list__L", "update terraform_data.policy__P"]);
    expect(await changed()).toEqual([]);
  });

  test("is made anew under another name, and changed in place otherwise", async () => {
    const stack = (name: string, image: string): object => ({
      resource: { app: { A: { metadata: { name }, image } } },
    });
    await run.write(stack("a", "v1"));
    await run.apply();
    await run.write(stack("a", "v2"));
    expect((await run.apply()).events.map(({ action }) => action)).toEqual(["update"]);
    await run.write(stack("b", "v2"));
    expect((await run.apply()).events.map(({ action }) => action)).toEqual(["delete", "create"]);
  });
});
