#ifndef PERIGEE_ALLOCATION_COUNT_H
#define PERIGEE_ALLOCATION_COUNT_H

#include <stdint.h>

/* How often this process has asked for memory: calls of malloc, calloc, realloc and the aligned kinds. */
uint64_t perigee_allocation_count(void);

#endif
