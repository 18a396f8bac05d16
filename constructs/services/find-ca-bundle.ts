/**
 * Lines of a shell program that set `bundle` to the file by which a client verifies its server: that of `CA_BUNDLE`, or else the image's own. The
 * program ends where there is neither.
 */
export const FIND_CA_BUNDLE = String.raw`# Without a bundle the client would take any certificate.
bundle=$CA_BUNDLE
for system in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
  if [ -z "$bundle" ] && [ -e "$system" ]; then bundle=$system; fi
done
if [ -z "$bundle" ]; then
  echo 'no CA bundle: neither the connection nor the image has one' >&2
  exit 1
fi
`;
