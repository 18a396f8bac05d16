/** Keeps the key of a certificate out of a repository: `.gitignore` of its folder. */
export const IGNORED = `# Made on each machine by make-certificate.
tls.crt
tls.key
`;

/** Name of the script, in the folder of the certificate. */
export const MAKE_CERTIFICATE = "make-certificate";

/** A script of the Bourne shell, which a container runs before nginx starts. Needs openssl. */
export const makeCertificate = (): string => String.raw`#!/bin/sh
# Makes what nginx of local development shows: a certificate for the names in ../conf.d that nobody else signed, and its
# key. They are made on each machine and are in no repository. Does nothing where they are there, good for these names,
# and not about to expire. Needs openssl, which PHP's official image has.
#
#   make-certificate [folder]   for the certificate; by default the one that this file is in
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${"${1:-$here}"}"

names=$(sed -n 's/^ *server_name \(.*\);$/\1/p' "$here"/../conf.d/*.conf | tr ' ' '\n' | grep -v '^_$' | sort -u)

is_good() {
  [ -s tls.key ] && [ -s tls.crt ] && openssl x509 -in tls.crt -noout -checkend 604800 >/dev/null 2>&1 || return 1
  for name in $names; do
    openssl x509 -in tls.crt -noout -checkhost "$name" | grep -q 'does match' || return 1
  done
}
if is_good; then exit 0; fi

# Each by itself: no program takes *.localhost, as none takes *.com.
alternatives=DNS:localhost,IP:127.0.0.1
for name in $names; do alternatives=$alternatives,DNS:$name; done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=localhost \
  -addext "subjectAltName=$alternatives" -addext 'basicConstraints=critical,CA:FALSE' -addext extendedKeyUsage=serverAuth \
  -keyout tls.key -out tls.crt 2>/dev/null
# Whoever owns the folder should own what is in it, also where a container's root made it.
if [ "$(id -u)" = 0 ]; then chown "$(stat -c %u:%g .)" tls.key tls.crt; fi
`;
