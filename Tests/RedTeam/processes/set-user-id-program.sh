# attack: become root by a set-user-id program
# outside: not shown: it would ask for a password
echo tried
for program in /usr/bin/su /usr/bin/sudo /usr/bin/passwd /usr/bin/mount /usr/bin/newgrp /usr/bin/chfn /usr/bin/pkexec; do
    [ -u "$program" ] || continue
    # A set-user-id program that does not become root cannot read this.
    "$program" --version >/dev/null 2>&1
done
grep -q 'NoNewPrivs:.*1' /proc/self/status || exit 0
grep -q 'CapBnd:.*0000000000000000' /proc/self/status || { grep -q 'CapEff:.*0000000000000000' /proc/self/status || exit 0; }
exit 1
