/// How C and C++ are measured inside the sandbox, whatever builds them: in a copy of the worktree, with compilers of
/// our own in front of the real ones.
enum CoverageScripts {
    static let copy = "/tmp/fettle/copy"

    /// Sets up compilers and copy; to be followed by a script that builds there and calls `gather`.
    static let preparation = #"""
        root=/tmp/fettle
        mkdir -p $root/bin $root/runs
        c=$(command -v gcc || command -v cc)
        cxx=$(command -v g++ || command -v c++)
        "$c" -O1 -c -o $root/witness.o /fettle/in/witness.c || exit 91
        wrap() {
            cat > "$root/bin/$1" <<END
        #!/bin/sh
        case " \$* " in
        *" -c "*|*" -S "*|*" -E "*|*" -M "*|*" -MM "*|*" -shared "*|*" -r "*) exec "$2" "\$@" -O0 -g -Wno-error --coverage ;;
        *) exec "$2" "\$@" -O0 -g -Wno-error --coverage $root/witness.o ;;
        esac
        END
            chmod +x "$root/bin/$1"
        }
        if [ -n "$c" ]; then for name in cc gcc clang c99; do wrap $name "$c"; done; fi
        if [ -n "$cxx" ]; then for name in c++ g++ clang++; do wrap $name "$cxx"; done; fi
        PATH=$root/bin:$PATH
        cp -a /worktree $root/copy
        cd $root/copy || exit 91
        rm -rf .fettle
        find . '(' -name '*.gcda' -o -name '*.gcno' -o -name '*.o' ')' -type f -delete

        # Each folder below $root/runs/RUN/PROGRAM/ holds the counters of one stretch of one program.
        gather() {
            number=0
            for folder in $root/runs/*/*/*/; do
                folder=${folder%/}
                find "$folder" -name '*.gcda' | while read -r data; do
                    notes=${data#"$folder"}
                    ln -sf "${notes%.gcda}.gcno" "${data%.gcda}.gcno"
                done
                find "$folder" -name '*.gcda' -exec gcov --json-format --stdout {} + > "/fettle/out/$number.json" 2>/dev/null
                program=${folder%/*}
                run=${program%/*}
                label=$(head -n 1 "$folder.name" 2>/dev/null)
                printf '%s\t%s\t%s\n' "${run##*/}" "${program##*/}" "$label" >> /fettle/out/index.txt
                number=$((number + 1))
            done
        }

        """#

    /// Linked into every program: separates the counters of programs that share objects, and of the tests that one
    /// program reports as TAP; keeps them when it crashes or hangs, where gcov's own exit handler would not run.
    static let witness = #"""
        #define _GNU_SOURCE
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>
        #include <unistd.h>

        extern void __gcov_dump(void);
        extern void __gcov_reset(void);

        static char folder[3000];
        static int stretch;
        static char line[512];
        static size_t length;

        static void aim(void) {
            char path[3100];
            snprintf(path, sizeof path, "%s/%d", folder, stretch);
            mkdir(path, 0755);
            setenv("GCOV_PREFIX", path, 1);
        }

        static void dump(const char *name) {
            char path[3100];
            snprintf(path, sizeof path, "%s/%d.name", folder, stretch);
            FILE *file = fopen(path, "w");
            if (file != NULL) {
                fputs(name, file);
                fclose(file);
            }
            __gcov_dump();
            __gcov_reset();
            stretch++;
            aim();
        }

        static ssize_t speak(void *cookie, const char *text, size_t size) {
            (void)cookie;
            for (size_t sent = 0; sent < size;) {
                ssize_t count = write(1, text + sent, size - sent);
                if (count <= 0) {
                    return 0;
                }
                sent += (size_t)count;
            }
            for (size_t i = 0; i < size; i++) {
                if (text[i] != '\n') {
                    if (length < sizeof line - 1) {
                        line[length++] = text[i];
                    }
                    continue;
                }
                line[length] = '\0';
                length = 0;
                if (strncmp(line, "ok ", 3) == 0 || strncmp(line, "not ok ", 7) == 0) {
                    dump(line);
                }
            }
            return (ssize_t)size;
        }

        static void fall(int number) {
            __gcov_dump();
            signal(number, SIG_DFL);
            raise(number);
        }

        __attribute__((constructor)) static void start(void) {
            const char *base = getenv("FETTLE_RUN");
            char program[1000];
            ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
            if (base == NULL || size <= 0) {
                return;
            }
            program[size] = '\0';
            mkdir(base, 0755);
            snprintf(folder, sizeof folder, "%s/%s", base, strrchr(program, '/') + 1);
            mkdir(folder, 0755);
            aim();
            cookie_io_functions_t functions = {NULL, speak, NULL, NULL};
            FILE *stream = fopencookie(NULL, "w", functions);
            if (stream != NULL) {
                setvbuf(stream, NULL, _IOLBF, 4096);
                stdout = stream;
            }
            const int fatal[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTERM, SIGALRM};
            for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
                signal(fatal[i], fall);
            }
            const char *seconds = getenv("FETTLE_SECONDS");
            alarm(seconds != NULL ? (unsigned)atoi(seconds) : 10);
        }

        """#
}
