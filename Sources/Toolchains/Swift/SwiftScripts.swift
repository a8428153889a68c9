/// The shell scripts that run a Swift package's test program inside the sandbox.
///
/// The program itself, not `swift test`: it starts in 20 ms instead of 600, takes exact names, and its crash is its own.
enum SwiftScripts {
    /// Arguments: seconds without progress until a test counts as hung; XCTest's selection (empty: all, `-`: none); then
    /// Swift Testing's arguments (`-`: none). Output in `/fettle/out`.
    static let test =
        watched + """

            out=/fettle/out
            idle=$1
            xctest=$2
            shift 2
            program=$(ls .build/debug/*PackageTests.xctest 2>/dev/null | head -n 1)
            if [ -z "$program" ]; then exit 90; fi
            if [ "$xctest" != - ]; then
                "$program" --dump-tests-json > $out/xctest.json 2>/dev/null
                watched xctest $out/xctest.txt "$program" ${xctest:+"$xctest"} > $out/xctest.txt 2> $out/xctest.err
            fi
            if [ "$1" != - ]; then
                : > $out/events.jsonl
                watched testing $out/events.jsonl "$program" --testing-library swift-testing --no-parallel \\
                    --event-stream-output-path $out/events.jsonl "$@" > $out/testing.txt 2> $out/testing.err
            fi
            exit 0

            """

    /// `watched NAME FILE COMMAND…`: ends the command when FILE has not grown for `$idle` seconds: a signal, for a
    /// backtrace of where it hangs, then KILL. Leaves the status in `NAME.status`, and `NAME.hung` if it was so.
    ///
    /// The thread that used most time gets the signal, for the runtime tells most about the one that got it; and it is
    /// SIGFPE, for the threads that run Swift's tasks block all signals but those of faults.
    private static let watched = """
        watched() {
            name=$1
            file=$2
            shift 2
            "$@" &
            pid=$!
            (
                size=-1
                quiet=0
                while sleep 1; do
                    now=$(wc -c < "$file" 2>/dev/null || echo 0)
                    if [ "$now" = "$size" ]; then quiet=$((quiet + 1)); else quiet=0; size=$now; fi
                    if [ "$quiet" -ge "$idle" ]; then
                        : > "$out/$name.hung"
                        interrupt "$pid"
                        for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
                            sleep 1
                            if grep -q 'Backtrace took' "$out/$name.err"; then break; fi
                        done
                        kill -KILL "$pid"
                        exit
                    fi
                done
            ) > /dev/null 2>&1 &
            watcher=$!
            wait "$pid"
            echo $? > "$out/$name.status"
            kill "$watcher" 2>/dev/null
        }
        interrupt() {
            busiest=$1
            most=-1
            for task in /proc/$1/task/*; do
                stat=$(cat "$task/stat" 2>/dev/null) || continue
                set -- "$1" ${stat##*) }
                if [ "${13}" -gt "$most" ]; then most=${13}; busiest=${task##*/}; fi
            done
            case $(uname -m) in x86_64) tgkill=234 ;; *) tgkill=131 ;; esac
            perl -e 'exit(syscall($ARGV[0] + 0, $ARGV[1] + 0, $ARGV[2] + 0, 8) != 0)' $tgkill "$1" "$busiest" || kill -ABRT "$1"
        }

        """

    /// Arguments: seconds for one test. Reads lines of kind (`X` or `T`), tab and name or filter from
    /// `/fettle/in/tests.txt`; writes `N.lcov` for the Nth, in lines that ran.
    ///
    /// `%c` keeps the counters in the file while the program runs, so that a crash or a kill does not lose them.
    static let coverage = """
        program=$(ls \(coverageFolder)/debug/*PackageTests.xctest 2>/dev/null | head -n 1)
        if [ -z "$program" ]; then exit 90; fi
        tab=$(printf '\\t')
        number=0
        mkdir -p /tmp/profiles
        while IFS="$tab" read -r kind name; do
            profile=/tmp/profiles/$number
            export LLVM_PROFILE_FILE="/tmp/profiles/%c$number.profraw"
            case $kind in
            X) timeout -s KILL "$1" "$program" "$name" ;;
            T) timeout -s KILL "$1" "$program" --testing-library swift-testing --no-parallel --filter "$name" ;;
            esac > /dev/null 2>&1 < /dev/null
            llvm-profdata merge -sparse -o "$profile.profdata" "$profile.profraw" &&
                llvm-cov export -format=lcov -instr-profile="$profile.profdata" "$program" \\
                    -ignore-filename-regex='/\\.build/' |
                grep -E '^SF:|^DA:[0-9]+,[1-9]' > "/fettle/out/$number.lcov"
            rm -f "$profile.profraw" "$profile.profdata"
            number=$((number + 1))
        done < /fettle/in/tests.txt
        exit 0

        """

    static let coverageFolder = ".build/fettle-coverage"
}
