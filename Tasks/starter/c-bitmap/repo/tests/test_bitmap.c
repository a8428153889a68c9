#include "bitmap.h"
#include "check.h"

int main(void) {
    assert(bitmap_words(0) == 0);
    assert(bitmap_words(1) == 1);
    assert(bitmap_words(64) == 1);
    assert(bitmap_words(65) == 2);

    uint64_t words[3] = {0};
    bitmap_set(words, 0);
    bitmap_set(words, 63);
    bitmap_set(words, 64);
    bitmap_set(words, 130);
    assert(words[0] == (UINT64_C(1) << 63 | 1));
    assert(words[1] == 1);
    assert(words[2] == 4);
    assert(bitmap_get(words, 64) && !bitmap_get(words, 65));
    assert(bitmap_count(words, 192) == 4);
    assert(bitmap_count(words, 64) == 2);

    bitmap_clear(words, 63);
    bitmap_clear(words, 62);
    assert(words[0] == 1);
    assert(bitmap_next_clear(words, 192, 0) == 1);
    assert(bitmap_next_clear(words, 192, 64) == 65);

    words[0] = words[1] = UINT64_MAX;
    assert(bitmap_next_clear(words, 192, 0) == 128);
    assert(bitmap_next_clear(words, 192, 130) == 131);
    assert(bitmap_next_clear(words, 128, 3) == 128);
    return 0;
}
