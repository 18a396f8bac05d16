#!/bin/sh
# Makes a copy of this machine that is thrown away, with the packages that the role asks for, and boots systemd in it without a network. Needs root.
# $1: folder of the copy, which nothing else is in. Others: folders that are seen in it at the same place.
set -eu
folder=$1
shift
mount --make-rprivate /
mount -t tmpfs -o size=3g tmpfs "$folder"
root=$folder/root
mkdir "$folder/upper" "$folder/work" "$root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
# Nothing of it is started by its installation.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -euc '
  apt-get update -qq
  icu=$(apt-cache --names-only search "^libicu[0-9]+$" | cut -d" " -f1)
  apt-get install -qq -y --no-install-recommends ca-certificates curl dbus git "$icu" iproute2 jq libkrb5-3 nftables procps python3-apt \
    tar unattended-upgrades unzip zlib1g >/dev/null
  # Lists are new, whatever of them was: without a network they are not asked for again.
  mkdir -p /var/lib/apt/periodic
  touch /var/lib/apt/lists /var/lib/apt/periodic/update-success-stamp'
rm "$root/usr/sbin/policy-rc.d"
for seen; do
  # What is written there is written on this machine.
  case $seen in /usr* | /etc* | /var* | /opt*) echo "$seen: is the system's own" >&2 && exit 1 ;; esac
  mkdir -p "$root$seen"
  mount --bind "$seen" "$root$seen"
done
umount "$root/proc"
exec unshare --net --pid --uts --ipc --cgroup --mount --fork sh "$(dirname "$0")/boot.sh" "$root"
