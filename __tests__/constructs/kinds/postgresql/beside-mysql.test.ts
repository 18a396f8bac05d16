import { aws } from "../../../../constructs/clouds/aws";
import { environment } from "../../../../constructs/environment";
import { postgresql } from "../../../../constructs/kinds/postgresql";
import { application } from "../../../../constructs/model/application";
import { loadEnvironments } from "../../../../constructs/model/load";
import { worker } from "../../../../constructs/model/workload";
import { withoutTerraform } from "../../../../constructs/rendering/render-environment";
import { ingress } from "../../../../constructs/routing/ingress";
import { mysql } from "../../../../constructs/services/mysql";
import { AWS_PROPS } from "../../../support/aws-environment";

/* An application with a database of each kind, whose variables have the same names. */

const image = "registry.example.com/api:v1";
const both = application({
  name: "shop",
  owner: "team-shop",
  services: { orders: mysql(), ledger: postgresql() },
  workloads: {
    api: worker({ image, needs: ["orders"] }),
    books: worker({ image, needs: ["orders", { to: "ledger", prefix: "LEDGER_" }] }),
    move: worker({ image, needs: [{ to: "ledger", prefix: "LEDGER_" }, "orders"] }),
  },
});

test("has a key of its Secret for each workload and database", () => {
  const spec = environment({
    ...{
      name: "production",
      cloud: aws(AWS_PROPS),
      routing: ingress(),
      profile: "production",
      images: "immutable-tags",
    },
    ...{ contact: "platform@example.com", costCenter: "shop", applications: [{ application: both }] },
  });
  const [loaded] = loadEnvironments([spec]);
  const [app] = loaded?.applications ?? [];
  if (loaded === undefined || app === undefined) throw new Error("no application");
  const { prepared, released } = withoutTerraform(loaded, app);
  const keys = [...prepared, ...released].flatMap((object) =>
    object.kind === "ExternalSecret" && object.metadata.name === "shop-secrets"
      ? Object.keys(object.spec.target.template.data)
      : [],
  );
  expect(keys.filter((key) => key.endsWith("database-url")).sort()).toEqual([
    "books-orders.database-url",
    "ledger.database-url",
    "move-ledger.database-url",
    "move-orders.database-url",
    "orders.database-url",
  ]);
});
