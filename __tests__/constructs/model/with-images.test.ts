import { application, type ApplicationSpec } from "../../../constructs/model/application";
import { withImages } from "../../../constructs/model/with-images";
import { http, worker } from "../../../constructs/model/workload";

const DIGEST = `sha256:${"a".repeat(64)}`;
const BUILT = `ghcr.io/acme/orders/backend:develop-1@${DIGEST}`;

const orders: ApplicationSpec = application({
  name: "orders",
  owner: "team-orders",
  workloads: {
    api: http({ image: "registry.example.com/backend:v1" }),
    consumer: worker({ image: "registry.example.com/backend:v1" }),
    web: http({ image: "registry.example.com/frontend:v1" }),
  },
});

test("every workload of the image runs what was built, beside what the environment says of it", () => {
  const overlay = { application: orders, workloads: { api: { replicas: 2 }, web: { replicas: 1 } } };
  expect(withImages(overlay, { backend: BUILT }).workloads).toEqual({
    api: { replicas: 2, image: BUILT },
    consumer: { image: BUILT },
    web: { replicas: 1 },
  });
});

test("nothing was built yet: the overlay is the one that was given", () => {
  const overlay = { application: orders };
  expect(withImages(overlay, {})).toBe(overlay);
});

test("an image that the environment says by hand counts", () => {
  const overlay = { application: orders, workloads: { api: { image: "registry.example.com/backend:v0" } } };
  const { workloads } = withImages(overlay, { backend: BUILT });
  expect([workloads?.api?.image, workloads?.consumer?.image]).toEqual(["registry.example.com/backend:v0", BUILT]);
});

test("a name that no image has, and an image without a digest, are refused, both at once", () => {
  expect(() => withImages({ application: orders }, { api: BUILT, frontend: "ghcr.io/acme/frontend:v1" })).toThrow(
    [
      'images.api: no workload runs an image of that name; take it out of the file, or use "backend" or "frontend"',
      'images.frontend: got "ghcr.io/acme/frontend:v1"; use an image with its digest: ghcr.io/acme/orders/backend:v1@sha256:…',
    ].join("\n"),
  );
});
