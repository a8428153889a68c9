# attack: command the user's terminal: clipboard, title, cursor, alternate screen, hidden and reversed text
# outside: succeeds
# inside: may succeed
# judge: harmless-output
echo tried
printf '\033]52;c;ZXZpbA==\007\033]0;title\007\033[2J\033[?1049h\033[8mhidden\033P+q544e\033\\\302\2332J\342\200\256reversed\000\b\r\033]8;;http://x\033\\link\033c'
printf '\233' >&2
