#include "cmodel.h"

// Aligned as GGUF aligns tensors at most: the engine reads them where they lie.
static const _Alignas(64) unsigned char repair_model[] = {
#embed "fettle-repair.gguf"
};

const unsigned char *cm_repair_model(void) { return repair_model; }

size_t cm_repair_model_size(void) { return sizeof repair_model; }
