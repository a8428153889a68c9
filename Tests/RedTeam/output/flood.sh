# attack: drown the reader
# outside: not shown: it would
# inside: ends outputLimit
# limits: output 64M, output-kept 16K
echo tried
yes flood
