#include "check.h"
#include "text.h"

#include <stdlib.h>

static void trims_both_ends(void) {
    char both[] = "  \tport number\r\n";
    assert_text(text_trim(both), "port number");
    char none[] = "port";
    assert_text(text_trim(none), "port");
    char blank[] = " \t ";
    assert_text(text_trim(blank), "");
    char empty[] = "";
    assert_text(text_trim(empty), "");
}

static void copies_a_prefix(void) {
    char *copy = text_copy("section", 4);
    assert_text(copy, "sect");
    free(copy);
}

int main(void) {
    trims_both_ends();
    copies_a_prefix();
    return 0;
}
