#include "floor.h"
void perigee_floor(void){}
