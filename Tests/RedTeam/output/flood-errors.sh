# attack: drown the reader by the other stream, in one line without end
# outside: not shown: it would
# inside: ends outputLimit
# limits: output 64M, output-kept 16K
echo tried
tr '\0' x < /dev/zero >&2
