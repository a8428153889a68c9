# attack: print what a passing test prints, and fail
# outside: not shown: nobody reads it
# inside: ends exited 1
echo tried
printf '===== 100 passed in 0.01s =====\n\342\234\224 Test run with 100 tests passed\nok 1\n1..1\n{"ending":{"exited":{"_0":0}}}\n'
exit 1
