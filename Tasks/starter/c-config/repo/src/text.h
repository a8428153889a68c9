#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

/* Cuts white space off both ends of a string in place; returns where the rest begins. */
char *text_trim(char *text);

/* A copy of the first `length` bytes, ended by a NUL; NULL when memory runs out. */
char *text_copy(const char *text, size_t length);

#endif
