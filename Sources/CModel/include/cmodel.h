// The repair model that ships inside the program.
#pragma once

#include <stddef.h>

/// The model file's bytes (GGUF). They are never written and live as long as the program.
const unsigned char *cm_repair_model(void);

/// How many bytes there are.
size_t cm_repair_model_size(void);
