# attack: read the disk, the kernel's log or memory through /dev
# outside: succeeds as root
echo tried
for d in /dev/kmsg /dev/mem /dev/port /dev/vda /dev/sda /dev/nvme0n1 /dev/loop-control /dev/fuse /dev/kvm /dev/net/tun /dev/vsock; do
    (exec 3< "$d") 2>/dev/null && exit 0
done
exit 1
