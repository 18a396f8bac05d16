import { Api } from "./support/api";
test("x", async () => {
  const api = new Api(process.env["TEST_CLUSTER_KUBECONFIG"] ?? "");
  expect(await api.list("/api/v1/nodes")).toHaveLength(6);
});
