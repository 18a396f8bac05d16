import { authority } from "../../../constructs/in-cluster/certificates";
import { find, resolvedApplication } from "../../support/resolved";

const objects = authority(resolvedApplication());

test("the authority signs itself, and then everything else", () => {
  expect(find(objects, "Issuer", "my-app.self-signed").spec).toEqual({ selfSigned: {} });
  const { spec } = find(objects, "Certificate", "my-app.authority");
  expect(spec).toMatchObject({ isCA: true, issuerRef: { name: "my-app.self-signed" }, secretName: "my-app.authority" });
  expect(find(objects, "Issuer", "my-app.authority").spec).toEqual({ ca: { secretName: "my-app.authority" } });
});

test("it keeps its key when it is renewed, so that old and new certificates are trusted alike", () => {
  expect(find(objects, "Certificate", "my-app.authority").spec.privateKey.rotationPolicy).toBe("Never");
});

test("a common name has no more than 64 characters", () => {
  const { spec } = find(
    authority(resolvedApplication({ namespace: "n".repeat(63) })),
    "Certificate",
    "my-app.authority",
  );
  expect(spec.commonName?.length).toBeLessThanOrEqual(64);
});
