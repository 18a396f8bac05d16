#!/bin/sh
# Boots systemd in the copy, with the address at which clouds have the metadata of an instance.
set -eu
root=$1
ip link set lo up
ip address add 169.254.169.254/32 dev lo
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
# Services of the machine itself stay away.
rm -rf "$root"/etc/systemd/system/*.wants
# As it is where systemd boots a machine; credentials are given to units by such mounts.
mount --make-rshared "$root"
exec chroot "$root" env -i container=copy PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=basic.target
